//! What she lets the salon do, as stories: who asked her, what she took back, and what the salon makes of it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, Avoid, Concern, Consent, CustomerFile, DeviceScope, HowGiven, Permission, Purpose, Question, Role, Said,
    Version, may,
};
use support::{Tablet, file_of, name, person, strip, tag, text};

fn says(is_given: bool, how: HowGiven) -> Consent {
    Consent { is_given, how, said_on: None, remark: None }
}

fn record(file: &CustomerFile, purpose: Purpose, is_given: bool) -> Action {
    Action::RecordConsent { customer: file.id, purpose, consent: says(is_given, HowGiven::InPerson) }
}

/// With the file as it is now in view.
fn told(file: &mut CustomerFile, who: Tablet, purpose: Purpose, is_given: bool) {
    let (seen, action) = (file.version, record(file, purpose, is_given));
    who.on(file, seen, action);
}

#[test]
fn what_nobody_has_asked_is_never_a_yes() {
    let file = file_of("林晓雨");
    for purpose in Purpose::ALL {
        assert_eq!(file.allows(purpose), Permission::NotAsked);
    }
    assert_eq!(file.withdrawn().count(), 0);
}

#[test]
fn a_yes_is_for_one_purpose_and_says_nothing_about_another() {
    let mut file = file_of("林晓雨");
    told(&mut file, Tablet::new(1), Purpose::Photos, true);

    assert_eq!(file.allows(Purpose::Photos), Permission::Given);
    assert_eq!(file.allows(Purpose::PhotosShown), Permission::NotAsked);
    assert_eq!(file.allows(Purpose::Offers), Permission::NotAsked);
}

#[test]
fn what_she_takes_back_counts_at_once_and_what_she_had_given_stays_in_the_history() {
    let mut file = file_of("林晓雨");
    told(&mut file, Tablet::new(1), Purpose::Offers, true);
    told(&mut file, Tablet::new(2), Purpose::Offers, false);

    assert_eq!(file.allows(Purpose::Offers), Permission::Withdrawn);
    let field = &file.consents[&Purpose::Offers];
    assert_eq!(field.past.iter().map(|past| past.value.is_given).collect::<Vec<_>>(), [true]);
    assert!(!file.is_to_check(), "whoever wrote it down had seen what stood there");

    told(&mut file, Tablet::new(1), Purpose::Offers, true);
    assert_eq!(file.allows(Purpose::Offers), Permission::Given);
}

#[test]
fn of_two_who_hear_different_things_offline_the_withdrawal_counts_whichever_arrives_last() {
    for is_withdrawal_first in [true, false] {
        let mut file = file_of("林晓雨");
        let seen = file.version;
        for (device, is_given) in [(1, !is_withdrawal_first), (2, is_withdrawal_first)] {
            let action = record(&file, Purpose::CareContact, is_given);
            Tablet::new(device).on(&mut file, seen, action);
        }

        assert_eq!(file.allows(Purpose::CareContact), Permission::Withdrawn);
        assert!(file.is_to_check(), "somebody has to ask her");

        // Somebody has looked at both, and asked her.
        told(&mut file, Tablet::new(3), Purpose::CareContact, true);
        assert_eq!(file.allows(Purpose::CareContact), Permission::Given);
        assert!(!file.is_to_check());
    }
}

#[test]
fn two_who_hear_the_same_offline_contradict_nobody() {
    let mut file = file_of("林晓雨");
    let seen = file.version;
    for device in [1, 2] {
        let action = record(&file, Purpose::Offers, false);
        Tablet::new(device).on(&mut file, seen, action);
    }
    assert_eq!(file.allows(Purpose::Offers), Permission::Withdrawn);
    assert!(!file.is_to_check());
}

#[test]
fn a_withdrawal_that_waits_for_a_manager_counts_until_she_has_decided() {
    let mut file = file_of("林晓雨");
    told(&mut file, Tablet::new(1), Purpose::Offers, true);
    let withdrawal = record(&file, Purpose::Offers, false);
    assert_eq!(withdrawal.concerns(), [Concern::Withdrawal(Purpose::Offers)]);
    assert_eq!(record(&file, Purpose::Offers, true).concerns(), []);

    let left = Tablet::new(2);
    let (id, seen, entry) = (file.id, file.version, left.stamp(Version(0), Version(0)).dot);
    left.on(&mut file, seen, Action::SetAside { customer: id, concerns: withdrawal.concerns(), entry: None });
    assert_eq!(file.allows(Purpose::Offers), Permission::Withdrawn);

    let seen = file.version;
    Tablet::new(3).on(&mut file, seen, Action::LeaveOut { entry, customer: Some(id), reason: text("当面问过") });
    assert_eq!(file.allows(Purpose::Offers), Permission::Given);
}

#[test]
fn who_withdraws_her_health_record_is_treated_after_asking_a_manager_and_nothing_known_is_hidden() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let allergy = |n, what| Action::AddAllergy { customer: id, tag: tag(n), what: name(what), remark: None };
    Tablet::new(1).on(&mut file, seen, allergy(1, "酒精"));
    told(&mut file, Tablet::new(1), Purpose::HealthRecord, false);
    assert!(strip(&file).is_health_withdrawn);

    // A colleague who did not know yet: what she was told is taken in, and is on the strip.
    Tablet::new(2).on(&mut file, seen, allergy(2, "乳胶"));
    let answer = Answer::just(Said::Yes);
    Tablet::new(2).later().on(
        &mut file,
        seen,
        Action::AnswerQuestion { customer: id, question: Question::PregnantOrNursing, answer },
    );

    let strip = strip(&file);
    for what in ["酒精", "乳胶"] {
        assert!(strip.entries.iter().any(|(_, avoid, _)| *avoid == Avoid::Ingredient(name(what))), "{what}");
    }
    assert!(strip.entries.len() > 2 && strip.is_health_withdrawn);
}

#[test]
fn a_strip_is_not_clear_while_she_wants_no_health_record() {
    let mut file = file_of("林晓雨");
    for question in Question::ALL {
        let seen = file.version;
        let action = Action::AnswerQuestion { customer: file.id, question, answer: Answer::just(Said::No) };
        Tablet::new(1).on(&mut file, seen, action);
    }
    assert!(strip(&file).is_clear());
    told(&mut file, Tablet::new(1), Purpose::Photos, false);
    assert!(strip(&file).is_clear(), "photos are nothing that a treatment waits for");
    told(&mut file, Tablet::new(1), Purpose::HealthRecord, false);
    assert!(!strip(&file).is_clear());
}

#[test]
fn her_number_invites_to_be_called_only_while_she_wants_every_kind_of_call() {
    let mut file = file_of("林晓雨");
    told(&mut file, Tablet::new(1), Purpose::PhotosShown, false);
    assert_eq!(file.calls_withdrawn().count(), 0);
    told(&mut file, Tablet::new(1), Purpose::Offers, false);
    assert_eq!(file.calls_withdrawn().collect::<Vec<_>>(), [Purpose::Offers]);
}

#[test]
fn whoever_takes_the_history_hears_what_she_agrees_to_in_the_room_as_well() {
    let file = file_of("林晓雨");
    let (consent, withdrawal) = (record(&file, Purpose::HealthRecord, true), record(&file, Purpose::HealthRecord, false));
    let answer = Action::AnswerQuestion { customer: file.id, question: Question::Medication, answer: Answer::just(Said::No) };
    for (role, kind) in Role::ALL.into_iter().flat_map(|role| DeviceScope::ALL.map(|kind| (role, kind))) {
        let her = person(&[role]);
        assert_eq!(may(&her, kind, &consent), may(&her, kind, &answer), "{role:?} on {kind:?}");
        assert!(may(&her, kind, &withdrawal) || !may(&her, kind, &consent), "{role:?} on {kind:?}");
    }
    assert!(may(&person(&[Role::Beautician]), DeviceScope::Treatment, &withdrawal));
    // What she takes back finds an ear in whoever is with her.
    assert!(may(&person(&[Role::Support]), DeviceScope::Treatment, &withdrawal));
    assert!(!may(&person(&[Role::Support]), DeviceScope::Treatment, &consent));
}

#[test]
fn of_a_consent_a_device_gets_all_that_she_ever_said() {
    let mut file = file_of("林晓雨");
    let seen = file.version;
    for device in [1, 2] {
        let action = record(&file, Purpose::Offers, device == 1);
        Tablet::new(device).on(&mut file, seen, action);
    }
    for number in 0..30 {
        let unseen = Version(file.version.0 - 1);
        let action = record(&file, Purpose::Offers, number % 2 == 0);
        Tablet::new(100 + number).on(&mut file, unseen, action);
    }
    let whole = file.clone();
    file.shorten(0);
    assert_eq!(file.consents, whole.consents, "what was done against one is told from them");
    assert!(file.is_to_check());
}
