//! What to ask for next, and when to look again.

use super::{Client, Effect, Flight, Halt};
use crate::{EntryState, Fetch, Pull, Push, Request};
use domain::Seq;

impl Client {
    pub(super) fn is_behind(&self) -> bool {
        let cursor = self.place.map(|place| place.cursor).unwrap_or_default();
        self.is_signed_in && (self.is_manifest_due || !self.to_fetch.is_empty() || self.is_pull_due || self.head > cursor)
    }

    /// Handing in comes first, reading next: neither waits because the other has to. What was handed in and not answered lets a read pass
    /// before it is tried again, so that a new allergy comes in even where nothing goes out.
    pub(super) fn ask_next(&mut self, effects: &mut Vec<Effect>) {
        let is_shut = matches!(self.halt, Some(Halt::Forked | Halt::Stolen));
        if self.in_flight.is_some() || is_shut {
            return;
        }
        let lets_pass = self.latest == Some(Flight::Push) && self.push.failures() > 0;
        let due = match lets_pass {
            true => self.read_due().or_else(|| self.push_due()),
            false => self.push_due().or_else(|| self.read_due()),
        };
        match due {
            Some((flight, request)) => {
                self.in_flight = Some(flight);
                self.latest = Some(flight);
                effects.push(Effect::Send(request));
            }
            None => self.set_timer(effects),
        }
    }

    fn push_due(&self) -> Option<(Flight, Request)> {
        let saved = self.entries.iter().filter(|(_, entry)| entry.state == EntryState::Saved).map(|(seq, _)| *seq);
        let seqs: Vec<Seq> = saved.take(self.push.bite(Push::MOST_ENTRIES)).collect();
        let first = seqs.first().filter(|_| self.push.wake().is_none())?;
        let oldest = self.entries.keys().next().copied().unwrap_or(*first);
        // Where a kill took the place along, the entries still know whose answers they had: a salon that was restored since says so first.
        let told = || self.entries.values().filter_map(|entry| entry.state.epoch()).max();
        let epoch = self.place.map(|place| place.epoch).or_else(told);
        Some((Flight::Push, Request::Push { epoch, oldest, seqs }))
    }

    fn read_due(&self) -> Option<(Flight, Request)> {
        if !self.is_signed_in || self.read.wake().is_some() {
            return None;
        }
        let request = if self.is_manifest_due {
            Request::Manifest
        } else if !self.to_fetch.is_empty() {
            Request::Fetch(Fetch::of(self.to_fetch.iter().take(self.read.bite(Fetch::MOST)).copied().collect()))
        } else {
            let place = self.place.filter(|_| self.is_behind())?;
            Request::Pull(Pull::of(place.epoch, place.cursor))
        };
        Some((Flight::Read, request))
    }

    /// For what waits, once; otherwise for the next look at the salon.
    fn set_timer(&mut self, effects: &mut Vec<Effect>) {
        let waiting = [self.push, self.read].into_iter().filter_map(|pause| pause.wake()).min_by_key(|wake| wake.most);
        match waiting {
            Some(_) if self.is_timer_set => {}
            Some(wake) => {
                self.is_timer_set = true;
                effects.push(Effect::Wake(wake));
            }
            None if self.is_signed_in => effects.push(Effect::Wake(self.limits.poll)),
            None => {}
        }
    }
}
