//! Time, the network and what goes wrong in it.

use crate::{
    chance::Chance,
    device::{Ask, Device},
    invariants,
    salon::SimSalon,
};
use domain::{
    Allergies, Change, CustomerId, DeviceId, Dot, FileChange, Moment, Name, ProfileValue, Seq, StaffId, Stamp, Version,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use sync::{ApiFault, Event, Reply, Request, Sealed, ServerKey};

/// Builds that must not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    SequenceAsCursor,
    CursorBeforeRows,
    NoLedger,
    SignedOutDeletes,
    OutboxInLocalStorage,
    LastWriterWinsOnAllergies,
    /// Two tabs read and write the whole outbox: one writes back what the other has added to meanwhile.
    OutboxAsOneArray,
    /// The server answers before its disk has it.
    SynchronousOff,
    /// A restored server says that it is the one it was.
    EpochIgnored,
}

impl Broken {
    pub const ALL: [Self; 9] = [
        Self::SequenceAsCursor,
        Self::CursorBeforeRows,
        Self::NoLedger,
        Self::SignedOutDeletes,
        Self::OutboxInLocalStorage,
        Self::LastWriterWinsOnAllergies,
        Self::OutboxAsOneArray,
        Self::SynchronousOff,
        Self::EpochIgnored,
    ];
}

#[derive(Clone, Debug, PartialEq)]
enum Happening {
    Act,
    Arrive {
        flight: u64,
        request: Request,
        entries: Vec<Sealed>,
    },
    Answer {
        flight: u64,
        answer: Result<Reply, ApiFault>,
    },
    Alarm {
        alarm: u64,
    },
    Kill,
    Restart,
    Cut,
    Heal,
    LateCommit,
    Backup,
    Restore,
    /// The server's machine loses its power.
    Crash,
}

/// What a run came to; two runs of one seed are equal in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub applied: u64,
    pub happenings: u64,
    pub version: Version,
}

pub struct World {
    chance: Chance,
    now: i64,
    order: u64,
    queue: BinaryHeap<Reverse<(i64, u64, usize)>>,
    happenings: BTreeMap<u64, Happening>,
    devices: Vec<Device>,
    salon: SimSalon,
    customers: Vec<CustomerId>,
    is_calm: bool,
    count: u64,
    broken: Option<Broken>,
}

/// How long things go wrong, in milliseconds; then everything heals.
const STORM_MS: i64 = 30 * 60 * 1000;
/// After healing, an outbox must be empty within this time; a request may be given up after 20 s first.
const REST_MS: i64 = 10 * 60 * 1000;

impl World {
    pub fn new(seed: u64, broken: Option<Broken>) -> Self {
        let mut chance = Chance::new(seed);
        let key = ServerKey::new(chance.bytes());
        let people: Vec<StaffId> = (0..3).map(|_| StaffId::new(chance.uuid())).collect();
        let mut salon = SimSalon::new(key.clone(), &people, broken);
        let customers: Vec<CustomerId> = (0..6).map(|_| CustomerId::new(chance.uuid())).collect();
        for (i, id) in customers.iter().enumerate() {
            let version = Version(2 + i as i64);
            let dot = Dot { device: DeviceId::new(uuid::Uuid::nil()), seq: Seq(1 + i as i64) };
            let at = Moment(0);
            let stamp = Stamp { author: people[0], dot, base: version, version, happened_at: at, received_at: Some(at) };
            let name = FileChange::Profile(ProfileValue::Name(Name::new("林晓雨").unwrap()));
            salon.open_file(*id, &[Change::File(*id, FileChange::Added), Change::File(*id, name)], &stamp);
        }
        let devices = people.iter().map(|staff| Device::new(DeviceId::new(chance.uuid()), *staff, &key, broken)).collect();
        let mut world = Self {
            chance,
            now: 1_000,
            order: 0,
            queue: BinaryHeap::new(),
            happenings: BTreeMap::new(),
            devices,
            salon,
            customers,
            is_calm: false,
            count: 0,
            broken,
        };
        for i in 0..world.devices.len() {
            world.tell(i, Event::SignedIn);
        }
        world
    }

    /// A storm, then calm, then the reckoning.
    pub fn run(mut self) -> Result<Tally, String> {
        for i in 0..self.devices.len() {
            for _ in 0..8 + self.chance.below(12) {
                let at = self.chance.below(STORM_MS as u64) as i64;
                self.plan(at, i, Happening::Act);
            }
            for _ in 0..self.chance.below(4) {
                let at = self.chance.below(STORM_MS as u64) as i64;
                self.plan(at, i, Happening::Kill);
            }
            for _ in 0..self.chance.below(4) {
                let at = self.chance.below(STORM_MS as u64) as i64;
                let long = self.chance.below(8 * 60 * 1000) as i64;
                self.plan(at, i, Happening::Cut);
                self.plan(at + long, i, Happening::Heal);
            }
        }
        for what in [Happening::Backup, Happening::Backup, Happening::Crash, Happening::Crash] {
            let at = self.chance.below(STORM_MS as u64) as i64;
            self.plan(at, 0, what);
        }
        if self.chance.is(40) {
            let at = self.chance.below(STORM_MS as u64) as i64;
            self.plan(at, 0, Happening::Restore);
        }
        self.run_to(STORM_MS)?;
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
            self.plan(self.now + 1, i, Happening::Alarm { alarm: u64::MAX });
        }
        self.run_to(self.now + REST_MS)
    }

    pub fn expect_everybody_by_turns(&mut self) {
        self.salon.turns = Some(self.customers.iter().enumerate().map(|(i, id)| (*id, i as i64)).collect());
    }

    pub fn roll_the_day_over(&mut self, days: i64) {
        self.salon.day += days;
    }

    pub fn held_customers(&self, device: usize) -> BTreeSet<CustomerId> {
        let held = self.devices[device].lazy.rows.keys();
        held.filter_map(|id| if let sync::RowId::Customer(id) = id { Some(*id) } else { None }).collect()
    }

    pub fn working_set(&self, _device: usize) -> BTreeSet<CustomerId> {
        self.customers.iter().copied().filter(|id| self.salon.is_member(*id)).collect()
    }

    fn plan(&mut self, at: i64, device: usize, what: Happening) {
        self.order += 1;
        self.happenings.insert(self.order, what);
        self.queue.push(Reverse((at.max(self.now), self.order, device)));
    }

    fn run_to(&mut self, end: i64) -> Result<(), String> {
        while let Some(Reverse((at, order, i))) = self.queue.peek().copied() {
            if at > end {
                break;
            }
            self.queue.pop();
            self.now = at;
            self.count += 1;
            if self.count > 200_000 {
                return Err("I7: it never comes to rest".to_owned());
            }
            let what = self.happenings.remove(&order).unwrap();
            self.happen(i, what);
            let device = &mut self.devices[i];
            if device.is_running {
                invariants::cursor_is_honest(device, &self.salon)?;
            }
        }
        self.now = end;
        Ok(())
    }

    fn happen(&mut self, i: usize, what: Happening) {
        match what {
            Happening::Act => self.act(i),
            Happening::Arrive { flight, request, entries } => self.arrive(i, flight, request, &entries),
            Happening::Answer { flight, answer } => {
                if self.devices[i].is_running && self.devices[i].flight == flight {
                    self.devices[i].flight += 1;
                    self.answer(i, answer);
                }
            }
            Happening::Alarm { alarm } => {
                if self.devices[i].is_running && (self.devices[i].alarm == alarm || alarm == u64::MAX) {
                    self.tell(i, Event::Woken);
                }
            }
            Happening::Kill => self.kill(i),
            Happening::Restart => {
                if !self.devices[i].is_running {
                    self.devices[i].restart();
                    self.tell(i, Event::SignedIn);
                }
            }
            Happening::Cut => self.devices[i].is_online = false,
            Happening::Heal => self.devices[i].is_online = true,
            Happening::Backup => self.salon.back_up(),
            Happening::Restore => self.salon.restore(),
            Happening::Crash => {
                let chance = &mut self.chance;
                self.salon.crash(|states| chance.below(states));
            }
            Happening::LateCommit => {
                let views = self.views();
                self.salon.commit_late(self.now, &views);
            }
        }
    }

    fn act(&mut self, i: usize) {
        if !self.devices[i].is_running {
            return;
        }
        let customer = self.customers[self.chance.below(self.customers.len() as u64) as usize];
        let event = self.devices[i].act(&mut self.chance, &self.salon.salon, customer, self.now);
        event.into_iter().for_each(|event| self.tell(i, event));
    }

    fn kill(&mut self, i: usize) {
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

    fn answer(&mut self, i: usize, answer: Result<Reply, ApiFault>) {
        if self.broken == Some(Broken::SignedOutDeletes) && answer == Err(ApiFault::SignedOut) {
            self.devices[i].forget_sent();
            return self.tell(i, Event::SignedIn);
        }
        if answer == Err(ApiFault::SignedOut) {
            // She signs in again a little later.
            self.tell(i, Event::Failed(ApiFault::SignedOut));
            return self.tell(i, Event::SignedIn);
        }
        self.tell(i, answer.map_or_else(Event::Failed, Event::Replied));
    }

    fn tell(&mut self, i: usize, event: Event) {
        let effects = self.devices[i].client.receive(Moment(self.now), event);
        let (is_calm, chance) = (self.is_calm, &mut self.chance);
        let (asks, is_killed) = self.devices[i].carry_out(effects, self.now, || !is_calm && chance.below(1_000) < 8);
        for ask in asks {
            match ask {
                Ask::Send(request) => self.send(i, request),
                Ask::Ring(span) => {
                    self.devices[i].alarm += 1;
                    let wait = i64::from(span.least) + self.chance.below(u64::from(span.most - span.least) + 1) as i64;
                    let alarm = self.devices[i].alarm;
                    self.plan(self.now + wait, i, Happening::Alarm { alarm });
                }
            }
        }
        if is_killed {
            self.kill(i);
        }
    }

    /// The request is lost, late, doubled, or arrives; in any case the device gives it up after twenty seconds.
    fn send(&mut self, i: usize, request: Request) {
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
    fn arrive(&mut self, i: usize, flight: u64, request: Request, entries: &[Sealed]) {
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
    fn hint(&mut self, head: Version) {
        for i in 0..self.devices.len() {
            let device = &self.devices[i];
            if device.is_running && device.is_online && (self.is_calm || !self.chance.is(30)) {
                self.tell(i, Event::Hint(head));
            }
        }
    }

    fn views(&self) -> BTreeMap<Dot, Allergies> {
        match self.broken {
            Some(Broken::LastWriterWinsOnAllergies) => self.devices.iter().flat_map(|device| device.views.clone()).collect(),
            _ => BTreeMap::new(),
        }
    }
}
