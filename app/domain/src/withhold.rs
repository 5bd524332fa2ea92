//! A file as one kind of device may hold it: least data, decided on the server before a row leaves (M1-19, H3).

use crate::{CustomerFile, DeviceScope, rights::device_shows};

/// Replaces what the device must not hold by *withheld*. Answers, allergies and notes stay: safety rules read them.
pub fn withhold(mut file: CustomerFile, device: DeviceScope) -> CustomerFile {
    file.profile.withhold(|field| device_shows(device, field));
    file
}
