//! 店面: what the salon has and offers, as far as a booking or the gate asks for it: rooms, services, products and their batches.

mod batch_dialog;
mod furnishing_page;
mod instrument_dialog;
mod instruments;
mod keep;
mod product_dialog;
mod products;
mod room_dialog;
mod service_dialog;
mod steps;

pub use furnishing_page::FurnishingPage;
