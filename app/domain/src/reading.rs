//! That somebody had a customer's file before her (M2-07). A customer may ask who did (PIPL 45).

use crate::{CustomerId, DeviceId, Moment, StaffId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub customer: CustomerId,
    pub by: StaffId,
    /// `None` where the salon's own computer gave it out.
    pub on: Option<DeviceId>,
    pub how: HowRead,
    /// By the reader's device, which may have been without network.
    pub at: Moment,
    /// As with whatever is written: the reader's clock was ahead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_clock_off: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowRead {
    Opened,
    /// Within the file in which hers was shown.
    Shown,
    /// Everything that is known of her was given out.
    Copied,
}
