//! What one batch works on, read once and held in memory: the salon, the files concerned, and what the device handed in before.

use crate::{
    Device, DeviceStatus, StoreError,
    batch::Entry,
    body, customer, device,
    draft::{Draft, Verdict},
    failpoint::FailPoint,
    follow::{Follow, Follows},
    ledger,
    open::Inner,
    salon,
};
use domain::{
    Action, Change, CustomerFile, CustomerId, DeviceId, Dot, Moment, Salon, Scope, Seq, Unfit, Version, Written, decide,
};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    panic::{AssertUnwindSafe, catch_unwind},
};
use sync::{Envelope, Epoch, Hash, Header, Known, Opened, Outcome, Sealed, judge};

/// Whose batch, and where.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) inner: &'a Inner,
    pub(crate) branch: &'a str,
    pub(crate) device: DeviceId,
    pub(crate) epoch: Epoch,
    pub(crate) now: Moment,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Judged,
    /// Nothing else is left: the database refuses what comes of it.
    SetAside,
}

/// The branch is locked, so nobody else changes any of it meanwhile.
pub(crate) struct Desk<'a> {
    at: At<'a>,
    way: Way,
    device: Device,
    /// The device may still hold entries from before a restore.
    is_recovering: bool,
    ledger: ledger::Handed,
    /// The devices that this browser was before, and what each has handed in.
    former: BTreeMap<DeviceId, (Option<Device>, ledger::Handed)>,
    handed_over: ledger::HandedOver,
    salon: Salon,
    salon_version: Version,
    stored: HashMap<CustomerId, Result<CustomerFile, StoreError>>,
    draft: Draft,
    follow: Follow,
}

/// One entry whose turn it is.
pub(crate) struct Arrived<'a> {
    pub(crate) seq: Seq,
    pub(crate) hash: Hash,
    pub(crate) sealed: &'a [u8],
    pub(crate) sealed_as: Option<Dot>,
    pub(crate) opened: Result<(Header, Result<&'a Action, &'a Outcome>), &'a Outcome>,
}

impl<'a> Desk<'a> {
    pub(crate) async fn open(tx: &mut AnyConnection, at: At<'a>, way: Way, entries: &[impl Entry]) -> Result<Self, StoreError> {
        let (device, epoch) = device::load(tx, at.branch, at.device).await?;
        let ledger = ledger::Handed::load(tx, at.branch, at.device, entries.iter().filter_map(Entry::seq)).await?;
        let former = former(tx, at.branch, entries).await?;
        let own = |entry: &_| Entry::seq(entry).map(|seq| Dot { device: at.device, seq });
        let dots = entries.iter().filter_map(|entry| entry.sealed_as().or_else(|| own(entry))).collect();
        let handed_over = ledger::handed_over(tx, at.branch, &dots).await?;
        let (salon, salon_version) = salon::load(tx, at.branch).await?;
        let actions = entries.iter().filter_map(Entry::action);
        let ids: BTreeSet<CustomerId> = actions.flat_map(|action| [action.customer(), action.other()]).flatten().collect();
        let ids: Vec<CustomerId> = ids.into_iter().collect();
        let bodies = customer::bodies(tx, at.branch, &ids).await?;
        let stored: HashMap<CustomerId, Result<CustomerFile, StoreError>> =
            bodies.into_iter().map(|(id, body)| (id, customer::parse(&body))).collect();
        let follow = Follow::of(tx, at.branch, stored.values().flatten()).await?;
        let draft = Draft::begin(tx, at.branch, at.device, at.now).await?;
        Ok(Self {
            at,
            way,
            device,
            is_recovering: epoch != at.epoch,
            ledger,
            former,
            handed_over,
            salon,
            salon_version,
            stored,
            draft,
            follow,
        })
    }

    /// Answers what follows from it.
    pub(crate) async fn write(self, tx: &mut AnyConnection) -> Result<Follows, StoreError> {
        self.draft.write(tx, self.at.branch, &self.stored).await?;
        Ok(self.follow.actions)
    }

    pub(crate) const fn now(&self) -> Moment {
        self.at.now
    }

    pub(crate) const fn device(&self) -> DeviceId {
        self.at.device
    }

    pub(crate) const fn ledger(&self) -> &ledger::Handed {
        &self.ledger
    }

    /// What somebody who sees everything has before her: the file, or the salon's row.
    pub(crate) fn latest(&self, action: &Action) -> Version {
        match action.customer() {
            Some(id) => self.file(id).ok().flatten().map(|file| file.version).unwrap_or_default(),
            None => self.salon_version,
        }
    }

    /// Devices hand in what they hold in order. What they skip after a restore they hold no more: it can't come again.
    pub(crate) fn skip_lost(&mut self, to: Seq) {
        if self.is_recovering && to > self.ledger.next {
            self.draft.lose(self.ledger.next, Seq(to.0 - 1), self.at.epoch);
            self.ledger.next = to;
        }
    }

    /// An epoch is named after the moment of the restore. Entries made after it were never acknowledged by what it undid, so
    /// the device holds all that follow. Clocks may be off by less than a day.
    pub(crate) fn hear_of_its_time(&mut self, header: &Header) {
        const DAY: i64 = 24 * 3_600_000;
        if self.is_recovering && header.claimed_at.0 >= self.at.epoch.0.saturating_add(DAY) {
            self.is_recovering = false;
            self.draft.recover(self.at.epoch);
        }
    }

    /// `RetryLater` leaves no trace; every other outcome uses the number up.
    pub(crate) fn settle(&mut self, item: usize, entry: &Arrived<'_>) -> Result<Outcome, StoreError> {
        if matches!(entry.opened, Err(Outcome::RetryLater) | Ok((_, Err(Outcome::RetryLater)))) {
            return Ok(Outcome::RetryLater);
        }
        let version = self.draft.next_version();
        let dot = entry.sealed_as.unwrap_or(Dot { device: self.at.device, seq: entry.seq });
        if let Some(outcome) = self.known(dot, entry) {
            self.draft.enter_again(version, entry, &outcome)?;
            self.ledger.answer(entry.seq, entry.hash, outcome.clone());
            return Ok(outcome);
        }
        let judged = match self.way {
            Way::Judged => self.judge(item, entry, version),
            Way::SetAside => Ok(Verdict::of_fallen(entry)),
        };
        let mut verdict = match judged {
            Err(error) if error.is_of_item() => {
                tracing::error!(%error, seq = entry.seq.0, "an entry can't be taken in and goes to quarantine");
                Verdict::of_fallen(entry)
            }
            judged => judged?,
        };
        if matches!(verdict.outcome, Outcome::Quarantined { .. }) && self.way == Way::Judged {
            self.note_in_file(&mut verdict, version)?;
        }
        let outcome = verdict.outcome.clone();
        if let (Some(header), Some(action)) = (verdict.header, verdict.action)
            && let Some(id) = action.customer()
            && let Some(file) = self.draft.file(id).or_else(|| self.stored.get(&id)?.as_ref().ok())
        {
            let said = Written::from(&header.stamp_received(version, self.at.now));
            self.follow.hear(&self.salon, file, action, &outcome, said, header.base);
        }
        if let Some(salon) = &verdict.salon {
            self.salon = salon.clone();
            self.salon_version = version;
        }
        self.draft.enter(version, entry, verdict)?;
        if entry.sealed_as.is_some() {
            self.handed_over.insert((dot, body::hex(&entry.hash.0)), outcome.clone());
        }
        self.ledger.answer(entry.seq, entry.hash, outcome.clone());
        Ok(outcome)
    }

    /// It came before, as that device's or as another's: the first answer again.
    fn known(&self, dot: Dot, entry: &Arrived<'_>) -> Option<Outcome> {
        let as_recorded = self.former.get(&dot.device).and_then(|(_, handed)| handed.look_up(dot.seq).first);
        let first = as_recorded.filter(|(hash, _)| *hash == entry.hash).map(|(_, outcome)| outcome);
        first.or_else(|| self.handed_over.get(&(dot, body::hex(&entry.hash.0))).cloned())
    }

    fn judge<'e>(&self, item: usize, entry: &Arrived<'e>, version: Version) -> Result<Verdict<'e>, StoreError> {
        let (header, action) = match &entry.opened {
            Ok((header, Ok(action))) => (header, *action),
            Ok((header, Err(outcome))) => return Ok(Verdict::without_changes((*outcome).clone(), Some(*header))),
            Err(outcome) => return Ok(Verdict::without_changes((*outcome).clone(), None)),
        };
        let mut verdict = self.decide(item, header, entry.sealed_as, action, version)?;
        if matches!(verdict.outcome, Outcome::Applied { .. }) {
            let action = verdict.settled.take().unwrap_or_else(|| action.clone());
            verdict.mutation = Some(body::json(&Envelope { header: *header, action })?);
        }
        Ok(verdict)
    }

    /// Where an entry that is set aside may concern her safety, her file asks to be careful until a manager has decided.
    fn note_in_file(&self, verdict: &mut Verdict<'_>, version: Version) -> Result<(), StoreError> {
        let (Some(header), Some(action)) = (verdict.header, verdict.action) else { return Ok(()) };
        let Some(Ok(Some(file))) = action.customer().map(|id| self.file(id)) else { return Ok(()) };
        // Nothing is to be known of her any more.
        if file.erased.is_some() {
            return Ok(());
        }
        let concerns = action.concerns();
        if concerns.is_empty() {
            return Ok(());
        }
        let action = Action::SetAside { customer: file.id, concerns, entry: None };
        let stamp = header.stamp_received(version, self.at.now);
        let changes = decide(Scope { salon: &self.salon, file: Some(file), other: None }, &stamp, &action).unwrap_or_default();
        verdict.files = CustomerFile::after(Some(file.clone()), &changes, &stamp).into_iter().collect();
        verdict.mutation = Some(body::json(&Envelope { header, action })?);
        Ok(())
    }

    /// The rules are pure: one that falls over takes nothing with it.
    fn decide<'e>(
        &self,
        item: usize,
        header: &Header,
        sealed_as: Option<Dot>,
        action: &'e Action,
        version: Version,
    ) -> Result<Verdict<'e>, StoreError> {
        let fallen = StoreError::Damaged { what: "the rules fell over an entry" };
        let recorded_on = sealed_as.and_then(|dot| self.former.get(&dot.device)?.0.as_ref()).unwrap_or(&self.device);
        let load = |id: Option<CustomerId>| id.map(|id| self.file(id)).transpose().map(Option::flatten);
        let (file, other) = (load(action.customer())?, load(action.other())?);
        catch_unwind(AssertUnwindSafe(|| {
            self.at.inner.fail.fall(FailPoint::Poison(item));
            let known = Known { salon: &self.salon, file, other, device: recorded_on.scope };
            let mut judged = judge(known, header, action, version, self.at.now);
            // Somebody has this device who should not: a manager looks at everything that comes from it.
            let is_trusted = [&self.device, recorded_on].into_iter().all(|device| device.status == DeviceStatus::Active);
            if !is_trusted && !action.is_trace() {
                judged.outcome = Outcome::Quarantined { reason: Unfit::NotAllowed };
                judged.changes.clear();
            }
            let files: BTreeSet<CustomerId> = judged.changes.iter().filter_map(Change::file).collect();
            let is_of_salon = judged.changes.iter().any(|change| matches!(change, Change::Salon(_)));
            let shows = file.map(|file| file.joined.keys().copied().collect()).unwrap_or_default();
            let known = |id| [file, other].into_iter().flatten().find(|file| file.id == id).cloned();
            let files =
                files.into_iter().filter_map(|id| CustomerFile::after(known(id), &judged.changes, &judged.stamp)).collect();
            let salon = is_of_salon.then(|| {
                let mut salon = self.salon.clone();
                salon.absorb_all(&judged.changes);
                salon
            });
            let (outcome, settled) = (judged.outcome, judged.settled);
            Verdict { outcome, header: Some(*header), action: Some(action), settled, mutation: None, files, shows, salon }
        }))
        .map_err(|_| fallen)
    }

    fn file(&self, id: CustomerId) -> Result<Option<&CustomerFile>, StoreError> {
        match self.draft.file(id) {
            Some(file) => Ok(Some(file)),
            None => self.stored.get(&id).map(|stored| stored.as_ref().map_err(Clone::clone)).transpose(),
        }
    }
}

impl<'a> Arrived<'a> {
    pub(crate) fn of(opened: &'a Result<Opened, Outcome>, handed: &'a Sealed, hash: Hash) -> Self {
        let opened = opened.as_ref().map(|Opened { header, action }| (*header, action.as_ref()));
        Self { seq: handed.seq, hash, sealed: &handed.bytes.0, sealed_as: handed.sealed_as, opened }
    }
}

async fn former(
    tx: &mut AnyConnection,
    branch: &str,
    entries: &[impl Entry],
) -> Result<BTreeMap<DeviceId, (Option<Device>, ledger::Handed)>, StoreError> {
    let dots: BTreeSet<Dot> = entries.iter().filter_map(Entry::sealed_as).collect();
    let ids: BTreeSet<DeviceId> = dots.iter().map(|dot| dot.device).collect();
    let mut former = BTreeMap::new();
    for id in ids {
        let seqs = dots.iter().filter(|dot| dot.device == id).map(|dot| dot.seq);
        let handed = ledger::Handed::load(tx, branch, id, seqs).await?;
        former.insert(id, (device::find(tx, branch, id).await?, handed));
    }
    Ok(former)
}
