//! Time, the network and what goes wrong in it.

mod network;
mod people;
mod storm;

use crate::{
    broken::Broken,
    chance::Chance,
    device::{Ask, Device, Fate},
    invariants,
    salon::SimSalon,
};
use domain::{
    Allergies, Change, CustomerId, DeviceId, DeviceScope, Dot, FileChange, Moment, Name, ProfileValue, Role, Seq, StaffId, Stamp,
    Version,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use sync::{ApiFault, Event, Reply, Request, Sealed, ServerKey};

/// Who works where: only managers say which files are of one person, and two of them may say different things.
const AT_WORK: [(Role, DeviceScope); 3] = [
    (Role::Consultant, DeviceScope::Desk),
    (Role::StoreManager, DeviceScope::Management),
    (Role::Owner, DeviceScope::Management),
];

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
    /// Whoever works there signs out, and somebody signs in again later.
    Leave,
    ComeIn,
    /// Something else fills the disk, and is cleared away.
    Fill,
    Clear,
    /// A manager has a file done away with.
    Erase,
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

impl World {
    pub fn new(seed: u64, broken: Option<Broken>) -> Self {
        let mut chance = Chance::new(seed);
        let key = ServerKey::new(chance.bytes());
        let people = AT_WORK.map(|(role, _)| (StaffId::new(chance.uuid()), role));
        let mut salon = SimSalon::new(key.clone(), &people, broken);
        let customers: Vec<CustomerId> = (0..6).map(|_| CustomerId::new(chance.uuid())).collect();
        for (i, id) in customers.iter().enumerate() {
            let version = Version(2 + i as i64);
            let dot = Dot { device: DeviceId::new(uuid::Uuid::nil()), seq: Seq(1 + i as i64) };
            let at = Moment(0);
            let stamp = Stamp { author: people[0].0, dot, base: version, version, happened_at: at, received_at: Some(at) };
            let name = FileChange::Profile(ProfileValue::Name(Name::new("林晓雨").unwrap()));
            salon.open_file(*id, &[Change::File(*id, FileChange::Added), Change::File(*id, name)], &stamp);
        }
        let devices = people.iter().zip(AT_WORK).map(|((staff, _), (_, scope))| {
            let device = Device::new(DeviceId::new(chance.uuid()), *staff, scope, &key, broken);
            salon.enrol(device.id, scope);
            device
        });
        let devices = devices.collect();
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
            world.come_in(i);
        }
        world
    }

    pub fn expect_everybody_by_turns(&mut self) {
        self.salon.turns = Some(self.customers.iter().enumerate().map(|(i, id)| (*id, i as i64)).collect());
    }

    pub fn roll_the_day_over(&mut self, days: i64) {
        self.salon.day += days;
    }

    pub fn held_customers(&self, device: usize) -> BTreeSet<CustomerId> {
        let held = self.devices[device].ids().into_iter();
        held.filter_map(|id| if let sync::RowId::Customer(id) = id { Some(id) } else { None }).collect()
    }

    pub fn working_set(&self, _device: usize) -> BTreeSet<CustomerId> {
        self.salon.all_shown().map(|file| file.id).collect()
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
            let is_act = what == Happening::Act;
            self.happen(i, what);
            let device = &mut self.devices[i];
            if is_act && device.is_running {
                invariants::what_is_saved_is_shown(device, &self.salon.salon)?;
            }
            if device.is_running {
                invariants::at_any_moment(device, &self.salon)?;
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
                    self.come_in_later(i);
                }
            }
            Happening::Leave => self.leave(i),
            Happening::ComeIn => {
                if self.devices[i].is_running && !self.devices[i].is_signed_in {
                    self.come_in(i);
                }
            }
            Happening::Fill => {
                let share = 40 + self.chance.below(70) as usize;
                self.devices[i].room = self.devices[i].lazy.size() * share / 100;
            }
            Happening::Clear => self.devices[i].room = usize::MAX,
            Happening::Erase => self.erase(i),
            Happening::Cut => self.devices[i].is_online = false,
            Happening::Heal => self.devices[i].is_online = true,
            Happening::Backup => self.salon.back_up(),
            Happening::Restore => self.salon.restore(self.now),
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

    fn tell(&mut self, i: usize, event: Event) {
        let (is_calm, chance) = (self.is_calm, &mut self.chance);
        let fate = || if is_calm { Fate::GoesOn } else { Fate::draw(chance) };
        let was_signed_in = self.devices[i].is_signed_in;
        let (asks, is_killed) = self.devices[i].hear(event, self.now, fate);
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
        } else if was_signed_in && !self.devices[i].is_signed_in {
            self.come_in_later(i);
        }
    }

    fn views(&self) -> BTreeMap<Dot, Allergies> {
        match self.broken {
            Some(Broken::LastWriterWinsOnAllergies) => self.devices.iter().flat_map(|device| device.views.clone()).collect(),
            _ => BTreeMap::new(),
        }
    }
}
