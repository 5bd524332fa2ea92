//! The mark in the header: what the salon does not have yet, since when nobody answers, what needs a person.

use super::Replica;
use domain::Moment;
use leptos::prelude::*;
use sync::{EntryState, Halt};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncMark {
    /// Entries saved here that the salon does not have yet.
    pub waiting: usize,
    /// Entries that were refused or set aside, and nobody has looked at.
    pub objected: usize,
    pub offline_since: Option<Moment>,
    pub halt: Option<Halt>,
    /// When the salon last answered.
    pub last_contact: Option<Moment>,
    /// This tablet has no room for more files; the rest is fetched when it is opened.
    pub is_cache_full: bool,
    /// She started without network, and the server asks for her password before it gives out newer files.
    pub needs_sign_in: bool,
    /// The salon does not know this browser, and something lies here that it may not have.
    pub is_unknown: bool,
}

impl SyncMark {
    pub fn needs_attention(&self) -> bool {
        self.objected > 0 || self.halt.is_some() || self.needs_sign_in || self.is_unknown
    }

    /// A manager has to make this browser a device anew; what lies here goes with it.
    pub fn must_be_enrolled_anew(&self) -> bool {
        self.is_unknown || self.halt == Some(Halt::Forked)
    }
}

impl Replica {
    pub(crate) fn note_contact(&self) {
        let now = self.now();
        self.inner().mark.update(|mark| {
            mark.offline_since = None;
            mark.last_contact = Some(now);
        });
    }

    pub(crate) fn note_silence(&self) {
        let now = self.now();
        if self.inner().mark.with_untracked(|mark| mark.offline_since.is_none()) {
            self.inner().mark.update(|mark| mark.offline_since = Some(now));
        }
    }

    pub(crate) fn count_entries(&self) {
        let inner = self.inner();
        let held = inner.held.borrow();
        let written = || held.values().filter(|held| !held.entry.is_trace);
        let count = |is: fn(&EntryState) -> bool| written().filter(|held| is(&held.entry.state)).count();
        let waiting = count(|state| matches!(state, EntryState::Saved));
        let objected = count(|state| matches!(state, EntryState::Objected { .. }));
        drop(held);
        if inner.mark.with_untracked(|mark| (mark.waiting, mark.objected) != (waiting, objected)) {
            inner.mark.update(|mark| (mark.waiting, mark.objected) = (waiting, objected));
        }
        inner.entries_changed.notify();
    }
}
