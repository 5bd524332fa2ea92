//! One mutation with who made it, where and on what: what is sealed, signed, and kept for ever.

use domain::{Action, DeviceId, Moment, Seq, StaffId, Stamp, Version};
use serde::{Deserialize, Serialize};

/// The envelope's own shape.
pub const PROTO: u16 = 1;
/// The actions and fields this build knows.
pub const SCHEMA: u16 = 5;

/// One mutation as its author made it. Serialised once, then only ever copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Envelope {
    #[serde(flatten)]
    pub header: Header,
    pub action: Action,
}

/// An envelope as it is read: reading a flattened part would take a second reader for every action, in every browser.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    proto: u16,
    schema: u16,
    device: DeviceId,
    seq: Seq,
    author: StaffId,
    claimed_at: Moment,
    base: Version,
    action: Action,
}

impl From<Written> for Envelope {
    fn from(Written { proto, schema, device, seq, author, claimed_at, base, action }: Written) -> Self {
        Self { header: Header { proto, schema, device, seq, author, claimed_at, base }, action }
    }
}

/// What a server of any age can read of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub proto: u16,
    pub schema: u16,
    pub device: DeviceId,
    pub seq: Seq,
    pub author: StaffId,
    /// The device's corrected time.
    pub claimed_at: Moment,
    /// The version of the row that the author was looking at.
    pub base: Version,
}

impl Header {
    /// As the device stamps it before the server has answered, over a row of that version.
    pub fn stamp_here(&self, row: Version) -> Stamp {
        Stamp {
            author: self.author,
            dot: domain::Dot { device: self.device, seq: self.seq },
            base: self.base,
            version: row,
            happened_at: self.claimed_at,
            received_at: None,
        }
    }

    /// As the server stamps it.
    pub fn stamp_received(&self, version: Version, now: Moment) -> Stamp {
        Stamp { version, received_at: Some(now), ..self.stamp_here(version) }
    }
}
