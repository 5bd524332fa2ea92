//! The salon's side, in memory: branch version, ledger, rows, audit. One entry is one transaction.

mod shown;

use crate::broken::Broken;
use domain::{
    Action, Allergies, BranchId, Change, ClockOffset, CustomerFile, CustomerId, DeviceId, DeviceScope, Dot, Moment, Name, Person,
    Role, Salon, Seq, Settings, StaffId, Version, Written,
};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Epoch, Hash, Header, Judgement, Known, Ledger, Outcome, Place, Pushed, Sealed, ServerKey, Settled, Turn, judge, turn_of,
};

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
        let person = |(id, role): &(StaffId, Role)| {
            (*id, Person { id: *id, name: Name::new("林静").unwrap(), roles: [*role].into(), is_active: true })
        };
        let salon = Salon {
            branch: BranchId::new(uuid::Uuid::nil()),
            name: Name::new("梧桐路店").unwrap(),
            is_demo: false,
            settings: Settings {
                offset: ClockOffset::default(),
                confirm_hours_before: 24,
                complaint_follow_up_days: 3,
                may_restart_offline: true,
            },
            staff: staff.iter().map(person).collect(),
            rooms: BTreeMap::new(),
            services: BTreeMap::new(),
            products: BTreeMap::new(),
            batches: BTreeMap::new(),
            rules: domain::SafetyRules::default(),
        };
        Self {
            epoch: Epoch(1),
            durable: Version::default(),
            backup: None,
            past: Vec::new(),
            key,
            salon,
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

    pub fn restore(&mut self) {
        if let Some(backup) = self.backup.clone() {
            let epoch = if self.broken == Some(Broken::EpochIgnored) { self.epoch } else { Epoch(self.epoch.0 + 1) };
            *self = Self { epoch, durable: Version::default(), backup: Some(backup.clone()), day: self.day, ..*backup };
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

    /// `views` are the allergies as each device saw them, for the build that lets the last writer win.
    pub fn push(
        &mut self,
        epoch: Option<Epoch>,
        device: DeviceId,
        entries: &[Sealed],
        now: i64,
        delay: i64,
        views: &BTreeMap<Dot, Allergies>,
    ) -> Pushed {
        let mut settled = Vec::new();
        // Whoever speaks of another epoch is told of this one first.
        let entries = if epoch.is_none_or(|epoch| epoch == self.epoch) { entries } else { &[] };
        self.note_state();
        for sealed in entries {
            let outcome = self.take_in(device, sealed, now, delay, views);
            let is_over = matches!(outcome, (Outcome::Gap { .. } | Outcome::Forked | Outcome::RetryLater, _));
            settled.push(Settled { seq: sealed.seq, outcome: outcome.0, is_repeat: outcome.1 });
            if is_over {
                break;
            }
        }
        Pushed { epoch: self.epoch, durable_version: self.durable, head: self.version, settled }
    }

    fn take_in(
        &mut self,
        device: DeviceId,
        sealed: &Sealed,
        now: i64,
        delay: i64,
        views: &BTreeMap<Dot, Allergies>,
    ) -> (Outcome, bool) {
        let hash = Hash::of(&sealed.bytes.0);
        let known = self.ledger.entry(device).or_default();
        let next = known.keys().next_back().map_or(Seq(1), |seq| seq.next());
        if self.broken != Some(Broken::NoLedger) {
            match turn_of(&Ledger { next, first: known.get(&sealed.seq).cloned() }, sealed.seq, hash) {
                Turn::Now => {}
                Turn::Before(outcome) => return (outcome, true),
                Turn::Never(outcome) => return (outcome, false),
            }
        }
        self.version = Version(self.version.0 + 1);
        let version = self.version;
        let outcome = if self.broken == Some(Broken::SequenceAsCursor) && delay > 0 {
            self.late.push(Late { commit_at: now + delay, device, sealed: sealed.clone(), version });
            Outcome::Applied { version }
        } else {
            self.perform(device, sealed, version, now, views)
        };
        self.ledger.entry(device).or_default().insert(sealed.seq, (hash, outcome.clone()));
        (outcome, false)
    }

    /// Rows that were given a version earlier become visible now.
    pub fn commit_late(&mut self, now: i64, views: &BTreeMap<Dot, Allergies>) {
        let (due, rest) = std::mem::take(&mut self.late).into_iter().partition(|late| late.commit_at <= now);
        self.late = rest;
        let due: Vec<Late> = due;
        for late in due {
            self.perform(late.device, &late.sealed, late.version, now, views);
        }
    }

    fn perform(
        &mut self,
        device: DeviceId,
        sealed: &Sealed,
        version: Version,
        now: i64,
        views: &BTreeMap<Dot, Allergies>,
    ) -> Outcome {
        let dot = Dot { device, seq: sealed.seq };
        let opened = sealed.open(device, |of| self.key.data_key(of, 1), |of, staff| self.key.author_key(of, staff, 1));
        let (header, action) = match opened.map(|opened| (opened.header, opened.action)) {
            Ok((header, Ok(action))) => (header, action),
            Ok((_, Err(outcome))) | Err(outcome) => {
                self.objected.insert(dot, outcome.clone());
                return outcome;
            }
        };
        let judged = self.judge(device, &header, &action, version, now);
        if !matches!(judged.outcome, Outcome::Applied { .. }) {
            self.objected.insert(dot, judged.outcome.clone());
            return judged.outcome;
        }
        let before = action.customer().and_then(|id| self.files.get(&id));
        let said = Written::from(&judged.stamp);
        let follows = before.map(|before| before.follows(&action, true, said, header.base)).unwrap_or_default();
        let outcome = judged.outcome.clone();
        self.apply(dot, version, header.base, judged, views);
        for action in follows {
            self.version = Version(self.version.0 + 1);
            let seq = Seq(self.version.0);
            let header = Header { device: SERVER, seq, base: self.version, ..header };
            let judged = self.judge(SERVER, &header, &action, self.version, now);
            self.apply(Dot { device: SERVER, seq }, self.version, self.version, judged, views);
        }
        outcome
    }

    fn apply(&mut self, dot: Dot, version: Version, base: Version, judged: Judgement, views: &BTreeMap<Dot, Allergies>) {
        let concerned: BTreeSet<CustomerId> = judged.changes.iter().filter_map(Change::file).collect();
        for id in concerned {
            let before = self.files.get(&id).cloned();
            let Some(mut after) = CustomerFile::after(before.clone(), &judged.changes, &judged.stamp) else { continue };
            if self.broken == Some(Broken::LastWriterWinsOnAllergies)
                && let Some(view) = views.get(&dot)
            {
                after.allergies = view.clone();
            }
            self.put(before, after, version);
        }
        self.audit.push(dot);
        self.applied.push(Applied { dot, version, base, changes: judged.changes });
    }

    fn judge(&self, device: DeviceId, header: &Header, action: &Action, version: Version, now: i64) -> Judgement {
        let load = |id: Option<CustomerId>| id.and_then(|id| self.files.get(&id));
        let (file, other) = (load(action.customer()), load(action.other()));
        judge(Known { salon: &self.salon, file, other, device: self.devices[&device] }, header, action, version, Moment(now))
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
