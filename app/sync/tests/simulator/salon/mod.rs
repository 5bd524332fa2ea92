//! The salon's side, in memory: branch version, ledger, rows, audit. One entry is one transaction.

mod shown;
mod standing;
mod taking_in;

use crate::broken::Broken;
use domain::{Change, CustomerFile, CustomerId, DeviceId, DeviceScope, Dot, Role, Salon, Seq, StaffId, Version};
use std::collections::BTreeMap;
use sync::{Epoch, Hash, Outcome, Place, Sealed, ServerKey};

/// The salon's own, by which it records what follows from others' entries.
pub const SERVER: DeviceId = DeviceId::new(uuid::Uuid::max());
/// States that a server without fsync may fall back to.
const MOST_STATES: usize = 40;

#[derive(Clone, Debug)]
pub struct Applied {
    pub dot: Dot,
    pub version: Version,
    /// What its author had seen.
    pub base: Version,
    pub changes: Vec<Change>,
}

/// Committed later than its version was drawn: only where versions come from a sequence.
#[derive(Clone)]
struct Late {
    commit_at: i64,
    device: DeviceId,
    sealed: Sealed,
    version: Version,
}

#[derive(Clone)]
pub struct SimSalon {
    pub epoch: Epoch,
    /// Everything up to here is in the backup.
    durable: Version,
    backup: Option<Box<Self>>,
    past: Vec<Self>,
    pub key: ServerKey,
    pub salon: Salon,
    pub version: Version,
    pub files: BTreeMap<CustomerId, CustomerFile>,
    pub applied: Vec<Applied>,
    pub objected: BTreeMap<Dot, Outcome>,
    pub audit: Vec<Dot>,
    pub day: i64,
    /// `None`: everybody belongs to every device's working set.
    pub turns: Option<BTreeMap<CustomerId, i64>>,
    devices: BTreeMap<DeviceId, DeviceScope>,
    /// How often a file was joined to another, or stood for itself again.
    moves: i64,
    /// The latter: as of which version, and by which count of members.
    apart: BTreeMap<CustomerId, (Version, i64)>,
    ledger: BTreeMap<DeviceId, BTreeMap<Seq, (Hash, Outcome)>>,
    late: Vec<Late>,
    broken: Option<Broken>,
}

impl SimSalon {
    pub fn new(key: ServerKey, staff: &[(StaffId, Role)], broken: Option<Broken>) -> Self {
        Self {
            epoch: Epoch(1),
            durable: Version::default(),
            backup: None,
            past: Vec::new(),
            key,
            salon: standing::of(staff),
            version: Version(1),
            files: BTreeMap::new(),
            applied: Vec::new(),
            objected: BTreeMap::new(),
            audit: Vec::new(),
            day: 0,
            turns: None,
            devices: BTreeMap::from([(SERVER, DeviceScope::Management)]),
            moves: 0,
            apart: BTreeMap::new(),
            ledger: BTreeMap::new(),
            late: Vec::new(),
            broken,
        }
    }

    pub fn enrol(&mut self, device: DeviceId, scope: DeviceScope) {
        self.devices.insert(device, scope);
    }

    /// What the backup holds, devices need not keep.
    pub fn back_up(&mut self) {
        self.durable = self.version;
        self.backup = Some(Box::new(Self { backup: None, past: Vec::new(), ..self.clone() }));
    }

    /// Whoever was erased after that stays so: beside the backups lies a list.
    pub fn restore(&mut self, now: i64) {
        if let Some(backup) = self.backup.clone() {
            let epoch = if self.broken == Some(Broken::EpochIgnored) { self.epoch } else { Epoch(self.epoch.0 + 1) };
            let erased = self.erased();
            *self = Self { epoch, durable: Version::default(), backup: Some(backup.clone()), day: self.day, ..*backup };
            self.erase_again(&erased, now);
        }
    }

    /// What was answered is on disk; only without fsync some of it is not.
    pub fn crash(&mut self, pick: impl FnOnce(u64) -> u64) {
        let back = pick(self.past.len() as u64 + 1) as usize;
        if self.broken == Some(Broken::SynchronousOff) && back < self.past.len() {
            let state = self.past.swap_remove(back);
            *self = Self { backup: self.backup.take(), ..state };
        }
    }

    fn note_state(&mut self) {
        if self.broken == Some(Broken::SynchronousOff) {
            let state = Self { backup: None, past: Vec::new(), ..self.clone() };
            self.past.push(state);
            let surplus = self.past.len().saturating_sub(MOST_STATES);
            self.past.drain(..surplus);
        }
    }

    /// Another set of rows is for the devices to hold once a file is shown elsewhere than before.
    fn put(&mut self, before: Option<CustomerFile>, after: CustomerFile, version: Version) {
        let was_shown_in = before.and_then(|before| before.joined_to);
        if was_shown_in != after.joined_to {
            self.moves += 1;
        }
        if was_shown_in.is_some() && after.joined_to.is_none() {
            self.apart.insert(after.id, (version, self.members()));
        }
        self.files.insert(after.id, after);
    }

    /// The manager's own doing: not part of what is tested, so no ledger.
    pub fn open_file(&mut self, id: CustomerId, changes: &[Change], stamp: &domain::Stamp) {
        self.version = stamp.version;
        if let Some(file) = CustomerFile::after(None, changes, stamp) {
            self.files.insert(id, file);
        }
    }

    pub fn place_is_sound(&self, place: Place) -> bool {
        place.epoch != self.epoch || place.cursor <= self.version
    }
}
