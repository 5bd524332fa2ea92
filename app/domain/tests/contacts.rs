//! Who got in touch with whom, as stories: at the desk, in the room, and after she has said that she does not want it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Channel, Concern, Consent, Contact, ContactId, CustomerFile, DeviceScope, Direction, HowGiven, Matter, Purpose, Role,
    Talk, may, withhold,
};
use support::{Tablet, file_of, person, text};

fn call(about: Matter) -> Talk {
    Talk { channel: Channel::Phone, direction: Direction::ByUs, about, is_reached: true, text: None }
}

fn log(file: &CustomerFile, number: u128, is: Talk) -> Action {
    Action::LogContact { customer: file.id, contact: ContactId::new(support::uuid(number)), is }
}

/// With the file as it is now in view.
fn logged(file: &mut CustomerFile, number: u128, is: Talk) -> Contact {
    let (seen, action) = (file.version, log(file, number, is));
    Tablet::new(1).on(file, seen, action);
    file.contacts[&ContactId::new(support::uuid(number))].clone()
}

fn withdraws(file: &mut CustomerFile, purpose: Purpose) {
    let seen = file.version;
    let consent = Consent { is_given: false, how: HowGiven::ByPhone, said_on: None, remark: None };
    Tablet::new(2).on(file, seen, Action::RecordConsent { customer: file.id, purpose, consent });
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
    assert!(!logged(&mut file, 1, call(Matter::Offer)).despite_withdrawal, "nobody has asked her yet");
    withdraws(&mut file, Purpose::Offers);

    assert_eq!(file.withdrawn_for(&call(Matter::Offer)), Some(Purpose::Offers));
    assert_eq!(file.withdrawn_for(&call(Matter::AfterCare)), None);
    assert!(logged(&mut file, 2, call(Matter::Offer)).despite_withdrawal);
    assert!(!logged(&mut file, 3, call(Matter::AfterCare)).despite_withdrawal);

    withdraws(&mut file, Purpose::CareContact);
    for about in [Matter::Appointment, Matter::AfterCare] {
        assert_eq!(file.withdrawn_for(&call(about)), Some(Purpose::CareContact));
    }
    assert_eq!(file.contacts.len(), 3);
    assert!(!file.contacts.values().next().unwrap().despite_withdrawal, "what was before stays as it was");
}

#[test]
fn she_is_answered_and_her_complaint_is_seen_to_whatever_she_has_withdrawn() {
    let mut file = file_of("林晓雨");
    withdraws(&mut file, Purpose::CareContact);
    withdraws(&mut file, Purpose::Offers);

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
    withdraws(&mut file, Purpose::Offers);
    let action = log(&file, 1, call(Matter::Offer));
    Tablet::new(1).on(&mut file, seen, action);
    assert!(file.contacts.values().next().unwrap().despite_withdrawal);
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
