use crate::support::{PASSWORD, Tablet, TestSalon};
use domain::{DeviceScope, StaffId};
use serde_json::json;
use uuid::Uuid;

const WRONG: (u16, &str) = (200, r#"{"Err":"wrong_password"}"#);
const TOO_MANY: (u16, &str) = (200, r#"{"Err":{"too_many_tries":{"minutes":15}}}"#);

/// H23
#[tokio::test]
async fn a_thousand_tries_get_ten_answers_and_shut_nobody_else_out() {
    let salon = TestSalon::open().await;
    let mut thief = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let staff = salon.person("李婉清");
    let mut wrong = 0;
    for number in 0..1_000 {
        let arguments = json!({ "staff": staff, "password": format!("guess number {number}") });
        // As if each came from somewhere else.
        let request = thief.request("door/sign-in").header("x-forwarded-for", format!("198.51.100.{}", number % 250));
        let reply = salon.send("192.0.2.66", request.body(arguments.to_string().into()).unwrap()).await;
        match reply.said() {
            WRONG => wrong += 1,
            said => assert_eq!(said, TOO_MANY),
        }
    }
    assert_eq!(wrong, 10);
    let right = json!({ "staff": staff, "password": PASSWORD });
    assert_eq!(thief.call("door/sign-in", right).await.said(), TOO_MANY);

    let mut hers = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    hers.sign_in("李婉清").await;
    hers.sign_in("陈静").await;
    salon.house.clock.advance(15 * 60_000);
    thief.sign_in("李婉清").await;
}

/// H23: many names from one address, which pretends to be another each time.
#[tokio::test]
async fn an_address_that_tries_every_name_is_stopped_too() {
    let salon = TestSalon::open().await;
    let thief = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let mut wrong = 0;
    for number in 0..260 {
        let arguments = json!({ "staff": StaffId::new(Uuid::now_v7()), "password": "guess number 1" });
        let request = thief.request("door/sign-in").header("x-forwarded-for", format!("198.51.100.{}", number % 250));
        match salon.send("192.0.2.66", request.body(arguments.to_string().into()).unwrap()).await.said() {
            WRONG => wrong += 1,
            said => assert_eq!(said, TOO_MANY),
        }
    }
    assert_eq!(wrong, 240);
    let mut elsewhere = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    elsewhere.sign_in("李婉清").await;
}

/// H23: a proxy adds the address it sees behind whatever the request says already.
#[tokio::test]
async fn behind_a_proxy_the_last_hop_is_counted_and_what_comes_before_it_is_not_believed() {
    let mut salon = TestSalon::with(|house| house.has_trusted_proxy = true).await;
    salon.found(false).await;
    let tablet = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let by_way_of = async |hops: &str, staff: StaffId, password: &str| {
        let arguments = json!({ "staff": staff, "password": password }).to_string();
        let request = tablet.request("door/sign-in").header("x-forwarded-for", hops).body(arguments.into()).unwrap();
        salon.send("192.0.2.10", request).await
    };
    for number in 0..240 {
        let forged = format!("198.51.100.{}, 192.0.2.66", number % 250);
        assert_eq!(by_way_of(&forged, StaffId::new(Uuid::now_v7()), &too_long_to_be_hashed()).await.said(), WRONG, "{number}");
    }

    let her = salon.person("李婉清");
    for hops in ["192.0.2.66", "192.0.2.77, 192.0.2.66", "192.0.2.77,192.0.2.66"] {
        assert_eq!(by_way_of(hops, her, PASSWORD).await.said(), TOO_MANY, "{hops}");
    }
    for hops in ["192.0.2.77", "192.0.2.66, 192.0.2.77"] {
        assert!(by_way_of(hops, her, PASSWORD).await.text.contains("data_key"), "{hops}");
    }
}

/// H23: one account from many devices.
#[tokio::test]
async fn thirty_wrong_passwords_shut_her_account_for_a_while_and_nobody_elses() {
    let salon = TestSalon::open().await;
    let her = salon.person("李婉清");
    let mut wrong = 0;
    for _ in 0..4 {
        let mut thief = Tablet::enrolled(&salon, DeviceScope::Desk).await;
        for _ in 0..10 {
            let arguments = json!({ "staff": her, "password": too_long_to_be_hashed() });
            match thief.call("door/sign-in", arguments).await.said() {
                WRONG => wrong += 1,
                said => assert_eq!(said, TOO_MANY),
            }
        }
    }
    assert_eq!(wrong, 30);

    let mut desk = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let right = json!({ "staff": her, "password": PASSWORD });
    assert_eq!(desk.call("door/sign-in", right).await.said(), TOO_MANY);
    desk.sign_in("陈静").await;
    salon.house.clock.advance(15 * 60_000);
    desk.sign_in("李婉清").await;
}

/// As wrong as any other, and told so at once.
fn too_long_to_be_hashed() -> String {
    "guess ".repeat(400)
}

/// H24
#[tokio::test]
async fn five_wrong_pins_ask_for_the_password_whatever_the_clock_says() {
    let salon = TestSalon::open().await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    room.call("door/set-pin", json!({ "pin": "482913" })).await.json();
    assert_eq!(room.call("door/lock", json!({})).await.said(), (200, "null"));
    let staff = salon.person("林静");
    for left in [4, 3, 2, 1] {
        salon.house.clock.advance(30 * 60_000);
        let reply = room.call("door/unlock", json!({ "staff": staff, "pin": "000001" })).await;
        assert_eq!(reply.said(), (200, format!(r#"{{"Err":{{"wrong_pin":{{"left":{left}}}}}}}"#).as_str()));
    }
    let needed = (200, r#"{"Err":"password_needed"}"#);
    let held = room.cookies.clone();
    assert_eq!(room.call("door/unlock", json!({ "staff": staff, "pin": "000001" })).await.said(), needed);
    room.cookies = held;
    assert_eq!(room.call("door/unlock", json!({ "staff": staff, "pin": "482913" })).await.said(), needed);

    room.sign_in("林静").await;
    let reply = room.call("door/unlock", json!({ "staff": staff, "pin": "482913" })).await;
    room.hold(reply);
}

/// H24: a second tab at the same moment.
#[tokio::test]
async fn pins_tried_at_once_are_counted_one_by_one() {
    let salon = TestSalon::open().await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    room.call("door/set-pin", json!({ "pin": "482913" })).await.json();
    let staff = salon.person("林静");
    let calls = (0..20).map(|number| {
        let arguments = json!({ "staff": staff, "pin": format!("{number:06}") });
        salon.send("192.0.2.1", room.request("door/unlock").body(arguments.to_string().into()).unwrap())
    });

    let replies = futures_util::future::join_all(calls).await;

    assert!(replies.iter().filter(|reply| reply.text.contains("wrong_pin")).count() <= 4);
    assert_eq!(room.call("sync/manifest", json!({})).await.said(), (401, r#""signed_out""#));
}

#[tokio::test]
async fn a_pin_opens_only_her_own_running_session() {
    let salon = TestSalon::open().await;
    let mut room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    room.call("door/set-pin", json!({ "pin": "482913" })).await.json();
    room.sign_in("周小梅").await;

    let reply = room.call("door/unlock", json!({ "staff": salon.person("林静"), "pin": "482913" })).await;
    assert_eq!(reply.said(), (200, r#"{"Err":"password_needed"}"#));
}

/// H23: as slow for nobody as for somebody.
#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_wrong_password() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::enrolled(&salon, DeviceScope::Desk).await;
    let known = salon.person("李婉清");
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..8 {
        for (which, staff) in [known, StaffId::new(Uuid::now_v7())].into_iter().enumerate() {
            let began = std::time::Instant::now();
            let reply = desk.call("door/sign-in", json!({ "staff": staff, "password": "not this one" })).await;
            assert_eq!(reply.said(), WRONG);
            times[which].push(began.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort_unstable();
        times[4].as_secs_f64()
    });
    assert!((0.4..2.5).contains(&(known / unknown)), "{known} s against {unknown} s");
}
