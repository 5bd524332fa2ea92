//! What the device remembers of an entry of its outbox besides the sealed bytes.

use crate::{Epoch, Outcome};
use domain::{Moment, Version};
use serde::{Deserialize, Serialize};

/// `Saved` → `Acked` → gone, or `Saved` → `Objected` → seen by a person → gone. *Sent* is not a state: a reply may be lost.
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
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub state: EntryState,
    /// Whose row it lies over.
    pub row: crate::RowId,
}
