//! Secrets that are made here and given away once: cookies, enrolment codes, links, first passwords. Kept as hashes only.

use std::fmt::Write;
use sync::Hash;

/// Digits and letters that are not taken for one another when read out: 32 of them, five bits each.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness no key is a key: ending is the only safe answer")]
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// 256 bits for a cookie or a link.
pub fn new() -> String {
    random::<32>().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub fn hash(token: &str) -> [u8; 32] {
    Hash::of(token.as_bytes()).0
}

/// Forty bits in eight letters, to be read out from one screen and typed on another: `K7QM-2X9T`.
pub fn new_code() -> String {
    grouped(&random::<8>())
}

/// Eighty bits, for a first password that somebody copies from a sheet of paper.
pub fn new_password() -> String {
    grouped(&random::<16>()).to_lowercase()
}

/// As it was meant: without spaces and hyphens, O for 0, I and L for 1. `None` for what no code can be.
pub fn code_as_meant(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let meant = letters.map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    let meant: String = meant.take(9).collect();
    (meant.len() == 8 && meant.bytes().all(|c| ALPHABET.contains(&c))).then_some(meant)
}

fn grouped(random: &[u8]) -> String {
    let letters: Vec<char> = random.iter().map(|byte| ALPHABET[usize::from(byte % 32)].into()).collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_as_it_was_read_out() {
        assert_eq!(code_as_meant(" k7qm 2x9t "), Some("K7QM2X9T".to_owned()));
        assert_eq!(code_as_meant("oIl0-7777"), Some("01107777".to_owned()));
        assert_eq!(code_as_meant(&new_code()).map(|code| code.len()), Some(8));
        for none in ["", "K7QM", "K7QM-2X9T-1", "K7QM-2X9!", "ＫＫＫＫＫＫＫＫ"] {
            assert_eq!(code_as_meant(none), None, "{none}");
        }
    }
}
