//! What becomes of a request on its way to the salon, and of the answer on its way back.

use super::{Happening, World};
use crate::broken::Broken;
use domain::Version;
use sync::{ApiFault, Event, Reply, Request, Sealed};

impl World {
    /// The request is lost, late, doubled, or arrives; in any case the device gives it up after twenty seconds.
    pub(super) fn send(&mut self, i: usize, request: Request) {
        self.devices[i].flight += 1;
        let flight = self.devices[i].flight;
        self.plan(self.now + 20_000, i, Happening::Answer { flight, answer: Err(ApiFault::Unreachable) });
        let entries = match &request {
            Request::Push { seqs, .. } => self.devices[i].sealed(seqs),
            Request::Pull(_) | Request::Manifest | Request::Fetch(_) => Vec::new(),
        };
        if !self.devices[i].is_online || (!self.is_calm && self.chance.is(10)) {
            return;
        }
        let copies = if !self.is_calm && self.chance.is(8) { 3 } else { 1 };
        for _ in 0..copies {
            let slow = if !self.is_calm && self.chance.is(10) { 30_000 } else { 200 };
            let at = self.now + 1 + self.chance.below(slow) as i64;
            self.plan(at, i, Happening::Arrive { flight, request: request.clone(), entries: entries.clone() });
        }
    }

    /// The salon takes it in, or dies before it could; the answer may be lost, late, a login page, or *signed out*.
    pub(super) fn arrive(&mut self, i: usize, flight: u64, request: Request, entries: &[Sealed]) {
        let storm = !self.is_calm;
        if storm && self.chance.is(6) {
            return;
        }
        if storm && self.chance.is(6) {
            let faults = [ApiFault::SignedOut, ApiFault::Unreachable, ApiFault::Busy { retry_after: 2 }, ApiFault::TooMuch];
            let fault = faults[self.chance.below(4) as usize];
            return self.plan(self.now + 5, i, Happening::Answer { flight, answer: Err(fault) });
        }
        let views = self.views();
        let reply = match request {
            Request::Push { epoch, .. } => {
                let survived =
                    if storm && self.chance.is(6) { self.chance.below(entries.len() as u64 + 1) as usize } else { entries.len() };
                let delay = self.chance.below(3_000) as i64;
                let entries_in = &entries[..survived];
                let pushed = self.salon.push(epoch, self.devices[i].id, entries_in, self.now, delay, &views);
                self.plan(self.now + delay, i, Happening::LateCommit);
                if survived < entries.len() {
                    return;
                }
                self.hint(pushed.head);
                Reply::Pushed(pushed)
            }
            Request::Pull(pull) => self.salon.pull(pull).map_or(Reply::Reset, Reply::Pulled),
            Request::Manifest => Reply::Manifest(self.salon.manifest()),
            Request::Fetch(fetch) => Reply::Fetched(self.salon.fetch(&fetch.ids)),
        };
        if !self.devices[i].is_online || (storm && self.chance.is(10)) {
            return;
        }
        let wait = 1 + self.chance.below(if storm { 2_000 } else { 200 }) as i64;
        self.plan(self.now + wait, i, Happening::Answer { flight, answer: Ok(reply) });
    }

    /// Hints are sent to everybody, and lost at will.
    pub(super) fn hint(&mut self, head: Version) {
        for i in 0..self.devices.len() {
            let device = &self.devices[i];
            if device.is_running && device.is_online && (self.is_calm || !self.chance.is(30)) {
                self.tell(i, Event::Hint(head));
            }
        }
    }

    pub(super) fn answer(&mut self, i: usize, answer: Result<Reply, ApiFault>) {
        if self.broken == Some(Broken::SignedOutDeletes) && answer == Err(ApiFault::SignedOut) {
            self.devices[i].forget_sent();
            return self.come_in(i);
        }
        let is_signed_in = self.devices[i].is_signed_in;
        // What was asked for whoever has left is of no use to anybody.
        let answer = match answer {
            Ok(Reply::Pushed(_)) | Err(_) => answer,
            Ok(_) if is_signed_in => answer,
            Ok(_) => Err(ApiFault::SignedOut),
        };
        if answer == Err(ApiFault::SignedOut) && is_signed_in {
            // She signs in again a little later.
            self.tell(i, Event::Failed(ApiFault::SignedOut));
            return self.tell(i, Event::SignedIn);
        }
        self.tell(i, answer.map_or_else(Event::Failed, Event::Replied));
    }
}
