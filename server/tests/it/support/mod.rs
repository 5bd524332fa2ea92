//! A salon to knock at, and tablets to do it with.

mod salon;
mod tablet;

pub use salon::{PASSWORD, Reply, TestSalon};
pub use tablet::Tablet;
