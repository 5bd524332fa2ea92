//! Passwords and PINs: what is good enough, and hashing them (Argon2id) without letting a flood of tries eat the memory.

use crate::token;
use app::api::Fault;
use argon2::{Algorithm, Argon2, Params, Version};
use std::{fmt::Write, sync::Arc};
use sync::ApiFault;
use tokio::sync::Semaphore;

/// 19 MiB and two passes a hash, as OWASP advises for a server.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes at once, and callers that may wait for their turn.
const AT_ONCE: usize = 2;
const MAY_WAIT: usize = 64;
const LONGEST: usize = 256;

/// Ten characters or more, not digits only: it also wraps the keys of a tablet that may be copied.
pub fn is_good(password: &str) -> bool {
    let length = password.chars().count();
    (10..=LONGEST).contains(&length) && !password.chars().all(|c| c.is_numeric() || c.is_whitespace())
}

/// Six digits, not all the same and not in a row.
pub fn is_good_pin(pin: &str) -> bool {
    let digits = pin.as_bytes();
    let steps: Vec<i16> = digits.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
    let is_plain = [-1, 0, 1].iter().any(|step| steps.iter().all(|s| s == step));
    digits.len() == 6 && digits.iter().all(u8::is_ascii_digit) && !is_plain
}

/// Hashes off the async threads, two at a time.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// What an unknown account is compared with, so that it takes as long as a known one.
    nobody: String,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(MAY_WAIT)),
            nobody: hash_now(&token::new(), &token::random()),
        }
    }
}

impl Passwords {
    pub async fn hash(&self, secret: String) -> Result<String, Fault> {
        self.in_turn(move || hash_now(&secret, &token::random())).await
    }

    /// Takes as long when there is no hash to compare with, and then answers false.
    pub async fn is_right(&self, secret: String, hash: Option<&str>) -> Result<bool, Fault> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or(&self.nobody).to_owned();
        Ok(self.in_turn(move || is_right_now(&secret, &hash)).await? && is_known)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let busy = |_| Fault(ApiFault::Busy { retry_after: 2 });
        let _place = self.queue.try_acquire().map_err(|_| Fault(ApiFault::Busy { retry_after: 2 }))?;
        let turn = self.turns.clone().acquire_owned().await.map_err(busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|_| Fault(ApiFault::Busy { retry_after: 2 }))
    }
}

/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, both in hex.
fn hash_now(secret: &str, salt: &[u8; 16]) -> String {
    let out = stretch(secret, salt, MEMORY_KIB, PASSES).unwrap_or_default();
    format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${}${}", hex(salt), hex(&out))
}

fn is_right_now(secret: &str, hash: &str) -> bool {
    if secret.len() > LONGEST * 4 {
        return false;
    }
    parsed(hash).is_some_and(|(memory, passes, salt, known)| {
        stretch(secret, &salt, memory, passes).is_some_and(|out| is_same(&out, &known))
    })
}

fn parsed(hash: &str) -> Option<(u32, u32, Vec<u8>, Vec<u8>)> {
    let mut parts = hash.strip_prefix("$argon2id$v=19$m=")?.split('$');
    let (memory, rest) = parts.next()?.split_once(",t=")?;
    let passes = rest.strip_suffix(",p=1")?;
    Some((memory.parse().ok()?, passes.parse().ok()?, bytes(parts.next()?)?, bytes(parts.next()?)?))
}

fn stretch(secret: &str, salt: &[u8], memory: u32, passes: u32) -> Option<[u8; 32]> {
    let params = Params::new(memory, passes, 1, Some(32)).ok()?;
    let mut out = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(secret.as_bytes(), salt, &mut out).ok()?;
    Some(out)
}

/// Without telling by the time it takes how much of it was right.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_more_than_digits() {
        assert!(is_good("lanterns at dusk"));
        assert!(is_good("春江花月夜春江花月夜"));
        for bad in ["", "short one", "12345678901234", "123 456 789 000", &"x".repeat(257)] {
            assert!(!is_good(bad), "{bad}");
        }
    }

    #[test]
    fn a_pin_is_six_digits_that_nobody_tries_first() {
        assert!(is_good_pin("482913"));
        for bad in ["", "48291", "4829133", "48291a", "111111", "123456", "654321"] {
            assert!(!is_good_pin(bad), "{bad}");
        }
    }

    #[test]
    fn only_the_same_words_are_right() {
        let hash = hash_now("lanterns at dusk", &[7; 16]);

        assert!(is_right_now("lanterns at dusk", &hash));
        assert!(!is_right_now("lanterns at dawn", &hash));
        assert!(!is_right_now("lanterns at dusk", "damaged"));
    }
}
