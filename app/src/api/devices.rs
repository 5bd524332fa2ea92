//! The salon's devices, for managers.

use super::{DoorRefusal, Fault};
use domain::{Action, DeviceId, DeviceScope, Dot, Moment, Name, Seq, StaffId, Text, Unfit};
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
    /// What it last said of itself, and when.
    pub report: Option<(DeviceReport, Moment)>,
}

/// What a device says of itself, so that a manager sees which one is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceReport {
    /// Entries that the salon does not have yet.
    pub waiting: u32,
    /// Files held.
    pub files: u32,
    /// The browser has promised not to throw away what is kept here.
    pub is_persisted: bool,
    /// Put on the home screen, which is what makes some browsers keep it.
    pub is_installed: bool,
    /// Sent away or stolen, it has done away with what it held. `waiting` is what it still hands in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_wiped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    Active,
    Revoked,
    Stolen,
}

/// An entry that came in and could not be taken as it was. It lies sealed as it came; its author's device says so too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub entry: Dot,
    /// `None` where nobody can be told to have made it.
    pub author: Option<StaffId>,
    pub received_at: Moment,
    pub reason: Unfit,
    /// What it says, where it can be read: so that an allergy in it is not lost on the people who decide.
    pub action: Option<Action>,
    /// A manager may vouch for it: it can be read, is authentic, and the rules take it.
    pub may_be_taken_in: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It counts as its author's, and as of then.
    TakeIn,
    LeaveOut {
        reason: Text,
    },
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undecided {
    NotAllowed,
    /// Somebody else has decided meanwhile.
    Gone,
    Unfit(Unfit),
}

/// How the salon's backups stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backups {
    /// Nobody has made a key for them: there are none.
    NoKey,
    /// There is a key, and none was made yet.
    None,
    /// The last one; `is_apart` when it lies on another medium than the data.
    Last { at: Moment, is_apart: bool },
    /// Not for her to know, or nothing worth keeping: the demo.
    Untold,
}

#[server(name = AskBackups, endpoint = "devices/backups", input = Json)]
pub async fn backups() -> Result<Backups, Fault> {
    super::back_office::ask()?.backups().await
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

/// Sent away it hands in what it holds and forgets the rest; stolen it forgets all at once; one that was sent away may come back.
#[server(name = SetDeviceState, endpoint = "devices/set-state", input = Json)]
pub async fn set_device_state(device: DeviceId, state: DeviceState) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.set_device_state(device, state).await
}

/// By the device itself, whoever is signed in.
#[server(name = ReportDevice, endpoint = "devices/report", input = Json)]
pub async fn report(report: DeviceReport) -> Result<(), Fault> {
    super::back_office::ask()?.report(report).await
}

/// Those that nobody has decided about, the latest first; empty for those who don't manage.
#[server(name = ListSetAside, endpoint = "devices/set-aside", input = Json)]
pub async fn set_aside() -> Result<Vec<SetAside>, Fault> {
    super::back_office::ask()?.set_aside().await
}

/// Kept for ever, with the manager's name: the entry itself stays as it came.
#[server(name = DecideSetAside, endpoint = "devices/decide-set-aside", input = Json)]
pub async fn decide_set_aside(entry: Dot, verdict: Verdict) -> Result<Result<(), Undecided>, Fault> {
    super::back_office::ask()?.decide_set_aside(entry, verdict).await
}
