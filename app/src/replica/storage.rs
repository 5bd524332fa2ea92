//! localStorage: the cache. The only file that names it. Everything here can be fetched again; a kill may roll it back.

use super::vault::{SealedRow, name_of, row_of};
use gloo_storage::{LocalStorage, Storage};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use sync::{Place, RowId, SCHEMA};

/// The most that rows may take, in UTF-16 units; browsers give an origin about five million.
const BUDGET: usize = 3_000_000;
const ROW: &str = "xinyan row ";
const PLACE: &str = "xinyan place";
/// By which build the rows were written.
const ROWS: &str = "xinyan rows";
const LANGUAGE: &str = "xinyan language";

/// There is no room left, or the browser refuses to keep anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// The cached rows, with the size of each, so that the budget is known without reading.
#[derive(Debug, Default)]
pub struct Cache {
    sizes: RefCell<BTreeMap<RowId, usize>>,
    total: Cell<usize>,
    /// Rows that somebody has opened since the start, the latest last.
    used: RefCell<Vec<RowId>>,
    /// Rows for which the browser has no room although somebody needs them now: gone with the page.
    in_memory: RefCell<BTreeMap<RowId, SealedRow>>,
}

impl Cache {
    /// `gloo_storage` panics where storage is blocked, so nothing may touch it before this has said yes.
    pub fn is_allowed() -> bool {
        matches!(web_sys::window().map(|window| window.local_storage()), Some(Ok(Some(_))))
    }

    /// Reads which rows are there.
    pub fn load(&self) -> BTreeMap<RowId, SealedRow> {
        let raw = LocalStorage::raw();
        let keys = (0..LocalStorage::length()).filter_map(|i| raw.key(i).ok().flatten()).collect::<Vec<_>>();
        let mut rows = BTreeMap::new();
        self.sizes.borrow_mut().clear();
        self.total.set(0);
        for key in keys {
            let Some(id) = key.strip_prefix(ROW).and_then(row_of) else {
                continue;
            };
            match raw.get_item(&key).ok().flatten().and_then(|text| SealedRow::from_text(&text).map(|row| (row, text.len()))) {
                Some((row, size)) => {
                    self.note_size(id, key.len() + size);
                    rows.insert(id, row);
                }
                None => LocalStorage::delete(&key),
            }
        }
        rows
    }

    pub fn row(&self, id: RowId) -> Option<SealedRow> {
        let held = self.in_memory.borrow().get(&id).cloned();
        let kept = LocalStorage::raw().get_item(&row_key(id)).ok().flatten().and_then(|text| SealedRow::from_text(&text));
        // Another tab may have written a newer one meanwhile.
        held.into_iter().chain(kept).max_by_key(|row| row.version)
    }

    /// Somebody has opened it: it is the last to go.
    pub fn note_use(&self, id: RowId) {
        let mut used = self.used.borrow_mut();
        used.retain(|other| *other != id);
        used.push(id);
    }

    /// Keeps a row; the caller decides what to do where there is no room.
    pub fn put(&self, id: RowId, row: &SealedRow) -> Result<(), Full> {
        let (key, text) = (row_key(id), row.to_text());
        let before = self.sizes.borrow().get(&id).copied().unwrap_or(0);
        let size = key.len() + text.len();
        if self.total.get() - before + size > BUDGET || LocalStorage::raw().set_item(&key, &text).is_err() {
            return Err(Full);
        }
        self.note_size(id, size);
        self.in_memory.borrow_mut().remove(&id);
        Ok(())
    }

    /// For as long as the page is open. What lies there of this version is of an older build, of a later one from before a restore: neither
    /// is to be taken for this one.
    pub fn hold(&self, id: RowId, row: SealedRow) {
        if self.row(id).is_some_and(|kept| kept.version >= row.version) {
            self.remove(id);
        }
        self.in_memory.borrow_mut().insert(id, row);
    }

    /// Makes room by dropping one file: of those that nobody has opened since the start the one with the least `worth`, then
    /// the one opened longest ago. Answers what went. The salon's own row stays.
    pub fn evict_one<W: Ord>(&self, keep: RowId, worth: impl Fn(RowId) -> W) -> Option<RowId> {
        let used = self.used.borrow().clone();
        let opened = |id: RowId| used.iter().position(|other| *other == id);
        let may_go = |id: &RowId| *id != RowId::Salon && *id != keep;
        let victim = self.sizes.borrow().keys().copied().filter(may_go).min_by_key(|id| (opened(*id), worth(*id)))?;
        self.remove(victim);
        Some(victim)
    }

    pub fn remove(&self, id: RowId) {
        LocalStorage::delete(row_key(id));
        self.in_memory.borrow_mut().remove(&id);
        let size = self.sizes.borrow_mut().remove(&id).unwrap_or(0);
        self.total.set(self.total.get() - size);
        self.used.borrow_mut().retain(|other| *other != id);
    }

    pub fn clear(&self) {
        let ids: Vec<RowId> = self.sizes.borrow().keys().copied().collect();
        ids.into_iter().for_each(|id| self.remove(id));
        self.in_memory.borrow_mut().clear();
        LocalStorage::delete(PLACE);
        LocalStorage::delete(ROWS);
    }

    /// False where an older build may have left out of a row what it could not read, or where the salon was restored meanwhile: what lies
    /// here is shown, and fetched again whatever its version.
    pub fn is_current(&self) -> bool {
        LocalStorage::get::<u16>(ROWS).is_ok_and(|schema| schema == SCHEMA)
    }

    pub fn outdate(&self) {
        LocalStorage::delete(ROWS);
    }

    /// The pull cursor, written after the rows it speaks of.
    pub fn put_place(&self, place: Place) {
        // Until the list of what to hold was gone through, rows of an older build, or from before a restore, may lie here.
        if place.members >= 0 {
            let _ = LocalStorage::set(ROWS, SCHEMA);
        }
        // A place that can't be kept costs one manifest at the next start.
        let _ = LocalStorage::set(PLACE, place);
    }

    pub fn place(&self) -> Option<Place> {
        LocalStorage::get(PLACE).ok()
    }

    fn note_size(&self, id: RowId, size: usize) {
        let before = self.sizes.borrow_mut().insert(id, size).unwrap_or(0);
        self.total.set(self.total.get() - before + size);
    }
}

/// The language chosen on this device. Not the salon's, so it outlives a wipe.
pub fn language() -> Option<String> {
    Cache::is_allowed().then(|| LocalStorage::get(LANGUAGE).ok()).flatten()
}

pub fn keep_language(word: &str) {
    if Cache::is_allowed() {
        // One that can't be kept costs one more choice at the next start.
        let _ = LocalStorage::set(LANGUAGE, word);
    }
}

fn row_key(id: RowId) -> String {
    format!("{ROW}{}", name_of(id))
}
