//! What an answer of the server changes.

use super::{Client, Effect, Flight, Halt, Listed, Wake};
use crate::{EntryState, Epoch, Manifest, Outcome, Place, Pulled, Pushed, Reply, RowId, Settled, Told};
use domain::{Moment, Unfit, Version};
use std::collections::BTreeSet;

impl Client {
    pub(super) fn replied(&mut self, now: Moment, reply: Reply, effects: &mut Vec<Effect>) {
        self.read.end();
        if self.in_flight.take() == Some(Flight::Push) {
            self.push.end();
        }
        match reply {
            Reply::Pushed(pushed) => self.pushed(now, pushed, effects),
            Reply::Pulled(pulled) => self.pulled(pulled, effects),
            Reply::Manifest(manifest) => self.manifest(manifest, effects),
            Reply::Fetched(fetched) => {
                if self.same_epoch(fetched.epoch, effects) {
                    let came: BTreeSet<RowId> = fetched.rows.iter().map(|row| row.id).collect();
                    self.put_rows(fetched.rows, effects);
                    self.to_fetch.retain(|id| !came.contains(id));
                    // The server answers for every id, if only with *gone*; should it not, asking again would never end.
                    if came.is_empty() {
                        self.to_fetch.pop_front();
                    }
                    self.finish_fetch(effects);
                }
            }
            Reply::Reset => self.begin_anew(None, effects),
        }
    }

    fn pushed(&mut self, now: Moment, pushed: Pushed, effects: &mut Vec<Effect>) {
        self.head = self.head.max(pushed.head);
        self.durable = self.durable.max(pushed.durable_version);
        if !self.same_epoch(pushed.epoch, effects) {
            return;
        }
        let told = Told { by: pushed.head, at: now, epoch: pushed.epoch };
        for Settled { seq, outcome, .. } in pushed.settled {
            let is_of_erased = self.entries.get(&seq).is_some_and(|entry| self.erased.contains(&entry.row));
            match outcome {
                // It had been taken in, or set aside, before she was erased: that is told once more.
                Outcome::Applied { .. } | Outcome::Quarantined { .. } | Outcome::Refused { .. } if is_of_erased => {
                    self.drop_entry(seq, effects);
                }
                Outcome::Applied { version } => {
                    self.put_entry(seq, EntryState::Acked { version, at: now, epoch: Some(told.epoch) }, effects)
                }
                // She is not to be known of any more, here either.
                Outcome::Quarantined { reason: Unfit::Erased } => self.drop_entry(seq, effects),
                Outcome::Quarantined { .. } | Outcome::Refused { .. } => {
                    self.put_entry(seq, EntryState::Objected { outcome, told: Some(told) }, effects)
                }
                Outcome::RetryLater => {
                    self.push.begin(Wake { least: self.limits.first_wait, most: self.limits.longest_wait });
                }
                // Whatever the server has not seen goes again, acked or not.
                Outcome::Gap { expected } if self.entries.contains_key(&expected) => self.unsettle_from(expected, effects),
                // What the server waits for is not here any more: asking again at once would never end, and a person has to know.
                Outcome::Gap { .. } => {
                    self.push.begin(Wake { least: self.limits.longest_wait, most: 2 * self.limits.longest_wait });
                    self.stop(Halt::Hole, effects);
                }
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
        let gone = pulled.rows.iter().filter(|row| row.body.is_none()).map(|row| row.id).collect();
        self.forget_of(&gone, effects);
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
        let erased: BTreeSet<RowId> = manifest.erased.iter().copied().map(RowId::Customer).collect();
        self.forget_of(&erased, effects);
        // Also of one that is not known to be here: a copy of it may lie apart from the rest.
        self.drop_rows(erased.into_iter().collect(), effects);
        self.has_made_room = false;
        let wanted: BTreeSet<RowId> = manifest.rows.iter().map(|(id, _)| *id).collect();
        let gone = self.rows.keys().filter(|id| !wanted.contains(id)).copied().collect();
        let lacking = manifest.rows.iter().filter(|(id, version)| self.rows.get(id).is_none_or(|held| held < version));
        self.to_fetch = lacking.map(|(id, _)| *id).collect();
        let place = Place { epoch: manifest.epoch, cursor: manifest.head, members: manifest.members };
        self.after_fetch = Some(Listed { place, gone });
        self.finish_fetch(effects);
    }

    /// After a restore what was told before is worth little, the outbox is not: what was acked goes again.
    fn same_epoch(&mut self, epoch: Epoch, effects: &mut Vec<Effect>) -> bool {
        match self.place {
            Some(place) if place.epoch != epoch => {
                self.begin_anew(Some(epoch), effects);
                false
            }
            Some(_) => true,
            None => {
                // A first contact, or a kill took the place along: of which epoch the rows are nobody knows, and what another one's salon
                // answered goes again.
                if !self.rows.is_empty() {
                    self.outdate(effects);
                }
                self.unsettle(|state| state.epoch() != Some(epoch), effects);
                self.put_place(Place { epoch, cursor: Version::default(), members: -1 }, effects);
                true
            }
        }
    }

    fn outdate(&mut self, effects: &mut Vec<Effect>) {
        self.rows.values_mut().for_each(|version| *version = Version::default());
        self.erased.clear();
        effects.push(Effect::Outdate);
    }

    fn begin_anew(&mut self, epoch: Option<Epoch>, effects: &mut Vec<Effect>) {
        self.outdate(effects);
        self.to_fetch.clear();
        self.after_fetch = None;
        self.head = Version::default();
        self.durable = Version::default();
        self.is_manifest_due = true;
        if let Some(epoch) = epoch {
            // Neither what the salon took in nor what it set aside is known any more.
            self.unsettle(|_| true, effects);
            self.put_place(Place { epoch, cursor: Version::default(), members: -1 }, effects);
        }
    }
}
