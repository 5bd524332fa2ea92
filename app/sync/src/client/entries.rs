//! The outbox as this machine sees it: what becomes of an entry, and when it may go.

use super::{Client, Effect};
use crate::EntryState;
use domain::{Moment, Seq};

impl Client {
    pub(super) fn put_entry(&mut self, seq: Seq, state: EntryState, effects: &mut Vec<Effect>) {
        if let Some(entry) = self.entries.get_mut(&seq)
            && entry.state != state
        {
            entry.state = state.clone();
            effects.push(Effect::PutEntry(seq, state));
        }
    }

    pub(super) fn drop_entry(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        self.entries.remove(&seq);
        effects.push(Effect::DropEntry(seq));
    }

    pub(super) fn unsettle_from(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
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

    /// An acked entry may go when a second medium has it, or after a week, and the row it lies over is held as new as it.
    pub(super) fn forget_durable(&mut self, now: Moment, effects: &mut Vec<Effect>) {
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
}
