//! What both sides run: the functions that a device calls, the device's copy, the screens.

pub mod api;

// The device's copy and the screens are for the browser alone; the server never draws what a device knows.
#[cfg(target_arch = "wasm32")]
pub mod replica;
