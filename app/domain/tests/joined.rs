//! Two files of one person are shown as one, and can be taken apart again.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, CautionWhy, Change, CustomerFile, Doubtful, FileChange, Objection, ProfileField, ProfileValue, Question,
    Refusal, Said, Scope, Shown, Stamp, Version, decide,
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

    fn shown(&self) -> CustomerFile {
        self.hers.clone().united([&self.other])
    }
}

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

fn part_as_the_screen_does(two: &mut Two) {
    for (number, action) in two.shown().parting_from(customer(2)).iter().enumerate() {
        let by = Tablet { seq: 20 + i64::try_from(number).unwrap(), ..Tablet::new(9) };
        two.done(by, two.head(), action);
    }
}

#[test]
fn before_two_files_are_taken_apart_what_was_said_of_her_safety_since_is_recorded_in_both() {
    let mut two = two_with_more_said_meanwhile();
    part_as_the_screen_does(&mut two);

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
    part_as_the_screen_does(&mut two);

    let doubts = |file: &CustomerFile, with| file.in_doubt[&customer(with)].iter().map(|doubt| doubt.what).collect::<Vec<_>>();
    let for_both = [Doubtful::Allergy(tag(3)), Doubtful::Answer(Question::PregnantOrNursing)];
    assert_eq!(doubts(&two.other, 1), for_both);
    assert_eq!(doubts(&two.hers, 2), [&for_both[..], &[Doubtful::Note(note(1))]].concat());
    let heard = two.other.in_doubt[&customer(1)].first().unwrap().said.by;
    assert_eq!(heard, Tablet::new(1).stamp(Version(0), Version(1)).author);
    assert!(two.hers.is_to_check() && two.other.is_to_check());

    two.done(Tablet::new(8), two.head(), &Action::SettleDoubts { customer: customer(2), with: customer(1) });

    assert!(!two.other.is_to_check());
    assert!(two.hers.is_to_check(), "whoever asked the one has not asked the other");
}

#[test]
fn two_files_that_are_joined_again_have_nothing_to_ask_of_one_another() {
    let mut two = two_with_more_said_meanwhile();
    part_as_the_screen_does(&mut two);

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
    part_as_the_screen_does(&mut two);

    // A tablet without network went on: the salon hears of it now.
    let late = allergy(1, 9, "水杨酸");
    two.done(Tablet::new(4), seen_as_one, &late);
    for (number, action) in two.hers.late_for_both(&late, seen_as_one).iter().enumerate() {
        two.done(Tablet { seq: 60 + i64::try_from(number).unwrap(), ..Tablet::new(9) }, two.head(), action);
    }

    for (file, with) in [(&two.hers, 2), (&two.other, 1)] {
        assert_eq!(file.allergies.active().filter(|(_, allergy)| allergy.what == name("水杨酸")).count(), 1);
        let asked = &file.in_doubt[&customer(with)];
        assert!(asked.iter().any(|doubt| doubt.what == Doubtful::Allergy(tag(9))), "{asked:?}");
        // What was asked before still is.
        assert!(asked.iter().any(|doubt| doubt.what == Doubtful::Allergy(tag(3))));
    }
}

#[test]
fn who_had_not_heard_that_they_were_one_or_had_heard_that_they_are_two_leaves_no_question() {
    let mut two = Two::new();
    let before = two.head();
    two.join();
    two.part();
    let late = allergy(1, 9, "水杨酸");
    two.done(Tablet::new(4), before, &late);

    assert_eq!(two.hers.late_for_both(&late, before), []);
    assert_eq!(two.hers.late_for_both(&late, two.head()), []);
}

#[test]
fn a_question_that_nobody_has_asked_yet_outlives_another_joining() {
    let mut two = two_with_more_said_meanwhile();
    part_as_the_screen_does(&mut two);
    two.done(Tablet::new(8), two.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });
    two.done(Tablet::new(8).later(), two.shown().version, &allergy(1, 7, "防腐剂"));

    for (number, action) in two.shown().parting_from(customer(2)).iter().enumerate() {
        let by = Tablet { seq: 80 + i64::try_from(number).unwrap(), ..Tablet::new(9) };
        two.done(by, two.head(), action);
    }

    let asked = two.other.in_doubt[&customer(1)].iter().map(|doubt| doubt.what).collect::<Vec<_>>();
    for tag in [tag(3), tag(7)] {
        assert!(asked.contains(&Doubtful::Allergy(tag)), "{asked:?}");
    }
}
