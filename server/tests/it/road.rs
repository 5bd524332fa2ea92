use crate::support::{PASSWORD, Tablet, TestSalon};
use domain::{Action, CustomerId, DeviceScope, NoteId, Phone, ProfileValue, Role, Text, Unfit};
use serde_json::{Value, json};
use store::DeviceStatus;
use sync::{Outcome, SCHEMA};
use uuid::Uuid;

const PHONE: &str = "19970001234";

fn quarantined(reason: Unfit) -> Outcome {
    Outcome::Quarantined { reason }
}

fn note(customer: CustomerId) -> Action {
    Action::WriteCareNote { customer, note: NoteId::new(Uuid::now_v7()), text: Text::new("两颊略红").unwrap() }
}

/// The entry as JSON, changed by hand, so that it says what no build of ours would.
fn tampered(tablet: &Tablet<'_>, action: Action, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut envelope: Value = serde_json::from_slice(&tablet.envelope(action)).unwrap();
    change(&mut envelope);
    envelope.to_string().into_bytes()
}

async fn notes_of(salon: &TestSalon, customer: CustomerId) -> usize {
    salon.house.store.customer(customer).await.unwrap().unwrap().notes.len()
}

/// H1
#[tokio::test]
async fn an_id_that_is_not_ours_is_answered_like_one_that_never_was() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let ours = desk.add_customer("林晓雨", PHONE).await;
    let guessed = CustomerId::new(Uuid::from_u128(ours.uuid().as_u128() + 1));
    let other = CustomerId::new(Uuid::now_v7());

    for id in [guessed, other] {
        let reply = desk.call("sync/fetch", json!({ "fetch": { "ids": [{ "customer": id }], "schema": SCHEMA } })).await.json();
        assert_eq!(reply["rows"][0]["body"], Value::Null);
        assert_eq!(reply["rows"].as_array().unwrap().len(), 1);
    }
}

/// H2
#[tokio::test]
async fn what_a_device_asks_to_be_changes_nothing() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let arguments =
        json!({ "fetch": { "ids": [{ "customer": customer }], "scope": "management" }, "scope": "manager", "role": "owner" });

    assert!(!room.call("sync/fetch", arguments).await.text.contains(PHONE));
    assert!(
        desk.call("sync/fetch", json!({ "fetch": { "ids": [{ "customer": customer }], "schema": SCHEMA } }))
            .await
            .text
            .contains(PHONE)
    );

    let epoch = room.call("sync/manifest", json!({})).await.json()["epoch"].clone();
    for (function, plain) in [
        ("sync/pull", json!({ "pull": { "epoch": epoch, "after": 0, "schema": SCHEMA } })),
        ("sync/manifest", json!({})),
        ("sync/fetch", json!({ "fetch": { "ids": ["salon", { "customer": customer }], "schema": SCHEMA } })),
        ("customers/search", json!({ "query": "林" })),
        ("customers/older-notes", json!({ "customer": customer, "before": null })),
        ("customers/older-contacts", json!({ "customer": customer, "before": null })),
        ("customers/older-uses", json!({ "customer": customer, "before": null })),
    ] {
        let mut wishing = plain.clone();
        let wish = [("scope".to_owned(), json!("management")), ("role".to_owned(), json!("owner"))];
        for within in wishing.as_object_mut().unwrap().values_mut().filter_map(Value::as_object_mut) {
            within.extend(wish.clone());
        }
        wishing.as_object_mut().unwrap().extend(wish);
        let as_she_is = room.call(function, plain).await;
        assert_eq!(as_she_is.status, 200, "{function}");
        assert_eq!(room.call(function, wishing).await.said(), as_she_is.said(), "{function}");
    }
}

/// H3
#[tokio::test]
async fn no_phone_ever_leaves_for_a_treatment_room() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let epoch = room.call("sync/manifest", json!({})).await.json()["epoch"].clone();
    let calls = [
        ("sync/manifest", json!({})),
        ("sync/fetch", json!({ "fetch": { "ids": ["salon", { "customer": customer }], "schema": SCHEMA } })),
        ("sync/pull", json!({ "pull": { "epoch": epoch, "after": 0, "schema": SCHEMA } })),
        ("customers/search", json!({ "query": "林" })),
        ("customers/search", json!({ "query": PHONE })),
        ("customers/older-notes", json!({ "customer": customer, "before": null })),
        ("customers/older-contacts", json!({ "customer": customer, "before": null })),
        ("customers/older-uses", json!({ "customer": customer, "before": null })),
        ("door", json!({})),
        ("sync/pull", json!({ "pull": PHONE })),
    ];
    for (function, arguments) in calls {
        let reply = room.call(function, arguments).await;
        assert!(!reply.text.contains(&PHONE[..7]), "{function}: {}", reply.text);
    }
    let rows = room.call("sync/fetch", json!({ "fetch": { "ids": [{ "customer": customer }], "schema": SCHEMA } })).await.text;
    assert!(rows.contains("林晓雨") && rows.contains("1234"), "{rows}");
}

/// H4
#[tokio::test]
async fn what_no_action_is_called_is_kept_for_a_manager_and_does_nothing() {
    let salon = TestSalon::open().await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let staff = salon.person("林静");
    let actions = [
        json!({ "set_role": { "staff": staff, "role": "owner" } }),
        json!({ "staff.set_role": { "staff": staff, "role": "owner" } }),
        json!({ "__proto__": { "role": "owner" } }),
        json!({ "constructor": {} }),
    ];
    for action in actions {
        let envelope = tampered(&room, note(CustomerId::new(Uuid::now_v7())), |envelope| envelope["action"] = action);
        assert_eq!(room.record_bytes(&envelope).await, quarantined(Unfit::Unreadable));
    }
    let (now, _) = salon.house.store.salon().await.unwrap().unwrap();
    assert_eq!(now.staff[&staff].roles, [Role::Beautician].into());
}

/// H5
#[tokio::test]
async fn fields_that_do_not_exist_are_not_passed_over() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    for field in ["role", "branch_id", "ver", "deleted"] {
        let envelope = tampered(&desk, note(customer), |envelope| envelope["action"]["write_care_note"][field] = json!("x"));
        assert_eq!(desk.record_bytes(&envelope).await, quarantined(Unfit::Unreadable));
        let beside = tampered(&desk, note(customer), |envelope| envelope[field] = json!("x"));
        assert_eq!(desk.record_bytes(&beside).await, quarantined(Unfit::Unreadable));
    }
    let newer = tampered(&desk, note(customer), |envelope| {
        envelope["schema"] = json!(99);
        envelope["action"]["write_care_note"]["mood"] = json!("calm");
    });
    assert_eq!(desk.record_bytes(&newer).await, Outcome::RetryLater);
    assert_eq!(notes_of(&salon, customer).await, 0);
}

/// H6
#[tokio::test]
async fn nobody_writes_in_anothers_name() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let envelope = tampered(&desk, note(customer), |envelope| envelope["author"] = json!(salon.person("陈静")));

    assert_eq!(desk.record_bytes(&envelope).await, quarantined(Unfit::Forged));
    assert_eq!(notes_of(&salon, customer).await, 0);
}

/// H7
#[tokio::test]
async fn what_one_wrote_is_hers_whoever_hands_it_in() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let envelope = desk.envelope(note(customer));
    let sealed = desk.seal(&envelope);
    desk.sign_in("陈静").await;

    assert!(matches!(desk.push(vec![sealed]).await.settled[0].outcome, Outcome::Applied { .. }));
    let file = salon.house.store.customer(customer).await.unwrap().unwrap();
    assert_eq!(file.notes.values().next().unwrap().written.by, salon.person("李婉清"));
}

/// H16
#[tokio::test]
async fn a_field_that_is_not_hers_is_kept_whole_for_a_manager() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let values = [ProfileValue::Phone(Phone::new("19970009999").ok()), ProfileValue::BalanceBefore(Some(domain::Cents(1)))];
    for value in values {
        assert_eq!(room.record(Action::CorrectProfile { customer, value }).await, quarantined(Unfit::NotAllowed));
    }

    let file = salon.house.store.customer(customer).await.unwrap().unwrap();
    assert_eq!(file.phone().unwrap().as_str(), PHONE);
    assert_eq!(salon.house.store.quarantine().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_locked_tablet_hands_in_and_gets_nothing() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    desk.call("door/lock", json!({})).await.json();

    assert!(matches!(desk.record(note(customer)).await, Outcome::Applied { .. }));
    let locked = (423, r#""locked""#);
    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), locked);
    assert_eq!(desk.call("sync/pull", json!({ "pull": { "epoch": 1, "after": 0, "schema": SCHEMA } })).await.said(), locked);
    assert_eq!(desk.call("sync/fetch", json!({ "fetch": { "ids": ["salon"], "schema": SCHEMA } })).await.said(), locked);
    assert_eq!(desk.call("customers/search", json!({ "query": "林" })).await.said(), locked);
    assert_eq!(desk.call("door/set-pin", json!({ "pin": "482913" })).await.said(), locked);

    desk.call("door/sign-out", json!({})).await.json();
    assert!(matches!(desk.record(note(customer)).await, Outcome::Applied { .. }));
    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), (401, r#""signed_out""#));
}

#[tokio::test]
async fn what_somebody_wrote_who_has_left_goes_to_a_manager() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let now = salon.house.clock.now();
    salon.house.store.disable_person(salon.person("李婉清"), now).await.unwrap();

    assert_eq!(desk.record(note(customer)).await, quarantined(Unfit::AuthorLeft));
    assert_eq!(notes_of(&salon, customer).await, 0);
}

/// H45
#[tokio::test]
async fn a_device_that_was_sent_away_hands_in_to_quarantine_and_a_stolen_one_wipes() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let (store, now, by) = (&salon.house.store, salon.house.clock.now(), salon.person("陈静"));
    let device = desk.keys.as_ref().unwrap().device;
    let wipe = (410, r#""wipe""#);

    store.set_device_status(device, DeviceStatus::Revoked, by, now).await.unwrap();
    assert!(matches!(desk.record(note(customer)).await, Outcome::Quarantined { .. }));
    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), wipe);
    let arguments = json!({ "staff": salon.person("李婉清"), "password": PASSWORD });
    assert_eq!(desk.call("door/sign-in", arguments).await.said(), wipe);
    assert_eq!(desk.call("door", json!({})).await.json()["device"]["is_revoked"], true);

    store.set_device_status(device, DeviceStatus::Stolen, by, now).await.unwrap();
    assert_eq!(desk.call("door", json!({})).await.said(), wipe);
    let push = json!({ "push": { "epoch": null, "oldest": 1, "entries": [] } });
    assert_eq!(desk.call("sync/push", push).await.said(), wipe);
}

/// H9, H10, H13
#[tokio::test]
async fn numbers_that_cannot_be_are_answered_and_change_nothing() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    desk.next = domain::Seq(1);
    assert_eq!(desk.record(note(customer)).await, Outcome::Forked);
    desk.next = domain::Seq(200);
    assert_eq!(desk.record(note(customer)).await, Outcome::Gap { expected: domain::Seq(2) });

    let epoch = desk.call("sync/manifest", json!({})).await.json()["epoch"].clone();
    for after in [-1, i64::MAX] {
        let reply = desk.call("sync/pull", json!({ "pull": { "epoch": epoch, "after": after, "schema": SCHEMA } })).await;
        assert_eq!(reply.said(), (200, "null"), "{after}");
    }
    assert_eq!(
        desk.call("sync/pull", json!({ "pull": { "epoch": 1, "after": 0, "schema": SCHEMA } })).await.said(),
        (200, "null")
    );
    assert_eq!(notes_of(&salon, customer).await, 0);
}

/// F35
#[tokio::test]
async fn an_older_build_hands_in_what_it_holds_and_is_told_to_make_way_before_it_reads() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", PHONE).await;
    let epoch = desk.call("sync/manifest", json!({})).await.json()["epoch"].clone();

    for (function, arguments) in [
        ("sync/pull", json!({ "pull": { "epoch": epoch, "after": 0 } })),
        ("sync/fetch", json!({ "fetch": { "ids": [{ "customer": customer }] } })),
    ] {
        let reply = desk.call(function, arguments).await;
        assert_eq!(reply.said(), (426, "\"upgrade\""), "{function}");
    }
    assert!(matches!(desk.record(note(customer)).await, Outcome::Applied { .. }));
    assert_eq!(notes_of(&salon, customer).await, 1);
}
