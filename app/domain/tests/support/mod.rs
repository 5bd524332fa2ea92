//! What the stories share: a salon, a file, and tablets that write on it.
#![allow(dead_code, clippy::allow_attributes, reason = "each test binary uses its part of it")]

pub mod two;

use domain::{
    Action, AllergyTag, BranchId, Change, ClockOffset, CustomerFile, CustomerId, DeviceId, Dot, FileChange, Moment, Name, NoteId,
    Person, ProfileValue, RedStrip, Role, SafetyRules, Salon, Scope, Seq, Settings, StaffId, Stamp, Text, Version, decide,
    red_strip,
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn customer(n: u128) -> CustomerId {
    CustomerId::new(uuid(n))
}

pub fn tag(n: u128) -> AllergyTag {
    AllergyTag::new(uuid(n))
}

pub fn note(n: u128) -> NoteId {
    NoteId::new(uuid(n))
}

pub fn name(words: &str) -> Name {
    Name::new(words).unwrap()
}

pub fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

/// 2026-11-21, 14:00 in the salon.
pub const NOW: Moment = Moment(1_795_240_800_000);

pub fn salon() -> Salon {
    let settings = Settings {
        offset: ClockOffset::default(),
        confirm_hours_before: 24,
        complaint_follow_up_days: 3,
        may_restart_offline: true,
    };
    Salon {
        branch: BranchId::new(uuid(1)),
        name: name("梧桐路店"),
        is_demo: false,
        settings,
        staff: BTreeMap::new(),
        rooms: BTreeMap::new(),
        services: BTreeMap::new(),
        products: BTreeMap::new(),
        batches: BTreeMap::new(),
        instruments: BTreeMap::new(),
        rules: domain::SafetyRules::default(),
    }
}

pub fn person(roles: &[Role]) -> Person {
    Person { id: StaffId::new(uuid(5)), name: name("林静"), roles: roles.iter().copied().collect(), is_active: true }
}

pub fn person_of(number: u128, role: Role) -> Person {
    Person { id: StaffId::new(uuid(number)), ..person(&[role]) }
}

pub fn strip(file: &CustomerFile) -> RedStrip {
    red_strip(file, &SafetyRules::default(), ClockOffset::default(), NOW)
}

/// A file with a name and nothing else.
pub fn file_of(who: &str) -> CustomerFile {
    let stamp = Tablet::new(0).stamp(Version(0), Version(1));
    let name = FileChange::Profile(ProfileValue::Name(name(who)));
    let changes = [Change::File(customer(1), FileChange::Added), Change::File(customer(1), name)];
    CustomerFile::after(None, &changes, &stamp).unwrap()
}

/// Whoever writes on this device; each `later` is her next act.
#[derive(Clone, Copy, Debug)]
pub struct Tablet {
    pub device: u128,
    pub seq: i64,
    pub at: Moment,
    pub author: StaffId,
}

impl Tablet {
    pub fn new(device: u128) -> Self {
        Self::of(device, StaffId::new(uuid(5)))
    }

    pub fn of(device: u128, author: StaffId) -> Self {
        Self { device, seq: 1, at: NOW, author }
    }

    pub fn later(self) -> Self {
        Self { seq: self.seq + 1, ..self }
    }

    pub fn stamp(&self, base: Version, version: Version) -> Stamp {
        let dot = Dot { device: DeviceId::new(uuid(self.device)), seq: Seq(self.seq) };
        Stamp { author: self.author, dot, base, version, happened_at: self.at, received_at: Some(self.at) }
    }

    /// The server takes her act in: decided on the file as it is now, made on what she had seen.
    pub fn on(&self, file: &mut CustomerFile, seen: Version, action: Action) {
        self.on_in(&salon(), file, seen, action);
    }

    /// The same, in a salon of which more is known.
    pub fn on_in(&self, salon: &Salon, file: &mut CustomerFile, seen: Version, action: Action) {
        let stamp = self.stamp(seen, Version(file.version.0 + 1));
        let scope = Scope { salon, file: Some(file), other: None };
        let changes = decide(scope, &stamp, &domain::settled(scope, stamp.author, &action)).unwrap();
        *file = CustomerFile::after(Some(file.clone()), &changes, &stamp).unwrap();
    }
}
