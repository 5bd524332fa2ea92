//! The red strip on a customer's file: what must not be used today and why, and what nobody has asked.
//!
//! It reads safety rules S0 to S5 of `decisions` from the file alone, as the gate does, which is asked about one product in one zone.

use crate::{
    Caution::{AskFirst, Forbid, NeedsSenior},
    ClockOffset, Course, CustomerFile, Kinds, Moment, Name, PastCourse, Permission, Purpose, Question, SafetyRules, Said,
    TakenMedicine, Text, Verdict, Zone,
    gate::facts::{WITH_COURSES, allergies_aside, courses, courses_of, must_ask, readings, said_yes},
    time::later,
};
use chrono::NaiveDate;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Avoid {
    Kinds(Kinds),
    Ingredient(Name),
    /// Services that use current or radio frequency.
    Current,
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
    /// S4
    Medicine(TakenMedicine),
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

/// Reads one file as of a moment. A missing answer is never a safe one.
pub fn red_strip(file: &CustomerFile, rules: &SafetyRules, offset: ClockOffset, now: Moment) -> RedStrip {
    let today = offset.day(now);
    let mut entries = Vec::new();
    let known =
        file.allergies.active().map(|(_, allergy)| (&allergy.what, Why::Allergy { since: offset.day(allergy.written.at) }));
    let aside = allergies_aside(file).map(|(aside, what)| (what, Why::SetAside { since: offset.day(aside.written.at) }));
    for (what, why) in known.chain(aside) {
        let avoid = Avoid::Ingredient(what.clone());
        if !entries.iter().any(|(_, other, _)| *other == avoid) {
            entries.push((Forbid, avoid, why));
        }
    }
    for course in courses(file) {
        entries.push(after_course(rules, course, today));
    }
    if WITH_COURSES.into_iter().any(|question| said_yes(file, question) && courses_of(file, question).next().is_none()) {
        entries.push((NeedsSenior, Avoid::Kinds(rules.after_course.clone()), Why::CourseUnknown));
    }
    if said_yes(file, Question::PregnantOrNursing) {
        entries.push((Forbid, Avoid::Kinds(rules.in_pregnancy.clone()), Why::PregnantOrNursing));
    }
    if said_yes(file, Question::ImplantOrPacemaker) {
        entries.push((Forbid, Avoid::Current, Why::ImplantOrPacemaker));
    }
    // Two who contradict one another may each have been told of another medicine.
    for answer in readings(file, Question::Medication).filter(|answer| answer.said == Said::Yes) {
        let avoid = || Avoid::Kinds(rules.on_medication.clone());
        if answer.medicines.is_empty() {
            entries.push((AskFirst, avoid(), Why::Medication { words: answer.words.clone() }));
        }
        for medicine in &answer.medicines {
            let caution = match rules.on(*medicine, today) {
                Verdict::Forbid => Forbid,
                Verdict::AskFirst => AskFirst,
                Verdict::NeedsSenior => NeedsSenior,
                Verdict::Allow => continue,
            };
            entries.push((caution, avoid(), Why::Medicine(*medicine)));
        }
    }
    entries.sort_by_key(|(caution, ..)| *caution);
    let unasked = Question::ALL
        .into_iter()
        .filter(|question| question.is_for_safety() && must_ask(file, rules, *question, offset, today))
        .collect();
    let is_health_withdrawn = file.allows(Purpose::HealthRecord) == Permission::Withdrawn;
    RedStrip { entries, unasked, set_aside: file.set_aside.len(), is_health_withdrawn }
}

fn after_course(rules: &SafetyRules, course: PastCourse, today: NaiveDate) -> (Caution, Avoid, Why) {
    // Forbidden while it is less than thirty days ago: the twenty-ninth day after is the last.
    let last = |on| later(on, u64::from(rules.forbidden_days).saturating_sub(1));
    let until = course.on.map(last).filter(|until| today <= *until);
    let caution = if until.is_some() { Forbid } else { NeedsSenior };
    let why = Why::Course { what: course.what, zone: course.zone, on: course.on, until };
    (caution, Avoid::Kinds(rules.after_course.clone()), why)
}
