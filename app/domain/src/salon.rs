//! The salon's standing data: who works here, rooms, services, settings. One row that every device holds.

use crate::{
    Batch, BatchId, BranchId, ClockOffset, Instrument, InstrumentId, Name, Person, Product, ProductId, RoomId, SafetyRules,
    SalonChange, ServiceId, StaffId, Text, Zone,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salon {
    pub branch: BranchId,
    pub name: Name,
    /// Made from a seed to try the program out; marked as such on every screen.
    pub is_demo: bool,
    pub settings: Settings,
    /// People who left stay, so that what they wrote keeps their name.
    pub staff: BTreeMap<StaffId, Person>,
    pub rooms: BTreeMap<RoomId, Room>,
    pub services: BTreeMap<ServiceId, Service>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub products: BTreeMap<ProductId, Product>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub batches: BTreeMap<BatchId, Batch>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instruments: BTreeMap<InstrumentId, Instrument>,
    #[serde(default, skip_serializing_if = "SafetyRules::is_first")]
    pub rules: SafetyRules,
}

impl Salon {
    pub fn person(&self, id: StaffId) -> Option<&Person> {
        self.staff.get(&id)
    }

    /// Who may decide what needs a senior, and works here (`decisions`).
    pub fn seniors(&self) -> impl Iterator<Item = &Person> {
        self.staff.values().filter(|person| person.is_senior())
    }

    pub(crate) fn absorb(&mut self, change: &SalonChange) {
        match change {
            SalonChange::Settings(settings) => self.settings = settings.clone(),
            SalonChange::Room(id, room) => {
                self.rooms.insert(*id, room.clone());
            }
            SalonChange::Service(id, service) => {
                self.services.insert(*id, service.clone());
            }
            SalonChange::Product(id, product) => {
                self.products.insert(*id, product.clone());
            }
            SalonChange::Batch(id, batch) => {
                // Whoever had the form open before it was called back has not seen that.
                let was_recalled = self.batches.get(id).is_some_and(|before| before.is_recalled);
                let is_recalled = batch.is_recalled || was_recalled;
                // Nor that it was opened since.
                let opened_on = batch.opened_on.or(self.batches.get(id).and_then(|before| before.opened_on));
                self.batches.insert(*id, Batch { is_recalled, opened_on, ..batch.clone() });
            }
            // The jar that is open is the one that was opened last, whoever heard of it first.
            SalonChange::Opened(id, day) => {
                if let Some(batch) = self.batches.get_mut(id) {
                    batch.opened_on = batch.opened_on.max(Some(*day));
                }
            }
            SalonChange::Instrument(id, instrument) => {
                self.instruments.insert(*id, instrument.clone());
            }
        }
    }
}

/// What a manager sets. The two without a default are asked at first run (`decisions`, blanks `[X]`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub offset: ClockOffset,
    /// Hours before a visit at which it is confirmed again (M3-08), 1 to 168.
    pub confirm_hours_before: u16,
    /// Working days after a complaint within which she is called (M9-25), 1 to 60.
    pub complaint_follow_up_days: u16,
    /// A tablet may be restarted without network, by password.
    pub may_restart_offline: bool,
}

impl Settings {
    pub fn is_in_range(&self) -> bool {
        (1..=168).contains(&self.confirm_hours_before) && (1..=60).contains(&self.complaint_follow_up_days)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    pub name: Name,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub name: Name,
    /// How long it takes, 1 to 600 minutes.
    pub minutes: u16,
    /// Where it is usually done.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub zones: BTreeSet<Zone>,
    /// Days from one to the next in the same zone, 1 to 365 (S7); `None`: it may be given at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_interval_days: Option<u16>,
    /// Current or radio frequency (S5).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uses_current: bool,
    /// What is done one after the other (M6-07); empty: as the house does it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// One step of a treatment, with the standard for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub kind: StepKind,
    pub name: Name,
    /// How long it should take, 1 to 240 minutes.
    pub minutes: u16,
    /// Hygiene and safety, what to tell her (M6-06, M18-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Text>,
    /// What has to be there and in order before it begins (M6-01, M14-07).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<Name>,
}

/// What a step asks of whoever does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// 准备 (M6-01, M6-06)
    Prepare,
    /// 护理前测量 (M5-07)
    MeasureBefore,
    /// 护理
    Care,
    /// 护理后测量 (M7-02)
    MeasureAfter,
    /// 舒适与感受 (M6-08, M6-14)
    Feeling,
    /// 交回顾问 (M6-15, M6-16)
    HandBack,
}

impl StepKind {
    pub const ALL: [Self; 6] =
        [Self::Prepare, Self::MeasureBefore, Self::Care, Self::MeasureAfter, Self::Feeling, Self::HandBack];
}

impl Service {
    /// One that says no more than its name and how long it takes.
    pub const fn of(name: Name, minutes: u16) -> Self {
        Self { name, minutes, zones: BTreeSet::new(), min_interval_days: None, uses_current: false, steps: Vec::new() }
    }

    /// The most steps that a plan has.
    pub const MOST_STEPS: usize = 40;

    pub fn is_in_range(&self) -> bool {
        let steps = self.steps.len() <= Self::MOST_STEPS && self.steps.iter().all(|step| (1..=240).contains(&step.minutes));
        steps && (1..=600).contains(&self.minutes) && self.min_interval_days.is_none_or(|days| (1..=365).contains(&days))
    }
}
