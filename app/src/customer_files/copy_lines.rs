//! Everything that is known of her, in lines of what, who and when.

use super::fact_words::{answer_words, value_words};
use super::overview::FACTS;
use crate::api::Waiting;
use crate::care::{patch_words, use_words};
use crate::consents::consent_words;
use crate::contacts::talk_words;
use crate::entries::{action_detail, action_words};
use crate::i18n::td_string;
use crate::plan::slip_words;
use crate::replica::use_replica;
use crate::skin::measurement_words;
use crate::treatment::event_words;
use crate::ui::{I18n, clock, day, field_word, joined, purpose_name, question_name, said_word};
use domain::{Answer, CustomerFile, HowRead, ProfileField, ProfileValue, Purpose, Question, Reading, Shown, Written};

/// Below a heading: what, the words, and who wrote it when.
pub type Lines = Vec<(String, String, String)>;

pub fn particulars(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let one = |field, value: &ProfileValue, written| {
        (field_word(i18n, field).to_owned(), value_words(i18n, replica, value), by(written))
    };
    let lines = |field: &ProfileField| match file.profile.field(*field) {
        Some(Shown::Known(held)) => {
            let now = (!held.value.is_empty()).then(|| one(*field, &held.value, held.written));
            let before = held.past.iter().filter(|past| !past.value.is_empty());
            let before = before.map(|past| formerly(i18n, one(*field, &past.value, past.written)));
            now.into_iter().chain(before).collect::<Lines>()
        }
        Some(Shown::Withheld) | None => Vec::new(),
    };
    FACTS.iter().flat_map(lines).collect()
}

pub fn answers(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let one = |question, answer: &Answer, written| {
        let said = joined(i18n, [said_word(i18n, answer.said), &answer_words(i18n, replica, answer)]);
        (question_name(i18n, question).to_owned(), said, by(written))
    };
    let lines = |question| {
        let field = file.answers.get(&question);
        let now = field.map(|field| one(question, &field.value, field.written));
        let before = field.into_iter().flat_map(|field| &field.past);
        let before = before.map(|past| formerly(i18n, one(question, &past.value, past.written)));
        now.into_iter().chain(before).collect::<Lines>()
    };
    Question::ALL.into_iter().flat_map(lines).collect()
}

/// What stood there before is hers to know as well.
fn formerly(i18n: I18n, (what, said, by): (String, String, String)) -> (String, String, String) {
    (td_string!(i18n, copy.before, what = what), said, by)
}

/// What waits for a manager is not in the file, but it is known of her.
pub fn set_aside(i18n: I18n, waiting: &[Waiting], by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let line = |waiting: &Waiting| {
        let detail = action_detail(i18n, replica, &waiting.action).unwrap_or_default();
        let said = joined(i18n, [action_words(i18n, replica, Some(&waiting.action)).as_str(), detail.as_str()]);
        (String::new(), said, by(waiting.written))
    };
    waiting.iter().map(line).collect()
}

pub fn allergies(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let remark = |allergy: &domain::Allergy| allergy.remark.as_ref().map(|remark| remark.as_str().to_owned()).unwrap_or_default();
    let active =
        file.allergies.active().map(|(_, allergy)| (allergy.what.as_str().to_owned(), remark(allergy), by(allergy.written)));
    let resolved = file.allergies.resolved().map(|(allergy, resolution)| {
        let why = td_string!(i18n, copy.resolved, why = resolution.reason.as_str());
        (allergy.what.as_str().to_owned(), joined(i18n, [remark(allergy).as_str(), why.as_str()]), by(resolution.written))
    });
    active.chain(resolved).collect()
}

pub fn readers(i18n: I18n, readings: &[Reading], by: &impl Fn(Written) -> String) -> Lines {
    let how = |how| match how {
        HowRead::Opened | HowRead::Shown => td_string!(i18n, copy.opened),
        HowRead::Copied => td_string!(i18n, copy.copied),
    };
    let written = |reading: &Reading| Written { by: reading.by, at: reading.at, is_clock_off: reading.is_clock_off };
    readings.iter().map(|reading| (how(reading.how).to_owned(), String::new(), by(written(reading)))).collect()
}

/// With all that she said before, oldest first: a copy that left a withdrawal out would say too little.
pub fn consents(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let of = |purpose: &Purpose| {
        let field = file.consents.get(purpose);
        let past = field.into_iter().flat_map(|field| field.past.iter().map(|past| (&past.value, past.written)));
        past.chain(field.map(|field| (&field.value, field.written))).collect::<Vec<_>>()
    };
    let line = |purpose: Purpose| {
        let words = move |(consent, written): (&domain::Consent, Written)| {
            (purpose_name(i18n, purpose).to_owned(), consent_words(i18n, consent), by(written))
        };
        of(&purpose).into_iter().map(words).collect::<Lines>()
    };
    Purpose::ALL.into_iter().flat_map(line).collect()
}

pub fn contacts(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let line = |contact: &domain::Contact| {
        let text = contact.talk.text.as_ref().map(|text| text.as_str()).unwrap_or_default();
        let despite = if contact.is_despite(file) { td_string!(i18n, contacts.despite) } else { "" };
        let said = joined(i18n, [talk_words(i18n, &contact.talk).as_str(), despite, text]);
        (String::new(), said, by(contact.written))
    };
    file.contacts.values().map(line).collect()
}

pub fn uses(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let Some(salon) = use_replica().salon() else { return Lines::new() };
    let line = |used: &domain::Use| (String::new(), use_words(i18n, &salon, &used.is), by(used.written));
    file.uses.values().map(line).collect()
}

pub fn treatments(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let events = file.treatments.values().flat_map(domain::Treatment::events);
    events.map(|happened| (String::new(), event_words(i18n, replica, &happened.is), by(happened.written))).collect()
}

pub fn measurements(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let line = |taken: &domain::Taken| (String::new(), measurement_words(i18n, replica, &taken.is), by(taken.written));
    file.measurements.values().map(line).collect()
}

pub fn patches(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let line = |patch: &domain::Patch| (String::new(), patch_words(i18n, replica, &patch.is), by(patch.written));
    file.patches.values().map(line).collect()
}

pub fn slips(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let line = |slip: &domain::Prescribed| (String::new(), slip_words(i18n, replica, &slip.is), by(slip.written));
    file.prescriptions.values().map(line).collect()
}

pub fn visits(i18n: I18n, file: &CustomerFile) -> Lines {
    let replica = use_replica();
    let (salon, today) = (replica.salon(), replica.today());
    let mut visits: Vec<_> = file.visits.values().collect();
    visits.sort_by_key(|visit| (visit.on, visit.at));
    let line = |visit: &domain::Visit| {
        let service = visit.service.zip(salon.as_ref()).and_then(|(id, salon)| salon.services.get(&id));
        let who = salon.as_ref().and_then(|salon| salon.person(visit.beautician));
        let what = service.map(|service| service.name.as_str()).unwrap_or_default();
        let time = visit.at.map(clock).unwrap_or_default();
        let who = who.map(|person| person.name.as_str()).unwrap_or_default();
        let state = if visit.on >= today { td_string!(i18n, copy.booked) } else { "" };
        (day(i18n, visit.on, today), joined(i18n, [time.as_str(), what, who, state]), String::new())
    };
    visits.into_iter().map(line).collect()
}
