//! The rows held, and the place up to which they are complete.

use super::{Client, Effect};
use crate::{Place, Row};

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
            && let Some(place) = self.after_fetch.take()
        {
            self.put_place(place, effects);
        }
    }
}
