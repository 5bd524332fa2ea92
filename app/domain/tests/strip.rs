//! The red strip: safety rules S0 to S5 as they can be read from a file alone.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, Avoid, Caution, CautionWhy, Course, CustomerFile, Moment, PastCourse, ProductClass, Question, SafetyRules,
    Said, Zone,
};
use proptest::prelude::*;
use support::{NOW, Tablet, file_of, name, strip, tag};

fn answered(file: &mut CustomerFile, question: Question, answer: Answer) {
    let (id, seen) = (file.id, file.version);
    Tablet::new(1).on(file, seen, Action::AnswerQuestion { customer: id, question, answer });
}

fn all_asked() -> CustomerFile {
    let mut file = file_of("林晓雨");
    for question in Question::ALL.into_iter().filter(|question| question.is_for_safety()) {
        answered(&mut file, question, Answer::just(Said::No));
    }
    file
}

fn dermabrasion_days_ago(days: u64) -> Answer {
    let today = domain::ClockOffset::default().day(NOW);
    let on = today.checked_sub_days(chrono::Days::new(days));
    Answer { courses: vec![PastCourse { what: Course::Dermabrasion, zone: Some(Zone::Cheeks), on }], ..Answer::just(Said::Yes) }
}

#[test]
fn nothing_is_clear_until_everything_was_asked() {
    let safety: Vec<Question> = Question::ALL.into_iter().filter(|question| question.is_for_safety()).collect();
    assert_eq!(strip(&file_of("林晓雨")).unasked, safety);
    assert!(strip(&all_asked()).is_clear());
}

#[test]
fn a_refused_question_is_an_unasked_one() {
    let mut file = all_asked();
    answered(&mut file, Question::Medication, Answer::just(Said::Refused));
    assert_eq!(strip(&file).unasked, [Question::Medication]);
}

#[test]
fn an_answer_older_than_its_validity_must_be_asked_again() {
    let file = all_asked();
    let day = 24 * 3_600_000;
    let on =
        |days: i64| domain::red_strip(&file, &SafetyRules::default(), domain::ClockOffset::default(), Moment(NOW.0 + days * day));
    assert!(on(180).is_clear());
    assert_eq!(on(181).unasked.len(), strip(&file_of("林晓雨")).unasked.len());
}

#[test]
fn an_answer_from_an_old_card_is_as_old_as_the_card() {
    let mut file = all_asked();
    let on = chrono::NaiveDate::from_ymd_opt(2024, 3, 1);
    answered(&mut file, Question::Medication, Answer { said_on: on, ..Answer::just(Said::No) });
    assert_eq!(strip(&file).unasked, [Question::Medication]);
}

#[test]
fn an_allergy_forbids_its_ingredient_and_contradicts_a_no() {
    let mut file = all_asked();
    let (id, seen) = (file.id, file.version);
    Tablet::new(1).on(&mut file, seen, Action::AddAllergy { customer: id, tag: tag(1), what: name("酒精"), remark: None });
    answered(&mut file, Question::Allergies, Answer::just(Said::No));

    let strip = strip(&file);

    assert!(matches!(&strip.entries[..], [(Caution::Forbid, Avoid::Ingredient(what), _)] if what.as_str() == "酒精"));
    assert_eq!(strip.unasked, [Question::Allergies]);
}

#[test]
fn a_destructive_course_forbids_for_thirty_days_and_then_needs_a_senior() {
    for (days, expected) in [
        (0, Caution::Forbid),
        (29, Caution::Forbid),
        (30, Caution::NeedsSenior),
        (90, Caution::NeedsSenior),
        (400, Caution::NeedsSenior),
    ] {
        let mut file = all_asked();
        answered(&mut file, Question::DestructiveHistory, dermabrasion_days_ago(days));
        let strip = strip(&file);
        assert_eq!(strip.entries[0].0, expected, "{days} days ago");
        assert!(matches!(&strip.entries[0].1, Avoid::Kinds(kinds) if kinds.classes.contains(&ProductClass::Whitening)));
    }
}

#[test]
fn a_course_of_unknown_date_is_never_taken_for_an_old_one() {
    let mut file = all_asked();
    let course = PastCourse { what: Course::Laser, zone: None, on: None };
    answered(&mut file, Question::DestructiveHistory, Answer { courses: vec![course], ..Answer::just(Said::Yes) });
    assert_eq!(strip(&file).entries[0].0, Caution::NeedsSenior);
}

#[test]
fn yes_without_saying_which_course_still_asks_for_a_senior() {
    let mut file = all_asked();
    answered(&mut file, Question::DestructiveHistory, Answer::just(Said::Yes));
    assert_eq!(strip(&file).entries[0].2, CautionWhy::CourseUnknown);
}

#[test]
fn pregnancy_and_an_implant_forbid_what_the_rules_name() {
    let mut file = all_asked();
    answered(&mut file, Question::PregnantOrNursing, Answer::just(Said::Yes));
    answered(&mut file, Question::ImplantOrPacemaker, Answer::just(Said::Yes));
    let forbidden: Vec<Avoid> = strip(&file)
        .entries
        .into_iter()
        .filter_map(|(caution, avoid, _)| (caution == Caution::Forbid).then_some(avoid))
        .collect();
    assert_eq!(forbidden, [Avoid::Kinds(SafetyRules::default().in_pregnancy), Avoid::Current]);
}

proptest! {
    /// Taking any answer away never makes the strip quieter.
    #[test]
    fn a_missing_answer_is_never_a_safe_one(said in proptest::collection::vec(0usize..4, 6), missing in 0usize..6) {
        let questions: Vec<Question> = Question::ALL.into_iter().filter(|question| question.is_for_safety()).collect();
        let with = |skip: Option<usize>| {
            let mut file = file_of("林晓雨");
            for (i, question) in questions.iter().enumerate() {
                if Some(i) != skip {
                    answered(&mut file, *question, Answer::just(Said::ALL[said[i]]));
                }
            }
            strip(&file)
        };
        let (whole, less) = (with(None), with(Some(missing)));
        prop_assert!(less.unasked.contains(&questions[missing]));
        prop_assert!(less.unasked.len() >= whole.unasked.len());
    }
}

#[test]
fn an_allergy_that_nobody_can_name_is_still_to_be_asked() {
    let mut file = all_asked();
    answered(&mut file, Question::Allergies, Answer { words: Some(support::text("对某种面膜红肿")), ..Answer::just(Said::Yes) });
    assert!(strip(&file).unasked.contains(&Question::Allergies));
}

#[test]
fn a_quick_whitener_of_which_nobody_knows_the_day_needs_a_senior_too() {
    let mut file = all_asked();
    answered(&mut file, Question::QuickProducts, Answer::just(Said::Yes));
    assert_eq!(strip(&file).entries[0].2, CautionWhy::CourseUnknown);
}

#[test]
fn an_answer_from_a_day_that_has_not_been_is_none() {
    let mut file = all_asked();
    let said_on = chrono::NaiveDate::from_ymd_opt(2099, 1, 1);
    answered(&mut file, Question::Medication, Answer { said_on, ..Answer::just(Said::No) });
    assert_eq!(strip(&file).unasked, [Question::Medication]);
}

proptest! {
    /// Whoever wrote what, with or without knowing of one another: green means that everybody said *no*, not long ago.
    #[test]
    fn the_strip_is_clear_only_where_every_reading_of_every_safety_question_is_a_no(
        said in proptest::collection::vec((0usize..4, 0usize..4, proptest::bool::weighted(0.3), proptest::bool::weighted(0.8)), 6)
    ) {
        let mut file = file_of("林晓雨");
        let (id, seen) = (file.id, file.version);
        let mut all_no = true;
        for (question, (first, second, is_twice, is_no)) in Question::ALL.into_iter().filter(|q| q.is_for_safety()).zip(said) {
            let said = |which: usize| if is_no { Said::No } else { Said::ALL[which] };
            let say = |said| Action::AnswerQuestion { customer: id, question, answer: Answer::just(said) };
            support::Tablet::new(1).on(&mut file, seen, say(said(first)));
            all_no &= said(first) == Said::No;
            if is_twice {
                support::Tablet::new(2).on(&mut file, seen, say(said(second)));
                all_no &= said(second) == Said::No;
            }
        }
        prop_assert_eq!(strip(&file).is_clear(), all_no);
    }
}

#[test]
fn a_medicine_that_is_named_says_what_it_forbids_and_one_that_nobody_knows_asks_a_senior() {
    let mut file = file_of("林晓雨");
    let told = |file: &mut domain::CustomerFile, what| {
        let medicines = vec![domain::TakenMedicine { what, until: None }];
        let answer = Answer { medicines, ..Answer::just(Said::Yes) };
        let (customer, seen) = (file.id, file.version);
        Tablet::new(1).on(file, seen, Action::AnswerQuestion { customer, question: Question::Medication, answer });
        support::strip(file).entries.into_iter().map(|(caution, ..)| caution).collect::<Vec<_>>()
    };
    assert_eq!(told(&mut file, domain::Medicine::Isotretinoin), [Caution::Forbid]);
    assert_eq!(told(&mut file, domain::Medicine::BloodThinning), [Caution::NeedsSenior]);
    assert_eq!(told(&mut file, domain::Medicine::Other), [Caution::NeedsSenior], "somebody looks at its name");
}
