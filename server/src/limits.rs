//! How often somebody may be wrong. Counted in the database, so that neither a restart nor another instance forgets.

use crate::{caller::Caller, fault};
use app::api::{DoorRefusal, Fault};
use domain::{DeviceId, StaffId};

const MINUTE: i64 = 60_000;

/// One thing that is counted, how many are let through, and within which time.
pub struct Limit {
    key: String,
    most: i64,
    window: i64,
}

impl Limit {
    pub const PIN_TRIES: i64 = 5;

    /// By account, by account on one device, and by address: guessing one account shuts nobody else out.
    pub fn of_password(caller: &Caller, device: DeviceId, staff: StaffId) -> [Self; 3] {
        [
            Self { key: format!("password {device} {staff}"), most: 10, window: 15 * MINUTE },
            Self { key: format!("password {staff}"), most: 30, window: 15 * MINUTE },
            Self { key: format!("peer {}", caller.peer()), most: 240, window: 15 * MINUTE },
        ]
    }

    /// Until the password is given: no waiting makes it good again.
    pub fn of_pin(device: DeviceId, staff: StaffId) -> Self {
        Self { key: format!("pin {device} {staff}"), most: Self::PIN_TRIES, window: 10 * 365 * 24 * 60 * MINUTE }
    }

    pub fn of_code(caller: &Caller) -> Self {
        Self { key: format!("code {}", caller.peer()), most: 10, window: 10 * MINUTE }
    }

    pub fn of_proof(caller: &Caller) -> Self {
        Self { key: format!("proof {}", caller.peer()), most: 60, window: 10 * MINUTE }
    }

    /// Copies of customers' files by one manager (M2-07): a day at the desk asks for a few.
    pub fn of_copies(manager: StaffId) -> Self {
        Self { key: format!("copies {manager}"), most: 20, window: 60 * MINUTE }
    }

    /// Counts a try before it is made, so that a hundred at once are a hundred.
    pub async fn count(&self, caller: &Caller) -> Result<i64, Fault> {
        let house = caller.house();
        house.store.count_try(&self.key, self.window, house.clock.now()).await.map_err(fault::of_store)
    }

    pub async fn admit(&self, caller: &Caller) -> Result<Result<(), DoorRefusal>, Fault> {
        let minutes = self.minutes();
        Ok(if self.is_within(caller).await? { Ok(()) } else { Err(DoorRefusal::TooManyTries { minutes }) })
    }

    pub async fn is_within(&self, caller: &Caller) -> Result<bool, Fault> {
        Ok(self.count(caller).await? <= self.most)
    }

    pub fn minutes(&self) -> u32 {
        u32::try_from(self.window / MINUTE).unwrap_or(u32::MAX)
    }

    pub async fn forget(&self, caller: &Caller) -> Result<(), Fault> {
        caller.house().store.clear_tries(&self.key).await.map_err(fault::of_store)
    }
}

/// The first limit that is reached ends it.
pub async fn admit_all(limits: &[Limit], caller: &Caller) -> Result<Result<(), DoorRefusal>, Fault> {
    for limit in limits {
        if let Err(refusal) = limit.admit(caller).await? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}
