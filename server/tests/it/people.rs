//! What managers do about people and devices.

use crate::support::{Tablet, TestSalon};
use domain::{Action, DeviceScope, NoteId, Role, Text, Unfit};
use serde_json::{Value, json};
use sync::Outcome;
use uuid::Uuid;

const NOT_ALLOWED: (u16, &str) = (200, r#"{"Err":"not_allowed"}"#);

const CHANGES: [&str; 3] = ["people/set-roles", "people/set-at-work", "people/reset-password"];

/// A function takes what it names, and nothing else.
fn only_its_own(function: &str, mut arguments: Value) -> Value {
    let names: &[&str] = match function {
        "people/set-roles" => &["person", "roles"],
        "people/set-at-work" => &["person", "is_at_work"],
        _ => &["person"],
    };
    arguments.as_object_mut().unwrap().retain(|name, _| names.contains(&name.as_str()));
    arguments
}

async fn first_password(office: &mut Tablet<'_>, function: &str, arguments: Value) -> String {
    office.call(function, arguments).await.json()["Ok"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_new_comes_in_with_her_first_password_and_goes_when_she_leaves() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let password = first_password(&mut office, "people/add", json!({ "name": "新来的", "roles": ["beautician"] })).await;
    let people = office.call("people/list", json!({})).await.json();
    let her = people.as_array().unwrap().iter().find(|card| card["person"]["name"] == "新来的").unwrap()["person"]["id"].clone();

    let mut room = Tablet::enrolled(&salon, DeviceScope::Treatment).await;
    let reply = room.call("door/sign-in", json!({ "staff": her, "password": password })).await;
    assert!(reply.text.contains("data_key"), "{}", reply.text);
    room.hold(reply);
    assert_eq!(room.call("sync/manifest", json!({})).await.status, 200);

    assert_eq!(
        office.call("people/set-at-work", json!({ "person": her, "is_at_work": false })).await.said(),
        (200, r#"{"Ok":null}"#)
    );
    assert_eq!(room.call("sync/manifest", json!({})).await.status, 401);
    let again = json!({ "staff": her, "password": password });
    assert_eq!(room.call("door/sign-in", again.clone()).await.said(), (200, r#"{"Err":"wrong_password"}"#));

    office.call("people/set-at-work", json!({ "person": her, "is_at_work": true })).await;
    assert!(room.call("door/sign-in", again.clone()).await.text.contains("data_key"));
    let other = first_password(&mut office, "people/reset-password", json!({ "person": her })).await;
    assert_ne!(other, password);
    assert_eq!(room.call("door/sign-in", again).await.said(), (200, r#"{"Err":"wrong_password"}"#));
    assert!(room.call("door/sign-in", json!({ "staff": her, "password": other })).await.text.contains("data_key"));
    assert_eq!(salon.house.store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn nobody_manages_herself_nor_whoever_stands_above_her() {
    let salon = TestSalon::open().await;
    let (owner, now) = (salon.person("陈静"), salon.house.clock.now());
    salon.house.store.set_roles(owner, [Role::Owner].into(), now).await.unwrap();
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let manager = first_password(&mut office, "people/add", json!({ "name": "副店长", "roles": ["store_manager"] })).await;
    let people = office.call("people/list", json!({})).await.json();
    let id = |name: &str| {
        let card = people.as_array().unwrap().iter().find(|card| card["person"]["name"] == name);
        card.unwrap()["person"]["id"].clone()
    };
    let mut deputy = Tablet::enrolled(&salon, DeviceScope::Management).await;
    let reply = deputy.call("door/sign-in", json!({ "staff": id("副店长"), "password": manager })).await;
    deputy.hold(reply);
    let mut consultant = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;

    let by_each = [(vec!["陈静"], &mut office), (vec!["副店长", "陈静"], &mut deputy), (vec!["林静"], &mut consultant)];
    for (all, by) in by_each {
        for (function, person) in all.iter().flat_map(|whom| CHANGES.map(|function| (function, id(whom)))) {
            let arguments = json!({ "person": person, "roles": ["beautician"], "is_at_work": false });
            assert_eq!(by.call(function, only_its_own(function, arguments)).await.said(), NOT_ALLOWED, "{function} {all:?}");
        }
    }
    let owner = json!({ "name": "自己人", "roles": ["owner"] });
    assert_eq!(deputy.call("people/add", owner.clone()).await.said(), NOT_ALLOWED);
    assert_eq!(consultant.call("people/add", owner).await.said(), NOT_ALLOWED);
    assert_eq!(consultant.call("people/list", json!({})).await.said(), (200, "[]"));
    assert_eq!(office.call("people/add", json!({ "name": "没岗位", "roles": [] })).await.said(), (200, r#"{"Err":"bad_form"}"#));
    assert!(deputy.call("people/set-roles", json!({ "person": id("林静"), "roles": ["consultant"] })).await.text.contains("Ok"));
}

fn note(customer: domain::CustomerId) -> Action {
    Action::WriteCareNote { customer, note: NoteId::new(Uuid::now_v7()), text: Text::new("两颊略红").unwrap() }
}

#[tokio::test]
async fn a_device_that_is_sent_away_hands_in_to_a_manager_and_a_stolen_one_nothing() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", "19970001234").await;
    let (before, after) = (desk.envelope(note(customer)), |desk: &mut Tablet| desk.envelope(note(customer)));
    let first = desk.seal(&before);
    let device = desk.keys.as_ref().unwrap().device;
    let set = |state: &str| json!({ "device": device, "state": state });
    let (revoked, stolen, active) = (set("revoked"), set("stolen"), set("active"));

    assert_eq!(desk.call("devices/set-state", revoked.clone()).await.said(), NOT_ALLOWED);
    assert!(office.call("devices/set-state", revoked).await.text.contains("Ok"));

    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), (410, r#""wipe""#));
    assert_eq!(desk.push(vec![first]).await.settled[0].outcome, Outcome::Quarantined { reason: Unfit::NotAllowed });
    let aside = office.call("devices/set-aside", json!({})).await.json();
    assert_eq!((aside.as_array().unwrap().len(), &aside[0]["may_be_taken_in"]), (1, &json!(true)));
    // What waits is known of her as well: a copy of her data has its words.
    let copy = office.call("customers/copy", json!({ "customer": customer })).await.json();
    assert_eq!(copy["Ok"]["waiting"][0]["action"]["write_care_note"]["text"], json!("两颊略红"));

    assert!(office.call("devices/set-state", active.clone()).await.text.contains("Ok"));
    desk.sign_in("李婉清").await;
    assert_eq!(desk.call("sync/manifest", json!({})).await.status, 200);

    // What it said beforehand of having forgotten is not taken for it.
    let report = |is_wiped: bool| json!({ "report": { "waiting": 0, "files": 0, "is_persisted": true, "is_installed": true, "is_wiped": is_wiped } });
    assert_eq!(desk.call("devices/report", report(true)).await.status, 200);
    assert!(office.call("devices/set-state", stolen).await.text.contains("Ok"));
    let cards = office.call("devices/list", json!({})).await.json();
    let card = |cards: &Value| cards.as_array().unwrap().iter().find(|card| card["id"] == json!(device)).unwrap().clone();
    assert_eq!(card(&cards)["report"], Value::Null);
    let last = after(&mut desk);
    let sealed = desk.seal(&last);
    let push = json!({ "push": { "epoch": null, "oldest": 1, "entries": [sealed] } });
    assert_eq!(desk.call("sync/push", push).await.said(), (410, r#""wipe""#));
    // It may say that it has done so, and nothing else of itself.
    assert_eq!(desk.call("devices/report", report(false)).await.said(), (410, r#""wipe""#));
    assert_eq!(desk.call("devices/report", report(true)).await.status, 200);
    let cards = office.call("devices/list", json!({})).await.json();
    assert_eq!(card(&cards)["report"][0]["is_wiped"], true);
    assert_eq!(office.call("devices/set-state", active).await.said(), NOT_ALLOWED);
}

#[tokio::test]
async fn a_device_says_how_it_stands_and_only_a_manager_reads_it() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let report = json!({ "waiting": 3, "files": 120, "is_persisted": false, "is_installed": true });

    assert_eq!(room.call("devices/report", json!({ "report": report })).await.status, 200);

    let cards = office.call("devices/list", json!({})).await.json();
    let card = cards.as_array().unwrap().iter().find(|card| card["id"] == json!(room.keys.as_ref().unwrap().device)).unwrap();
    assert_eq!(card["report"][0], report);
    assert_eq!(room.call("devices/list", json!({})).await.said(), (200, "[]"));
}

/// H47: a manager's tablet in other hands does not carry a whole salon out, copy by copy.
#[tokio::test]
async fn copies_of_files_are_given_out_one_by_one_and_not_by_the_score() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", "19970001234").await;
    let ask = || json!({ "customer": customer });
    for _ in 0..20 {
        assert!(office.call("customers/copy", ask()).await.json()["Ok"].is_object());
    }
    let refused = office.call("customers/copy", ask()).await.json();
    assert_eq!(refused, json!({ "Err": { "too_many": { "minutes": 60 } } }));
    salon.house.clock.advance(60 * 60_000);
    assert!(office.call("customers/copy", ask()).await.json()["Ok"].is_object());
}
