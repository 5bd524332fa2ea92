//! Waiting after a failure: each time up to twice as long, drawn at random and on top of what the server asked for, so that fifty
//! tablets don't come back as one.

use super::{Client, Effect, Flight, Halt, Limits, Wake};
use crate::ApiFault;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pause {
    failures: u32,
    wake: Option<Wake>,
    /// Rises with each failure and falls with each success: a network that was slow a moment ago still is.
    slowness: u32,
}

/// From here on one at a time.
const MOST_SLOWNESS: u32 = 8;

impl Pause {
    pub(super) const fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) const fn wake(&self) -> Option<Wake> {
        self.wake
    }

    /// How much to ask for at once: half as much after each failure, so that a slow network gets something through in time.
    pub(super) fn bite(&self, most: usize) -> usize {
        (most >> self.slowness.min(16)).max(1)
    }

    pub(super) const fn begin(&mut self, wake: Wake) {
        self.wake = Some(wake);
    }

    pub(super) fn end(&mut self) {
        *self = Self { slowness: self.slowness.saturating_sub(1), ..Self::default() };
    }

    fn lengthen(&mut self, limits: &Limits, least: u32) -> Wake {
        self.failures = self.failures.saturating_add(1);
        self.slowness = self.slowness.saturating_add(1).min(MOST_SLOWNESS);
        let ceiling = limits.first_wait.saturating_mul(1 << self.failures.min(16).saturating_sub(1)).min(limits.longest_wait);
        let wake = Wake { least, most: least.saturating_add(ceiling) };
        self.wake = Some(wake);
        wake
    }
}

impl Client {
    pub(super) fn failed(&mut self, fault: ApiFault, effects: &mut Vec<Effect>) {
        let flight = self.in_flight.take();
        match fault {
            ApiFault::SignedOut | ApiFault::Locked if flight == Some(Flight::Read) => {
                self.is_signed_in = false;
                return;
            }
            // From a device that was only sent away the salon still takes what it holds.
            ApiFault::Wipe if flight == Some(Flight::Push) => return self.stop(Halt::Stolen, effects),
            ApiFault::Wipe => {
                self.is_signed_in = false;
                return self.stop(Halt::Wipe, effects);
            }
            // An old build still hands in what it holds.
            ApiFault::Upgrade if flight == Some(Flight::Read) => {
                self.is_signed_in = false;
                return self.stop(Halt::Upgrade, effects);
            }
            ApiFault::SignedOut
            | ApiFault::Locked
            | ApiFault::TooMuch
            | ApiFault::Busy { .. }
            | ApiFault::Upgrade
            | ApiFault::Unreachable => {}
        }
        let least = match fault {
            ApiFault::Busy { retry_after } => retry_after.saturating_mul(1_000).min(self.limits.longest_wait),
            _ => 0,
        };
        let (this, other) = match flight {
            Some(Flight::Push) => (&mut self.push, &mut self.read),
            Some(Flight::Read) | None => (&mut self.read, &mut self.push),
        };
        let wake = this.lengthen(&self.limits, least);
        if fault == ApiFault::Unreachable {
            other.begin(wake);
        }
    }

    /// Whatever waits may be tried again.
    pub(super) const fn go_on(&mut self) {
        self.push.wake = None;
        self.read.wake = None;
        self.is_timer_set = false;
    }

    pub(super) fn stop(&mut self, halt: Halt, effects: &mut Vec<Effect>) {
        if self.halt != Some(halt) {
            self.halt = Some(halt);
            effects.push(Effect::Halt(halt));
        }
    }
}
