//! The salon's devices, for managers.

use super::{DoorRefusal, Fault};
use domain::{DeviceId, DeviceScope, Moment, Name, Seq};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCard {
    pub id: DeviceId,
    pub label: Name,
    pub scope: DeviceScope,
    pub state: DeviceState,
    pub last_contact: Option<Moment>,
    /// The number of the last entry that came from it.
    pub last_seq: Seq,
    pub enrolled_at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    Active,
    Revoked,
    Stolen,
}

/// A code for one new device, good once and for ten minutes.
#[server(name = NewCode, endpoint = "devices/new-code", input = Json)]
pub async fn new_code(scope: DeviceScope, label: Name) -> Result<Result<String, DoorRefusal>, Fault> {
    super::back_office::ask()?.new_code(scope, label).await
}

/// Empty for those who don't manage.
#[server(name = ListDevices, endpoint = "devices/list", input = Json)]
pub async fn devices() -> Result<Vec<DeviceCard>, Fault> {
    super::back_office::ask()?.devices().await
}
