//! Who may do and see what: the table, held against the sentences of the salon's rules.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, DeviceScope, Objection, Phone, ProfileField, ProfileValue, Question, Role, Said, Shown, Unfit, authorise,
    may, may_read, may_work_on, withhold,
};
use support::{Tablet, customer, file_of, name, note, person, tag, text};

fn correct(value: ProfileValue) -> Action {
    Action::CorrectProfile { customer: customer(1), value }
}

#[test]
fn a_beautician_records_what_she_sees_and_hears_but_corrects_no_phone() {
    let her = person(&[Role::Beautician]);
    let room = DeviceScope::Treatment;
    let id = customer(1);
    assert!(may(&her, room, &Action::WriteCareNote { customer: id, note: note(1), text: text("略红") }));
    assert!(may(&her, room, &Action::AddAllergy { customer: id, tag: tag(1), what: name("酒精"), remark: None }));
    assert!(may(
        &her,
        room,
        &Action::AnswerQuestion { customer: id, question: Question::Medication, answer: Answer::just(Said::No) }
    ));
    assert!(!may(&her, room, &Action::ResolveAllergy { customer: id, tags: [tag(1)].into(), reason: text("误记") }));
    assert!(!may(&her, room, &correct(ProfileValue::Phone(Phone::new("13800004417").ok()))));
    assert!(!may(&her, DeviceScope::Desk, &correct(ProfileValue::SpendingMark(None))));
}

#[test]
fn roles_add_up_but_never_beyond_what_the_device_is_for() {
    let both = person(&[Role::Beautician, Role::Consultant]);
    let phone = correct(ProfileValue::Phone(Phone::new("13800004417").ok()));
    assert!(may(&both, DeviceScope::Desk, &phone));
    assert!(!may(&both, DeviceScope::Treatment, &phone));
}

#[test]
fn only_a_manager_on_a_management_device_furnishes_the_salon() {
    let furnish =
        Action::FurnishRoom { room: domain::RoomId::new(support::uuid(1)), is: domain::Room { name: name("3 号房") } };
    for role in Role::ALL {
        assert_eq!(may(&person(&[role]), DeviceScope::Management, &furnish), role.is_manager(), "{role:?}");
        assert!(!may(&person(&[role]), DeviceScope::Desk, &furnish));
    }
}

#[test]
fn somebody_who_left_is_set_aside_not_obeyed() {
    let mut gone = person(&[Role::Owner]);
    gone.is_active = false;
    let refused = authorise(Some(&gone), DeviceScope::Desk, &correct(ProfileValue::Card(None)));
    assert_eq!(refused, Err(Objection::Quarantine(Unfit::AuthorLeft)));
    assert_eq!(
        authorise(None, DeviceScope::Desk, &correct(ProfileValue::Card(None))),
        Err(Objection::Quarantine(Unfit::UnknownAuthor))
    );
}

#[test]
fn a_forbidden_field_inside_a_new_file_stops_the_whole() {
    let mut card = domain::NewCustomer::named(name("林晓雨"));
    card.profile = vec![ProfileValue::SpendingMark(Some(domain::SpendingMark::A))];
    let action = Action::AddCustomer { customer: customer(2), card: Box::new(card) };
    assert!(!may(&person(&[Role::Clerk]), DeviceScope::Desk, &action));
    assert!(may(&person(&[Role::Consultant]), DeviceScope::Desk, &action));
}

#[test]
fn phone_and_mark_never_reach_a_treatment_room() {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    for value in [
        ProfileValue::Phone(Phone::new("13800004417").ok()),
        ProfileValue::SpendingMark(Some(domain::SpendingMark::A)),
        ProfileValue::Workplace(name("梧桐路 8 号").into()),
        ProfileValue::BalanceBefore(Some(domain::Cents(-28_000))),
    ] {
        Tablet::new(1).on(&mut file, seen, Action::CorrectProfile { customer: id, value });
    }
    Tablet::new(1).on(&mut file, seen, Action::AddAllergy { customer: id, tag: tag(1), what: name("酒精"), remark: None });

    let room = serde_json::to_string(&withhold(file.clone(), DeviceScope::Treatment)).unwrap();

    for secret in ["13800004417", "梧桐路", "28000", "\"A\""] {
        assert!(!room.contains(secret), "{secret} left for the treatment room");
    }
    assert!(room.contains("酒精"), "a safety rule's input was withheld");
    assert!(room.contains("withheld"), "what is held back is said to be held back");
    assert_eq!(serde_json::to_string(&withhold(file.clone(), DeviceScope::Desk)).unwrap(), serde_json::to_string(&file).unwrap());
}

#[test]
fn whoever_may_work_on_a_kind_of_device_may_read_all_that_it_keeps() {
    let kinds =
        |roles: &[Role]| DeviceScope::ALL.into_iter().filter(|kind| may_work_on(&person(roles), *kind)).collect::<Vec<_>>();
    assert_eq!(kinds(&[Role::Beautician]), [DeviceScope::Treatment]);
    assert_eq!(kinds(&[Role::Support]), [DeviceScope::Treatment]);
    assert_eq!(kinds(&[Role::Consultant]), DeviceScope::ALL);
    assert_eq!(kinds(&[Role::Beautician, Role::Clerk]), DeviceScope::ALL);
    assert_eq!(kinds(&[Role::Analyst, Role::ProductClerk]), []);
    for (role, kind) in Role::ALL.into_iter().flat_map(|role| DeviceScope::ALL.map(|kind| (role, kind))) {
        let everything = file_with_everything();
        let kept = withhold(everything, kind);
        let reads_all =
            kept.profile.iter().all(|(field, shown)| matches!(shown, Shown::Withheld) || may_read(&person(&[role]), kind, field));
        assert_eq!(may_work_on(&person(&[role]), kind), reads_all, "{role:?} on {kind:?}");
    }
}

#[test]
fn no_screen_shows_a_beautician_more_than_a_treatment_room_keeps() {
    let her = person(&[Role::Beautician]);
    assert!(may_read(&her, DeviceScope::Desk, ProfileField::SkinType));
    assert!(!may_read(&her, DeviceScope::Desk, ProfileField::Phone));
    assert!(may_read(&person(&[Role::Consultant]), DeviceScope::Desk, ProfileField::Phone));
    assert!(!may_read(&person(&[Role::Consultant]), DeviceScope::Treatment, ProfileField::Phone));
}

fn file_with_everything() -> domain::CustomerFile {
    let mut file = file_of("林晓雨");
    let (id, seen) = (file.id, file.version);
    let values = [
        ProfileValue::Phone(None),
        ProfileValue::PhoneAsWritten(None),
        ProfileValue::Birthday(None),
        ProfileValue::BirthdayAsWritten(None),
        ProfileValue::Gender(None),
        ProfileValue::SkinType(None),
        ProfileValue::Card(None),
        ProfileValue::Source(None),
        ProfileValue::Referrer(None),
        ProfileValue::Consultant(None),
        ProfileValue::SpendingMark(None),
        ProfileValue::BloodType(None),
        ProfileValue::Workplace(None),
        ProfileValue::HomePhone(None),
        ProfileValue::Hobbies(None),
        ProfileValue::Diet(None),
        ProfileValue::FirstVisit(None),
        ProfileValue::LastVisit(None),
        ProfileValue::SpentBefore(None),
        ProfileValue::BalanceBefore(None),
    ];
    for value in values {
        Tablet::new(1).on(&mut file, seen, Action::CorrectProfile { customer: id, value });
    }
    assert_eq!(file.profile.iter().count(), ProfileField::ALL.len(), "a new field needs its line here");
    file
}
