//! The device's side of the road as one pure state machine: `receive(now, event)` answers the effects to carry out, in order.
//!
//! One request is under way at a time. An error means *nothing is known*: it never consumes an entry.

mod answers;
mod entries;
mod next;
mod pause;
mod rows;

use crate::{ApiFault, Entry, EntryState, Place, Reply, Request, Row, RowId};
use domain::{Moment, Seq, Version};
use pause::Pause;
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
    /// Sent away: nothing of customers stays here, what it holds is handed in.
    Wipe,
    /// Nothing at all stays here.
    Stolen,
    Upgrade,
    /// The server waits for an entry that this device has lost; those after it can't be taken in until a manager has looked.
    Hole,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Committed {
        seq: Seq,
        entry: Entry,
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
    /// A kill had rolled these rows back, and copies that lay apart were put in their place.
    PutRight(Vec<(RowId, Version)>),
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
    /// What is held was told before a restore. It is shown until the salon has said how things stand, and then replaced whatever its number.
    Outdate,
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
    /// Done away with: nothing that was written of her is kept once it was answered.
    erased: BTreeSet<RowId>,
    head: Version,
    durable: Version,
    in_flight: Option<Flight>,
    /// What was asked last.
    latest: Option<Flight>,
    /// What to do once everything in `to_fetch` has come.
    after_fetch: Option<Listed>,
    to_fetch: VecDeque<RowId>,
    /// What was dropped after the last list may be what those lacked for which there was none.
    has_made_room: bool,
    is_manifest_due: bool,
    is_pull_due: bool,
    is_signed_in: bool,
    /// Handing in and reading wait each for itself: a server that can't take entries now may still know of a new allergy.
    push: Pause,
    read: Pause,
    /// The timer has been set for one of the two, and must not be pushed back by whatever else happens meanwhile.
    is_timer_set: bool,
    halt: Option<Halt>,
}

/// The list of what to hold has been gone through.
#[derive(Clone, Debug)]
struct Listed {
    place: Place,
    /// No longer to be held. One of them may be shown in a file that has not come yet: whoever is at work on it goes on.
    gone: Vec<RowId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flight {
    Push,
    Read,
}

impl Client {
    pub fn new(limits: Limits, mut stored: Stored) -> Self {
        if let Some(place) = stored.place {
            // That they go again may not have been written down for want of room.
            let is_void = |entry: &&mut Entry| entry.state.epoch().is_some_and(|epoch| epoch != place.epoch);
            stored.entries.values_mut().filter(is_void).for_each(|entry| entry.state = EntryState::Saved);
        }
        Self {
            limits,
            place: stored.place,
            entries: stored.entries,
            rows: stored.rows,
            erased: BTreeSet::new(),
            head: Version::default(),
            durable: Version::default(),
            in_flight: None,
            latest: None,
            after_fetch: None,
            to_fetch: VecDeque::new(),
            has_made_room: false,
            is_manifest_due: true,
            is_pull_due: false,
            is_signed_in: false,
            push: Pause::default(),
            read: Pause::default(),
            is_timer_set: false,
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
        self.push.failures().max(self.read.failures())
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
            Event::Committed { seq, entry } => {
                self.entries.insert(seq, entry);
            }
            Event::Replied(reply) => self.replied(now, reply, &mut effects),
            Event::Failed(fault) => self.failed(fault, &mut effects),
            Event::Hint(version) => self.head = self.head.max(version),
            Event::Woken => {
                self.go_on();
                self.is_pull_due = true;
            }
            Event::SignedIn => {
                self.is_signed_in = true;
                self.go_on();
                self.is_manifest_due = true;
            }
            Event::SignedOut => self.is_signed_in = false,
            Event::Seen(seq) => match self.entries.get(&seq).map(|entry| &entry.state) {
                Some(EntryState::Objected { told: Some(told), .. }) => {
                    self.put_entry(seq, EntryState::Seen { told: *told }, &mut effects);
                }
                Some(EntryState::Objected { told: None, .. }) => self.drop_entry(seq, &mut effects),
                _ => {}
            },
            Event::Wanted(row) => {
                if !self.to_fetch.contains(&row) {
                    self.to_fetch.push_front(row);
                }
            }
            Event::PutRight(rows) => self.rows.extend(rows),
            Event::NotKept { rows, is_full } => {
                self.rows.retain(|id, _| !rows.contains(id));
                if is_full {
                    self.make_do(&mut effects);
                }
            }
        }
        self.forget_durable(now, &mut effects);
        self.ask_next(&mut effects);
        effects
    }
}
