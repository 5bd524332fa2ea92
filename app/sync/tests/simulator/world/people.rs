//! Who works on the tablets, and what becomes of them there.

use super::{Happening, World};
use domain::CustomerId;
use sync::Event;

impl World {
    pub(super) fn act(&mut self, i: usize) {
        if !self.devices[i].is_running || !self.devices[i].is_signed_in {
            return;
        }
        let customer = self.some_customer();
        let events = self.devices[i].act(&mut self.chance, &self.salon.salon, customer, self.now);
        events.into_iter().for_each(|event| self.tell(i, event));
    }

    pub(super) fn erase(&mut self, i: usize) {
        if self.devices[i].is_running && self.devices[i].is_signed_in {
            let customer = self.some_customer();
            let event = self.devices[i].erase(&mut self.chance, &self.salon.salon, customer, self.now);
            event.into_iter().for_each(|event| self.tell(i, event));
        }
    }

    fn some_customer(&mut self) -> CustomerId {
        self.customers[self.chance.below(self.customers.len() as u64) as usize]
    }

    pub(super) fn come_in(&mut self, i: usize) {
        let put_right = self.devices[i].come_in(self.now);
        self.tell(i, put_right);
        if self.devices[i].is_running && self.devices[i].is_signed_in {
            self.tell(i, Event::SignedIn);
        }
    }

    /// At once, or somewhat later: until then the tablet hands in and reads nothing.
    pub(super) fn come_in_later(&mut self, i: usize) {
        let pause = if self.is_calm || self.chance.is(50) { 0 } else { self.chance.below(5 * 60 * 1000) as i64 };
        self.plan(self.now + pause, i, Happening::ComeIn);
    }

    pub(super) fn leave(&mut self, i: usize) {
        if self.devices[i].is_running && self.devices[i].is_signed_in {
            self.devices[i].is_signed_in = false;
            self.tell(i, Event::SignedOut);
            self.come_in_later(i);
        }
    }

    pub(super) fn kill(&mut self, i: usize) {
        let device = &mut self.devices[i];
        if !device.is_running {
            return;
        }
        device.is_running = false;
        let chance = &mut self.chance;
        device.lazy.roll_back(|states| chance.below(states));
        let pause = self.chance.below(120_000) as i64;
        self.plan(self.now + pause, i, Happening::Restart);
    }
}
