//! The rows held, and the place up to which they are complete.

use super::{Client, Effect, Listed};
use crate::{Place, Row, RowId};

impl Client {
    pub(super) fn put_rows(&mut self, rows: Vec<Row>, effects: &mut Vec<Effect>) {
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

    pub(super) fn put_place(&mut self, place: Place, effects: &mut Vec<Effect>) {
        if self.place != Some(place) {
            self.place = Some(place);
            effects.push(Effect::PutPlace(place));
        }
    }

    /// The cursor moves only when everything the manifest named has come.
    pub(super) fn finish_fetch(&mut self, effects: &mut Vec<Effect>) {
        if self.to_fetch.is_empty()
            && let Some(Listed { place, gone }) = self.after_fetch.take()
        {
            self.has_made_room = !gone.is_empty();
            self.drop_rows(gone, effects);
            self.put_place(place, effects);
        }
    }

    /// There is no room. What need not be held makes some, and the list is gone through once more, the most important first; where nothing
    /// of that kind is left, less important files are done without, but what is held in an older version is never left so.
    pub(super) fn make_do(&mut self, effects: &mut Vec<Effect>) {
        let gone = self.after_fetch.as_mut().map(|listed| std::mem::take(&mut listed.gone)).unwrap_or_default();
        if std::mem::take(&mut self.has_made_room) || !gone.is_empty() {
            self.drop_rows(gone, effects);
            self.to_fetch.clear();
            self.after_fetch = None;
            self.is_manifest_due = true;
        } else {
            self.to_fetch.retain(|id| self.rows.contains_key(id));
            self.finish_fetch(effects);
        }
    }

    pub(super) fn drop_rows(&mut self, ids: Vec<RowId>, effects: &mut Vec<Effect>) {
        if !ids.is_empty() {
            self.rows.retain(|id, _| !ids.contains(id));
            effects.push(Effect::DropRows(ids));
        }
    }
}
