//! The few words of a file that lists and searches need, sealed apart from the rest.

use chrono::{NaiveDate, NaiveTime};
use domain::{CustomerFile, CustomerId, Phone, ProfileField, ProfileValue, RoomId, ServiceId, Shown, StaffId, VisitId};
use serde::{Deserialize, Serialize};
use sync::CustomerRow;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub id: CustomerId,
    pub name: String,
    pub pinyin: String,
    pub initials: String,
    pub phone_tail: Option<String>,
    /// The whole number, where this device may hold it.
    #[serde(default)]
    pub phone: Option<Phone>,
    pub card: Option<String>,
    pub latest_on: Option<NaiveDate>,
    pub visits: Vec<NearVisit>,
    /// Two people wrote different things, and nobody has looked at both.
    #[serde(default)]
    pub is_to_check: bool,
    #[serde(default)]
    pub is_deletion_asked: bool,
    /// Something that was said of her waits for a manager.
    #[serde(default)]
    pub is_set_aside: bool,
    /// Other files that hers shows.
    #[serde(default)]
    pub joined: Vec<CustomerId>,
    /// What she is called in those.
    #[serde(default)]
    pub also_called: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NearVisit {
    pub on: NaiveDate,
    pub at: Option<NaiveTime>,
    pub id: VisitId,
    pub beautician: StaffId,
    pub room: Option<RoomId>,
    pub service: Option<ServiceId>,
}

/// The latest visits that a summary carries; older ones are in the file.
const VISITS: usize = 6;
/// Fewer digits than these are the end of a number, or none.
const PHONE_TAIL: usize = 4;

/// Looked for only where another file is shown with hers: who corrects a name means that it was wrong.
fn also_called(file: &CustomerFile) -> Vec<String> {
    let field = match file.profile.field(ProfileField::Name) {
        Some(Shown::Known(field)) if !file.joined.is_empty() => field,
        Some(Shown::Known(_) | Shown::Withheld) | None => return Vec::new(),
    };
    let name = |value: &ProfileValue| match value {
        ProfileValue::Name(name) => Some(name.as_str().to_owned()),
        _ => None,
    };
    field.past.iter().filter_map(|past| name(&past.value)).collect()
}

impl Summary {
    pub fn of(row: &CustomerRow) -> Self {
        let file = &row.file;
        let near = |(id, visit): (&VisitId, &domain::Visit)| NearVisit {
            on: visit.on,
            at: visit.at,
            id: *id,
            beautician: visit.beautician,
            room: visit.room,
            service: visit.service,
        };
        let mut visits: Vec<NearVisit> = file.visits.iter().map(near).collect();
        visits.sort();
        visits.drain(..visits.len().saturating_sub(VISITS));
        Self {
            id: file.id,
            name: file.name().map(|name| name.as_str().to_owned()).unwrap_or_default(),
            pinyin: row.pinyin.clone(),
            initials: row.initials.clone(),
            phone_tail: row.phone_tail.clone(),
            phone: file.phone().cloned(),
            card: file.card().map(|card| card.as_str().to_owned()),
            latest_on: file.latest_day(),
            visits,
            is_to_check: file.is_to_check(),
            is_deletion_asked: !file.deletion_asked.is_empty(),
            is_set_aside: !file.set_aside.is_empty(),
            joined: file.joined.keys().copied().collect(),
            also_called: also_called(file),
        }
    }

    /// Any part of the name, pinyin from its beginning or any syllable run, initials, the phone's last four or, where it is held,
    /// any longer part of it, the card.
    pub fn matches(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let packed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if packed.is_empty() {
            return false;
        }
        // Chinese names are written with a space or without.
        let name = self.name.to_lowercase();
        name.contains(&typed)
            || self.also_called.iter().any(|called| called.to_lowercase().contains(&typed))
            || name.replace(' ', "").contains(&packed)
            || self.initials.starts_with(&packed)
            || self.pinyin.contains(&packed)
            || self.phone_tail.as_deref() == Some(packed.as_str())
            || self.has_phone_like(&packed)
            || self.card.as_deref().is_some_and(|card| card.to_lowercase().contains(&packed))
    }

    /// She is who somebody is about to write down: of the same name, or with the same phone.
    pub fn is_like(&self, name: &str, phone: Option<&Phone>) -> bool {
        let has_phone = match (&self.phone, &self.phone_tail, phone) {
            (Some(held), _, Some(phone)) => held == phone,
            // Where only the end of it is held, that has to do.
            (None, Some(tail), Some(phone)) => tail == phone.tail(),
            _ => false,
        };
        has_phone || (!name.is_empty() && self.name == name)
    }

    fn has_phone_like(&self, typed: &str) -> bool {
        let is_part = |phone: &Phone| {
            let is_number = typed.len() > PHONE_TAIL && typed.bytes().all(|c| c.is_ascii_digit());
            is_number && phone.as_str().contains(typed) || Phone::new(typed).is_ok_and(|typed| typed == *phone)
        };
        self.phone.as_ref().is_some_and(is_part)
    }
}
