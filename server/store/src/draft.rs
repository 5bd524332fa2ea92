//! What a batch comes to, row by row in memory, until all of it is written at once.

use crate::{
    StoreError,
    audit::{self, Fact},
    body,
    customer::{self, Changed},
    desk::Arrived,
    device, head, ledger, mutation,
    quarantine::{self, Quarantined},
    reading, salon,
};
use domain::{Action, CustomerFile, CustomerId, DeviceId, Dot, HowRead, Moment, Reading, Salon, Seq, StaffId, Unfit, Version};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, HashMap};
use sync::{Bytes, Epoch, Header, Outcome, Sealed};

pub(crate) struct Draft {
    device: DeviceId,
    now: Moment,
    version: Version,
    end: audit::End,
    files: BTreeMap<CustomerId, CustomerFile>,
    salon: Option<(Salon, Version)>,
    mutations: Vec<mutation::Mutation>,
    answered: Vec<ledger::Answered>,
    aside: Vec<(Quarantined, Sealed)>,
    decided: Vec<(Dot, StaffId)>,
    readings: Vec<Reading>,
    lost: Vec<(Seq, Seq, Epoch)>,
    /// By what they were recorded as, those that came for another device.
    over: Vec<(Dot, String, String)>,
    facts: Vec<audit::Linked>,
    recovered: Option<Epoch>,
}

/// What is to be written about an entry.
pub(crate) struct Verdict<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) header: Option<Header>,
    pub(crate) action: Option<&'a Action>,
    /// As it is to be recorded, where that is not as it came.
    pub(crate) settled: Option<Action>,
    pub(crate) mutation: Option<String>,
    pub(crate) files: Vec<CustomerFile>,
    /// The files that are shown in the one it is about.
    pub(crate) shows: Vec<CustomerId>,
    pub(crate) salon: Option<Salon>,
}

impl<'a> Verdict<'a> {
    pub(crate) const fn without_changes(outcome: Outcome, header: Option<Header>) -> Self {
        Self { outcome, header, action: None, settled: None, mutation: None, files: Vec::new(), shows: Vec::new(), salon: None }
    }

    pub(crate) fn of_fallen(entry: &Arrived<'a>) -> Self {
        let (header, action) = match &entry.opened {
            Ok((header, action)) => (Some(*header), action.ok()),
            Err(_) => (None, None),
        };
        Self { action, ..Self::without_changes(Outcome::Quarantined { reason: Unfit::ProgramFailed }, header) }
    }
}

impl Draft {
    pub(crate) async fn begin(tx: &mut AnyConnection, branch: &str, device: DeviceId, now: Moment) -> Result<Self, StoreError> {
        Ok(Self {
            device,
            now,
            version: head::version(tx, branch).await?,
            end: audit::End::load(tx, branch).await?,
            files: BTreeMap::new(),
            salon: None,
            mutations: Vec::new(),
            answered: Vec::new(),
            aside: Vec::new(),
            decided: Vec::new(),
            readings: Vec::new(),
            lost: Vec::new(),
            over: Vec::new(),
            facts: Vec::new(),
            recovered: None,
        })
    }

    pub(crate) const fn next_version(&self) -> Version {
        Version(self.version.0 + 1)
    }

    pub(crate) fn file(&self, id: CustomerId) -> Option<&CustomerFile> {
        self.files.get(&id)
    }

    pub(crate) fn lose(&mut self, from: Seq, to: Seq, epoch: Epoch) {
        self.lost.push((from, to, epoch));
        let fact = Fact::of("lost_in_restore", self.now).on(self.device).entry(to).about(format!("{}-{}", from.0, to.0));
        self.facts.push(self.end.link(fact));
    }

    pub(crate) const fn recover(&mut self, epoch: Epoch) {
        self.recovered = Some(epoch);
    }

    pub(crate) fn enter(&mut self, version: Version, entry: &Arrived<'_>, verdict: Verdict<'_>) -> Result<(), StoreError> {
        let (hash, outcome) = (body::hex(&entry.hash.0), body::json(&verdict.outcome)?);
        let mutation = verdict.mutation.as_deref().map(mutation::digest).unwrap_or_default();
        let kind = verdict.action.map(Action::kind);
        let author = verdict.header.map(|header| header.author);
        let mut fact = Fact::of(format!("{} {}", word(&verdict.outcome), kind.unwrap_or("unknown")), self.now)
            .on(self.device)
            .entry(entry.seq)
            .at_version(version)
            .with(proof(&hash, &verdict.outcome, &mutation)?);
        fact.staff = author.map(|author| author.to_string());
        fact.subject = verdict.action.map(subject);

        self.version = version;
        self.facts.push(self.end.link(fact));
        self.over.extend(entry.sealed_as.map(|dot| (dot, hash.clone(), outcome.clone())));
        self.answered.push(ledger::Answered { seq: entry.seq, hash, outcome, version });
        self.files.extend(verdict.files.into_iter().map(|file| (file.id, file)));
        self.salon = verdict.salon.map(|salon| (salon, version)).or(self.salon.take());
        let (device, seq) = (self.device, entry.seq);
        self.mutations.extend(verdict.mutation.map(|text| mutation::Mutation { version, device, seq, text }));
        if let (Outcome::Applied { .. }, Some(Action::TakeIn { entry, .. } | Action::LeaveOut { entry, .. })) =
            (&verdict.outcome, verdict.action)
        {
            self.decided.extend(author.map(|author| (*entry, author)));
        }
        if let (Outcome::Applied { .. }, Some(Action::OpenFile { customer }), Some(header)) =
            (&verdict.outcome, verdict.action, verdict.header)
        {
            let (by, on, at) = (header.author, Some(self.device), header.claimed_at);
            let is_clock_off = at.is_ahead_of(self.now);
            let reading = |(customer, how)| Reading { customer, by, on, how, at, is_clock_off };
            let shown = verdict.shows.iter().map(|other| (*other, HowRead::Shown));
            self.readings.extend(std::iter::once((*customer, HowRead::Opened)).chain(shown).map(reading));
        }
        if let Outcome::Quarantined { reason } = verdict.outcome {
            let (received_at, kind) = (self.now, kind.map(str::to_owned));
            // Of whom nothing is to be known, nothing is kept: only that something came.
            let bytes = if reason == Unfit::Erased { Vec::new() } else { entry.sealed.to_vec() };
            let sealed = Sealed { seq, bytes: Bytes(bytes), sealed_as: entry.sealed_as };
            self.aside.push((Quarantined { device, seq, author, received_at, reason, kind }, sealed));
        }
        Ok(())
    }

    /// It was handed in before, by the device that the browser was then.
    pub(crate) fn enter_again(&mut self, version: Version, entry: &Arrived<'_>, outcome: &Outcome) -> Result<(), StoreError> {
        let (hash, told) = (body::hex(&entry.hash.0), body::json(outcome)?);
        let fact = Fact::of("handed_in_again", self.now)
            .on(self.device)
            .entry(entry.seq)
            .at_version(version)
            .with(proof(&hash, outcome, "")?);
        self.version = version;
        self.facts.push(self.end.link(fact));
        self.over.extend(entry.sealed_as.map(|dot| (dot, hash.clone(), told.clone())));
        self.answered.push(ledger::Answered { seq: entry.seq, hash, outcome: told, version });
        Ok(())
    }

    pub(crate) async fn write(
        self,
        tx: &mut AnyConnection,
        branch: &str,
        stored: &HashMap<CustomerId, Result<CustomerFile, StoreError>>,
    ) -> Result<(), StoreError> {
        let before = |id| stored.get(id).and_then(|stored| stored.as_ref().ok());
        let changed: Vec<Changed<'_>> = self.files.iter().map(|(id, file)| Changed { before: before(id), file }).collect();
        customer::put(tx, branch, &changed).await?;
        if let Some((salon, version)) = &self.salon {
            salon::put(tx, branch, salon, *version).await?;
        }
        mutation::write(tx, branch, &self.mutations, self.now).await?;
        ledger::write(tx, branch, self.device, &self.answered).await?;
        ledger::write_handed_over(tx, branch, &self.over).await?;
        for (entry, sealed) in &self.aside {
            quarantine::write(tx, branch, entry, sealed).await?;
        }
        for (entry, by) in self.decided {
            quarantine::decide(tx, branch, entry, by, self.now).await?;
        }
        audit::write(tx, branch, &self.facts).await?;
        reading::append(tx, branch, &self.readings, self.now).await?;
        for file in self.files.values().filter(|file| file.erased.is_some()) {
            mutation::erase(tx, branch, file.id, file.version).await?;
        }
        for (from, to, epoch) in self.lost {
            ledger::write_lost(tx, branch, self.device, (from, to), epoch, self.now).await?;
        }
        if let Some(epoch) = self.recovered {
            device::has_recovered(tx, branch, self.device, epoch).await?;
        }
        head::advance(tx, branch, self.version).await
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
