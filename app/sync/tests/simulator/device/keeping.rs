//! What a tablet makes of effects: rows go onto its disk while there is room, and no older one is left in place of one that did not fit.

use super::Device;
use crate::{
    broken::Broken,
    chance::Chance,
    disk::{Kept, Rows},
};
use domain::{Moment, Version};
use std::collections::VecDeque;
use std::rc::Rc;
use sync::{Effect, Event, Row, RowBody, RowId, Wake};

/// What an effect asks of the world.
pub enum Ask {
    Send(sync::Request),
    Ring(Wake),
}

/// What happens to a tablet between two effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    GoesOn,
    /// Whoever works on it signs out.
    IsLeft,
    IsKilled,
}

impl Fate {
    pub fn draw(chance: &mut Chance) -> Self {
        match chance.below(1_000) {
            ..8 => Self::IsKilled,
            8..12 => Self::IsLeft,
            _ => Self::GoesOn,
        }
    }
}

impl Device {
    /// Tells the client and carries out what it decides, one effect after the other. True where the power went meanwhile.
    pub fn hear(&mut self, event: Event, now: i64, mut fate: impl FnMut() -> Fate) -> (Vec<Ask>, bool) {
        let mut effects = self.client.receive(Moment(now), event);
        if self.broken == Some(Broken::CursorBeforeRows) {
            effects.sort_by_key(|effect| !matches!(effect, Effect::PutPlace(_)));
        }
        let (mut queue, mut asks) = (VecDeque::from(effects), Vec::new());
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Send(request) => asks.push(Ask::Send(request)),
                Effect::Wake(span) => asks.push(Ask::Ring(span)),
                disk => {
                    if let Some(told) = self.write(disk, now) {
                        queue.extend(self.client.receive(Moment(now), told));
                    }
                }
            }
            match fate() {
                Fate::GoesOn => {}
                Fate::IsLeft => queue.extend(self.leave(now)),
                Fate::IsKilled => return (asks, true),
            }
        }
        (asks, false)
    }

    /// What a kill rolled back is put right from the copies that lie apart; the client is told which.
    pub fn come_in(&mut self, now: i64) -> Event {
        self.is_signed_in = true;
        self.lazy.before_write(now);
        let mut right = Vec::new();
        for (id, copy) in std::mem::take(&mut self.kept) {
            if self.row(id).is_none_or(|(held, _)| *held < copy.0) {
                right.push((id, self.as_of_now(copy.0)));
                self.kept.insert(id, copy.clone());
                self.put_row(id, copy);
            }
        }
        Event::PutRight(right)
    }

    fn leave(&mut self, now: i64) -> Vec<Effect> {
        self.is_signed_in = false;
        self.client.receive(Moment(now), Event::SignedOut)
    }

    /// Answers what the client has to be told of it.
    fn write(&mut self, effect: Effect, now: i64) -> Option<Event> {
        self.lazy.before_write(now);
        match effect {
            Effect::PutRows(rows) => return self.put_rows(rows),
            Effect::DropRows(ids) => ids.into_iter().for_each(|id| self.drop_row(id)),
            Effect::Outdate => {
                self.lazy.is_outdated = true;
                self.kept.clear();
                self.given.clear();
                self.highest_cursor = Version::default();
            }
            Effect::PutPlace(place) if !self.is_crammed() => {
                self.lazy.is_outdated &= place.members < 0;
                self.lazy.place = Some(place);
            }
            // What the salon said of it is asked for again after a kill.
            Effect::PutEntry(seq, state) if !self.is_crammed() => {
                if let Some((entry, _)) = self.outbox().entries.get_mut(&seq) {
                    entry.state = state;
                }
            }
            Effect::DropEntry(seq) => drop(self.outbox().entries.remove(&seq)),
            Effect::PutPlace(_) | Effect::PutEntry(..) | Effect::Send(_) | Effect::Wake(_) | Effect::Halt(_) => {}
        }
        None
    }

    fn put_rows(&mut self, rows: Vec<Row>) -> Option<Event> {
        if !self.is_signed_in {
            // Nobody is here with whose key it could be kept.
            let rows: Vec<RowId> = rows.into_iter().map(|row| row.id).collect();
            for id in &rows {
                self.drop_row(*id);
                self.lazy.lacking.insert(*id);
            }
            return Some(Event::NotKept { rows, is_full: false });
        }
        let mut lost = Vec::new();
        for Row { id, version, body } in rows {
            let row = match body {
                Some(RowBody::Customer(body)) => (version, Some(Rc::new(*body))),
                Some(RowBody::Salon(_)) => (version, None),
                None => {
                    self.drop_row(id);
                    continue;
                }
            };
            self.given.insert(id, version);
            let is_looked_at = self.looked_at.contains(&id);
            while is_looked_at && !self.lazy.has_room_for(id, &row, self.room) {
                let Some(other) = self.lazy.rows.keys().copied().find(|other| !self.looked_at.contains(other)) else { break };
                self.give_up(other);
                lost.push(other);
            }
            match is_looked_at && !self.is_crammed() {
                true => drop(self.kept.insert(id, row.clone())),
                false => drop(self.kept.remove(&id)),
            }
            let is_shown = is_looked_at || self.row(id).is_some();
            match is_shown || self.lazy.has_room_for(id, &row, self.room) {
                true => self.put_row(id, row),
                false => {
                    self.give_up(id);
                    lost.push(id);
                }
            }
        }
        self.lazy.is_short |= !lost.is_empty();
        (!lost.is_empty()).then_some(Event::NotKept { rows: lost, is_full: true })
    }

    /// On the disk; where it does not fit, for as long as the page is open.
    fn put_row(&mut self, id: RowId, row: Kept) {
        if self.lazy.has_room_for(id, &row, self.room) {
            self.in_memory.remove(&id);
            self.lazy.lacking.remove(&id);
            self.lazy.rows.insert(id, row);
            return;
        }
        self.lazy.lacking.insert(id);
        if self.broken == Some(Broken::OldFileStays) {
            return;
        }
        // One from before a restore may have a higher number.
        if self.lazy.rows.get(&id).is_some_and(|(version, _)| *version >= row.0) {
            self.lazy.rows.remove(&id);
        }
        self.in_memory.insert(id, row);
    }

    fn give_up(&mut self, id: RowId) {
        self.lazy.rows.remove(&id);
        self.in_memory.remove(&id);
        self.lazy.lacking.insert(id);
    }

    fn drop_row(&mut self, id: RowId) {
        let everywhere: [&mut Rows; 2] = [&mut self.lazy.rows, &mut self.in_memory];
        everywhere.into_iter().for_each(|rows| drop(rows.remove(&id)));
        if self.broken != Some(Broken::CopiesStay) {
            self.kept.remove(&id);
        }
        self.lazy.lacking.remove(&id);
        self.given.remove(&id);
    }

    /// More lies there than there is room for: nothing can be added.
    pub fn is_crammed(&self) -> bool {
        self.lazy.size() > self.room
    }
}
