//! The demo's passwords: made at random for each data directory, kept there for its owner only, shown at every start.

use super::salon::{PEOPLE, person};
use crate::{keys::write_secret, token, trouble::Trouble};
use std::{collections::BTreeMap, fs, path::Path};

pub const FILE: &str = "demo-passwords";

/// One for each of the demo's people; `is_new` when they have just been made.
pub struct Passwords {
    of: Vec<String>,
    pub is_new: bool,
}

impl Passwords {
    pub fn of(&self, number: usize) -> &str {
        &self.of[number]
    }

    pub fn of_directory(data: &Path) -> Result<Self, Trouble> {
        let file = data.join(FILE);
        let kept = fs::read_to_string(&file).unwrap_or_default();
        let kept: BTreeMap<&str, &str> = kept.lines().filter_map(|line| line.split_once(' ')).collect();
        let known: Option<Vec<String>> = (0..PEOPLE.len())
            .map(|number| kept.get(person(number).to_string().as_str()).map(|kept| (*kept).to_owned()))
            .collect();
        if let Some(of) = known {
            return Ok(Self { of, is_new: false });
        }
        let of: Vec<String> = PEOPLE.iter().map(|_| token::new_password()).collect();
        let lines: Vec<String> = of.iter().enumerate().map(|(number, word)| format!("{} {word}\n", person(number))).collect();
        write_secret(&file, lines.concat().as_bytes())?;
        Ok(Self { of, is_new: true })
    }
}
