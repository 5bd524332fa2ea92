//! The customer file as stories: who wrote what, without having seen what, and what the file makes of it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{Action, Caution, Objection, ProfileField, ProfileValue, Question, Said, Shown, Unfit, Why};
use support::{Tablet, file_of, name, salon, text};

fn hobbies(words: &str) -> ProfileValue {
    ProfileValue::Hobbies(text(words).into())
}

#[test]
fn two_who_correct_different_fields_both_keep_what_they_wrote() {
    let mut file = file_of("林晓雨");
    let (desk, room) = (Tablet::new(1), Tablet::new(2));
    let seen = file.version;

    desk.on(&mut file, seen, Action::CorrectProfile { customer: file_of("林晓雨").id, value: hobbies("瑜伽") });
    room.on(
        &mut file,
        seen,
        Action::CorrectProfile { customer: file_of("林晓雨").id, value: ProfileValue::Diet(text("清淡").into()) },
    );

    assert_eq!(file.profile.value(ProfileField::Hobbies), Some(&hobbies("瑜伽")));
    assert!(file.profile.value(ProfileField::Diet).is_some());
    assert!(!file.is_to_check());
}

#[test]
fn of_two_values_for_one_field_the_later_arrival_counts_and_the_other_waits_to_be_looked_at() {
    let mut file = file_of("林晓雨");
    let id = file.id;
    let seen = file.version;

    Tablet::new(1).on(&mut file, seen, Action::CorrectProfile { customer: id, value: hobbies("瑜伽") });
    Tablet::new(2).on(&mut file, seen, Action::CorrectProfile { customer: id, value: hobbies("游泳") });

    assert_eq!(file.profile.value(ProfileField::Hobbies), Some(&hobbies("游泳")));
    assert!(file.is_to_check());

    let both_seen = file.version;
    Tablet::new(1).on(&mut file, both_seen, Action::CorrectProfile { customer: id, value: hobbies("瑜伽") });

    assert_eq!(file.profile.value(ProfileField::Hobbies), Some(&hobbies("瑜伽")));
    assert!(!file.is_to_check());
    let Some(Shown::Known(field)) = file.profile.field(ProfileField::Hobbies) else { panic!("written just now") };
    assert_eq!(field.past.iter().map(|past| past.why).collect::<Vec<_>>(), [Why::Settled, Why::Replaced]);
}

#[test]
fn one_tablet_that_corrects_itself_offline_contradicts_nobody() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let mut tablet = Tablet::new(1);

    tablet.on(&mut file, seen, Action::CorrectProfile { customer: id, value: hobbies("瑜咖") });
    tablet = tablet.later();
    tablet.on(&mut file, seen, Action::CorrectProfile { customer: id, value: hobbies("瑜伽") });

    assert!(!file.is_to_check());
}

#[test]
fn while_two_contradict_one_another_the_strip_believes_the_more_careful_one() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let say =
        |said| Action::AnswerQuestion { customer: id, question: Question::PregnantOrNursing, answer: domain::Answer::just(said) };

    Tablet::new(1).on(&mut file, seen, say(Said::Yes));
    Tablet::new(2).on(&mut file, seen, say(Said::No));

    assert_eq!(file.said(Question::PregnantOrNursing), Said::No);
    let strip = support::strip(&file);
    assert!(
        strip
            .entries
            .iter()
            .any(|(caution, _, why)| *caution == Caution::Forbid && *why == domain::CautionWhy::PregnantOrNursing)
    );
}

#[test]
fn an_allergy_added_on_one_tablet_survives_a_resolve_on_another_that_had_not_seen_it() {
    let mut file = file_of("林晓雨");
    let id = file.id;
    let first = support::tag(1);
    let seen = file.version;
    Tablet::new(1).on(&mut file, seen, Action::AddAllergy { customer: id, tag: first, what: name("酒精"), remark: None });
    let seen = file.version;

    Tablet::new(1).later().on(
        &mut file,
        seen,
        Action::AddAllergy { customer: id, tag: support::tag(2), what: name("酒精"), remark: None },
    );
    Tablet::new(2).on(
        &mut file,
        seen,
        Action::ResolveAllergy { customer: id, tags: [first].into(), reason: text("贴敷试验阴性") },
    );

    let active: Vec<_> = file.allergies.active().map(|(tag, _)| tag).collect();
    assert_eq!(active, [support::tag(2)]);
    assert_eq!(file.allergies.resolved().count(), 1);
}

#[test]
fn a_resolve_that_arrives_before_its_allergy_still_names_it() {
    let mut file = file_of("林晓雨");
    let (id, seen, tag) = (file.id, file.version, support::tag(1));

    Tablet::new(2).on(&mut file, seen, Action::ResolveAllergy { customer: id, tags: [tag].into(), reason: text("误记") });
    Tablet::new(1).on(&mut file, seen, Action::AddAllergy { customer: id, tag, what: name("酒精"), remark: None });

    assert_eq!(file.allergies.active().count(), 0);
    assert_eq!(file.allergies.resolved().count(), 1);
}

#[test]
fn naming_an_allergy_answers_the_question() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    assert_eq!(file.said(Question::Allergies), Said::NotAsked);

    Tablet::new(1).on(
        &mut file,
        seen,
        Action::AddAllergy { customer: id, tag: support::tag(1), what: name("香精"), remark: None },
    );

    assert_eq!(file.said(Question::Allergies), Said::Yes);
}

#[test]
fn a_wish_to_delete_is_only_a_wish_and_says_when_somebody_wrote_meanwhile() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);

    Tablet::new(1).on(&mut file, seen, Action::AskDeletion { customer: id, reason: text("重复建档") });
    assert!(!file.deletion_asked[0].is_contested);
    Tablet::new(2).on(
        &mut file,
        seen,
        Action::AddAllergy { customer: id, tag: support::tag(1), what: name("酒精"), remark: None },
    );

    assert!(file.deletion_asked[0].is_contested);
    assert_eq!(file.allergies.active().count(), 1);
}

#[test]
fn a_file_that_a_manager_keeps_waits_no_longer_and_says_why_until_somebody_asks_again() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    Tablet::new(1).on(&mut file, seen, Action::AskDeletion { customer: id, reason: text("重复建档") });

    Tablet::new(2).on(&mut file, seen, Action::DeclineDeletion { customer: id, reason: text("疗程还没有做完") });
    assert!(file.deletion_asked.is_empty());
    assert_eq!(file.deletion_declined.as_ref().unwrap().reason, text("疗程还没有做完"));

    Tablet::new(1).later().on(&mut file, seen, Action::AskDeletion { customer: id, reason: text("本人要求") });
    assert_eq!(file.deletion_asked.len(), 1);
}

#[test]
fn who_corrects_a_file_offline_and_then_wants_it_deleted_contradicts_nobody() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let tablet = Tablet::new(1);

    tablet.on(&mut file, seen, Action::CorrectProfile { customer: id, value: hobbies("瑜伽") });
    tablet.later().on(&mut file, seen, Action::AskDeletion { customer: id, reason: text("重复建档") });

    assert!(!file.deletion_asked[0].is_contested);
}

#[test]
fn a_wish_to_delete_says_so_when_somebody_else_wrote_what_its_author_had_not_seen() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let tablet = Tablet::new(1);
    let allergy = Action::AddAllergy { customer: id, tag: support::tag(1), what: name("酒精"), remark: None };

    Tablet::new(2).on(&mut file, seen, allergy);
    tablet.on(&mut file, seen, Action::CorrectProfile { customer: id, value: hobbies("瑜伽") });
    tablet.later().on(&mut file, seen, Action::AskDeletion { customer: id, reason: text("重复建档") });

    assert!(file.deletion_asked[0].is_contested);
}

#[test]
fn a_record_about_nobody_known_is_set_aside_not_dropped() {
    let salon = salon();
    let stamp = Tablet::new(1).stamp(domain::Version(0), domain::Version(9));
    let action = Action::WriteCareNote { customer: support::customer(7), note: support::note(1), text: text("略红") };

    let objection = domain::decide(domain::Scope { salon: &salon, file: None, other: None }, &stamp, &action).unwrap_err();

    assert_eq!(objection, Objection::Quarantine(Unfit::UnknownCustomer));
}

#[test]
fn performing_a_note_twice_is_writing_it_once() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let note = Action::WriteCareNote { customer: id, note: support::note(1), text: text("蒸汽有点烫") };

    Tablet::new(1).on(&mut file, seen, note.clone());
    Tablet::new(1).on(&mut file, seen, note);

    assert_eq!(file.notes.len(), 1);
}

#[test]
fn a_device_gets_the_latest_former_values_and_every_one_that_is_to_be_checked() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let correct = |value: &str| Action::CorrectProfile { customer: id, value: ProfileValue::Workplace(name(value).into()) };
    let desk = Tablet::new(1);
    desk.on(&mut file, seen, correct("旧单位"));
    // Somebody who had not seen it wrote another, and many corrections follow by people who have not seen that one either.
    Tablet::new(2).on(&mut file, seen, correct("别的单位"));
    for number in 0..30 {
        let seen = file.version;
        let unseen = domain::Version(seen.0 - 1);
        Tablet::new(100 + number).on(&mut file, unseen, correct(&format!("单位 {number}")));
    }
    let whole = file.clone();
    file.shorten(10);

    let rivals = |file: &domain::CustomerFile| match file.profile.field(domain::ProfileField::Workplace) {
        Some(domain::Shown::Known(field)) => (field.rivals().cloned().collect::<Vec<_>>(), field.past.len()),
        _ => panic!("it is known"),
    };
    assert_eq!(rivals(&file).0, rivals(&whole).0);
    desk.on(&mut file, whole.version, correct("最后的单位"));
    assert_eq!(rivals(&file).0, []);
    file.shorten(10);
    assert_eq!(rivals(&file).1, 10);
}
