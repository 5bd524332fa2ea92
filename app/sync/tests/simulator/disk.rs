//! What a device's disk makes of a kill. *Strict*: what was written is there. *Lazy*: the last minutes may never have been.

use domain::{Seq, Version};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::{CustomerRow, Entry, Place, RowId};

/// Files as they lie somewhere; the salon's own row has none.
pub type Rows = BTreeMap<RowId, Kept>;
pub type Kept = (Version, Option<Rc<CustomerRow>>);

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
    pub rows: Rows,
    /// Files for which there was no room: not here, or in an older version.
    pub lacking: BTreeSet<RowId>,
    /// There was no room for some file: less important ones are done without as well.
    pub is_short: bool,
    pub place: Option<Place>,
    /// The rows were told before a restore.
    pub is_outdated: bool,
    /// Only in the build that keeps its outbox here.
    pub outbox: Strict,
    /// Every state it was in lately, with the time at which it became so.
    past: Vec<(i64, Box<Lazy>)>,
}

/// What it takes up: the more stands in it, the more.
fn size_of((_, row): &Kept) -> usize {
    let entries = |row: &CustomerRow| row.file.notes.len() + row.file.contacts.len() + row.file.uses.len();
    4 + row.as_deref().map_or(0, entries)
}

impl Lazy {
    pub fn size(&self) -> usize {
        self.rows.values().map(size_of).sum()
    }

    /// Whether it fits, in place of what is there.
    pub fn has_room_for(&self, id: RowId, row: &Kept, room: usize) -> bool {
        self.size() - self.rows.get(&id).map_or(0, size_of) + size_of(row) <= room
    }

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
