//! What managers decide about entries that could not be taken in, and where they may.

use crate::support::{Tablet, TestSalon};
use domain::{Action, AllergyTag, CustomerId, DeviceScope, Dot, Moment, Name, NewCustomer, Unfit, Version};
use serde_json::json;
use sync::Outcome;
use uuid::Uuid;

const NOT_ALLOWED: (u16, &str) = (200, r#"{"Err":"not_allowed"}"#);

fn allergic(customer: CustomerId) -> Action {
    Action::AddAllergy { customer, tag: AllergyTag::new(Uuid::now_v7()), what: Name::new("酒精").unwrap(), remark: None }
}

#[tokio::test]
async fn a_file_that_a_manager_takes_in_says_at_once_what_else_about_her_was_set_aside() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = CustomerId::new(Uuid::now_v7());
    let add = Action::AddCustomer { customer, card: Box::new(NewCustomer::named(Name::new("林晓雨").unwrap())) };
    let now = salon.house.clock.now();
    salon.house.store.disable_person(salon.person("李婉清"), now).await.unwrap();
    for action in [add, allergic(customer)] {
        let envelope = desk.envelope(action);
        assert_eq!(desk.record_bytes(&envelope).await, Outcome::Quarantined { reason: Unfit::AuthorLeft });
    }
    let aside = office.call("devices/set-aside", json!({})).await.json();
    let of =
        |kind: &str| aside.as_array().unwrap().iter().find(|entry| entry["action"][kind].is_object()).unwrap()["entry"].clone();
    let decide = |kind: &str| json!({ "entry": of(kind), "verdict": "take_in" });

    assert_eq!(office.call("devices/decide-set-aside", decide("add_customer")).await.said(), (200, r#"{"Ok":null}"#));

    let file = salon.house.store.customer(customer).await.unwrap().unwrap();
    assert_eq!((file.set_aside.len(), file.allergies.active().count()), (1, 0));
    assert_eq!(office.call("devices/decide-set-aside", decide("add_allergy")).await.said(), (200, r#"{"Ok":null}"#));
    let file = salon.house.store.customer(customer).await.unwrap().unwrap();
    assert_eq!((file.set_aside.len(), file.allergies.active().count()), (0, 1));
    assert_eq!(office.call("devices/decide-set-aside", decide("add_allergy")).await.said(), (200, r#"{"Err":"gone"}"#));
    assert_eq!(salon.house.store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn what_was_done_with_whole_files_is_offered_to_nobody_and_waits_on_until_it_is_left_out() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let customer = office.add_customer("林晓雨", "19970001234").await;
    let mut hers = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    salon.house.store.disable_person(salon.person("李婉清"), salon.house.clock.now()).await.unwrap();
    let envelope = hers.envelope(Action::EraseFile { customer, why: domain::WhyErased::HerRequest });
    assert_eq!(hers.record_bytes(&envelope).await, Outcome::Quarantined { reason: Unfit::AuthorLeft });

    let aside = office.call("devices/set-aside", json!({})).await.json();
    assert_eq!((aside.as_array().unwrap().len(), &aside[0]["may_be_taken_in"]), (1, &json!(false)));
    let decide = |verdict: serde_json::Value| json!({ "entry": aside[0]["entry"], "verdict": verdict });
    let refused = office.call("devices/decide-set-aside", decide(json!("take_in"))).await;
    assert_eq!(refused.said(), (200, r#"{"Err":{"unfit":"not_allowed"}}"#));
    assert!(!salon.house.store.customer(customer).await.unwrap().unwrap().is_erased());
    let left_out = decide(json!({ "leave_out": { "reason": "自己看过档案" } }));
    assert_eq!(office.call("devices/decide-set-aside", left_out).await.said(), (200, r#"{"Ok":null}"#));
    assert_eq!(salon.house.store.verify().await.unwrap(), []);
}

/// H3
#[tokio::test]
async fn on_any_other_kind_of_device_a_manager_manages_nothing_and_sees_no_list() {
    let salon = TestSalon::open().await;
    for scope in [DeviceScope::Treatment, DeviceScope::Desk] {
        let mut device = Tablet::signed_in(&salon, scope, "陈静").await;
        for list in ["devices/set-aside", "devices/list", "people/list"] {
            assert_eq!(device.call(list, json!({})).await.said(), (200, "[]"), "{list}");
        }
        let person = salon.person("林静");
        let add = json!({ "name": "新来的", "roles": ["beautician"] });
        let code = json!({ "scope": "management", "label": "我的" });
        assert_eq!(device.call("people/reset-password", json!({ "person": person })).await.said(), NOT_ALLOWED);
        assert_eq!(device.call("people/add", add).await.said(), NOT_ALLOWED);
        assert_eq!(device.call("devices/new-code", code).await.said(), NOT_ALLOWED);
    }
}

#[tokio::test]
async fn nobody_sends_away_the_device_in_her_hands() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let device = office.keys.as_ref().unwrap().device;
    for state in ["revoked", "stolen"] {
        let arguments = json!({ "device": device, "state": state });
        assert_eq!(office.call("devices/set-state", arguments).await.said(), NOT_ALLOWED, "{state}");
    }
    assert_eq!(office.call("sync/manifest", json!({})).await.status, 200);
}

/// H6: a manager's tablet that speaks for the server could write in the owner's name.
#[tokio::test]
async fn a_managers_own_tablet_vouches_for_nothing_by_itself() {
    let salon = TestSalon::open().await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let customer = office.add_customer("林晓雨", "19970001234").await;
    let entry = Dot { device: office.keys.as_ref().unwrap().device, seq: domain::Seq(77) };
    let inner = Box::new(allergic(customer));
    let forged = Action::TakeIn { entry, author: salon.person("李婉清"), at: Moment(1), base: Version(0), action: inner };
    let envelope = office.envelope(forged);

    assert_eq!(office.record_bytes(&envelope).await, Outcome::Quarantined { reason: Unfit::NotAllowed });

    let file = salon.house.store.customer(customer).await.unwrap().unwrap();
    assert_eq!(file.allergies.active().count(), 0);
}
