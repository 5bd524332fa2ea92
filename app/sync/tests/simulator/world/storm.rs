//! What goes wrong in a run, and how it ends.

use super::{Happening, Tally, World};
use crate::invariants;

/// How long things go wrong, in milliseconds; then everything heals.
const STORM_MS: i64 = 30 * 60 * 1000;
/// After healing, an outbox must be empty within this time; a request may be given up after 20 s first.
const REST_MS: i64 = 10 * 60 * 1000;

impl World {
    /// A storm, then calm, then the reckoning: with the disks as full as they are, and once there is room again.
    pub fn run(mut self) -> Result<Tally, String> {
        for i in 0..self.devices.len() {
            for _ in 0..8 + self.chance.below(12) {
                self.plan_some_time(i, Happening::Act);
            }
            for _ in 0..self.chance.below(4) {
                self.plan_some_time(i, Happening::Kill);
            }
            for _ in 0..self.chance.below(4) {
                self.plan_for_a_while(i, Happening::Cut, Happening::Heal);
            }
            for _ in 0..self.chance.below(3) {
                self.plan_some_time(i, Happening::Leave);
            }
            if self.chance.is(40) {
                self.plan_for_a_while(i, Happening::Fill, Happening::Clear);
            }
            if self.chance.is(20) {
                self.plan_some_time(i, Happening::Fill);
            }
        }
        for what in [Happening::Backup, Happening::Backup, Happening::Crash, Happening::Crash] {
            self.plan_some_time(0, what);
        }
        if self.chance.is(40) {
            self.plan_some_time(0, Happening::Restore);
        }
        if self.chance.is(40) {
            let manager = 1 + self.chance.below(2) as usize;
            self.plan_some_time(manager, Happening::Erase);
        }
        self.run_to(STORM_MS)?;
        self.run_until_quiet()?;
        invariants::nothing_old_is_shown(&mut self.devices, &self.salon)?;
        for i in 0..self.devices.len() {
            self.plan(self.now, i, Happening::Clear);
            self.plan(self.now, i, Happening::Leave);
        }
        self.run_until_quiet()?;
        invariants::all(&mut self.devices, &self.salon)?;
        Ok(Tally { applied: self.salon.applied.len() as u64, happenings: self.count, version: self.salon.version })
    }

    /// Everything works from now on; runs until nobody has anything left to do.
    pub fn run_until_quiet(&mut self) -> Result<(), String> {
        self.is_calm = true;
        for i in 0..self.devices.len() {
            self.devices[i].is_online = true;
            if !self.devices[i].is_running {
                self.plan(self.now, i, Happening::Restart);
            }
            self.plan(self.now, i, Happening::ComeIn);
            self.plan(self.now + 1, i, Happening::Alarm { alarm: u64::MAX });
        }
        self.run_to(self.now + REST_MS)
    }

    fn plan_some_time(&mut self, device: usize, what: Happening) -> i64 {
        let at = self.chance.below(STORM_MS as u64) as i64;
        self.plan(at, device, what);
        at
    }

    fn plan_for_a_while(&mut self, device: usize, what: Happening, until: Happening) {
        let at = self.plan_some_time(device, what);
        let long = self.chance.below(8 * 60 * 1000) as i64;
        self.plan(at + long, device, until);
    }
}
