//! The outbox as this machine sees it: what becomes of an entry, and when it may go.

use super::{Client, Effect};
use crate::{Entry, EntryState, RowId};
use domain::{Moment, Seq, Version};
use std::collections::BTreeSet;

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

    /// The server waits for that number: whatever was answered from there on goes again.
    pub(super) fn unsettle_from(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        let again: Vec<Seq> = self.entries.range(seq..).map(|(seq, _)| *seq).collect();
        again.into_iter().for_each(|seq| self.put_entry(seq, EntryState::Saved, effects));
    }

    /// Whatever was answered so goes again.
    pub(super) fn unsettle(&mut self, is_void: impl Fn(&EntryState) -> bool, effects: &mut Vec<Effect>) {
        let void = self.entries.iter().filter(|(_, entry)| is_void(&entry.state));
        let again: Vec<Seq> = void.map(|(seq, _)| *seq).collect();
        again.into_iter().for_each(|seq| self.put_entry(seq, EntryState::Saved, effects));
    }

    /// An answered entry may go when a second medium has it, or after a week; an acked one once the row it lies over is held as new as it.
    pub(super) fn forget_durable(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let done: Vec<Seq> = self
            .entries
            .iter()
            .filter(|(_, entry)| match entry.state {
                EntryState::Acked { version, at, .. } => {
                    let is_in_row = entry.is_trace || self.rows.get(&entry.row).is_none_or(|held| *held >= version);
                    self.is_kept_elsewhere(now, version, at) && is_in_row
                }
                EntryState::Seen { told } => self.is_kept_elsewhere(now, told.by, told.at),
                EntryState::Saved | EntryState::Objected { .. } => false,
            })
            .map(|(seq, _)| *seq)
            .collect();
        for seq in done {
            self.drop_entry(seq, effects);
        }
    }

    /// Her file was done away with: what was written of her and has been answered goes as well, whatever the answer was.
    pub(super) fn forget_of(&mut self, gone: &BTreeSet<RowId>, effects: &mut Vec<Effect>) {
        self.erased.extend(gone);
        let is_done = |entry: &Entry| gone.contains(&entry.row) && entry.state != EntryState::Saved;
        let done: Vec<Seq> = self.entries.iter().filter(|(_, entry)| is_done(entry)).map(|(seq, _)| *seq).collect();
        done.into_iter().for_each(|seq| self.drop_entry(seq, effects));
    }

    fn is_kept_elsewhere(&self, now: Moment, version: Version, at: Moment) -> bool {
        version <= self.durable || now.since(at) > self.limits.keep_acked
    }
}
