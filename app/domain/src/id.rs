//! Ids, one type per noun, so that a visit's id can't be taken for a customer's. Made outside this crate.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// Names one adding of an allergy: what a *resolve* refers to.
    AllergyTag,
    BatchId,
    BranchId,
    ContactId,
    CustomerId,
    DeviceId,
    /// One thing that happened in a treatment.
    EventId,
    InstrumentId,
    MeasurementId,
    NoteId,
    PatchTestId,
    PrescriptionId,
    ProductId,
    RoomId,
    ServiceId,
    StaffId,
    /// Of an expected visit it is the visit's: two who begin it write into one record.
    TreatmentId,
    /// One time that a product was put on her skin.
    UseId,
    VisitId,
}

impl EventId {
    /// Of what the salon records because of it: always the same, so that it stands there once.
    pub const fn followed(self) -> Self {
        Self(Uuid::from_u128(self.0.as_u128() ^ 1))
    }
}
