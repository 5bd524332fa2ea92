//! The device's side of the road as one pure state machine: `receive(now, event)` answers the effects to carry out, in order.
//!
//! One request is under way at a time. An error means *nothing is known*: it never consumes an entry.

use crate::{
    ApiFault, Entry, EntryState, Epoch, Fetch, Manifest, Outcome, Place, Pull, Pulled, Push, Pushed, Reply, Request, Row, RowId,
    Settled,
};
use domain::{Moment, Seq, Version};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Milliseconds; drawn evenly between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    pub least: u32,
    pub most: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// An acked entry is kept at most this long when no second medium confirms it, in milliseconds.
    pub keep_acked: i64,
    pub poll: Wake,
    /// Ceiling of the first and of any later wait before trying again, in milliseconds.
    pub first_wait: u32,
    pub longest_wait: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            keep_acked: 7 * 24 * 3_600_000,
            poll: Wake { least: 30_000, most: 60_000 },
            first_wait: 1_000,
            longest_wait: 60_000,
        }
    }
}

/// What the device kept from its last run.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    pub place: Option<Place>,
    pub entries: BTreeMap<Seq, Entry>,
    pub rows: BTreeMap<RowId, Version>,
}

/// Why the device has stopped asking until a person has done something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Two copies of one device are at work: it must be enrolled anew.
    Forked,
    Wipe,
    Upgrade,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Committed {
        seq: Seq,
        row: RowId,
    },
    Replied(Reply),
    Failed(ApiFault),
    /// The server says that there is something newer.
    Hint(Version),
    /// The timer rang, the window came to the front, or the network came back.
    Woken,
    /// A person is signed in, so that rows may be asked for.
    SignedIn,
    SignedOut,
    /// Somebody has read what became of an objected entry.
    Seen(Seq),
    /// She opened a file that is not on this device.
    Wanted(RowId),
    /// These rows could not be kept; with `is_full`, less important ones need not be tried.
    NotKept {
        rows: Vec<RowId>,
        is_full: bool,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Send(Request),
    /// Each applied only if newer than what is held.
    PutRows(Vec<Row>),
    DropRows(Vec<RowId>),
    DropCache,
    /// Always after the rows it speaks of.
    PutPlace(Place),
    PutEntry(Seq, EntryState),
    DropEntry(Seq),
    /// Ring after a while drawn from this span; replaces an earlier one.
    Wake(Wake),
    Halt(Halt),
}

#[derive(Clone, Debug)]
pub struct Client {
    limits: Limits,
    place: Option<Place>,
    entries: BTreeMap<Seq, Entry>,
    rows: BTreeMap<RowId, Version>,
    head: Version,
    durable: Version,
    in_flight: Option<Flight>,
    /// The place to take once everything in `to_fetch` has come.
    after_fetch: Option<Place>,
    to_fetch: VecDeque<RowId>,
    is_manifest_due: bool,
    is_pull_due: bool,
    is_signed_in: bool,
    failures: u32,
    is_waiting: bool,
    halt: Option<Halt>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flight {
    Push,
    Read,
}

impl Client {
    pub fn new(limits: Limits, stored: Stored) -> Self {
        Self {
            limits,
            place: stored.place,
            entries: stored.entries,
            rows: stored.rows,
            head: Version::default(),
            durable: Version::default(),
            in_flight: None,
            after_fetch: None,
            to_fetch: VecDeque::new(),
            is_manifest_due: true,
            is_pull_due: false,
            is_signed_in: false,
            failures: 0,
            is_waiting: false,
            halt: None,
        }
    }

    pub fn place(&self) -> Option<Place> {
        self.place
    }

    pub fn entries(&self) -> &BTreeMap<Seq, Entry> {
        &self.entries
    }

    pub fn held(&self, row: RowId) -> Option<Version> {
        self.rows.get(&row).copied()
    }

    /// Entries that the salon does not have yet.
    pub fn waiting(&self) -> usize {
        self.entries.values().filter(|entry| entry.state == EntryState::Saved).count()
    }

    /// Consecutive requests without an answer.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    pub fn halt(&self) -> Option<Halt> {
        self.halt
    }

    /// Nothing under way, nothing to send, nothing newer known.
    pub fn is_at_rest(&self) -> bool {
        self.in_flight.is_none() && self.waiting() == 0 && !self.is_behind()
    }

    pub fn receive(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Committed { seq, row } => {
                self.entries.insert(seq, Entry { state: EntryState::Saved, row });
            }
            Event::Replied(reply) => self.replied(now, reply, &mut effects),
            Event::Failed(fault) => self.failed(fault, &mut effects),
            Event::Hint(version) => self.head = self.head.max(version),
            Event::Woken => {
                self.is_waiting = false;
                self.is_pull_due = true;
            }
            Event::SignedIn => {
                self.is_signed_in = true;
                self.is_waiting = false;
                self.is_manifest_due = true;
            }
            Event::SignedOut => self.is_signed_in = false,
            Event::Seen(seq) => {
                if matches!(self.entries.get(&seq), Some(Entry { state: EntryState::Objected { .. }, .. })) {
                    self.drop_entry(seq, &mut effects);
                }
            }
            Event::Wanted(row) => {
                if !self.to_fetch.contains(&row) {
                    self.to_fetch.push_front(row);
                }
            }
            Event::NotKept { rows, is_full } => {
                self.rows.retain(|id, _| !rows.contains(id));
                if is_full {
                    self.to_fetch.clear();
                    self.finish_fetch(&mut effects);
                }
            }
        }
        self.forget_durable(now, &mut effects);
        self.ask_next(&mut effects);
        effects
    }

    fn replied(&mut self, now: Moment, reply: Reply, effects: &mut Vec<Effect>) {
        self.in_flight = None;
        self.failures = 0;
        self.is_waiting = false;
        match reply {
            Reply::Pushed(pushed) => self.pushed(now, pushed, effects),
            Reply::Pulled(pulled) => self.pulled(pulled, effects),
            Reply::Manifest(manifest) => self.manifest(manifest, effects),
            Reply::Fetched(fetched) => {
                if self.same_epoch(fetched.epoch, effects) {
                    let came: BTreeSet<RowId> = fetched.rows.iter().map(|row| row.id).collect();
                    self.put_rows(fetched.rows, effects);
                    let asked = self.to_fetch.len();
                    self.to_fetch.retain(|id| !came.contains(id));
                    // The server answers for every id, if only with *gone*; should it not, asking again would never end.
                    if self.to_fetch.len() == asked {
                        self.to_fetch.pop_front();
                    }
                    self.finish_fetch(effects);
                }
            }
            Reply::Reset => self.begin_anew(None, effects),
        }
    }

    fn failed(&mut self, fault: ApiFault, effects: &mut Vec<Effect>) {
        let flight = self.in_flight.take();
        match fault {
            ApiFault::SignedOut | ApiFault::Locked if flight == Some(Flight::Read) => {
                self.is_signed_in = false;
                return;
            }
            ApiFault::Wipe => return self.stop(Halt::Wipe, effects),
            // An old build still hands in what it holds.
            ApiFault::Upgrade if flight == Some(Flight::Read) => {
                self.is_signed_in = false;
                return self.stop(Halt::Upgrade, effects);
            }
            ApiFault::SignedOut
            | ApiFault::Locked
            | ApiFault::TooMuch
            | ApiFault::Busy { .. }
            | ApiFault::Upgrade
            | ApiFault::Unreachable => {}
        }
        self.failures = self.failures.saturating_add(1);
        let ceiling =
            self.limits.first_wait.saturating_mul(1 << self.failures.min(16).saturating_sub(1)).min(self.limits.longest_wait);
        let least = if let ApiFault::Busy { retry_after } = fault {
            retry_after.saturating_mul(1_000).min(self.limits.longest_wait)
        } else {
            0
        };
        self.is_waiting = true;
        effects.push(Effect::Wake(Wake { least, most: ceiling.max(least) }));
    }

    fn pushed(&mut self, now: Moment, pushed: Pushed, effects: &mut Vec<Effect>) {
        self.head = self.head.max(pushed.head);
        self.durable = self.durable.max(pushed.durable_version);
        if !self.same_epoch(pushed.epoch, effects) {
            return;
        }
        for Settled { seq, outcome, .. } in pushed.settled {
            match outcome {
                Outcome::Applied { version } => self.put_entry(seq, EntryState::Acked { version, at: now }, effects),
                Outcome::Quarantined { .. } | Outcome::Refused { .. } => {
                    self.put_entry(seq, EntryState::Objected { outcome }, effects)
                }
                Outcome::RetryLater => {
                    self.is_waiting = true;
                    effects.push(Effect::Wake(Wake { least: self.limits.first_wait, most: self.limits.longest_wait }));
                }
                // Whatever the server has not seen goes again, acked or not.
                Outcome::Gap { expected } => self.unsettle_from(expected, effects),
                Outcome::Forked => self.stop(Halt::Forked, effects),
            }
        }
    }

    fn pulled(&mut self, pulled: Pulled, effects: &mut Vec<Effect>) {
        if !self.same_epoch(pulled.epoch, effects) {
            return;
        }
        self.is_pull_due = false;
        self.head = self.head.max(pulled.head);
        self.put_rows(pulled.rows, effects);
        let members = self.place.map_or(pulled.members, |place| place.members);
        self.is_manifest_due |= pulled.members != members;
        self.put_place(Place { epoch: pulled.epoch, cursor: pulled.upto, members }, effects);
    }

    fn manifest(&mut self, manifest: Manifest, effects: &mut Vec<Effect>) {
        if !self.same_epoch(manifest.epoch, effects) {
            return;
        }
        self.is_manifest_due = false;
        self.is_pull_due = false;
        self.head = self.head.max(manifest.head);
        let wanted: BTreeMap<RowId, Version> = manifest.rows.iter().copied().collect();
        let gone: Vec<RowId> = self.rows.keys().filter(|id| !wanted.contains_key(id)).copied().collect();
        if !gone.is_empty() {
            self.rows.retain(|id, _| wanted.contains_key(id));
            effects.push(Effect::DropRows(gone));
        }
        let lacking = manifest.rows.iter().filter(|(id, version)| self.rows.get(id).is_none_or(|held| held < version));
        self.to_fetch = lacking.map(|(id, _)| *id).collect();
        self.after_fetch = Some(Place { epoch: manifest.epoch, cursor: manifest.head, members: manifest.members });
        self.finish_fetch(effects);
    }

    /// The cursor moves only when everything the manifest named has come.
    fn finish_fetch(&mut self, effects: &mut Vec<Effect>) {
        if self.to_fetch.is_empty()
            && let Some(place) = self.after_fetch.take()
        {
            self.put_place(place, effects);
        }
    }

    fn put_rows(&mut self, rows: Vec<Row>, effects: &mut Vec<Effect>) {
        let newer: Vec<Row> =
            rows.into_iter().filter(|row| self.rows.get(&row.id).is_none_or(|held| *held < row.version)).collect();
        for row in &newer {
            match row.body {
                Some(_) => self.rows.insert(row.id, row.version),
                None => self.rows.remove(&row.id),
            };
        }
        if !newer.is_empty() {
            effects.push(Effect::PutRows(newer));
        }
    }

    fn put_place(&mut self, place: Place, effects: &mut Vec<Effect>) {
        if self.place != Some(place) {
            self.place = Some(place);
            effects.push(Effect::PutPlace(place));
        }
    }

    fn put_entry(&mut self, seq: Seq, state: EntryState, effects: &mut Vec<Effect>) {
        if let Some(entry) = self.entries.get_mut(&seq)
            && entry.state != state
        {
            entry.state = state.clone();
            effects.push(Effect::PutEntry(seq, state));
        }
    }

    fn drop_entry(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        self.entries.remove(&seq);
        effects.push(Effect::DropEntry(seq));
    }

    fn unsettle_from(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        let again: Vec<Seq> = self
            .entries
            .range(seq..)
            .filter(|(_, entry)| matches!(entry.state, EntryState::Acked { .. }))
            .map(|(seq, _)| *seq)
            .collect();
        for seq in again {
            self.put_entry(seq, EntryState::Saved, effects);
        }
    }

    /// After a restore the cache is worthless, the outbox is not: what was acked goes again.
    fn same_epoch(&mut self, epoch: Epoch, effects: &mut Vec<Effect>) -> bool {
        match self.place {
            Some(place) if place.epoch != epoch => {
                self.begin_anew(Some(epoch), effects);
                false
            }
            Some(_) => true,
            None => {
                self.put_place(Place { epoch, cursor: Version::default(), members: -1 }, effects);
                true
            }
        }
    }

    fn begin_anew(&mut self, epoch: Option<Epoch>, effects: &mut Vec<Effect>) {
        self.rows.clear();
        self.to_fetch.clear();
        self.after_fetch = None;
        self.head = Version::default();
        self.durable = Version::default();
        self.is_manifest_due = true;
        effects.push(Effect::DropCache);
        if let Some(epoch) = epoch {
            self.unsettle_from(Seq::default(), effects);
            self.put_place(Place { epoch, cursor: Version::default(), members: -1 }, effects);
        }
    }

    /// An acked entry may go when a second medium has it, or after a week, and the row it lies over is held as new as it.
    fn forget_durable(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let done: Vec<Seq> = self
            .entries
            .iter()
            .filter(|(_, entry)| match entry.state {
                EntryState::Acked { version, at } => {
                    let is_kept_elsewhere = version <= self.durable || now.since(at) > self.limits.keep_acked;
                    is_kept_elsewhere && self.rows.get(&entry.row).is_none_or(|held| *held >= version)
                }
                EntryState::Saved | EntryState::Objected { .. } => false,
            })
            .map(|(seq, _)| *seq)
            .collect();
        for seq in done {
            self.drop_entry(seq, effects);
        }
    }

    fn is_behind(&self) -> bool {
        let cursor = self.place.map(|place| place.cursor).unwrap_or_default();
        self.is_signed_in && (self.is_manifest_due || !self.to_fetch.is_empty() || self.is_pull_due || self.head > cursor)
    }

    fn stop(&mut self, halt: Halt, effects: &mut Vec<Effect>) {
        if self.halt != Some(halt) {
            self.halt = Some(halt);
            effects.push(Effect::Halt(halt));
        }
    }

    /// Handing in comes before everything: reading can wait.
    fn ask_next(&mut self, effects: &mut Vec<Effect>) {
        let is_shut = matches!(self.halt, Some(Halt::Forked | Halt::Wipe));
        if self.in_flight.is_some() || self.is_waiting || is_shut {
            return;
        }
        let saved = self.entries.iter().filter(|(_, entry)| entry.state == EntryState::Saved).map(|(seq, _)| *seq);
        let seqs: Vec<Seq> = saved.take(Push::MOST_ENTRIES).collect();
        if let Some(first) = seqs.first() {
            let oldest = self.entries.keys().next().copied().unwrap_or(*first);
            let epoch = self.place.map(|place| place.epoch);
            return self.send(Flight::Push, Request::Push { epoch, oldest, seqs }, effects);
        }
        if !self.is_signed_in {
            return;
        }
        if self.is_manifest_due {
            return self.send(Flight::Read, Request::Manifest, effects);
        }
        if !self.to_fetch.is_empty() {
            let ids = self.to_fetch.iter().take(Fetch::MOST).copied().collect();
            return self.send(Flight::Read, Request::Fetch(Fetch { ids }), effects);
        }
        match self.place {
            Some(place) if self.is_behind() => {
                self.send(Flight::Read, Request::Pull(Pull { epoch: place.epoch, after: place.cursor }), effects);
            }
            _ if !effects.iter().any(|effect| matches!(effect, Effect::Wake(_))) => effects.push(Effect::Wake(self.limits.poll)),
            _ => {}
        }
    }

    fn send(&mut self, flight: Flight, request: Request, effects: &mut Vec<Effect>) {
        self.in_flight = Some(flight);
        effects.push(Effect::Send(request));
    }
}
