//! The door: who may come in, on which device, and with what.

mod copy;
mod devices;
mod enrol;
mod know_again;
mod locked;
mod look;
mod own;
mod people;
mod set_aside;
mod set_up;
mod sign_in;

pub use copy::copy_of;
pub use devices::{backups, devices, new_code, report, set_device_state};
pub use enrol::{enrol, enrol_here};
pub use know_again::know_again;
pub use locked::{lock, unlock};
pub use look::look;
pub use own::{change_password, set_pin};
pub use people::{add_person, people, reset_password, set_at_work, set_roles};
pub use set_aside::{decide_set_aside, set_aside};
pub use set_up::set_up;
pub use sign_in::{sign_in, sign_out};
