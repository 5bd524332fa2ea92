use crate::support::{Tablet, TestSalon};
use domain::{DeviceId, DeviceScope, Moment};
use serde_json::json;
use store::DeviceStatus;
use sync::{Bytes, Key, proof_words};

const UNKNOWN: (u16, &str) = (200, r#"{"Err":"unknown_code"}"#);
const IN: (u16, &str) = (200, r#"{"Ok":null}"#);

/// H52
#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let salon = TestSalon::open().await;
    let code = Tablet::code(&salon, DeviceScope::Desk).await;
    let late = Tablet::code(&salon, DeviceScope::Desk).await;
    let (mut first, mut second) = (Tablet::new(&salon), Tablet::new(&salon));

    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(first.call("door/enrol", json!({ "code": typed })).await.said(), IN);
    assert_eq!(second.call("door/enrol", json!({ "code": code })).await.said(), UNKNOWN);
    salon.house.clock.advance(10 * 60_000 + 1);
    assert_eq!(second.call("door/enrol", json!({ "code": late })).await.said(), UNKNOWN);
}

/// H52
#[tokio::test]
async fn of_two_tablets_at_once_one_gets_in() {
    let salon = TestSalon::open().await;
    let code = Tablet::code(&salon, DeviceScope::Desk).await;
    let mut tablets: Vec<Tablet> = (0..8).map(|_| Tablet::new(&salon)).collect();
    let calls = tablets.iter_mut().map(|tablet| tablet.call("door/enrol", json!({ "code": code })));

    let replies = futures_util::future::join_all(calls).await;

    assert_eq!(replies.iter().filter(|reply| reply.said() == IN).count(), 1);
    assert_eq!(replies.iter().filter(|reply| reply.said() == UNKNOWN).count(), 7);
}

/// H52
#[tokio::test]
async fn codes_cannot_be_guessed_in_a_row() {
    let salon = TestSalon::open().await;
    let code = Tablet::code(&salon, DeviceScope::Desk).await;
    let mut guesser = Tablet::new(&salon);
    for guess in 0..10 {
        let reply = guesser.call("door/enrol", json!({ "code": format!("AAAA-AA{guess:02}") })).await;
        assert_eq!(reply.said(), UNKNOWN);
    }

    for guess in ["AAAA-AAAA", &code] {
        let reply = guesser.call("door/enrol", json!({ "code": guess })).await;
        assert_eq!(reply.said(), (200, r#"{"Err":{"too_many_tries":{"minutes":10}}}"#), "{guess}");
    }
    let mut hers = Tablet::new(&salon);
    hers.peer = "192.0.2.7".to_owned();
    assert_eq!(hers.call("door/enrol", json!({ "code": code })).await.said(), IN, "it was not used up by the guesser");
}

#[tokio::test]
async fn only_managers_give_out_codes() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;

    let reply = desk.call("devices/new-code", json!({ "scope": "management", "label": "我的" })).await;
    assert_eq!(reply.said(), (200, r#"{"Err":"not_allowed"}"#));
    assert_eq!(desk.call("devices/list", json!({})).await.said(), (200, "[]"));
}

#[tokio::test]
async fn a_tablet_that_lost_its_cookie_is_known_again_by_its_key_and_hands_in_what_it_holds() {
    let salon = TestSalon::open().await;
    let mut tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let keys = tablet.keys.clone().unwrap();
    let lost = std::mem::take(&mut tablet.cookies);
    let now = salon.house.clock.now();

    let known = tablet.call("door/know-again", proof(keys.device, now, &keys.data_key)).await;

    assert_eq!(known.said(), IN);
    assert_ne!(tablet.cookies["xinyan_device"], lost["xinyan_device"]);
    assert!(!tablet.cookies.contains_key("xinyan_session"), "her password is asked for all the same");
    tablet.add_customer("欧阳清荷", "19900000001").await;
    let mut thief = Tablet::new(&salon);
    thief.cookies = lost;
    assert_eq!(thief.call("door", json!({})).await.json()["device"], serde_json::Value::Null);
}

#[tokio::test]
async fn nobody_becomes_a_device_without_its_key_or_with_an_old_proof() {
    let salon = TestSalon::open().await;
    let keys = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await.keys.unwrap();
    let other = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await.keys.unwrap();
    let now = salon.house.clock.now();
    let mut stranger = Tablet::new(&salon);
    let unproved = [
        proof(keys.device, now, &other.data_key),
        proof(keys.device, now, &keys.author_key),
        proof(keys.device, Moment(now.0 - 60_001), &keys.data_key),
        proof(keys.device, Moment(now.0 + 60_000), &keys.data_key),
        proof(DeviceId::new(uuid::Uuid::now_v7()), now, &keys.data_key),
        json!({ "device": keys.device, "at": now, "proof": Bytes(vec![]) }),
    ];

    for arguments in unproved {
        let reply = stranger.call("door/know-again", arguments.clone()).await;
        assert_eq!(reply.said(), (200, r#"{"Err":"not_allowed"}"#), "{arguments}");
    }
    assert!(stranger.cookies.is_empty());

    let manager = salon.person("陈静");
    salon.house.store.set_device_status(keys.device, DeviceStatus::Stolen, manager, now).await.unwrap();
    let reply = stranger.call("door/know-again", proof(keys.device, now, &keys.data_key)).await;
    assert!(reply.text.contains("wipe"), "{}", reply.text);
    assert!(stranger.cookies.is_empty());
}

fn proof(device: DeviceId, at: Moment, data: &Key) -> serde_json::Value {
    let mac = data.proof_key().mac(proof_words(device, at).as_bytes());
    json!({ "device": device, "at": at, "proof": Bytes(mac.to_vec()) })
}
