//! Taken apart, two files ask whose it is that was said while they were one.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{Action, Answer, CustomerFile, Doubtful, Question, Said, Version};
use support::{
    Tablet, customer, name, note, strip, tag, text,
    two::{PREGNANT, Two, allergy, doubts, names, part_with_questions, pregnant, two_with_more_said_meanwhile},
};

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
