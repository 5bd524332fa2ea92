//! A person of the workbook as a new file. What could not be read stays beside the empty field, word for word.

use crate::workbook::{
    Field, Gender, Kind, Person, PersonKey,
    cells::{
        answer::{Answer as Said, Told},
        history::Destructive,
    },
};
use domain::{
    Action, AllergyTag, Answer, BranchId, Cents, Course, CustomerId, Name, NewCustomer, NoteId, PastCourse, Phone, ProfileValue,
    Question, SkinType, SpendingMark, Text,
};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The same person of the same sheet gets the same id, so that a second import finds her.
pub fn id_of(key: &PersonKey, branch: BranchId) -> CustomerId {
    CustomerId::new(Builder::from_custom_bytes(key.digest(&branch.to_string())).into_uuid())
}

pub fn add(person: &Person, branch: BranchId) -> Action {
    let customer = id_of(&person.key, branch);
    let name = Name::new(&cut(&person.name, Name::MOST)).or_else(|_| Name::new("未留姓名"));
    let mut card = NewCustomer::named(name.unwrap_or_else(|_| unreachable!("a fixed name is a name")));
    card.profile = profile(person);
    card.answers = answers(person);
    card.allergies = allergies(person, customer);
    card.notes = notes(person, customer);
    Action::AddCustomer { customer, card: Box::new(card) }
}

pub(super) fn profile(person: &Person) -> Vec<ProfileValue> {
    let line = |text: &Option<String>| text.as_deref().and_then(short);
    let detail = |field: Field| person.details.get(&field).map(String::as_str);
    let unread = |field: Field| person.unread(field).and_then(short);
    [
        person.phone.as_deref().and_then(|phone| Phone::new(phone).ok()).map(|phone| ProfileValue::Phone(Some(phone))),
        unread(Field::Phone).map(|text| ProfileValue::PhoneAsWritten(Some(text))),
        person.birthday.map(|day| ProfileValue::Birthday(Some(day))),
        unread(Field::Birthday).map(|text| ProfileValue::BirthdayAsWritten(Some(text))),
        person.gender.map(|gender| ProfileValue::Gender(short(if gender == Gender::Male { "男" } else { "女" }))),
        person.skin.as_deref().and_then(skin_type).map(|skin| ProfileValue::SkinType(Some(skin))),
        line(&person.card).map(|card| ProfileValue::Card(Some(card))),
        line(&person.source).map(|source| ProfileValue::Source(Some(source))),
        line(&person.consultant).map(|consultant| ProfileValue::Consultant(Some(consultant))),
        person.kind.map(|kind| ProfileValue::SpendingMark(Some(mark(kind)))),
        detail(Field::BloodType).and_then(short).map(|text| ProfileValue::BloodType(Some(text))),
        detail(Field::Workplace).and_then(short).map(|text| ProfileValue::Workplace(Some(text))),
        detail(Field::HomePhone).and_then(short).map(|text| ProfileValue::HomePhone(Some(text))),
        detail(Field::Hobbies).and_then(long).map(|text| ProfileValue::Hobbies(Some(text))),
        detail(Field::Diet).and_then(long).map(|text| ProfileValue::Diet(Some(text))),
        person.first_visit.map(|day| ProfileValue::FirstVisit(Some(day))),
        person.last_visit.map(|day| ProfileValue::LastVisit(Some(day))),
        person.spent_cents.map(|cents| ProfileValue::SpentBefore(Some(Cents(cents)))),
        person.balance_cents.map(|cents| ProfileValue::BalanceBefore(Some(Cents(cents)))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An answer from the sheet is as old as her last visit; where no visit is known, too old to count.
fn answers(person: &Person) -> Vec<(Question, Answer)> {
    let said_on = person.last_visit.or(person.first_visit).or(Some(Answer::UNDATED));
    let told = |question, said: Said, words: Option<&str>, courses| {
        let said = match said {
            Said::Yes => domain::Said::Yes,
            Said::No => domain::Said::No,
            Said::Refused => domain::Said::Refused,
            Said::NotAsked => return None,
        };
        Some((question, Answer { words: words.and_then(long), said_on, courses, ..Answer::just(said) }))
    };
    let plain = |question, told_of: &Told| told(question, told_of.answer, told_of.text.as_deref(), Vec::new());
    let courses = person.history.iter().map(|what| PastCourse { what: course(*what), zone: None, on: None }).collect();
    [
        told(Question::Allergies, person.allergy_answer, person.allergy_text.as_deref(), Vec::new()),
        told(Question::DestructiveHistory, person.history_answer, person.history_text.as_deref(), courses),
        plain(Question::PregnantOrNursing, &person.pregnancy),
        plain(Question::Medication, &person.medication),
        plain(Question::ImplantOrPacemaker, &person.implant),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn allergies(person: &Person, customer: CustomerId) -> Vec<(AllergyTag, Name, Option<Text>)> {
    let one = |(i, allergy): (usize, &crate::workbook::cells::allergy::Allergy)| {
        let tag = AllergyTag::new(derived(customer, &format!("allergy {i}")));
        Some((tag, short(&allergy.substance)?, allergy.remark.as_deref().and_then(long)))
    };
    person.allergies.iter().enumerate().filter_map(one).collect()
}

/// The same with tags that follow from what she does not bear: other ones may have come before it since.
pub(super) fn allergies_by_name(person: &Person, customer: CustomerId) -> Vec<(AllergyTag, Name, Option<Text>)> {
    let named = |(_, what, remark): (AllergyTag, Name, Option<Text>)| {
        (AllergyTag::new(derived(customer, &format!("allergy {}", what.as_str()))), what, remark)
    };
    allergies(person, customer).into_iter().map(named).collect()
}

/// The sheet's own remark, and below it everything that has no field here.
pub(super) fn notes(person: &Person, customer: CustomerId) -> Vec<(NoteId, Text)> {
    let other = |label: &str, values: &[String]| (!values.is_empty()).then(|| format!("{label}：{}", values.join("、")));
    let placed =
        [Field::BloodType, Field::Workplace, Field::HomePhone, Field::Hobbies, Field::Diet, Field::Phone, Field::Birthday];
    let details = person
        .details
        .iter()
        .filter(|(field, _)| !placed.contains(field))
        .map(|(field, text)| format!("{}：{text}", field.label()));
    let unread = person.unread.iter().filter(|unread| !placed.contains(&unread.field));
    let skin = person.skin.as_deref().filter(|skin| skin_type(skin).is_none()).map(|skin| format!("肤质：{skin}"));
    let lines: Vec<String> = [
        person.note_with_kept(),
        other("又名", &person.also_named),
        other("其他卡号", &person.other_cards),
        other("其他电话", &person.other_phones),
        skin,
    ]
    .into_iter()
    .flatten()
    .chain(details)
    .chain(unread.map(|unread| format!("{}：{}", unread.field.label(), unread.original)))
    .collect();
    let text = long(&lines.join("\n"));
    text.map(|text| (NoteId::new(derived(customer, "note")), text)).into_iter().collect()
}

fn derived(customer: CustomerId, what: &str) -> Uuid {
    let hash = Sha256::digest(format!("{customer} {what}"));
    Builder::from_custom_bytes(std::array::from_fn(|i| hash[i])).into_uuid()
}

fn skin_type(written: &str) -> Option<SkinType> {
    let has = |words: &[&str]| words.iter().any(|word| written.contains(word));
    match () {
        () if has(&["敏感"]) => Some(SkinType::Sensitive),
        () if has(&["混"]) => Some(SkinType::Combination),
        () if has(&["干"]) => Some(SkinType::Dry),
        () if has(&["油"]) => Some(SkinType::Oily),
        () if has(&["中性"]) => Some(SkinType::Normal),
        () => None,
    }
}

fn mark(kind: Kind) -> SpendingMark {
    match kind {
        Kind::A => SpendingMark::A,
        Kind::B => SpendingMark::B,
        Kind::C => SpendingMark::C,
    }
}

fn course(what: Destructive) -> Course {
    match what {
        Destructive::Laser => Course::Laser,
        Destructive::Rejuvenation => Course::Resurfacing,
        Destructive::Abrasion => Course::Dermabrasion,
        Destructive::Resurfacing => Course::Peel,
        Destructive::AcidPeel => Course::Acid,
        Destructive::QuickWhitening => Course::QuickWhitening,
    }
}

fn short(text: &str) -> Option<Name> {
    Name::new(&cut(text, Name::MOST)).ok()
}

fn long(text: &str) -> Option<Text> {
    Text::new(&cut(text, Text::MOST)).ok()
}

fn cut(text: &str, most: usize) -> String {
    text.trim().chars().take(most).collect()
}
