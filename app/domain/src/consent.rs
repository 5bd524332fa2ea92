//! What she lets the salon do with what it knows of her (同意, M17-04, M17-05; PIPL 14, 15 and 29): asked purpose by purpose,
//! and taken back as easily as it was given.

use crate::{Concern, CustomerFile, Field, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Keep what she says of her health: answers, allergies.
    HealthRecord,
    /// Call or write to her after a treatment, and about appointments.
    CareContact,
    /// News and offers.
    Offers,
    /// Photos of her skin, for her file.
    Photos,
    /// Her photos shown to others.
    PhotosShown,
}

impl Purpose {
    pub const ALL: [Self; 5] = [Self::HealthRecord, Self::CareContact, Self::Offers, Self::Photos, Self::PhotosShown];
}

/// The way in which she said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowGiven {
    InPerson,
    OnPaper,
    ByPhone,
    ByMessage,
}

impl HowGiven {
    pub const ALL: [Self; 4] = [Self::InPerson, Self::OnPaper, Self::ByPhone, Self::ByMessage];
}

/// What she said for one purpose: given, or withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    pub is_given: bool,
    pub how: HowGiven,
    /// `None` where it was the day on which it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
}

/// What follows from all that was recorded for one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    Given,
    NotAsked,
    Withdrawn,
}

impl CustomerFile {
    /// A missing answer is never a yes. While two people contradict one another, or what somebody recorded waits for a manager,
    /// the withdrawal counts: nobody is approached or photographed by mistake.
    pub fn allows(&self, purpose: Purpose) -> Permission {
        let field = self.consents.get(&purpose);
        let is_withdrawn = field.into_iter().flat_map(Field::readings).any(|consent| !consent.is_given);
        let mut aside = self.set_aside.iter().flat_map(|aside| &aside.concerns);
        match field {
            _ if is_withdrawn || aside.any(|concern| *concern == Concern::Withdrawal(purpose)) => Permission::Withdrawn,
            Some(_) => Permission::Given,
            None => Permission::NotAsked,
        }
    }

    /// What she has withdrawn, in the order in which purposes are asked.
    pub fn withdrawn(&self) -> impl Iterator<Item = Purpose> {
        Purpose::ALL.into_iter().filter(|purpose| self.allows(*purpose) == Permission::Withdrawn)
    }

    /// Of what a call may be for, what she has withdrawn: while there is any, her number does not invite to be called.
    pub fn calls_withdrawn(&self) -> impl Iterator<Item = Purpose> {
        self.withdrawn().filter(|purpose| matches!(purpose, Purpose::CareContact | Purpose::Offers))
    }
}
