//! What a file says of her safety. While people contradict one another, or somebody's words wait for a manager, the more careful reading
//! counts.

use super::{Answers, Facts, PatchResult, PatchTest, Reaction, ReactionOutcome, SafetyRules, SkinFinding, TakenMedicine};
use crate::{
    Answer, ClockOffset, Concern, Course, CustomerFile, Field, Ingredient, Name, PastCourse, ProductClass, Question, Said, Salon,
    SetAside, Written,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whose *yes* names courses that may have damaged the skin.
pub const WITH_COURSES: [Question; 2] = [Question::DestructiveHistory, Question::QuickProducts];

impl Facts {
    /// As of that day in the branch's time.
    pub fn of(file: &CustomerFile, salon: &Salon, today: NaiveDate) -> Self {
        let (rules, offset) = (&salon.rules, salon.settings.offset);
        let to = |question| said(file, rules, question, offset, today);
        let known = file.allergies.active().map(|(_, allergy)| &allergy.what);
        let aside = allergies_aside(file).map(|(_, what)| what);
        Self {
            answers: Answers {
                pregnant_or_nursing: to(Question::PregnantOrNursing),
                implant_or_pacemaker: to(Question::ImplantOrPacemaker),
                allergies: to(Question::Allergies),
                medication: to(Question::Medication),
                skin_now: seen(file, offset, today),
                destructive_history: of_both(WITH_COURSES.map(to)),
            },
            history: courses(file).chain(courses_untold(file)).collect(),
            allergies: known.chain(aside).cloned().map(Ingredient::from).collect(),
            medication: medicines(file).collect(),
            skin_now: file.seen_on(offset, today),
            measurements: file.recoveries(salon, offset),
            reactions: file.reactions(offset).into_iter().chain(reactions_aside(file, today)).collect(),
            patch_tests: file.patch_tests_on_record(offset).into_iter().chain(patches_aside(file, today)).collect(),
            last_services: file.services_given(offset),
        }
    }
}

impl CustomerFile {
    /// What was seen of her skin on that day, by each who looked without knowing of the other.
    pub fn looks_on(&self, offset: ClockOffset, day: NaiveDate) -> impl Iterator<Item = (&Vec<SkinFinding>, Written)> {
        let looks = self.skin.iter().flat_map(Field::contenders);
        looks.filter(move |(_, written)| offset.day(written.at) == day)
    }

    /// What any of them saw, each once.
    pub fn seen_on(&self, offset: ClockOffset, day: NaiveDate) -> Vec<SkinFinding> {
        let all: BTreeSet<SkinFinding> = self.looks_on(offset, day).flat_map(|(findings, _)| findings).copied().collect();
        all.into_iter().collect()
    }
}

/// *Not asked* where nobody has looked on that day, two people saw different things, or nobody knows on which day it was.
fn seen(file: &CustomerFile, offset: ClockOffset, today: NaiveDate) -> Said {
    let mut looks = file.looks_on(offset, today);
    match (looks.next(), looks.next()) {
        (Some((_, written)), _) if written.is_clock_off => Said::NotAsked,
        (Some((findings, _)), None) if findings.is_empty() => Said::No,
        (Some(_), None) => Said::Yes,
        (_, _) => Said::NotAsked,
    }
}

/// Two questions that the rules put as one: *no* only where both were answered so.
fn of_both(said: [Said; 2]) -> Said {
    let is_any = |what| said.contains(&what);
    match () {
        () if is_any(Said::NotAsked) => Said::NotAsked,
        () if is_any(Said::Refused) => Said::Refused,
        () if is_any(Said::Yes) => Said::Yes,
        () => Said::No,
    }
}

/// *Not asked* where the answer does not count.
fn said(file: &CustomerFile, rules: &SafetyRules, question: Question, offset: ClockOffset, today: NaiveDate) -> Said {
    let must_ask = must_ask(file, rules, question, offset, today);
    file.answers.get(&question).filter(|_| !must_ask).map_or(Said::NotAsked, |field| field.value.said)
}

/// Never asked, refused, taken back, contested, contradicted by what is known, waiting for a manager, in doubt or too long ago.
pub fn must_ask(file: &CustomerFile, rules: &SafetyRules, question: Question, offset: ClockOffset, today: NaiveDate) -> bool {
    let Some(field) = file.answers.get(&question) else {
        return true;
    };
    let is_answered = readings(file, question).all(|answer| matches!(answer.said, Said::Yes | Said::No));
    // While two people contradict one another, nobody knows.
    let is_contested = readings(file, question).any(|answer| answer.said != field.value.said);
    // *No* beside an allergy that still stands is a contradiction, not an answer; *yes* without one says too little.
    let is_named = file.allergies.active().next().is_some();
    let is_contradicted = question == Question::Allergies && is_named != (field.value.said == Said::Yes);
    let is_aside = file.set_aside.iter().flat_map(|aside| &aside.concerns).any(|concern| match concern {
        Concern::Allergy(_) => question == Question::Allergies,
        Concern::Answer(other) => *other == question,
        Concern::Note | Concern::Withdrawal(_) | Concern::Patch(_) | Concern::Reaction(_) => false,
    });
    let is_old = field.is_out_of_date(rules.answer_days, offset, today);
    is_aside || !is_answered || is_contested || is_contradicted || is_old || file.is_in_doubt(question)
}

/// Every reading of an answer that may be true.
pub fn readings(file: &CustomerFile, question: Question) -> impl Iterator<Item = &Answer> {
    let field: Option<&Field<Answer>> = file.answers.get(&question);
    field.into_iter().flat_map(Field::readings)
}

pub fn said_yes(file: &CustomerFile, question: Question) -> bool {
    readings(file, question).any(|answer| answer.said == Said::Yes)
}

pub fn courses(file: &CustomerFile) -> impl Iterator<Item = PastCourse> {
    WITH_COURSES.into_iter().flat_map(|question| courses_of(file, question))
}

/// She said yes, and nobody wrote down to what: of any kind, anywhere, at any time.
fn courses_untold(file: &CustomerFile) -> impl Iterator<Item = PastCourse> {
    let untold =
        WITH_COURSES.into_iter().filter(|question| said_yes(file, *question) && courses_of(file, *question).next().is_none());
    untold.map(|question| {
        let what = if question == Question::QuickProducts { Course::QuickWhitening } else { Course::Resurfacing };
        PastCourse { what, zone: None, on: None }
    })
}

pub fn courses_of(file: &CustomerFile, question: Question) -> impl Iterator<Item = PastCourse> {
    let yes = readings(file, question).filter(|answer| answer.said == Said::Yes);
    yes.flat_map(|answer| answer.courses.iter().copied())
}

/// What she takes or took, by whoever heard her say yes.
pub fn medicines(file: &CustomerFile) -> impl Iterator<Item = TakenMedicine> {
    let yes = readings(file, Question::Medication).filter(|answer| answer.said == Said::Yes);
    yes.flat_map(|answer| answer.medicines.iter().copied())
}

/// What waits for a manager counts as if it were so.
fn reactions_aside(file: &CustomerFile, on: NaiveDate) -> impl Iterator<Item = Reaction> {
    let aside = file.set_aside.iter().flat_map(|aside| &aside.concerns).filter_map(|concern| match concern {
        Concern::Reaction(classes) => Some(classes),
        _ => None,
    });
    let classes =
        aside.flat_map(|classes| if classes.is_empty() { ProductClass::ALL.to_vec() } else { classes.iter().copied().collect() });
    classes.map(move |class| Reaction { class, outcome: ReactionOutcome::Worse, on, resolved: false })
}

/// Likewise.
fn patches_aside(file: &CustomerFile, on: NaiveDate) -> impl Iterator<Item = PatchTest> {
    let aside = file.set_aside.iter().flat_map(|aside| &aside.concerns).filter_map(|concern| match concern {
        Concern::Patch(product) => Some(product.to_string()),
        _ => None,
    });
    aside.map(move |product| PatchTest { product, on, result: PatchResult::Positive })
}

/// Whoever wrote it may have had no right to, and yet have been told.
pub fn allergies_aside(file: &CustomerFile) -> impl Iterator<Item = (&SetAside, &Name)> {
    file.set_aside.iter().flat_map(|aside| {
        aside.concerns.iter().filter_map(move |concern| match concern {
            Concern::Allergy(what) => Some((aside, what)),
            Concern::Answer(_) | Concern::Note | Concern::Withdrawal(_) | Concern::Patch(_) | Concern::Reaction(_) => None,
        })
    })
}
