//! What the device remembers of an entry of its outbox besides the sealed bytes.

use crate::{Epoch, Outcome};
use domain::{Moment, Version};
use serde::{Deserialize, Serialize};

/// `Saved` → `Acked` → gone, or `Saved` → `Objected` → `Seen` → gone. *Sent* is not a state: a reply may be lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    Saved,
    /// The server has it; kept until it lies on a second medium too, or for seven days.
    Acked {
        version: Version,
        at: Moment,
        /// Of the salon that said so: the place, which knows it too, lies on a medium that a kill may roll back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epoch: Option<Epoch>,
    },
    /// Refused or quarantined: shown until somebody has seen it.
    Objected {
        outcome: Outcome,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<Told>,
    },
    /// The same, and somebody has seen it: kept like an acked one, as a restore may take along what was set aside.
    Seen {
        told: Told,
    },
}

/// When the salon answered, and what it was then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The answer was written by this version, or before.
    pub by: Version,
    pub at: Moment,
    pub epoch: Epoch,
}

impl EntryState {
    /// Which salon's answer it stands for; `None` while there is none, or none that is known.
    pub fn epoch(&self) -> Option<Epoch> {
        match self {
            Self::Saved => None,
            Self::Acked { epoch, .. } => *epoch,
            Self::Objected { told, .. } => told.map(|told| told.epoch),
            Self::Seen { told } => Some(told.epoch),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub state: EntryState,
    /// Whose row it lies over.
    pub row: crate::RowId,
    /// Left behind by reading: it lies over nothing, and nobody waits for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_trace: bool,
}

impl Entry {
    pub const fn saved(row: crate::RowId) -> Self {
        Self { state: EntryState::Saved, row, is_trace: false }
    }
}
