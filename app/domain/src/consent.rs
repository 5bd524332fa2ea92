//! What she lets the salon do with what it knows of her (同意, M17-04, M17-05; PIPL 14, 15 and 29): asked purpose by purpose,
//! and taken back as easily as it was given.

use crate::{Concern, CustomerFile, Field, Moment, Past, Stamp, Text, Version, Why, Written, field::by_time};
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

impl Consent {
    /// As of the day on which she said it, from its first hour, where it was written down later.
    fn said(&self, written: Written) -> Written {
        let on = self.said_on.and_then(|on| on.and_hms_opt(0, 0, 0)).map(|on| Moment(on.and_utc().timestamp_millis()));
        Written { at: on.map_or(written.at, |on| on.min(written.at)), ..written }
    }
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

    /// Whether she had withdrawn it when something was done: also where nobody there could know. Where a clock can't tell, she had.
    pub(crate) fn was_withdrawn(&self, purpose: Purpose, done: Written) -> bool {
        let concern = Concern::Withdrawal(purpose);
        let mut aside = self.set_aside.iter().filter(|aside| aside.concerns.contains(&concern));
        let field = self.consents.get(&purpose);
        aside.any(|aside| may_have_come_before(aside.written, done)) || field.is_some_and(|field| field.was_withdrawn(done))
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

impl Field<Consent> {
    /// Saying the same again is another time at which she said it: what was done between the two is told from the first.
    pub(crate) fn hear(&mut self, consent: Consent, stamp: &Stamp) {
        let again = (self.value == consent).then(|| self.as_past());
        self.set(consent, stamp);
        self.past.extend(again);
    }

    /// Likewise where two files of one person say the same.
    pub(crate) fn unite_with(&mut self, theirs: &Self, since: Version) {
        let again = (self.value == theirs.value).then(|| theirs.as_past());
        self.unite(theirs, since, |_| false);
        self.past.extend(again);
        by_time(&mut self.past);
    }

    fn as_past(&self) -> Past<Consent> {
        Past { value: self.value.clone(), written: self.written, why: Why::Replaced }
    }

    fn was_withdrawn(&self, done: Written) -> bool {
        let is_against = |consent: &Consent, written| !consent.is_given && may_have_come_before(consent.said(written), done);
        let stands = is_against(&self.value, self.written) || self.rivals().any(|past| is_against(&past.value, past.written));
        stands
            || self
                .past
                .iter()
                .any(|past| is_against(&past.value, past.written) && !self.was_given_between(past.value.said(past.written), done))
    }

    /// A clock that runs ahead makes an instant too late, never too early: what it says came before has come before.
    fn was_given_between(&self, withdrawn: Written, done: Written) -> bool {
        let is_between = |written: Written| written.at <= done.at && written.at >= withdrawn.at;
        // Whoever gave it back has seen the withdrawal, whatever time its clock told.
        let is_given_back = self.value.is_given && withdrawn.is_clock_off && self.written.at <= done.at;
        let mut given = self.past.iter().filter(|past| past.value.is_given).map(|past| past.written);
        let is_given_now = self.value.is_given && is_between(self.written);
        !done.is_clock_off && (is_given_back || is_given_now || given.any(is_between))
    }
}

fn may_have_come_before(written: Written, done: Written) -> bool {
    written.is_clock_off || written.at <= done.at
}
