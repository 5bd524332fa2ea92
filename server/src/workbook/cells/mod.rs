//! What single cells say. Pure functions: a value where the cell is plain, and the reasons why not or what to check.

pub mod allergy;
mod allergy_words;
pub mod answer;
pub mod date;
mod date_words;
pub mod history;
pub mod mark;
pub mod money;
pub mod phone;

use super::problem::Reason;

/// A value, if there is one, and what a person should know about how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    pub value: Option<T>,
    pub reasons: Vec<Reason>,
}

impl<T> Read<T> {
    pub fn blank() -> Self {
        Self { value: None, reasons: Vec::new() }
    }

    pub fn plain(value: T) -> Self {
        Self { value: Some(value), reasons: Vec::new() }
    }

    pub fn noted(value: T, reason: Reason) -> Self {
        Self { value: Some(value), reasons: vec![reason] }
    }

    pub fn unread(reason: Reason) -> Self {
        Self { value: None, reasons: vec![reason] }
    }
}
