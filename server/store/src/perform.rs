//! Taking in what devices recorded. Each batch is one transaction; the branch's row is locked first, so that the order of
//! versions is the order of commits.

use crate::{
    Device, Store, StoreError, audit, body, customer, device,
    failpoint::FailPoint,
    head, ledger, salon,
    settle::{Arrived, Desk},
};
use domain::{Action, Moment, Seq, StaffId, Version};
use sqlx::AnyConnection;
use std::sync::Arc;
use sync::{
    Envelope, Epoch, Hash, Header, Opened, Outcome, PROTO, Push, Pushed, SCHEMA, Sealed, ServerKey, Settled, Turn, turn_of,
};
use tokio::sync::mpsc;

/// How much of what the server itself does stands or falls together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// 200 at a time; what was done before a failure stays.
    Batches,
    AllOrNothing,
}

/// An entry with all that can be worked out before the database is locked.
struct Handed {
    sealed: Sealed,
    hash: Hash,
    opened: Result<Opened, Outcome>,
}

impl Store {
    /// Takes in a device's entries in their order, up to the first that must wait.
    pub async fn perform(&self, keys: &ServerKey, device: &Device, push: Push, now: Moment) -> Result<Pushed, StoreError> {
        let branch = self.branch().await?;
        let data = keys.data_key(device.id, device.generation);
        let open = |sealed: Sealed| Handed {
            hash: Hash::of(&sealed.bytes.0),
            opened: sealed.open(device.id, &data, |author| keys.author_key(device.id, author, device.generation)),
            sealed,
        };
        let epoch = push.epoch;
        let handed: Vec<Handed> = push.entries.into_iter().take(Push::MOST_ENTRIES).map(open).collect();
        let (id, store) = (device.id, self.clone());
        self.write(move |tx| {
            Box::pin(async move {
                let head = head::lock(tx, &branch).await?;
                let mut settled = Vec::with_capacity(handed.len());
                if epoch.is_none_or(|epoch| epoch == head.epoch) {
                    let device = device::load(tx, &branch, id).await?;
                    let (salon, _) = salon::load(tx, &branch).await?;
                    let mut desk = Desk { inner: &store.inner, branch: &branch, device: &device, salon, now };
                    device::in_contact(tx, &branch, id, now).await?;
                    settled = take_all(tx, &mut desk, head.epoch, &handed).await?;
                }
                let version = head::version(tx, &branch).await?;
                Ok(Pushed { epoch: head.epoch, durable_version: head.durable_version, head: version, settled })
            })
        })
        .await
    }

    /// The server is a device as well: what it imports are actions like all others. `progress` hears how many are done.
    pub async fn perform_here(
        &self,
        author: StaffId,
        actions: Vec<Action>,
        extent: Extent,
        now: Moment,
        mut progress: impl FnMut(usize) + Send,
    ) -> Result<Vec<Outcome>, StoreError> {
        let branch = self.branch().await?;
        let size = match extent {
            Extent::Batches => Push::MOST_ENTRIES,
            Extent::AllOrNothing => actions.len().max(1),
        };
        let mut outcomes = Vec::with_capacity(actions.len());
        let actions: Arc<[Action]> = actions.into();
        for start in (0..actions.len()).step_by(size) {
            let (done, mut heard) = mpsc::unbounded_channel();
            let (store, branch, actions) = (self.clone(), branch.clone(), Arc::clone(&actions));
            let batch = self.write(move |tx| {
                Box::pin(async move {
                    let batch = &actions[start..(start + size).min(actions.len())];
                    record(tx, &store, &branch, author, batch, now, |count| {
                        // Nobody needs to be listening.
                        let _ = done.send(start + count);
                    })
                    .await
                })
            });
            let mut batch = std::pin::pin!(batch);
            let some = loop {
                tokio::select! {
                    some = &mut batch => break some?,
                    Some(count) = heard.recv() => progress(count),
                }
            };
            outcomes.extend(some);
            progress(outcomes.len());
        }
        Ok(outcomes)
    }
}

async fn take_all(
    tx: &mut AnyConnection,
    desk: &mut Desk<'_>,
    epoch: Epoch,
    handed: &[Handed],
) -> Result<Vec<Settled>, StoreError> {
    let mut is_recovering = device::is_recovering(tx, desk.branch, desk.device.id, epoch).await?;
    let mut next = ledger::next(tx, desk.branch, desk.device.id).await?;
    let mut settled = Vec::with_capacity(handed.len());
    for (item, Handed { sealed, hash, opened }) in handed.iter().enumerate() {
        desk.inner.fail.hit(FailPoint::Item(item))?;
        let seq = sealed.seq;
        if is_recovering && seq > next {
            record_loss(tx, desk, epoch, (next, seq)).await?;
            next = seq;
        }
        let known = ledger::look_up(tx, desk.branch, desk.device.id, seq, next).await?;
        let (outcome, is_repeat) = match turn_of(&known, seq, *hash) {
            Turn::Before(outcome) => (outcome, true),
            Turn::Never(outcome) => (outcome, false),
            Turn::Now => {
                let entry = Arrived { seq, hash: *hash, sealed: &sealed.bytes.0, opened: opened.clone() };
                (desk.settle(tx, item, &entry).await?, false)
            }
        };
        let must_wait = matches!(outcome, Outcome::RetryLater | Outcome::Gap { .. } | Outcome::Forked);
        settled.push(Settled { seq, outcome, is_repeat });
        if must_wait {
            break;
        }
        next = next.max(seq.next());
        if is_recovering && opened.as_ref().is_ok_and(|opened| was_made_since(opened, epoch)) {
            device::has_recovered(tx, desk.branch, desk.device.id, epoch).await?;
            is_recovering = false;
        }
    }
    Ok(settled)
}

/// An epoch is named after the moment of the restore. Entries made after it were never acknowledged by what it undid, so
/// the device holds all that follow. Clocks may be off by less than a day.
fn was_made_since(opened: &Opened, epoch: Epoch) -> bool {
    const DAY: i64 = 24 * 3_600_000;
    opened.header.claimed_at.0 >= epoch.0.saturating_add(DAY)
}

/// Devices hand in what they hold in order. What they skip after a restore they hold no more: it can't come again.
async fn record_loss(tx: &mut AnyConnection, desk: &Desk<'_>, epoch: Epoch, (from, next): (Seq, Seq)) -> Result<(), StoreError> {
    let (branch, device, last) = (desk.branch, desk.device.id, Seq(next.0 - 1));
    ledger::write_lost(tx, branch, device, (from, last), epoch, desk.now).await?;
    let fact = audit::Fact::of("lost_in_restore", desk.now).on(device).entry(last).about(format!("{}-{}", from.0, last.0));
    audit::append(tx, branch, fact).await
}

async fn record(
    tx: &mut AnyConnection,
    store: &Store,
    branch: &str,
    author: StaffId,
    actions: &[Action],
    now: Moment,
    done: impl Fn(usize) + Send,
) -> Result<Vec<Outcome>, StoreError> {
    head::lock(tx, branch).await?;
    let server = device::server(tx, branch).await?;
    let device = device::load(tx, branch, server).await?;
    let (salon, mut standing) = salon::load(tx, branch).await?;
    let mut desk = Desk { inner: &store.inner, branch, device: &device, salon, now };
    let mut next = ledger::next(tx, branch, server).await?;
    let mut outcomes = Vec::with_capacity(actions.len());
    for (item, action) in actions.iter().enumerate() {
        desk.inner.fail.hit(FailPoint::Item(item))?;
        let base = base_of(tx, branch, action, standing).await?;
        let header = Header { proto: PROTO, schema: SCHEMA, device: server, seq: next, author, claimed_at: now, base };
        let bytes = body::json(&Envelope { header, action: action.clone() })?.into_bytes();
        let opened = Ok(Opened { header, action: Ok(action.clone()) });
        let outcome = desk.settle(tx, item, &Arrived { seq: next, hash: Hash::of(&bytes), sealed: &bytes, opened }).await?;
        if let (Outcome::Applied { version }, None) = (&outcome, action.customer()) {
            standing = *version;
        }
        outcomes.push(outcome);
        next = next.next();
        done(outcomes.len());
    }
    Ok(outcomes)
}

/// The server always sees the latest.
async fn base_of(tx: &mut AnyConnection, branch: &str, action: &Action, standing: Version) -> Result<Version, StoreError> {
    match action.customer() {
        Some(id) => Ok(customer::load(tx, branch, id).await?.map(|file| file.version).unwrap_or_default()),
        None => Ok(standing),
    }
}
