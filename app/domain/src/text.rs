//! Words as people type them: trimmed, never empty, of bounded length, without control characters.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why typed words can't be kept as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    #[error("nothing was written")]
    Empty,
    #[error("longer than {0} characters")]
    TooLong(usize),
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $most:literal, $keep:expr);+ $(;)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MOST: usize = $most;

            /// Trims, turns what may not stand in it into spaces, and checks the length.
            pub fn new(typed: &str) -> Result<Self, BadText> {
                let keep: fn(char) -> bool = $keep;
                let clean: String = typed.trim().chars().map(|c| if keep(c) { c } else { ' ' }).collect();
                let clean = clean.trim();
                match clean.chars().count() {
                    0 => Err(BadText::Empty),
                    n if n > $most => Err(BadText::TooLong($most)),
                    _ => Ok(Self(clean.to_owned())),
                }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadText;

            fn try_from(typed: String) -> Result<Self, BadText> {
                Self::new(&typed)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            /// Never the words themselves: a debug line may end in a log.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} characters)", stringify!($name), self.0.chars().count())
            }
        }
    )+};
}

texts! {
    /// One line: a person, a room, an allergen, a card number. 张姐 is a whole name.
    Name, 80, |c| !c.is_control();
    /// Several lines: a note, a reason. As long as a cell of a workbook may be.
    Text, 32_767, |c| !c.is_control() || c == '\n' || c == '\t';
}
