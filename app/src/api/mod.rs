//! The few functions that a device calls on the salon's server: the door, the devices, the road, the customers.
//!
//! Each has an explicit endpoint, takes and gives JSON, and answers what is to be expected inside `Ok`: a `Fault` means that
//! *nothing is known*. What is behind them stands in `server`; here is only what both sides must agree on.

mod customers;
mod devices;
mod door;
mod door_words;
mod fault;
mod people;
mod road;

#[cfg(feature = "ssr")]
mod back_office;

pub use customers::{HerData, NoCopy, Waiting, care_of, copy_of, older_contacts, older_notes, older_uses, search};
pub use devices::{
    Backups, DeviceCard, DeviceReport, DeviceState, SetAside, Undecided, Verdict, backups, decide_set_aside, devices, new_code,
    report, set_aside, set_device_state,
};
pub use door::{change_password, door, enrol, enrol_here, know_again, lock, set_pin, set_up, sign_in, sign_out, unlock};
pub use door_words::{Door, DoorDevice, DoorRefusal, DoorSalon, SetUp, SignedIn, Tile};
pub use fault::Fault;
pub use people::{FirstPassword, PersonCard, add_person, people, reset_password, set_at_work, set_roles};
pub use road::{fetch, manifest, pull, push};

#[cfg(feature = "ssr")]
pub use back_office::{Answer, BackOffice, register};

/// Answers with the server's version hints as they come (`text/event-stream`), not a function.
pub const HINTS: &str = "/api/hints";
