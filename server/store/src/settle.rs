//! One entry's way into the tables: judged by the rules, then rows, mutation, ledger, quarantine and audit together.

use crate::{
    Device, DeviceStatus, StoreError, audit, body, customer, failpoint::FailPoint, head, ledger, mutation, open::Inner,
    quarantine, salon,
};
use domain::{Action, Change, CustomerFile, Moment, Salon, Seq, Unfit, Version};
use sqlx::{AnyConnection, Connection};
use std::panic::{AssertUnwindSafe, catch_unwind};
use sync::{Envelope, Hash, Header, Judgement, Known, Opened, Outcome, judge};

/// What one batch works on. The branch is locked, so nobody else changes the salon meanwhile.
pub(crate) struct Desk<'a> {
    pub(crate) inner: &'a Inner,
    pub(crate) branch: &'a str,
    pub(crate) device: &'a Device,
    pub(crate) salon: Salon,
    pub(crate) now: Moment,
}

/// One entry whose turn it is.
pub(crate) struct Arrived<'a> {
    pub(crate) seq: Seq,
    pub(crate) hash: Hash,
    pub(crate) sealed: &'a [u8],
    pub(crate) opened: Result<Opened, Outcome>,
}

/// What is written about an entry besides the rows it changed.
struct Verdict<'a> {
    outcome: Outcome,
    version: Version,
    header: Option<Header>,
    action: Option<&'a Action>,
}

impl Desk<'_> {
    /// `RetryLater` leaves no trace; every other outcome uses the number up.
    pub(crate) async fn settle(
        &mut self,
        tx: &mut AnyConnection,
        item: usize,
        entry: &Arrived<'_>,
    ) -> Result<Outcome, StoreError> {
        if matches!(&entry.opened, Err(Outcome::RetryLater) | Ok(Opened { action: Err(Outcome::RetryLater), .. })) {
            return Ok(Outcome::RetryLater);
        }
        let mut own = tx.begin().await?;
        match self.take_in(&mut own, item, entry).await {
            Ok(outcome) => {
                own.commit().await?;
                Ok(outcome)
            }
            Err(error) if error.is_of_item() => {
                own.rollback().await?;
                tracing::error!(%error, seq = entry.seq.0, "an entry can't be taken in and goes to quarantine");
                // What it may have changed in the salon was rolled back.
                self.salon = salon::load(tx, self.branch).await?.0;
                let mut own = tx.begin().await?;
                let outcome = self.set_aside(&mut own, entry).await?;
                own.commit().await?;
                Ok(outcome)
            }
            Err(error) => {
                own.rollback().await.map_err(|_| error.clone())?;
                Err(error)
            }
        }
    }

    async fn take_in(&mut self, tx: &mut AnyConnection, item: usize, entry: &Arrived<'_>) -> Result<Outcome, StoreError> {
        let version = head::next_version(tx, self.branch).await?;
        let (header, action) = match &entry.opened {
            Ok(Opened { header, action: Ok(action) }) => (header, action),
            Ok(Opened { header, action: Err(outcome) }) => {
                let verdict = Verdict { outcome: outcome.clone(), version, header: Some(*header), action: None };
                return self.write_down(tx, entry, verdict, "").await;
            }
            Err(outcome) => {
                let verdict = Verdict { outcome: outcome.clone(), version, header: None, action: None };
                return self.write_down(tx, entry, verdict, "").await;
            }
        };
        let file = match action.customer() {
            Some(id) => customer::load(tx, self.branch, id).await?,
            None => None,
        };
        let (judged, after) = self.decide(item, header, action, file.as_ref(), version)?;
        if let Some(after) = after {
            customer::put(tx, self.branch, file.as_ref(), &after).await?;
        }
        if judged.changes.iter().any(|change| matches!(change, Change::Salon(_))) {
            self.salon.absorb_all(&judged.changes);
            salon::put(tx, self.branch, &self.salon, version).await?;
        }
        let mut mutation = String::new();
        if matches!(judged.outcome, Outcome::Applied { .. }) {
            let envelope = Envelope { header: *header, action: action.clone() };
            let text = body::json(&envelope)?;
            mutation::write(tx, self.branch, version, &envelope, &text, self.now).await?;
            mutation = mutation::digest(&text);
        }
        let verdict = Verdict { outcome: judged.outcome, version, header: Some(*header), action: Some(action) };
        self.write_down(tx, entry, verdict, &mutation).await
    }

    /// The rules are pure: one that falls over takes nothing with it.
    fn decide(
        &self,
        item: usize,
        header: &Header,
        action: &Action,
        file: Option<&CustomerFile>,
        version: Version,
    ) -> Result<(Judgement, Option<CustomerFile>), StoreError> {
        let fallen = StoreError::Damaged { what: "the rules fell over an entry" };
        self.inner.fail.hit(FailPoint::Poison(item)).map_err(|_| fallen.clone())?;
        catch_unwind(AssertUnwindSafe(|| {
            let known = Known { salon: &self.salon, file, device: self.device.scope };
            let mut judged = judge(known, header, action, version, self.now);
            // Somebody has this device who should not: a manager looks at everything that comes from it.
            if self.device.status != DeviceStatus::Active {
                judged.outcome = Outcome::Quarantined { reason: Unfit::NotAllowed };
                judged.changes.clear();
            }
            let is_of_file = judged.changes.iter().any(|change| matches!(change, Change::File(..)));
            let after = is_of_file.then(|| CustomerFile::after(file.cloned(), &judged.changes, &judged.stamp)).flatten();
            (judged, after)
        }))
        .map_err(|_| fallen)
    }

    async fn set_aside(&self, tx: &mut AnyConnection, entry: &Arrived<'_>) -> Result<Outcome, StoreError> {
        let version = head::next_version(tx, self.branch).await?;
        let opened = entry.opened.as_ref().ok();
        let verdict = Verdict {
            outcome: Outcome::Quarantined { reason: Unfit::ProgramFailed },
            version,
            header: opened.map(|opened| opened.header),
            action: opened.and_then(|opened| opened.action.as_ref().ok()),
        };
        self.write_down(tx, entry, verdict, "").await
    }

    async fn write_down(
        &self,
        tx: &mut AnyConnection,
        entry: &Arrived<'_>,
        verdict: Verdict<'_>,
        mutation: &str,
    ) -> Result<Outcome, StoreError> {
        let hash = body::hex(&entry.hash.0);
        ledger::write(tx, self.branch, self.device.id, entry.seq, &hash, &verdict.outcome, verdict.version).await?;
        let author = verdict.header.map(|header| header.author);
        let kind = verdict.action.map(Action::kind);
        let mut fact = audit::Fact::of(format!("{} {}", word(&verdict.outcome), kind.unwrap_or("unknown")), self.now)
            .on(self.device.id)
            .entry(entry.seq)
            .at_version(verdict.version)
            .with(proof(&hash, &verdict.outcome, mutation)?);
        fact.staff = author.map(|author| author.to_string());
        fact.subject = verdict.action.map(subject);
        audit::append(tx, self.branch, fact).await?;
        if let Outcome::Quarantined { reason } = &verdict.outcome {
            let kept = quarantine::Quarantined {
                device: self.device.id,
                seq: entry.seq,
                author,
                received_at: self.now,
                reason: *reason,
                kind: kind.map(str::to_owned),
            };
            quarantine::write(tx, self.branch, &kept, entry.sealed).await?;
        }
        Ok(verdict.outcome)
    }
}

/// What the audit remembers of an entry: its ledger row, and the mutation where there is one.
pub(crate) fn proof(hash: &str, outcome: &Outcome, mutation: &str) -> Result<String, StoreError> {
    Ok(body::hex(&body::digest(&[hash, &body::json(outcome)?, mutation])))
}

fn subject(action: &Action) -> String {
    action.customer().map_or_else(|| "salon".to_owned(), |customer| customer.to_string())
}

const fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Applied { .. } => "applied",
        Outcome::Quarantined { .. } => "quarantined",
        Outcome::Refused { .. } => "refused",
        Outcome::RetryLater | Outcome::Gap { .. } | Outcome::Forked => "put off",
    }
}
