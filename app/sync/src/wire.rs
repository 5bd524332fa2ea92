//! What goes over the wire. Fields and variants are only ever added; golden tests hold the present ones.

use crate::SCHEMA;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use domain::{CustomerFile, CustomerId, DeviceId, Dot, Objection, Refusal, Salon, Seq, Unfit, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt};

/// Bytes that travel as base64 in JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(pub Vec<u8>);

impl TryFrom<String> for Bytes {
    type Error = base64::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        STANDARD_NO_PAD.decode(text).map(Self)
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> String {
        STANDARD_NO_PAD.encode(bytes.0)
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// SHA-256 of an entry's bytes as they were stored on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// Changes with every restore of the salon's database: what a device took for stored may be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub i64);

/// An entry of the outbox, sealed: the server opens it, nobody in between can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub seq: Seq,
    pub bytes: Bytes,
    /// Under which it was sealed, where that is not this device and number: the browser was another device when it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_as: Option<Dot>,
}

impl Sealed {
    /// What it was recorded as, on `device` or on the one that the browser was before.
    pub fn dot(&self, device: DeviceId) -> Dot {
        self.sealed_as.unwrap_or(Dot { device, seq: self.seq })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// `None` before the first contact.
    pub epoch: Option<Epoch>,
    /// The lowest `seq` that the device still holds or will give.
    pub oldest: Seq,
    pub entries: Vec<Sealed>,
    /// Whose numbers these are. A browser may have become another device while it was asking: then nothing of this is taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
}

impl Push {
    pub const MOST_ENTRIES: usize = 200;
    pub const MOST_BYTES: usize = 256 * 1024;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Applied {
        version: Version,
    },
    Quarantined {
        reason: Unfit,
    },
    Refused {
        refusal: Refusal,
    },
    /// The server is older than the device; keep it.
    RetryLater,
    /// Something before it has not arrived.
    Gap {
        expected: Seq,
    },
    /// This number was used for something else: two copies of one device are at work.
    Forked,
}

impl From<Objection> for Outcome {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::Refuse(refusal) => Self::Refused { refusal },
            Objection::Quarantine(reason) => Self::Quarantined { reason },
        }
    }
}

/// What became of one entry; `is_repeat` when the server had it already and tells its first answer again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub seq: Seq,
    pub outcome: Outcome,
    #[serde(default)]
    pub is_repeat: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    pub epoch: Epoch,
    /// Everything up to here lies on a second medium as well.
    pub durable_version: Version,
    pub head: Version,
    pub settled: Vec<Settled>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    pub epoch: Epoch,
    pub after: Version,
    /// What whoever asks can read; builds that did not say so read less.
    #[serde(default)]
    pub schema: u16,
}

impl Pull {
    pub const fn of(epoch: Epoch, after: Version) -> Self {
        Self { epoch, after, schema: SCHEMA }
    }
}

/// Older builds would take rows of today for less than they say: they hand in what they hold, and read no more (F35).
pub const READS_SINCE: u16 = 5;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pulled {
    pub epoch: Epoch,
    pub head: Version,
    /// Rises when the working set changes; the manifest tells how.
    pub members: i64,
    /// Everything up to here is in `rows` or was not for this device.
    pub upto: Version,
    pub rows: Vec<Row>,
}

/// What the device should hold, in order of importance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub epoch: Epoch,
    pub head: Version,
    pub members: i64,
    pub rows: Vec<(RowId, Version)>,
    /// Whose files were erased: what a device wrote of them goes from it as well, however long it was switched off.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub erased: BTreeSet<CustomerId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    pub ids: Vec<RowId>,
    #[serde(default)]
    pub schema: u16,
}

impl Fetch {
    pub const fn of(ids: Vec<RowId>) -> Self {
        Self { ids, schema: SCHEMA }
    }

    pub const MOST: usize = 50;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fetched {
    pub epoch: Epoch,
    pub rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowId {
    Salon,
    Customer(CustomerId),
}

/// A row as this device may see it; `body` is `None` where it is gone or no longer hers to see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub id: RowId,
    pub version: Version,
    pub body: Option<RowBody>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowBody {
    Salon(Box<Salon>),
    Customer(Box<CustomerRow>),
}

/// One customer's file as shown, with what only the server can work out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub file: CustomerFile,
    /// The name's syllables run together, and their first letters.
    pub pinyin: String,
    pub initials: String,
    /// The phone's last four digits, which every device may know.
    pub phone_tail: Option<String>,
    /// Notes that stayed on the server because the row holds only the latest.
    #[serde(default)]
    pub older_notes: usize,
    /// Contacts that did, for the same reason.
    #[serde(default)]
    pub older_contacts: usize,
    /// Uses of products that did; those that wait for somebody are all here.
    #[serde(default)]
    pub older_uses: usize,
    /// How many treatments and measurements are not here, or in short only.
    #[serde(default)]
    pub older_care: usize,
}

/// Where the device stands; written last, after the rows it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub epoch: Epoch,
    pub cursor: Version,
    pub members: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Sends these entries, in this order.
    Push {
        epoch: Option<Epoch>,
        oldest: Seq,
        seqs: Vec<Seq>,
    },
    Pull(Pull),
    Manifest,
    Fetch(Fetch),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Pushed(Pushed),
    Pulled(Pulled),
    Manifest(Manifest),
    Fetched(Fetched),
    /// The cursor or epoch is not of this server: begin anew.
    Reset,
}

/// Only what a device can act on. Whatever could not be read is `Unreachable`, and then *nothing is known*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ApiFault {
    #[error("nobody is signed in")]
    SignedOut,
    #[error("the session is locked")]
    Locked,
    #[error("this device must be wiped")]
    Wipe,
    #[error("too much at once")]
    TooMuch,
    #[error("busy for {retry_after} s")]
    Busy { retry_after: u32 },
    #[error("this version is too old")]
    Upgrade,
    #[error("the salon can't be reached")]
    Unreachable,
}
