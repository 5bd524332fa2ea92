//! 店面: what the salon has and offers, as far as a booking asks for it: rooms and services.

mod furnishing_page;
mod room_dialog;
mod service_dialog;

pub use furnishing_page::FurnishingPage;
