use crate::support::{PASSWORD, Tablet, TestSalon};
use domain::{Action, DeviceScope, Role, Text};
use serde_json::json;
use sync::Outcome;

const SIGNED_OUT: (u16, &str) = (401, r#""signed_out""#);

/// H20
#[tokio::test]
async fn every_way_in_gives_a_new_token() {
    let salon = TestSalon::open().await;
    let mut tablet = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let preset = "ab".repeat(32);
    tablet.cookies.insert("xinyan_session".to_owned(), preset.clone());
    tablet.sign_in("李婉清").await;
    let first = tablet.cookies["xinyan_session"].clone();
    tablet.call("door/set-pin", json!({ "pin": "482913" })).await.json();
    let unlock = json!({ "staff": salon.person("李婉清"), "pin": "482913" });
    let reply = tablet.call("door/unlock", unlock).await;
    tablet.hold(reply);
    let second = tablet.cookies["xinyan_session"].clone();

    assert!(preset != first && first != second);
    for old in [preset, first] {
        tablet.cookies.insert("xinyan_session".to_owned(), old);
        assert_eq!(tablet.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    }
    tablet.cookies.insert("xinyan_session".to_owned(), second);
    assert_eq!(tablet.call("sync/manifest", json!({})).await.status, 200);
}

/// H20: what a browser brings along is never taken for a device.
#[tokio::test]
async fn an_unknown_browser_is_shown_nobody_and_let_in_nowhere() {
    let salon = TestSalon::open().await;
    let mut stranger = Tablet::new(&salon);
    stranger.cookies.insert("xinyan_device".to_owned(), "cd".repeat(32));

    let door = stranger.call("door", json!({})).await.json();
    assert_eq!((&door["people"], &door["device"]), (&json!([]), &json!(null)));
    let arguments = json!({ "staff": salon.person("陈静"), "password": PASSWORD });
    assert_eq!(stranger.call("door/sign-in", arguments).await.said(), SIGNED_OUT);
    let push = json!({ "push": { "epoch": null, "oldest": 1, "entries": [] } });
    assert_eq!(stranger.call("sync/push", push).await.said(), SIGNED_OUT);
}

/// H20, H14: a session is worth nothing on another device.
#[tokio::test]
async fn a_session_is_good_on_its_own_device_only() {
    let salon = TestSalon::open().await;
    let desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let mut room = Tablet::enrolled(&salon, DeviceScope::Treatment).await;
    room.cookies.insert("xinyan_session".to_owned(), desk.cookies["xinyan_session"].clone());

    assert_eq!(room.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
}

/// H22
#[tokio::test]
async fn signing_out_a_new_password_and_leaving_end_sessions_at_once() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let held = desk.cookies["xinyan_session"].clone();
    assert_eq!(desk.call("door/sign-out", json!({})).await.said(), (200, "null"));
    desk.cookies.insert("xinyan_session".to_owned(), held);
    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);

    desk.sign_in("李婉清").await;
    let mut other = Tablet::signed_in(&salon, DeviceScope::Management, "李婉清").await;
    let change = json!({ "old": PASSWORD, "new": "lanterns at dawn" });
    let reply = other.call("door/change-password", change).await;
    other.hold(reply);
    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    assert_eq!(other.call("sync/manifest", json!({})).await.status, 200);

    let now = salon.house.clock.now();
    salon.house.store.disable_person(salon.person("李婉清"), now).await.unwrap();
    assert_eq!(other.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    let arguments = json!({ "staff": salon.person("李婉清"), "password": "lanterns at dawn" });
    assert_eq!(other.call("door/sign-in", arguments).await.said(), (200, r#"{"Err":"wrong_password"}"#));
}

/// H22: two instances of the program on one database.
#[tokio::test]
async fn what_ends_a_session_at_one_instance_ends_it_at_the_other() {
    let salon = TestSalon::open().await;
    let other = salon.beside().await;
    let there = async |tablet: &Tablet<'_>| {
        other.send(&tablet.peer, tablet.request("sync/manifest").body("{}".into()).unwrap()).await.status.as_u16()
    };
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    assert_eq!(there(&desk).await, 200);
    let held = desk.cookies.clone();
    desk.call("door/sign-out", json!({})).await.json();
    desk.cookies = held;
    assert_eq!(there(&desk).await, 401);

    desk.sign_in("李婉清").await;
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "李婉清").await;
    assert_eq!((there(&desk).await, there(&office).await), (200, 200));
    let old = office.cookies.clone();
    let reply = office.call("door/change-password", json!({ "old": PASSWORD, "new": "lanterns at dawn" })).await;
    office.hold(reply);
    assert_eq!((there(&desk).await, there(&office).await), (401, 200));
    let new = std::mem::replace(&mut office.cookies, old);
    assert_eq!(there(&office).await, 401);

    office.cookies = new;
    let now = salon.house.clock.now();
    salon.house.store.disable_person(salon.person("李婉清"), now).await.unwrap();
    assert_eq!(there(&office).await, 401);
}

#[tokio::test]
async fn a_session_ends_by_itself_and_a_pin_does_not_prolong_it() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    desk.call("door/set-pin", json!({ "pin": "482913" })).await.json();
    salon.house.clock.advance(15 * 3_600_000);
    let unlock = json!({ "staff": salon.person("李婉清"), "pin": "482913" });
    let reply = desk.call("door/unlock", unlock.clone()).await;
    desk.hold(reply);
    salon.house.clock.advance(3_600_000);

    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    assert_eq!(desk.call("door/unlock", unlock).await.said(), (200, r#"{"Err":"password_needed"}"#));
}

#[tokio::test]
async fn f28_when_the_salons_clock_jumps_back_versions_grow_on_and_sessions_are_as_they_were() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let mut left = Tablet::signed_in(&salon, DeviceScope::Desk, "陈静").await;
    let old = left.cookies.clone();
    left.call("door/sign-out", json!({})).await;
    let customer = desk.add_customer("林晓雨", "19970001234").await;
    let before = salon.house.store.head().await.unwrap().version;

    salon.house.clock.advance(-3_600_000);

    let action = Action::AskDeletion { customer, reason: Text::new("试一试").unwrap() };
    assert!(matches!(desk.record(action).await, Outcome::Applied { version } if version > before));
    assert_eq!(desk.call("sync/manifest", json!({})).await.said().0, 200);
    left.cookies = old;
    assert_eq!(left.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    assert_eq!(salon.house.store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn a_pin_is_six_digits_and_a_new_password_is_a_good_one() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;

    assert_eq!(desk.call("door/set-pin", json!({ "pin": "123456" })).await.said(), (200, r#"{"Err":"weak_pin"}"#));
    let change = json!({ "old": PASSWORD, "new": "0123456789" });
    assert_eq!(desk.call("door/change-password", change).await.said(), (200, r#"{"Err":"weak_password"}"#));
    let change = json!({ "old": "not this one", "new": "lanterns at dawn" });
    assert_eq!(desk.call("door/change-password", change).await.said(), (200, r#"{"Err":"wrong_password"}"#));
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let mut salon = TestSalon::with(|house| house.has_trusted_proxy = true).await;
    salon.found(false).await;
    let mut desk = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let arguments = json!({ "staff": salon.person("李婉清"), "password": PASSWORD });
    let plain = desk.call("door/sign-in", arguments.clone()).await;
    let request = desk.request("door/sign-in").header("x-forwarded-proto", "https");
    let secure = salon.send("192.0.2.1", request.body(arguments.to_string().into()).unwrap()).await;

    let cookie = |reply: &crate::support::Reply| reply.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie(&plain).ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{}", cookie(&plain));
    assert!(cookie(&secure).ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"), "{}", cookie(&secure));
}

/// H2, H3: rows are cut by kind of device, so nobody is let in on a kind that keeps more than she may read.
#[tokio::test]
async fn nobody_gets_the_key_of_a_device_that_keeps_more_than_she_may_read() {
    let salon = TestSalon::open().await;
    for scope in [DeviceScope::Desk, DeviceScope::Management] {
        let mut device = Tablet::enrolled(&salon, scope).await;
        let door = device.call("door", json!({})).await.text;
        assert!(door.contains("李婉清") && !door.contains("林静"), "{door}");
        let arguments = json!({ "staff": salon.person("林静"), "password": PASSWORD });
        assert_eq!(device.call("door/sign-in", arguments).await.said(), (200, r#"{"Err":"not_on_this_device"}"#));
        assert_eq!(device.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    }
}

/// H15: with other roles she comes in anew.
#[tokio::test]
async fn whoever_loses_a_role_loses_the_session_it_opened() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let (person, now) = (salon.person("李婉清"), salon.house.clock.now());

    salon.house.store.set_roles(person, [Role::Beautician].into(), now).await.unwrap();

    assert_eq!(desk.call("sync/manifest", json!({})).await.said(), SIGNED_OUT);
    let arguments = json!({ "staff": person, "password": PASSWORD });
    assert_eq!(desk.call("door/sign-in", arguments).await.said(), (200, r#"{"Err":"not_on_this_device"}"#));
}
