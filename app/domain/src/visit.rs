//! The smallest visit: a customer is expected on a day, by somebody.

use crate::{RoomId, ServiceId, StaffId, Written};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The day in the branch's time.
    pub on: NaiveDate,
    /// The agreed time of day, if one was agreed.
    pub at: Option<NaiveTime>,
    pub beautician: StaffId,
    pub room: Option<RoomId>,
    pub service: Option<ServiceId>,
    pub written: Written,
}
