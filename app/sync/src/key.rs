//! Keys and sealing. Everything a device keeps is sealed with its data key; every entry carries its author's mac.
//!
//! Randomness (nonces, salts) comes in as arguments.

use crate::envelope::Header;
use argon2::{Algorithm, Argon2, Params};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::{DeviceId, Moment, Seq, StaffId};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;

pub type Nonce = [u8; 24];
pub const SALT_LENGTH: usize = 16;
/// Cost of one guess at a password from a copied profile.
pub const WRAP_MEMORY_KIB: u32 = 64 * 1024;
pub const WRAP_PASSES: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed with another key, or damaged")]
pub struct Unsealable;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key([u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Nonce, then ciphertext. `what` says what is sealed (device, name, version): it opens only under the same words.
    pub fn seal(&self, nonce: &Nonce, what: &str, plain: &[u8]) -> Vec<u8> {
        let sealed =
            XChaCha20Poly1305::new(&self.0.into()).encrypt(&XNonce::from(*nonce), Payload { msg: plain, aad: what.as_bytes() });
        // Encryption fails only beyond 256 GiB.
        [nonce.as_slice(), &sealed.unwrap_or_default()].concat()
    }

    pub fn open(&self, what: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, rest) = sealed.split_first_chunk::<24>().ok_or(Unsealable)?;
        let payload = Payload { msg: rest, aad: what.as_bytes() };
        XChaCha20Poly1305::new(&self.0.into()).decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unsealable)
    }

    /// Seals an envelope: the author's mac over its bytes, then the bytes.
    pub fn seal_entry(&self, author: &Self, nonce: &Nonce, header: &Header, envelope: &[u8]) -> Vec<u8> {
        let mac = author.mac(envelope);
        self.seal(nonce, &entry_words(header.device, header.seq), &[mac.as_slice(), envelope].concat())
    }

    /// The mac and the envelope's bytes, unread.
    pub fn open_entry(&self, device: DeviceId, seq: Seq, sealed: &[u8]) -> Result<([u8; 32], Vec<u8>), Unsealable> {
        let plain = self.open(&entry_words(device, seq), sealed)?;
        let (mac, envelope) = plain.split_first_chunk::<32>().ok_or(Unsealable)?;
        Ok((*mac, envelope.to_vec()))
    }

    pub fn mac(&self, bytes: &[u8]) -> [u8; 32] {
        self.hmac(bytes).map_or([0; 32], |mac| mac.finalize().into_bytes().into())
    }

    /// In constant time.
    pub fn is_mac_of(&self, mac: &[u8; 32], bytes: &[u8]) -> bool {
        self.hmac(bytes).is_some_and(|ours| ours.verify_slice(mac).is_ok())
    }

    /// What a device proves itself with when its browser has lost the cookie. Made of its data key, so that both sides have it
    /// without its ever travelling.
    pub fn proof_key(&self) -> Self {
        Self(self.mac(b"proof of the device"))
    }

    /// For keeping it where it can be used but not read.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn hmac(&self, bytes: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0).ok()?;
        mac.update(bytes);
        Some(mac)
    }
}

/// What a device signs with its proof key; `at` is the server's time, as it has just said it.
pub fn proof_words(device: DeviceId, at: Moment) -> String {
    format!("device {device} {}", at.0)
}

fn entry_words(device: DeviceId, seq: Seq) -> String {
    format!("entry {device} {}", seq.0)
}

/// The salon's root of all keys; lives in the key file and in backups, never in the database.
#[derive(Clone)]
pub struct ServerKey(Key);

impl ServerKey {
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(Key(bytes))
    }

    /// What a device seals its cache and outbox with. A new generation makes the old one worthless.
    pub fn data_key(&self, device: DeviceId, generation: i64) -> Key {
        self.derive(&format!("data {device} {generation}"))
    }

    /// What one person on one device signs her entries with.
    pub fn author_key(&self, device: DeviceId, staff: StaffId, generation: i64) -> Key {
        self.derive(&format!("author {device} {staff} {generation}"))
    }

    /// A key for one purpose of the server itself, named in words.
    pub fn derive(&self, purpose: &str) -> Key {
        let mut okm = [0; 32];
        // Expanding fails only beyond 8 KiB.
        let _ = Hkdf::<Sha256>::new(Some(b"xinyan 1"), &self.0.0).expand(purpose.as_bytes(), &mut okm);
        Key(okm)
    }
}

/// A person's keys for this device behind her password, so that the tablet can be restarted without network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrapped {
    pub salt: [u8; SALT_LENGTH],
    pub sealed: crate::Bytes,
}

impl Wrapped {
    /// `key` is what the password stretches to under that salt.
    pub fn wrap(key: &Key, salt: [u8; SALT_LENGTH], nonce: &Nonce, what: &str, secret: &[u8]) -> Self {
        Self { salt, sealed: crate::Bytes(key.seal(nonce, what, secret)) }
    }

    pub fn unwrap(&self, key: &Key, what: &str) -> Result<Vec<u8>, Unsealable> {
        key.open(what, &self.sealed.0)
    }
}

/// From a password to a key. Takes about a second and 64 MiB; that is its purpose.
pub fn stretch(password: &str, salt: &[u8; SALT_LENGTH]) -> Result<Key, Unsealable> {
    let params = Params::new(WRAP_MEMORY_KIB, WRAP_PASSES, 1, Some(32)).map_err(|_| Unsealable)?;
    let mut out = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon.hash_password_into(password.as_bytes(), salt, &mut out).map_err(|_| Unsealable)?;
    Ok(Key(out))
}
