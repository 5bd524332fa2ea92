//! The salon's standing data: who works here, rooms, services, settings. One row that every device holds.

use crate::{
    Batch, BatchId, BranchId, ClockOffset, Name, Person, Product, ProductId, RoomId, SafetyRules, SalonChange, ServiceId, StaffId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    #[serde(default, skip_serializing_if = "SafetyRules::is_first")]
    pub rules: SafetyRules,
}

impl Salon {
    pub fn person(&self, id: StaffId) -> Option<&Person> {
        self.staff.get(&id)
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
                self.batches.insert(*id, Batch { is_recalled, ..batch.clone() });
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
}
