//! Taking in what devices recorded. Each batch is one transaction; the branch's row is locked first, so that the order of
//! versions is the order of commits.

use crate::{
    Device, Store, StoreError, batch, body,
    desk::{Arrived, At, Desk},
    device,
    follow::Follows,
    head,
};
use domain::{Action, DeviceId, Dot, Moment, Seq, StaffId, Unfit};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};
use sync::{Envelope, Hash, Header, Opened, Outcome, PROTO, Push, Pushed, SCHEMA, Sealed, ServerKey, Settled, Turn, turn_of};
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
        let generations = self.generations(device, &push.entries).await?;
        let generation = |of: DeviceId| generations.get(&of).copied().unwrap_or(Device::FIRST_GENERATION);
        let open = |sealed: Sealed| Handed {
            hash: Hash::of(&sealed.bytes.0),
            opened: sealed
                .open(device.id, |of| keys.data_key(of, generation(of)), |of, author| keys.author_key(of, author, generation(of)))
                .map(without_what_is_the_servers),
            sealed,
        };
        let epoch = push.epoch;
        let handed: Vec<Handed> = push.entries.into_iter().take(Push::MOST_ENTRIES).map(open).collect();
        let (id, store) = (device.id, self.clone());
        self.write(move |tx| {
            Box::pin(async move {
                let head = head::lock(tx, &branch).await?;
                let mut settled = Vec::new();
                if epoch.is_none_or(|epoch| epoch == head.epoch) {
                    let at = At { inner: &store.inner, branch: &branch, device: id, epoch: head.epoch, now };
                    device::in_contact(tx, &branch, id, now).await?;
                    let taken = batch::take_in(tx, at, 0, &handed).await?;
                    settled = taken.settled;
                    follow(tx, at, taken.follow).await?;
                }
                let version = head::version(tx, &branch).await?;
                Ok(Pushed { epoch: head.epoch, durable_version: head.durable_version, head: version, settled })
            })
        })
        .await
    }

    /// Of this device, and of those that its browser was before. One that a restore took away keeps the first.
    async fn generations(&self, device: &Device, entries: &[Sealed]) -> Result<BTreeMap<DeviceId, i64>, StoreError> {
        let mut generations = BTreeMap::from([(device.id, device.generation)]);
        for former in entries.iter().filter_map(|sealed| sealed.sealed_as).map(|dot| dot.device) {
            if let Entry::Vacant(place) = generations.entry(former) {
                place.insert(self.device(former).await?.map_or(Device::FIRST_GENERATION, |known| known.generation));
            }
        }
        Ok(generations)
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
        let actions: Arc<[Own]> = actions.into_iter().map(|action| Own { author, action }).collect();
        for start in (0..actions.len()).step_by(size) {
            let (done, mut heard) = mpsc::unbounded_channel();
            let (store, branch, actions) = (self.clone(), branch.clone(), Arc::clone(&actions));
            let batch = self.write(move |tx| {
                Box::pin(async move {
                    let batch = &actions[start..(start + size).min(actions.len())];
                    record(tx, &store, &branch, batch, now, |count| {
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

/// Whoever holds a manager's device could otherwise write in anybody's name, or do away with what was set aside.
fn without_what_is_the_servers(opened: Opened) -> Opened {
    match opened.action {
        Ok(action) if action.is_of_server() => {
            Opened { action: Err(Outcome::Quarantined { reason: Unfit::NotAllowed }), ..opened }
        }
        action => Opened { action, ..opened },
    }
}

impl batch::Entry for Handed {
    fn seq(&self) -> Option<Seq> {
        Some(self.sealed.seq)
    }

    fn action(&self) -> Option<&Action> {
        self.opened.as_ref().ok()?.action.as_ref().ok()
    }

    fn sealed_as(&self) -> Option<Dot> {
        self.sealed.sealed_as
    }

    fn settle(&self, item: usize, desk: &mut Desk<'_>) -> Result<Settled, StoreError> {
        let seq = self.sealed.seq;
        desk.skip_lost(seq);
        let (outcome, is_repeat) = match turn_of(&desk.ledger().look_up(seq), seq, self.hash) {
            Turn::Before(outcome) => (outcome, true),
            Turn::Never(outcome) => (outcome, false),
            Turn::Now => {
                let entry = Arrived::of(&self.opened, &self.sealed, self.hash);
                (desk.settle(item, &entry)?, false)
            }
        };
        let settled = Settled { seq, outcome, is_repeat };
        if let (false, Ok(opened)) = (batch::must_wait(&settled), &self.opened) {
            desk.hear_of_its_time(&opened.header);
        }
        Ok(settled)
    }
}

/// What the server itself does.
struct Own {
    author: StaffId,
    action: Action,
}

impl batch::Entry for Own {
    fn seq(&self) -> Option<Seq> {
        None
    }

    fn action(&self) -> Option<&Action> {
        Some(&self.action)
    }

    fn settle(&self, item: usize, desk: &mut Desk<'_>) -> Result<Settled, StoreError> {
        let Self { author, action } = self;
        let (seq, base) = (desk.ledger().next, desk.latest(action));
        let (device, claimed_at) = (desk.device(), desk.now());
        let header = Header { proto: PROTO, schema: SCHEMA, device, seq, author: *author, claimed_at, base };
        let bytes = body::json(&Envelope { header, action: action.clone() })?.into_bytes();
        let opened = Ok((header, Ok(action)));
        let entry = Arrived { seq, hash: Hash::of(&bytes), sealed: &bytes, sealed_as: None, opened };
        Ok(Settled { seq, outcome: desk.settle(item, &entry)?, is_repeat: false })
    }
}

/// In the same transaction as what it follows from, by the salon's own device.
async fn follow(tx: &mut AnyConnection, at: At<'_>, actions: Follows) -> Result<(), StoreError> {
    if actions.is_empty() {
        return Ok(());
    }
    let actions: Vec<Own> = actions.into_iter().map(|(author, action)| Own { author, action }).collect();
    let at = At { device: device::server(tx, at.branch).await?, ..at };
    batch::take_in(tx, at, 0, &actions).await?;
    Ok(())
}

async fn record(
    tx: &mut AnyConnection,
    store: &Store,
    branch: &str,
    actions: &[Own],
    now: Moment,
    done: impl Fn(usize) + Send,
) -> Result<Vec<Outcome>, StoreError> {
    let head = head::lock(tx, branch).await?;
    let at = At { inner: &store.inner, branch, device: device::server(tx, branch).await?, epoch: head.epoch, now };
    let mut outcomes = Vec::with_capacity(actions.len());
    for some in actions.chunks(Push::MOST_ENTRIES) {
        let taken = batch::take_in(tx, at, outcomes.len(), some).await?;
        outcomes.extend(taken.settled.into_iter().map(|settled| settled.outcome));
        follow(tx, at, taken.follow).await?;
        done(outcomes.len());
    }
    Ok(outcomes)
}
