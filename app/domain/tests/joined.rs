//! Two files of one person are shown as one, and can be taken apart again.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, CautionWhy, Change, CustomerFile, Doubtful, FileChange, Objection, ProfileField, ProfileValue, Question,
    Refusal, Said, Scope, Shown, Stamp, Version, asked_late, decide,
};
use support::{Tablet, customer, file_of, name, note, salon, strip, tag, text};

/// The salon's two files, each as it is stored.
struct Two {
    hers: CustomerFile,
    other: CustomerFile,
}

impl Two {
    fn new() -> Self {
        let (hers, mut other) = (file_of("林晓雨"), file_of("林小雨"));
        other.id = customer(2);
        Self { hers, other }
    }

    fn head(&self) -> Version {
        self.hers.version.max(self.other.version)
    }

    fn try_to(&mut self, stamp: &Stamp, action: &Action) -> Result<(), Objection> {
        let salon = salon();
        let both = [&self.hers, &self.other];
        let find = |id| both.into_iter().find(|file| Some(file.id) == id);
        let scope = Scope { salon: &salon, file: find(action.customer()), other: find(action.other()) };
        let changes = decide(scope, stamp, action)?;
        for file in [&mut self.hers, &mut self.other] {
            let of_it: Vec<Change> = changes.iter().filter(|change| change.file() == Some(file.id)).cloned().collect();
            *file = CustomerFile::after(Some(file.clone()), &of_it, stamp).unwrap();
        }
        Ok(())
    }

    /// Recorded by somebody who had seen so much.
    fn done(&mut self, by: Tablet, seen: Version, action: &Action) {
        let stamp = by.stamp(seen, Version(self.head().0 + 1));
        self.try_to(&stamp, action).unwrap();
    }

    fn join(&mut self) {
        self.done(Tablet::new(9), self.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });
    }

    fn part(&mut self) {
        self.done(Tablet::new(9).later(), self.head(), &Action::PartFiles { customer: customer(1), other: customer(2) });
    }

    /// The salon hears of it now, from somebody who had seen so much.
    fn late(&mut self, seen: Version, action: &Action) {
        let by = Tablet { seq: 50 + self.head().0, ..Tablet::new(4) };
        let said = domain::Written::from(&by.stamp(seen, Version(self.head().0 + 1)));
        let asked = asked_late(self.hers.id, &self.hers.parted, action, said, seen);
        self.done(by, seen, action);
        ask(self, &asked);
    }

    fn shown(&self) -> CustomerFile {
        self.hers.clone().united([&self.other])
    }
}

const PREGNANT: Doubtful = Doubtful::Answer(Question::PregnantOrNursing);

fn allergy(of: u128, number: u128, what: &str) -> Action {
    Action::AddAllergy { customer: customer(of), tag: tag(number), what: name(what), remark: None }
}

fn pregnant(of: u128, said: Said) -> Action {
    Action::AnswerQuestion { customer: customer(of), question: Question::PregnantOrNursing, answer: Answer::just(said) }
}

#[test]
fn an_allergy_in_either_file_stands_on_the_red_strip() {
    let mut two = Two::new();
    two.done(Tablet::new(1), two.head(), &allergy(1, 1, "酒精"));
    two.done(Tablet::new(2), two.head(), &allergy(2, 2, "水杨酸"));

    two.join();

    assert_eq!(strip(&two.shown()).entries.len(), 2);
    assert_eq!(strip(&two.hers).entries.len(), 1);
}

#[test]
fn what_a_tablet_that_has_not_heard_of_it_writes_into_the_other_file_is_shown_too() {
    let mut two = Two::new();
    two.join();

    let words = Action::WriteCareNote { customer: customer(2), note: note(1), text: text("蒸汽有点烫") };
    two.done(Tablet::new(2), Version(1), &words);
    two.done(Tablet::new(2).later(), Version(1), &allergy(2, 2, "香精"));

    assert_eq!(two.shown().notes.len(), 1);
    assert_eq!(strip(&two.shown()).entries.len(), 1);
    assert_eq!(two.shown().version, two.head());
}

#[test]
fn where_the_two_contradict_one_another_the_more_careful_answer_counts_until_somebody_has_looked() {
    let mut two = Two::new();
    two.done(Tablet::new(1), two.head(), &pregnant(1, Said::No));
    two.done(Tablet::new(2), two.head(), &pregnant(2, Said::Yes));
    two.join();

    let strip_now = strip(&two.shown());
    assert!(two.shown().is_to_check());
    assert!(strip_now.unasked.contains(&Question::PregnantOrNursing));
    assert_eq!(strip_now.entries.len(), 1);

    let seen = two.shown().version;
    two.done(Tablet::new(1).later(), seen, &pregnant(1, Said::No));

    assert!(!two.shown().answers[&Question::PregnantOrNursing].is_to_check());
    assert_eq!(strip(&two.shown()).entries.len(), 0);
}

#[test]
fn whoever_wrote_without_having_seen_both_has_settled_nothing() {
    let mut two = Two::new();
    let before = two.head();
    two.done(Tablet::new(2), two.head(), &pregnant(2, Said::Yes));
    two.join();

    two.done(Tablet::new(1), before, &pregnant(1, Said::No));

    assert!(two.shown().answers[&Question::PregnantOrNursing].is_to_check());
    assert_eq!(strip(&two.shown()).entries.len(), 1);
}

#[test]
fn an_empty_field_takes_the_value_of_the_other_file_without_asking_anybody() {
    let mut two = Two::new();
    let card =
        |of, card: Option<&str>| Action::CorrectProfile { customer: customer(of), value: ProfileValue::Card(card.map(name)) };
    two.done(Tablet::new(1), two.head(), &card(1, None));
    two.done(Tablet::new(2), two.head(), &card(2, Some("A1001")));
    two.join();

    let shown = two.shown();
    assert_eq!(shown.card(), Some(&name("A1001")));
    assert!(matches!(shown.profile.field(ProfileField::Card), Some(Shown::Known(field)) if !field.is_to_check()));
    // The names differ, and a person says which is right.
    assert!(shown.is_to_check());
}

#[test]
fn taken_apart_each_file_is_what_it_was_with_what_was_written_since() {
    let mut two = Two::new();
    two.done(Tablet::new(2), two.head(), &allergy(2, 2, "水杨酸"));
    let before = two.other.clone();
    two.join();
    let words = Action::WriteCareNote { customer: customer(1), note: note(1), text: text("怕痛") };
    two.done(Tablet::new(1), two.shown().version, &words);

    two.part();

    assert_eq!(two.other, before);
    assert_eq!(two.hers.notes.len(), 1);
    assert_eq!(two.shown(), two.hers);
    // Newer than anything that was shown of the two: a tablet drops what it had.
    assert!(two.hers.version > before.version);
}

#[test]
fn a_file_is_joined_once_and_never_in_a_ring() {
    let mut two = Two::new();
    let stamp = Tablet::new(9).stamp(Version(1), Version(9));
    let joined = |customer, other| Action::JoinFiles { customer, other };
    let cannot = Err(Objection::Refuse(Refusal::CannotJoin));
    assert_eq!(two.try_to(&stamp, &joined(customer(1), customer(1))), cannot);
    assert_eq!(two.try_to(&stamp, &joined(customer(1), customer(3))), cannot);
    two.join();

    assert_eq!(two.try_to(&stamp, &joined(customer(1), customer(2))), cannot);
    assert_eq!(two.try_to(&stamp, &joined(customer(2), customer(1))), cannot);
}

#[test]
fn neither_of_the_two_is_erased_before_they_are_taken_apart() {
    let mut two = Two::new();
    two.join();
    let erase = |of| Action::EraseFile { customer: customer(of), why: domain::WhyErased::HerRequest };
    let seen = two.head();
    let stamp = Tablet::new(9).stamp(seen, Version(seen.0 + 1));

    for file in [1, 2] {
        assert_eq!(two.try_to(&stamp, &erase(file)), Err(Objection::Refuse(Refusal::IsJoined)));
    }
    two.part();
    let stamp = Tablet::new(9).stamp(two.head(), Version(two.head().0 + 1));
    two.try_to(&stamp, &erase(2)).unwrap();
    two.try_to(&stamp, &erase(1)).unwrap();
    assert!(two.hers.is_erased() && two.other.is_erased());
}

#[test]
fn an_erased_file_can_be_joined_to_nothing() {
    let mut two = Two::new();
    let stamp = Tablet::new(9).stamp(two.head(), Version(two.head().0 + 1));
    two.other.absorb(&FileChange::Erased(domain::WhyErased::Mistake), &stamp);

    let action = Action::JoinFiles { customer: customer(1), other: customer(2) };
    assert_eq!(two.try_to(&stamp, &action), Err(Objection::Refuse(Refusal::CannotJoin)));
}

/// 酒精 was known in hers and 香精 in the other's before they were joined; the rest was said meanwhile, by a tablet whose clock is behind.
fn two_with_more_said_meanwhile() -> Two {
    let mut two = Two::new();
    two.done(Tablet::new(1), two.head(), &allergy(1, 1, "酒精"));
    two.done(Tablet::new(2), two.head(), &allergy(2, 2, "香精"));
    let later = Tablet { at: domain::Moment(support::NOW.0 + 60_000), ..Tablet::new(9) };
    two.done(later, two.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });
    two.done(Tablet::new(1).later(), two.shown().version, &allergy(1, 3, "乳胶"));
    two.done(Tablet::new(1).later().later(), two.shown().version, &pregnant(1, Said::Yes));
    let words = Action::WriteCareNote { customer: customer(1), note: note(1), text: text("怕痛") };
    let afterwards = Tablet { at: domain::Moment(support::NOW.0 + 120_000), ..Tablet::new(3) };
    two.done(afterwards, two.shown().version, &words);
    two
}

/// As the server does: each question is an entry of its own, made after the parting from what the file was before it.
fn part_with_questions(two: &mut Two) {
    let asked = two.hers.asked_on_parting(customer(2));
    two.done(Tablet::new(9).later(), two.head(), &Action::PartFiles { customer: customer(1), other: customer(2) });
    ask(two, &asked);
}

fn ask(two: &mut Two, asked: &[Action]) {
    for action in asked {
        two.done(Tablet { seq: 100 + two.head().0, ..Tablet::new(9) }, two.head(), action);
    }
}

fn doubts(file: &CustomerFile, with: u128) -> Vec<Doubtful> {
    file.in_doubt.get(&customer(with)).into_iter().flatten().map(|doubt| doubt.what).collect()
}

fn names(file: &CustomerFile) -> Vec<&str> {
    let mut names: Vec<&str> = file.allergies.active().map(|(_, allergy)| allergy.what.as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn before_two_files_are_taken_apart_what_was_said_of_her_safety_since_is_recorded_in_both() {
    let mut two = two_with_more_said_meanwhile();
    part_with_questions(&mut two);

    for file in [&two.hers, &two.other] {
        let forbidden = strip(file).entries;
        assert!(forbidden.iter().any(|(_, avoid, _)| *avoid == domain::Avoid::Ingredient(name("乳胶"))), "{forbidden:?}");
        assert_eq!(file.said(Question::PregnantOrNursing), Said::Yes);
    }
    let known_before = |file: &CustomerFile, what| {
        strip(file).entries.iter().any(|(_, avoid, _)| *avoid == domain::Avoid::Ingredient(name(what)))
    };
    assert!(known_before(&two.hers, "酒精") && !known_before(&two.hers, "香精"));
    assert!(known_before(&two.other, "香精") && !known_before(&two.other, "酒精"));
    assert_eq!((two.hers.notes.len(), two.other.notes.len()), (1, 0));
}

#[test]
fn taken_apart_each_asks_whose_it_is_that_was_said_meanwhile_and_names_who_heard_it() {
    let mut two = two_with_more_said_meanwhile();
    part_with_questions(&mut two);

    assert_eq!(doubts(&two.hers, 2), [Doubtful::Allergy(tag(3)), PREGNANT, Doubtful::Note(note(1))]);
    // A copy is an entry of its own; of a note it is only asked.
    assert!(matches!(doubts(&two.other, 1)[..], [Doubtful::Allergy(copy), PREGNANT, Doubtful::Note(_)] if copy != tag(3)));
    let heard = two.other.in_doubt[&customer(1)].first().unwrap().said.by;
    assert_eq!(heard, Tablet::new(1).stamp(Version(0), Version(1)).author);
    assert!(two.hers.is_to_check() && two.other.is_to_check());

    let seen = two.other.in_doubt[&customer(1)].clone();
    two.done(Tablet::new(8), two.head(), &Action::SettleDoubts { customer: customer(2), with: customer(1), doubts: seen });

    assert!(!two.other.is_to_check());
    assert!(two.hers.is_to_check(), "whoever asked the one has not asked the other");
}

#[test]
fn who_settles_what_she_saw_settles_nothing_that_came_since() {
    let mut two = two_with_more_said_meanwhile();
    let seen_as_one = two.shown().version;
    part_with_questions(&mut two);
    let seen = two.other.in_doubt[&customer(1)].clone();
    let late = allergy(1, 9, "水杨酸");
    two.late(seen_as_one, &late);

    two.done(Tablet::new(8), two.head(), &Action::SettleDoubts { customer: customer(2), with: customer(1), doubts: seen });

    assert_eq!(two.other.in_doubt[&customer(1)].len(), 1);
}

#[test]
fn an_answer_that_may_be_somebody_elses_is_none_and_a_no_is_never_copied() {
    let mut two = Two::new();
    two.done(Tablet::new(2), two.head(), &pregnant(2, Said::Yes));
    two.join();
    let seen = two.shown().version;
    two.done(Tablet::new(1), seen, &pregnant(1, Said::No));
    part_with_questions(&mut two);

    for file in [&two.hers, &two.other] {
        assert!(strip(file).unasked.contains(&Question::PregnantOrNursing));
    }
    assert_eq!(two.other.said(Question::PregnantOrNursing), Said::Yes, "her own answer stands");
    assert!(!two.other.answers[&Question::PregnantOrNursing].is_to_check());
}

#[test]
fn nobody_is_cleared_by_what_another_answered() {
    let mut two = Two::new();
    two.join();
    for question in Question::ALL.into_iter().filter(|question| question.is_for_safety()) {
        let action = Action::AnswerQuestion { customer: customer(1), question, answer: Answer::just(Said::No) };
        two.done(Tablet::new(1), two.shown().version, &action);
    }
    assert!(strip(&two.shown()).is_clear());
    part_with_questions(&mut two);

    for file in [&two.hers, &two.other] {
        assert!(!strip(file).is_clear());
        assert_eq!(strip(file).unasked.len(), Question::ALL.into_iter().filter(|question| question.is_for_safety()).count());
    }
}

#[test]
fn what_one_of_them_is_found_not_to_have_still_stands_when_they_are_joined_again() {
    let mut two = two_with_more_said_meanwhile();
    part_with_questions(&mut two);
    let not_hers = Action::ResolveAllergy {
        customer: customer(1),
        tags: two.hers.allergies.tags_of(&name("乳胶")),
        reason: text("不是她说的"),
    };
    two.done(Tablet::new(8), two.head(), &not_hers);
    assert_eq!((names(&two.hers), names(&two.other)), (vec!["酒精"], vec!["乳胶", "香精"]));

    two.done(Tablet::new(7), two.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });

    assert_eq!(names(&two.shown()), ["乳胶", "酒精", "香精"]);
}

#[test]
fn what_waits_for_a_manager_warns_in_both_once_they_are_taken_apart() {
    let mut two = Two::new();
    two.join();
    let concerns = vec![domain::Concern::Allergy(name("乳胶")), domain::Concern::Answer(Question::Medication)];
    two.done(Tablet::new(4), two.head(), &Action::SetAside { customer: customer(1), concerns, entry: None });
    part_with_questions(&mut two);

    assert_eq!(names(&two.other), ["乳胶"]);
    assert!(strip(&two.other).unasked.contains(&Question::Medication));
}

#[test]
fn two_files_that_are_joined_again_have_nothing_to_ask_of_one_another() {
    let mut two = two_with_more_said_meanwhile();
    part_with_questions(&mut two);

    two.done(Tablet::new(7), two.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });

    assert!(two.shown().in_doubt.is_empty());
}

#[test]
fn of_two_medicines_that_two_people_were_told_of_both_stand_on_the_red_strip() {
    let mut two = Two::new();
    for (of, words) in [(1, "维生素C片"), (2, "异维A酸胶囊")] {
        let answer = Answer { words: Some(text(words)), ..Answer::just(Said::Yes) };
        let action = Action::AnswerQuestion { customer: customer(of), question: Question::Medication, answer };
        two.done(Tablet::new(of), two.head(), &action);
    }
    two.join();

    let entries = strip(&two.shown()).entries;
    let told = entries.iter().filter_map(|(.., why)| match why {
        CautionWhy::Medication { words } => words.as_ref().map(domain::Text::as_str),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), ["维生素C片", "异维A酸胶囊"]);
}

#[test]
fn what_is_left_on_two_files_of_one_person_may_be_taken_together() {
    let balance = |cents| ProfileValue::BalanceBefore(Some(domain::Cents(cents)));
    let sum = |values: &[ProfileValue]| ProfileValue::sum(values);

    assert_eq!(sum(&[balance(30_000), balance(12_050)]), Some(balance(42_050)));
    assert_eq!(sum(&[balance(i64::MAX), balance(1)]), None);
    assert_eq!(sum(&[ProfileValue::Card(Some(name("A1001"))), ProfileValue::Card(Some(name("A1002")))]), None);
}

#[test]
fn what_somebody_recorded_who_still_saw_the_two_as_one_is_asked_about_in_both_however_late_it_comes() {
    let mut two = two_with_more_said_meanwhile();
    let seen_as_one = two.shown().version;
    part_with_questions(&mut two);

    // A tablet without network went on: the salon hears of it now.
    two.late(seen_as_one, &allergy(1, 9, "水杨酸"));

    assert_eq!((names(&two.hers), names(&two.other)), (vec!["乳胶", "水杨酸", "酒精"], vec!["乳胶", "水杨酸", "香精"]));
    // What was asked before still is.
    assert_eq!((doubts(&two.hers, 2).len(), doubts(&two.other, 1).len()), (4, 4));
}

#[test]
fn who_had_not_heard_that_they_were_one_or_had_heard_that_they_are_two_leaves_no_question() {
    let mut two = Two::new();
    let before = two.head();
    two.join();
    two.part();

    two.late(before, &allergy(1, 8, "水杨酸"));
    two.late(two.head(), &allergy(1, 9, "乳胶"));

    assert!(two.hers.in_doubt.is_empty() && two.other.in_doubt.is_empty());
}

#[test]
fn a_question_that_nobody_has_asked_yet_outlives_another_joining() {
    let mut two = two_with_more_said_meanwhile();
    part_with_questions(&mut two);
    two.done(Tablet::new(8), two.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });
    two.done(Tablet::new(8).later(), two.shown().version, &allergy(1, 7, "防腐剂"));

    part_with_questions(&mut two);

    assert_eq!(doubts(&two.other, 1).len(), 4);
    assert_eq!(names(&two.other), ["乳胶", "防腐剂", "香精"]);
}
