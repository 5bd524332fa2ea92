//! The red strip on a customer's file: what must not be used today and why, and what nobody has asked.
//!
//! It reads safety rules S0 to S5 of `decisions` from the file alone. Products, zones under treatment and measurements
//! come with the gate, which stands on the same reading.

use crate::{
    Answer, ClockOffset, Concern, Course, CustomerFile, Field, Moment, Name, PastCourse, Permission, Purpose, Question, Said,
    Text, Zone, time::later,
};
use chrono::NaiveDate;

/// A destructive course forbids for this long (S1), then needs a senior until twice measured in the recovery range (S1b).
const FORBIDDEN_DAYS: u64 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProductClass {
    Whitening,
    Acid,
    Retinoid,
    Exfoliant,
    EssentialOil,
    Depilatory,
    SalicylicAcid,
    /// Services that use current or radio frequency.
    Current,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Avoid {
    Classes(&'static [ProductClass]),
    Ingredient(Name),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caution {
    Forbid,
    AskFirst,
    NeedsSenior,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// S2
    Allergy { since: NaiveDate },
    /// S1, S1b; `until` is the last day on which it is forbidden outright.
    Course { what: Course, zone: Option<Zone>, on: Option<NaiveDate>, until: Option<NaiveDate> },
    /// S3
    PregnantOrNursing,
    /// S4; which medicine must be asked where her words don't tell.
    Medication { words: Option<Text> },
    /// S5
    ImplantOrPacemaker,
    /// S2, of an entry that a manager has not decided about yet.
    SetAside { since: NaiveDate },
    /// S1: yes, but which course and when is not written down.
    CourseUnknown,
}

/// What the strip shows, worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedStrip {
    pub entries: Vec<(Caution, Avoid, Why)>,
    /// Safety questions without a valid answer: never asked, refused, taken back, contested, or older than their validity.
    pub unasked: Vec<Question>,
    /// Entries about her safety that are not in the file, until a manager has decided.
    pub set_aside: usize,
    /// She no longer wants what she says of her health to be kept: whoever treats her asks a manager first. What is known stays above.
    pub is_health_withdrawn: bool,
}

impl RedStrip {
    /// Nothing is forbidden, all was asked, *and* nothing was left out.
    pub const fn is_clear(&self) -> bool {
        self.entries.is_empty() && self.unasked.is_empty() && self.set_aside == 0 && !self.is_health_withdrawn
    }
}

/// Whose *yes* names courses that may have damaged the skin.
const WITH_COURSES: [Question; 2] = [Question::DestructiveHistory, Question::QuickProducts];
const AFTER_COURSE: &[ProductClass] =
    &[ProductClass::Whitening, ProductClass::Acid, ProductClass::Retinoid, ProductClass::Exfoliant];
const IN_PREGNANCY: &[ProductClass] =
    &[ProductClass::Retinoid, ProductClass::EssentialOil, ProductClass::Depilatory, ProductClass::SalicylicAcid];
const ON_MEDICATION: &[ProductClass] = &[ProductClass::Acid, ProductClass::Exfoliant, ProductClass::Depilatory];
const WITH_IMPLANT: &[ProductClass] = &[ProductClass::Current];

/// Reads one file as of a moment. A missing answer is never a safe one.
pub fn red_strip(file: &CustomerFile, offset: ClockOffset, now: Moment) -> RedStrip {
    let today = offset.day(now);
    let mut entries = Vec::new();
    let known = file.allergies.active().map(|(_, allergy)| {
        (Caution::Forbid, Avoid::Ingredient(allergy.what.clone()), Why::Allergy { since: offset.day(allergy.written.at) })
    });
    for entry in known.chain(allergies_aside(file, offset)) {
        if !entries.iter().any(|(_, avoid, _)| *avoid == entry.1) {
            entries.push(entry);
        }
    }
    for course in courses(file) {
        entries.push(after_course(course, today));
    }
    if WITH_COURSES.into_iter().any(|question| said_yes(file, question) && courses_of(file, question).next().is_none()) {
        entries.push((Caution::NeedsSenior, Avoid::Classes(AFTER_COURSE), Why::CourseUnknown));
    }
    if said_yes(file, Question::PregnantOrNursing) {
        entries.push((Caution::Forbid, Avoid::Classes(IN_PREGNANCY), Why::PregnantOrNursing));
    }
    if said_yes(file, Question::ImplantOrPacemaker) {
        entries.push((Caution::Forbid, Avoid::Classes(WITH_IMPLANT), Why::ImplantOrPacemaker));
    }
    // Two who contradict one another may each have been told of another medicine.
    for answer in readings(file, Question::Medication).filter(|answer| answer.said == Said::Yes) {
        entries.push((Caution::AskFirst, Avoid::Classes(ON_MEDICATION), Why::Medication { words: answer.words.clone() }));
    }
    entries.sort_by_key(|(caution, ..)| *caution);
    let unasked = Question::ALL
        .into_iter()
        .filter(|question| question.is_for_safety())
        .filter(|question| must_ask(file, *question, offset, today) || file.is_in_doubt(*question))
        .collect();
    let is_health_withdrawn = file.allows(Purpose::HealthRecord) == Permission::Withdrawn;
    RedStrip { entries, unasked, set_aside: file.set_aside.len(), is_health_withdrawn }
}

/// Whoever wrote it may have had no right to, and yet have been told.
fn allergies_aside(file: &CustomerFile, offset: ClockOffset) -> impl Iterator<Item = (Caution, Avoid, Why)> {
    file.set_aside.iter().flat_map(move |aside| {
        aside.concerns.iter().filter_map(move |concern| match concern {
            Concern::Allergy(what) => {
                let why = Why::SetAside { since: offset.day(aside.written.at) };
                Some((Caution::Forbid, Avoid::Ingredient(what.clone()), why))
            }
            Concern::Answer(_) | Concern::Note | Concern::Withdrawal(_) => None,
        })
    })
}

/// Every reading of an answer that may be true: while two people contradict one another, the more careful one counts.
fn readings(file: &CustomerFile, question: Question) -> impl Iterator<Item = &Answer> {
    let field: Option<&Field<Answer>> = file.answers.get(&question);
    field.into_iter().flat_map(Field::readings)
}

fn concerns(file: &CustomerFile) -> impl Iterator<Item = &Concern> {
    file.set_aside.iter().flat_map(|aside| &aside.concerns)
}

fn said_yes(file: &CustomerFile, question: Question) -> bool {
    readings(file, question).any(|answer| answer.said == Said::Yes)
}

fn courses(file: &CustomerFile) -> impl Iterator<Item = PastCourse> {
    WITH_COURSES.into_iter().flat_map(|question| courses_of(file, question))
}

fn courses_of(file: &CustomerFile, question: Question) -> impl Iterator<Item = PastCourse> {
    let yes = readings(file, question).filter(|answer| answer.said == Said::Yes);
    yes.flat_map(|answer| answer.courses.iter().copied())
}

fn after_course(course: PastCourse, today: NaiveDate) -> (Caution, Avoid, Why) {
    // Forbidden while it is less than thirty days ago: the twenty-ninth day after is the last.
    let until = course.on.map(|on| later(on, FORBIDDEN_DAYS - 1)).filter(|until| today <= *until);
    let caution = if until.is_some() { Caution::Forbid } else { Caution::NeedsSenior };
    (caution, Avoid::Classes(AFTER_COURSE), Why::Course { what: course.what, zone: course.zone, on: course.on, until })
}

fn must_ask(file: &CustomerFile, question: Question, offset: ClockOffset, today: NaiveDate) -> bool {
    let Some(field) = file.answers.get(&question) else {
        return true;
    };
    let is_answered = readings(file, question).all(|answer| matches!(answer.said, Said::Yes | Said::No));
    // While two people contradict one another, nobody knows.
    let is_contested = readings(file, question).any(|answer| answer.said != field.value.said);
    // *No* beside an allergy that still stands is a contradiction, not an answer; *yes* without one says too little.
    let is_named = file.allergies.active().next().is_some();
    let is_contradicted = question == Question::Allergies && is_named != (field.value.said == Said::Yes);
    let is_aside = concerns(file).any(|concern| match concern {
        Concern::Allergy(_) => question == Question::Allergies,
        Concern::Answer(other) => *other == question,
        Concern::Note | Concern::Withdrawal(_) => false,
    });
    is_aside || !is_answered || is_contested || is_contradicted || field.is_out_of_date(offset, today)
}
