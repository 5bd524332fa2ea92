//! Money in whole cents (分); never floats.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Cents {
    /// `None` beyond what can be counted.
    pub fn sum(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().try_fold(Self(0), |sum, cents| sum.0.checked_add(cents.0).map(Self))
    }
}

impl fmt::Display for Cents {
    /// `¥1,280.00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yuan = (self.0 / 100).unsigned_abs().to_string();
        let mut grouped = String::new();
        for (i, digit) in yuan.chars().enumerate() {
            if i > 0 && (yuan.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}¥{grouped}.{:02}", (self.0 % 100).unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::Cents;

    #[test]
    fn money_is_shown_as_the_till_shows_it() {
        assert_eq!(Cents(128_000).to_string(), "¥1,280.00");
        assert_eq!(Cents(-28_005).to_string(), "-¥280.05");
        assert_eq!(Cents(123_456_789).to_string(), "¥1,234,567.89");
        assert_eq!(Cents(-5).to_string(), "-¥0.05");
    }
}
