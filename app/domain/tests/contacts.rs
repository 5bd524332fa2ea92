//! Who got in touch with whom, as stories: at the desk, in the room, and after she has said that she does not want it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Channel, Concern, Consent, Contact, ContactId, CustomerFile, DeviceScope, Direction, FileChange, HowGiven, Matter,
    Moment, Permission, Purpose, Role, Stamp, Talk, Version, may, withhold,
};
use std::collections::BTreeSet;
use support::{NOW, Tablet, customer, file_of, person, text};

fn call(about: Matter) -> Talk {
    Talk { channel: Channel::Phone, direction: Direction::ByUs, about, is_reached: true, on: None, text: None }
}

fn log(file: &CustomerFile, number: u128, is: Talk) -> Action {
    Action::LogContact { customer: file.id, contact: ContactId::new(support::uuid(number)), is }
}

/// What was done at some minute, with the file as it is now in view.
fn at(minute: i64, device: u128) -> Tablet {
    Tablet { at: Moment(NOW.0 + minute * 60_000), ..Tablet::new(device) }
}

fn logged(file: &mut CustomerFile, minute: i64, is: Talk) -> Contact {
    let number = 1_000 + u128::from(minute.unsigned_abs());
    let (seen, action) = (file.version, log(file, number, is));
    at(minute, 1).on(file, seen, action);
    file.contacts[&ContactId::new(support::uuid(number))].clone()
}

fn says(file: &mut CustomerFile, minute: i64, is_given: bool, purpose: Purpose) {
    let seen = file.version;
    let consent = Consent { is_given, how: HowGiven::ByPhone, said_on: None, remark: None };
    at(minute, 2).on(file, seen, Action::RecordConsent { customer: file.id, purpose, consent });
}

fn withdraws(file: &mut CustomerFile, minute: i64, purpose: Purpose) {
    says(file, minute, false, purpose);
}

/// Of each contact, in their order, whether it was against what she had said.
fn despite(file: &CustomerFile) -> Vec<bool> {
    file.contacts.values().map(|contact| contact.is_despite(file)).collect()
}

#[test]
fn a_contact_is_only_ever_added_and_logging_it_twice_is_logging_it_once() {
    let mut file = file_of("林晓雨");
    logged(&mut file, 1, Talk { text: Some(text("脸不红了")), ..call(Matter::AfterCare) });
    logged(&mut file, 1, Talk { text: Some(text("别的话")), ..call(Matter::Other) });
    logged(&mut file, 2, call(Matter::Appointment));

    assert_eq!(file.contacts.len(), 2);
    let first = file.contacts.values().next().unwrap();
    assert_eq!(first.talk.text, Some(text("脸不红了")));
}

#[test]
fn what_she_has_withdrawn_is_no_reason_to_call_her_and_a_call_made_all_the_same_is_kept_and_marked() {
    let mut file = file_of("林晓雨");
    logged(&mut file, 1, call(Matter::Offer));
    withdraws(&mut file, 2, Purpose::Offers);

    assert_eq!(file.withdrawn_for(&call(Matter::Offer)), Some(Purpose::Offers));
    assert_eq!(file.withdrawn_for(&call(Matter::AfterCare)), None);
    logged(&mut file, 3, call(Matter::Offer));
    logged(&mut file, 4, call(Matter::AfterCare));
    assert_eq!(despite(&file), [false, true, false], "what was before stays as it was");

    withdraws(&mut file, 5, Purpose::CareContact);
    for about in [Matter::Appointment, Matter::AfterCare] {
        assert_eq!(file.withdrawn_for(&call(about)), Some(Purpose::CareContact));
    }
    assert_eq!(despite(&file), [false, true, false]);
}

#[test]
fn what_counts_is_when_she_was_called_not_when_the_salon_heard_of_it() {
    let mut file = file_of("林晓雨");
    withdraws(&mut file, 10, Purpose::Offers);
    logged(&mut file, 9, call(Matter::Offer));
    logged(&mut file, 12, call(Matter::Offer));
    says(&mut file, 20, true, Purpose::Offers);
    logged(&mut file, 15, call(Matter::Offer));
    logged(&mut file, 21, call(Matter::Offer));

    assert_eq!(despite(&file), [false, true, true, false]);
}

#[test]
fn a_call_of_another_day_is_told_with_its_day_and_held_against_what_she_had_said_by_then() {
    let yesterday = support::salon().settings.offset.day(Moment(NOW.0 - 24 * 3_600_000));
    let told = |on| Talk { on, ..call(Matter::Offer) };
    let mut file = file_of("林晓雨");
    withdraws(&mut file, 10, Purpose::Offers);
    logged(&mut file, 20, told(None));
    logged(&mut file, 21, told(Some(yesterday)));
    assert_eq!(despite(&file), [true, false], "yesterday she had not said so yet");

    withdraws(&mut file, -24 * 60, Purpose::Offers);
    assert_eq!(despite(&file), [true, true], "on that day she had, at some hour of it");
}

#[test]
fn whether_she_wants_a_call_is_asked_where_nobody_did_and_stops_no_call_about_her_own_appointment() {
    let mut file = file_of("林晓雨");
    for about in [Matter::Appointment, Matter::AfterCare] {
        assert_eq!((file.unasked_for(&call(about)), file.not_allowed_for(&call(about))), (Some(Purpose::CareContact), None));
    }
    assert_eq!(file.not_allowed_for(&call(Matter::Offer)), Some(Purpose::Offers));
    says(&mut file, 1, true, Purpose::CareContact);
    assert_eq!(file.unasked_for(&call(Matter::Appointment)), None);
}

#[test]
fn a_withdrawal_of_which_the_salon_hears_later_counts_from_when_she_said_it() {
    let mut file = file_of("林晓雨");
    logged(&mut file, 12, call(Matter::Offer));
    assert_eq!(despite(&file), [false]);
    withdraws(&mut file, 10, Purpose::Offers);
    assert_eq!(despite(&file), [true]);

    // Somebody writes the same down again.
    withdraws(&mut file, 30, Purpose::Offers);
    assert_eq!(despite(&file), [true]);
    says(&mut file, 40, true, Purpose::Offers);
    logged(&mut file, 41, call(Matter::Offer));
    assert_eq!(despite(&file), [true, false]);
}

#[test]
fn while_two_people_heard_different_things_a_call_is_marked() {
    let mut file = file_of("林晓雨");
    let seen = file.version;
    for (minute, is_given) in [(1, false), (2, true)] {
        let consent = Consent { is_given, how: HowGiven::ByPhone, said_on: None, remark: None };
        let action = Action::RecordConsent { customer: file.id, purpose: Purpose::Offers, consent };
        at(minute, 10 + u128::from(is_given)).on(&mut file, seen, action);
    }
    logged(&mut file, 3, call(Matter::Offer));
    assert_eq!(despite(&file), [true]);

    says(&mut file, 4, true, Purpose::Offers);
    assert_eq!(file.allows(Purpose::Offers), Permission::Given);
    logged(&mut file, 5, call(Matter::Offer));
    assert!(!despite(&file)[1]);
}

#[test]
fn a_withdrawal_in_a_file_that_is_joined_with_this_one_counts_here_too() {
    let (mut hers, mut other) = (file_of("林晓雨"), file_of("林小雨"));
    other.id = customer(2);
    logged(&mut hers, 5, call(Matter::Offer));
    logged(&mut hers, 15, call(Matter::Offer));
    withdraws(&mut other, 10, Purpose::Offers);
    assert_eq!(despite(&hers), [false, false]);

    let stamp = Stamp { version: Version(9), ..at(30, 9).stamp(Version(8), Version(9)) };
    hers.absorb(&FileChange::Joined(other.id, BTreeSet::new()), &stamp);
    let shown = hers.clone().united([&other]);
    assert_eq!(despite(&shown), [false, true]);
    // She has said the same to both; the earlier one counts.
    withdraws(&mut hers, 20, Purpose::Offers);
    assert_eq!(despite(&hers.united([&other])), [false, true]);
}

#[test]
fn where_a_clock_cannot_tell_what_came_first_the_call_is_marked() {
    let ahead = |file: &mut CustomerFile, action: Action| {
        let stamp = Stamp { received_at: Some(NOW), ..at(60, 3).stamp(file.version, Version(file.version.0 + 1)) };
        let changes = domain::decide(domain::Scope { salon: &support::salon(), file: Some(file), other: None }, &stamp, &action);
        *file = CustomerFile::after(Some(file.clone()), &changes.unwrap(), &stamp).unwrap();
    };
    let withdrawal = |file: &CustomerFile| Action::RecordConsent {
        customer: file.id,
        purpose: Purpose::Offers,
        consent: Consent { is_given: false, how: HowGiven::InPerson, said_on: None, remark: None },
    };
    // Her withdrawal was written down by a clock that ran ahead.
    let mut file = file_of("林晓雨");
    logged(&mut file, 5, call(Matter::Offer));
    let action = withdrawal(&file);
    ahead(&mut file, action);
    assert_eq!(despite(&file), [true]);
    says(&mut file, 10, true, Purpose::Offers);
    logged(&mut file, 11, call(Matter::Offer));
    assert_eq!(despite(&file), [true, false], "whoever gave it back had seen it");

    // The call was: it may have been before she gave it back.
    let mut file = file_of("林晓雨");
    withdraws(&mut file, 5, Purpose::Offers);
    says(&mut file, 10, true, Purpose::Offers);
    let action = log(&file, 1, call(Matter::Offer));
    ahead(&mut file, action);
    assert_eq!(despite(&file), [true]);
    // And one that even that clock puts before it was before it.
    let mut file = file_of("林晓雨");
    let action = log(&file, 1, call(Matter::Offer));
    ahead(&mut file, action);
    withdraws(&mut file, 70, Purpose::Offers);
    assert_eq!(despite(&file), [false]);
}

#[test]
fn a_withdrawal_that_waits_for_a_manager_counts_until_she_has_decided() {
    let mut file = file_of("林晓雨");
    logged(&mut file, 1, call(Matter::Offer));
    logged(&mut file, 9, call(Matter::Offer));
    let waiting = at(5, 2).stamp(Version(0), Version(9));
    file.absorb(&FileChange::SetAside(waiting.dot, vec![Concern::Withdrawal(Purpose::Offers)]), &waiting);
    assert_eq!(despite(&file), [false, true]);
}

#[test]
fn a_contact_that_an_older_build_has_marked_is_still_read() {
    let mut file = file_of("林晓雨");
    let contact = logged(&mut file, 1, call(Matter::Offer));
    let mut kept = serde_json::to_value(&contact).unwrap();
    kept["despite_withdrawal"] = true.into();
    assert_eq!(serde_json::from_value::<Contact>(kept).unwrap(), contact);
}

#[test]
fn she_is_answered_and_her_complaint_is_seen_to_whatever_she_has_withdrawn() {
    let mut file = file_of("林晓雨");
    withdraws(&mut file, 1, Purpose::CareContact);
    withdraws(&mut file, 2, Purpose::Offers);

    for about in Matter::ALL {
        assert_eq!(file.withdrawn_for(&Talk { direction: Direction::ByHer, ..call(about) }), None, "{about:?}");
    }
    assert_eq!(file.withdrawn_for(&call(Matter::Complaint)), None);
    // She is here: nobody calls her. News and offers she does not want to hear at all.
    let here = |about| Talk { channel: Channel::InPerson, ..call(about) };
    assert_eq!(file.withdrawn_for(&here(Matter::Appointment)), None);
    assert_eq!(file.withdrawn_for(&here(Matter::Offer)), Some(Purpose::Offers));
}

#[test]
fn a_call_from_a_desk_that_did_not_know_is_marked_when_it_arrives() {
    let mut file = file_of("林晓雨");
    let seen = file.version;
    withdraws(&mut file, 1, Purpose::Offers);
    let action = log(&file, 1, call(Matter::Offer));
    at(2, 1).on(&mut file, seen, action);
    assert_eq!(despite(&file), [true]);
}

#[test]
fn contacts_are_logged_at_the_desk_and_by_managers_and_in_the_room_only_what_she_said_there() {
    let file = file_of("林晓雨");
    let called = log(&file, 1, call(Matter::AfterCare));
    let heard = Talk { channel: Channel::InPerson, direction: Direction::ByHer, ..call(Matter::Other) };
    let said = log(&file, 2, heard.clone());
    let told_her = log(&file, 3, Talk { direction: Direction::ByUs, ..heard });

    for role in [Role::Owner, Role::StoreManager, Role::OperationsManager, Role::Consultant, Role::Clerk] {
        assert!(may(&person(&[role]), DeviceScope::Desk, &called), "{role:?}");
        assert!(!may(&person(&[role]), DeviceScope::Treatment, &called), "{role:?}");
    }
    let beautician = person(&[Role::Beautician]);
    assert!(may(&beautician, DeviceScope::Treatment, &said));
    for (kind, action) in DeviceScope::ALL.into_iter().flat_map(|kind| [(kind, &called), (kind, &told_her)]) {
        assert!(!may(&beautician, kind, action), "{kind:?}");
    }
    assert!(may(&person(&[Role::Support]), DeviceScope::Treatment, &said), "a helper may be the one whom she tells");
    for role in [Role::ProductClerk, Role::Analyst] {
        assert!(DeviceScope::ALL.into_iter().all(|kind| !may(&person(&[role]), kind, &said)), "{role:?}");
    }
}

#[test]
fn a_contact_carries_nothing_that_a_treatment_room_may_not_hold() {
    let mut file = file_of("林晓雨");
    logged(&mut file, 1, Talk { text: Some(text("约了周六")), ..call(Matter::Appointment) });
    let room = withhold(file.clone(), DeviceScope::Treatment);
    assert_eq!(room.contacts, file.contacts);
}

#[test]
fn words_of_a_contact_that_could_not_be_taken_in_may_be_about_her_safety() {
    let file = file_of("林晓雨");
    assert_eq!(log(&file, 1, call(Matter::AfterCare)).concerns(), []);
    let words = Talk { text: Some(text("说起水疱了")), ..call(Matter::AfterCare) };
    assert_eq!(log(&file, 1, words).concerns(), [Concern::Note]);
}

#[test]
fn a_withdrawal_that_was_written_down_late_counts_from_the_day_on_which_she_said_it() {
    let mut file = file_of("林晓雨");
    logged(&mut file, 1, call(Matter::Offer));
    let said_on = chrono::DateTime::from_timestamp_millis(NOW.0).map(|now| now.date_naive() - chrono::Days::new(3));
    let consent = Consent { is_given: false, how: HowGiven::OnPaper, said_on, remark: None };
    let seen = file.version;
    let customer = file.id;
    at(60, 2).on(&mut file, seen, Action::RecordConsent { customer, purpose: Purpose::Offers, consent });

    assert_eq!(despite(&file), [true]);
}
