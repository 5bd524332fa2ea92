//! Two files of one person are shown as one, and can be taken apart again.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, CautionWhy, FileChange, Objection, ProfileField, ProfileValue, Question, Refusal, Said, Shown, Version,
};
use support::{
    Tablet, customer, name, note, strip, text,
    two::{Two, allergy, pregnant},
};

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
