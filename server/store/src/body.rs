//! How values become columns: JSON bodies, ids as text, hashes as hexadecimal.

use crate::StoreError;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{fmt::Write, str::FromStr};

pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Damaged { what: "a value that can't be written" })
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged { what })
}

pub(crate) fn id<T: FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged { what: "an id" })
}

pub(crate) fn name(text: &str) -> Result<domain::Name, StoreError> {
    domain::Name::new(text).map_err(|_| StoreError::Damaged { what: "a name" })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn from_hex(text: &str) -> Result<[u8; 32], StoreError> {
    let damaged = StoreError::Damaged { what: "a hash" };
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(damaged);
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).map_err(|_| damaged.clone())?;
    }
    Ok(bytes)
}

/// Each part with its length in front, so that no two lists of parts are alike.
pub(crate) fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}
