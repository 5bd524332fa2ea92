//! What a device's disk makes of a kill. *Strict*: what was written is there. *Lazy*: the last minutes may never have been.

use domain::{Seq, Version};
use std::collections::BTreeMap;
use std::rc::Rc;
use sync::{CustomerRow, Entry, Place, RowId};

/// How far a kill may roll the lazy part back, in milliseconds.
const LAZY_MS: i64 = 10 * 60 * 1000;

/// States remembered at most; a kill goes back to any of them alike.
const MOST_STATES: usize = 40;

/// IndexedDB with strict durability.
#[derive(Clone, Debug, Default)]
pub struct Strict {
    pub entries: BTreeMap<Seq, (Entry, Rc<Vec<u8>>)>,
    pub next_seq: i64,
}

/// localStorage: rows and the cursor, in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub struct Lazy {
    pub rows: BTreeMap<RowId, (Version, Option<Rc<CustomerRow>>)>,
    pub place: Option<Place>,
    /// The rows were told before a restore.
    pub is_outdated: bool,
    /// Only in the build that keeps its outbox here.
    pub outbox: Strict,
    /// Every state it was in lately, with the time at which it became so.
    past: Vec<(i64, Box<Lazy>)>,
}

impl Lazy {
    /// Notes the state before a write.
    pub fn before_write(&mut self, now: i64) {
        let state = Self { past: Vec::new(), ..self.clone() };
        self.past.push((now, Box::new(state)));
        self.past.retain(|(at, _)| now - at <= LAZY_MS);
        let surplus = self.past.len().saturating_sub(MOST_STATES);
        self.past.drain(..surplus);
    }

    /// A kill: what was written since one of those moments, chosen by `pick`, never was.
    pub fn roll_back(&mut self, pick: impl FnOnce(u64) -> u64) {
        let back = pick(self.past.len() as u64 + 1) as usize;
        if back < self.past.len() {
            let (_, state) = self.past.swap_remove(back);
            *self = *state;
        }
        self.past.clear();
    }
}
