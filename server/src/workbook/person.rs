//! One person as the workbook tells her: plain values beside the texts that could not be read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    cells::{
        allergy::Allergy,
        answer::{Answer, Told},
        history::Destructive,
    },
    fields::Field,
    identity::PersonKey,
};

/// A row of a sheet, as the sheet counts it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Default)]
pub struct Place {
    pub sheet: String,
    pub row: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    pub place: Place,
    /// Later rows about the same person.
    pub merged: Vec<Place>,
    /// Her id is derived from it.
    pub key: PersonKey,
    /// All evidence that points to her and to nobody else in the file.
    pub keys: Vec<PersonKey>,
    /// Evidence that others in the file have too: it says who she may be.
    pub shared: Vec<PersonKey>,

    pub name: String,
    pub also_named: Vec<String>,
    /// The first row's card; those of merged rows stand beside it.
    pub card: Option<String>,
    pub other_cards: Vec<String>,
    pub gender: Option<Gender>,
    pub phone: Option<String>,
    pub other_phones: Vec<String>,
    pub birthday: Option<NaiveDate>,
    pub skin: Option<String>,

    pub allergy_answer: Answer,
    pub allergies: Vec<Allergy>,
    pub allergy_text: Option<String>,
    pub history_answer: Answer,
    pub history: Vec<Destructive>,
    pub history_text: Option<String>,
    pub pregnancy: Told,
    pub medication: Told,
    pub implant: Told,

    pub source: Option<String>,
    pub consultant: Option<String>,
    pub kind: Option<Kind>,
    pub first_visit: Option<NaiveDate>,
    pub last_visit: Option<NaiveDate>,
    pub spent_cents: Option<i64>,
    pub balance_cents: Option<i64>,
    pub note: Option<String>,

    /// Optional things of which only the text is known: home phone, workplace, blood type, hobbies, diet, address, WeChat.
    pub details: BTreeMap<Field, String>,
    /// The content of columns that nobody knows.
    pub kept: Vec<Kept>,
    /// What stands in the sheet beside a field that stayed empty.
    pub unread: Vec<Unread>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    Female,
    Male,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    A,
    B,
    C,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    pub head: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    pub field: Field,
    pub original: String,
}

impl Person {
    pub fn unread(&self, field: Field) -> Option<&str> {
        self.unread.iter().find(|unread| unread.field == field).map(|unread| unread.original.as_str())
    }

    /// The note, and below it what stood in columns that have no field: nothing of the sheet is lost.
    pub fn note_with_kept(&self) -> Option<String> {
        let kept = self.kept.iter().map(|kept| format!("{}：{}", kept.head, kept.text));
        let lines: Vec<String> = self.note.iter().cloned().chain(kept).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}
