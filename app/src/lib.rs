//! What both sides run: the functions that a device calls, the device's copy, the screens.

pub mod api;

// The device's copy and the screens are for the browser alone; the server never draws what a device knows.
#[cfg(target_arch = "wasm32")]
pub mod replica;

#[cfg(target_arch = "wasm32")]
mod allergies;
#[cfg(target_arch = "wasm32")]
mod care;
#[cfg(target_arch = "wasm32")]
mod consents;
#[cfg(target_arch = "wasm32")]
mod contacts;
#[cfg(target_arch = "wasm32")]
mod customer_files;
#[cfg(target_arch = "wasm32")]
mod customers;
#[cfg(target_arch = "wasm32")]
mod devices;
#[cfg(target_arch = "wasm32")]
mod doors;
#[cfg(target_arch = "wasm32")]
mod entries;

#[cfg(target_arch = "wasm32")]
mod furnishing;
#[cfg(target_arch = "wasm32")]
mod history;
#[cfg(target_arch = "wasm32")]
mod notes;
#[cfg(target_arch = "wasm32")]
mod people;
#[cfg(target_arch = "wasm32")]
mod plan;
#[cfg(target_arch = "wasm32")]
mod skin;
#[cfg(target_arch = "wasm32")]
mod today;
#[cfg(target_arch = "wasm32")]
mod treatment;
#[cfg(target_arch = "wasm32")]
pub mod ui;

// The words on screen: `build.rs` makes a module `i18n` from `locales/`.
#[cfg(target_arch = "wasm32")]
include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
