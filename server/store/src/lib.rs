//! The database: the salon's files, the ledger of what devices handed in, and the chain that shows whether anybody changed them.
//!
//! The only crate that names sqlx; one SQL text runs on SQLite and PostgreSQL. What an action means is decided in `domain`,
//! whether an entry is accepted in `sync`; here it is kept, in one transaction.

#![deny(clippy::wildcard_enum_match_arm)]

mod audit;
mod batch;
mod body;
mod customer;
mod desk;
mod device;
mod draft;
mod dump;
mod enrol_code;
mod error;
mod failpoint;
mod fetch;
mod follow;
mod gram;
mod head;
mod ledger;
mod manifest;
mod migrate;
mod mutation;
mod open;
mod perform;
mod pinyin;
mod pull;
mod quarantine;
mod reading;
mod row;
mod rows;
mod salon;
mod search;
mod session;
mod shown;
mod staff;
mod timeline;
mod tries;
mod verify;
mod writer;

/// A log filter: the statements themselves, which the database's driver tells when they are slow, are for nobody who runs the program.
pub const QUIET: &str = "sqlx::query=error";

pub use customer::Named;
pub use device::{Device, DeviceCard, DeviceStatus};
pub use error::StoreError;
#[cfg(feature = "failpoints")]
pub use failpoint::FailPoint;
pub use head::Head;
#[cfg(feature = "failpoints")]
pub use mutation::digest as digest_of_mutation;
pub use open::{Patience, Place, Store};
pub use perform::Extent;
pub use quarantine::Quarantined;
pub use salon::NewSalon;
pub use session::Session;
pub use staff::{Act, Credentials, NewPerson};
pub use verify::Difference;
