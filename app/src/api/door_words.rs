//! What is said at the door: who may come in here, what she gets, and why not.

use domain::{DeviceId, DeviceScope, Moment, Name, Role, Seq, Settings, StaffId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};
use sync::Key;

/// What a browser sees before anybody has signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// `None` until the salon has been founded.
    pub salon: Option<DoorSalon>,
    pub needs_set_up: bool,
    /// `None` until this browser has been enrolled.
    pub device: Option<DoorDevice>,
    /// Empty unless this browser is enrolled, or is trying out the demo on the server's own machine.
    pub people: Vec<Tile>,
    pub may_enrol_here: bool,
    /// Whose session this browser holds, locked or not: hers may be opened again by PIN.
    pub signed_in: Option<StaffId>,
    pub server_time: Moment,
    /// Reached by an address on which a browser keeps nothing: it must be one that begins with https.
    pub needs_secure: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorSalon {
    pub name: Name,
    pub is_demo: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorDevice {
    pub id: DeviceId,
    pub label: Name,
    pub scope: DeviceScope,
    /// Hands in what it holds, then forgets everything.
    #[serde(default)]
    pub is_revoked: bool,
}

/// One of the people who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    pub id: StaffId,
    pub name: Name,
    pub roles: BTreeSet<Role>,
}

/// A person is in. The keys stay in memory: the server never hands them to a cookie alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub person: StaffId,
    pub device: DeviceId,
    pub scope: DeviceScope,
    pub generation: i64,
    pub data_key: Key,
    pub author_key: Key,
    /// The number that the server expects next from this device.
    pub next_seq: Seq,
    pub has_pin: bool,
    pub may_restart_offline: bool,
    /// How long a restart without network may go on being one.
    pub lease_hours: u32,
    pub password_generation: i64,
    pub server_time: Moment,
}

/// What the first manager fills in; the two settings without a default are among the settings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    pub salon: Name,
    pub manager: Name,
    pub password: String,
    pub settings: Settings,
    /// What this browser is called among the salon's devices.
    pub label: Name,
}

impl fmt::Debug for SetUp {
    /// Without the password: a debug line may end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetUp").field("salon", &self.salon).field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Why the door stays shut; the locale files hold the sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorRefusal {
    /// The same for a person who doesn't exist.
    WrongPassword,
    WrongPin {
        left: u8,
    },
    /// The PIN opens nothing here: no session, no PIN, or too many wrong ones.
    PasswordNeeded,
    TooManyTries {
        minutes: u32,
    },
    /// Never given out, used already, or out of date.
    UnknownCode,
    /// The set-up link was used, or is from an earlier start of the server.
    BadLink,
    /// Fewer than ten characters, or digits only.
    WeakPassword,
    /// A PIN is six digits, not all the same and not in a row.
    WeakPin,
    BadForm,
    /// The device keeps more than she may read (M1-19).
    NotOnThisDevice,
    /// Not to this person, or not from this browser.
    NotAllowed,
}
