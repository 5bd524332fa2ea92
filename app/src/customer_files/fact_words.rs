//! Particulars and answers in words, and back from what was typed.

use crate::i18n::td_string;
use crate::replica::Replica;
use crate::ui::{I18n, course_word, joined, medicine_words, short_day, skin_word, zone_word};
use chrono::NaiveDate;
use domain::{Answer, Cents, Name, PastCourse, Phone, ProfileField as F, ProfileValue as V, SkinType, SpendingMark, Text};

pub fn value_words(i18n: I18n, replica: Replica, value: &V) -> String {
    let today = replica.today();
    let text = |name: &Option<Name>| name.as_ref().map(|name| name.as_str().to_owned());
    let long = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let day = |day: &Option<NaiveDate>| day.map(|day| short_day(i18n, day, today));
    let cents = |cents: &Option<Cents>| cents.map(|cents| cents.to_string());
    match value {
        V::Name(name) => Some(name.as_str().to_owned()),
        V::Phone(phone) => phone.as_ref().map(|phone| phone.as_str().to_owned()),
        V::PhoneAsWritten(v) | V::BirthdayAsWritten(v) | V::Gender(v) | V::Card(v) | V::Source(v) | V::Consultant(v) => text(v),
        V::BloodType(v) | V::Workplace(v) | V::HomePhone(v) => text(v),
        V::Birthday(v) | V::FirstVisit(v) | V::LastVisit(v) => day(v),
        V::SkinType(v) => v.map(|skin| skin_word(i18n, skin).to_owned()),
        V::Referrer(v) => {
            v.map(|id| replica.summary(id).map(|her| her.name).unwrap_or_else(|| td_string!(i18n, file.not_here_flag).to_owned()))
        }
        V::SpendingMark(v) => v.map(|mark| format!("{mark:?}")),
        V::Hobbies(v) | V::Diet(v) => long(v),
        V::SpentBefore(v) | V::BalanceBefore(v) => cents(v),
    }
    .unwrap_or_else(|| td_string!(i18n, file.empty_value).to_owned())
}

/// The field with nothing in it; `None` where it may not be emptied or typed here.
pub fn emptied(field: F) -> Option<V> {
    Some(match field {
        F::Name => V::Name(Name::new("?").ok()?),
        F::Phone => V::Phone(None),
        F::Birthday => V::Birthday(None),
        F::Gender => V::Gender(None),
        F::SkinType => V::SkinType(None),
        F::Card => V::Card(None),
        F::Source => V::Source(None),
        F::Consultant => V::Consultant(None),
        F::SpendingMark => V::SpendingMark(None),
        F::BloodType => V::BloodType(None),
        F::Workplace => V::Workplace(None),
        F::HomePhone => V::HomePhone(None),
        F::Hobbies => V::Hobbies(None),
        F::Diet => V::Diet(None),
        F::PhoneAsWritten
        | F::BirthdayAsWritten
        | F::Referrer
        | F::FirstVisit
        | F::LastVisit
        | F::SpentBefore
        | F::BalanceBefore => {
            return None;
        }
    })
}

/// What the input begins with.
pub fn typed_of(value: &V) -> String {
    let text = |name: &Option<Name>| name.as_ref().map(|name| name.as_str().to_owned());
    match value {
        V::Name(name) => Some(name.as_str().to_owned()),
        V::Phone(phone) => phone.as_ref().map(|phone| phone.as_str().to_owned()),
        V::Gender(v) | V::Card(v) | V::Source(v) | V::Consultant(v) | V::BloodType(v) | V::Workplace(v) | V::HomePhone(v) => {
            text(v)
        }
        V::Birthday(v) => v.map(|day| day.to_string()),
        V::SkinType(v) => v.map(|skin| format!("{skin:?}")),
        V::SpendingMark(v) => v.map(|mark| format!("{mark:?}")),
        V::Hobbies(v) | V::Diet(v) => v.as_ref().map(|text| text.as_str().to_owned()),
        _ => None,
    }
    .unwrap_or_default()
}

/// Why what was typed can't be the field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Text(domain::BadText),
    Phone,
    Day,
    /// A birthday that has not been yet.
    Future,
}

/// Reads what was typed; an empty input empties the field.
pub fn read(field: F, typed: &str, today: NaiveDate) -> Result<Option<V>, Unreadable> {
    let is_empty = typed.trim().is_empty();
    let name = || if is_empty { Ok(None) } else { Name::new(typed).map(Some).map_err(Unreadable::Text) };
    let text = || if is_empty { Ok(None) } else { Text::new(typed).map(Some).map_err(Unreadable::Text) };
    Ok(Some(match field {
        F::Name => V::Name(Name::new(typed).map_err(Unreadable::Text)?),
        F::Phone if is_empty => V::Phone(None),
        F::Phone => V::Phone(Some(Phone::new(typed).map_err(|_| Unreadable::Phone)?)),
        F::Birthday if is_empty => V::Birthday(None),
        F::Birthday => {
            let day: NaiveDate = typed.parse().map_err(|_| Unreadable::Day)?;
            V::Birthday(Some(if day > today { return Err(Unreadable::Future) } else { day }))
        }
        F::Gender => V::Gender(name()?),
        F::Card => V::Card(name()?),
        F::Source => V::Source(name()?),
        F::Consultant => V::Consultant(name()?),
        F::BloodType => V::BloodType(name()?),
        F::Workplace => V::Workplace(name()?),
        F::HomePhone => V::HomePhone(name()?),
        F::Hobbies => V::Hobbies(text()?),
        F::Diet => V::Diet(text()?),
        F::SkinType => V::SkinType(SkinType::ALL.into_iter().find(|skin| format!("{skin:?}") == typed)),
        F::SpendingMark => {
            let marks = [SpendingMark::A, SpendingMark::B, SpendingMark::C];
            V::SpendingMark(marks.into_iter().find(|mark| format!("{mark:?}") == typed))
        }
        F::PhoneAsWritten
        | F::BirthdayAsWritten
        | F::Referrer
        | F::FirstVisit
        | F::LastVisit
        | F::SpentBefore
        | F::BalanceBefore => {
            return Ok(None);
        }
    }))
}

/// An answer with her words and courses, on one line.
pub fn answer_words(i18n: I18n, replica: Replica, answer: &Answer) -> String {
    let courses: Vec<String> = answer.courses.iter().map(|course| past_course_words(i18n, replica, course)).collect();
    let medicines = answer.medicines.iter().map(|one| medicine_words(i18n, one, replica.today()));
    let courses: Vec<String> = courses.into_iter().chain(medicines).collect();
    let words = answer.words.as_ref().map(|words| words.as_str().to_owned()).unwrap_or_default();
    let parts = courses.iter().map(String::as_str).chain(std::iter::once(words.as_str()));
    crate::ui::listed(i18n, parts)
}

pub fn past_course_words(i18n: I18n, replica: Replica, course: &PastCourse) -> String {
    let zone = course.zone.map_or_else(|| td_string!(i18n, zone.unknown), |zone| zone_word(i18n, zone));
    let on = course.on.map_or_else(|| td_string!(i18n, date.unknown).to_owned(), |on| short_day(i18n, on, replica.today()));
    joined(i18n, [course_word(i18n, course.what), zone, on.as_str()])
}
