//! A mobile number of the mainland: eleven digits.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mobile number of eleven digits")]
pub struct NotAPhone;

impl Phone {
    /// Reads what people write: spaces, hyphens, brackets, full-width digits, +86 or 0086 in front.
    pub fn new(typed: &str) -> Result<Self, NotAPhone> {
        let mut digits = String::new();
        for c in typed.trim().chars() {
            match c {
                '０'..='９' => digits.extend(char::from_digit(c as u32 - '０' as u32, 10)),
                '0'..='9' => digits.push(c),
                ' ' | '\u{3000}' | '\u{a0}' | '-' | '－' | '—' | '(' | ')' | '（' | '）' | '+' | '＋' | '.' => {}
                _ => return Err(NotAPhone),
            }
        }
        let national = match digits.len() {
            13 => digits.strip_prefix("86"),
            15 => digits.strip_prefix("0086"),
            _ => Some(digits.as_str()),
        };
        match national {
            Some(n) if n.len() == 11 && n.starts_with('1') => Ok(Self(n.to_owned())),
            _ => Err(NotAPhone),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits, which every device may know.
    pub fn tail(&self) -> &str {
        &self.0[7..]
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    fn try_from(typed: String) -> Result<Self, NotAPhone> {
        Self::new(&typed)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_was_written() {
        for written in
            ["13800004417", " 138 0000 4417 ", "138-0000-4417", "１３８００００４４１７", "+86 13800004417", "008613800004417"]
        {
            assert_eq!(Phone::new(written).map(|p| p.tail().to_owned()), Ok("4417".to_owned()), "{written}");
        }
    }

    #[test]
    fn what_is_not_a_mobile_number_is_never_taken_for_one() {
        for written in ["", "1380000441", "138000044171", "23800004417", "13800004417转2", "021-5555 4417"] {
            assert_eq!(Phone::new(written), Err(NotAPhone), "{written}");
        }
    }
}
