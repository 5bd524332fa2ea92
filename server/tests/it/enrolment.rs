use crate::support::{Tablet, TestSalon};
use domain::DeviceScope;
use serde_json::json;

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
    let mut guesser = Tablet::new(&salon);
    for guess in 0..10 {
        let reply = guesser.call("door/enrol", json!({ "code": format!("AAAA-AA{guess:02}") })).await;
        assert_eq!(reply.said(), UNKNOWN);
    }

    let reply = guesser.call("door/enrol", json!({ "code": "AAAA-AAAA" })).await;
    assert_eq!(reply.said(), (200, r#"{"Err":{"too_many_tries":{"minutes":10}}}"#));
}

#[tokio::test]
async fn only_managers_give_out_codes() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;

    let reply = desk.call("devices/new-code", json!({ "scope": "management", "label": "我的" })).await;
    assert_eq!(reply.said(), (200, r#"{"Err":"not_allowed"}"#));
    assert_eq!(desk.call("devices/list", json!({})).await.said(), (200, "[]"));
}
