use crate::support::{Tablet, TestSalon};
use serde_json::{Value, json};

fn form(password: &str) -> Value {
    json!({
        "salon": "心颜", "manager": "陈静", "password": password, "label": "办公室",
        "settings": { "offset": 480, "confirm_hours_before": 24, "complaint_follow_up_days": 3, "may_restart_offline": true },
    })
}

#[tokio::test]
async fn the_link_founds_the_salon_once() {
    let salon = TestSalon::unfounded().await;
    let link = salon.house.set_up_word.give_out();
    let (mut first, mut second) = (Tablet::new(&salon), Tablet::new(&salon));

    assert!(first.call("door", json!({})).await.json()["needs_set_up"].as_bool().unwrap());
    let guess = first.call("door/set-up", json!({ "link": "0".repeat(64), "form": form("lanterns at dusk") })).await;
    assert_eq!(guess.said(), (200, r#"{"Err":"bad_link"}"#));
    let weak = first.call("door/set-up", json!({ "link": link, "form": form("1234567890") })).await;
    assert_eq!(weak.said(), (200, r#"{"Err":"weak_password"}"#));
    let founded = first.call("door/set-up", json!({ "link": link, "form": form("lanterns at dusk") })).await;
    let manager = first.hold(founded);

    let again = second.call("door/set-up", json!({ "link": link, "form": form("lanterns at dusk") })).await;
    assert_eq!(again.said(), (200, r#"{"Err":"bad_link"}"#));
    let door = first.call("door", json!({})).await.json();
    assert_eq!(door["signed_in"], json!(manager.person));
    assert_eq!(door["device"]["scope"], "management");
    assert_eq!(first.call("devices/list", json!({})).await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn only_the_demo_lets_a_browser_on_this_machine_in_by_itself() {
    let real = TestSalon::open().await;
    let reply = Tablet::new(&real).call("door/enrol-here", json!({ "scope": "desk" })).await;
    assert_eq!(reply.said(), (200, r#"{"Err":"not_allowed"}"#));

    let mut demo = TestSalon::with(|house| house.is_demo = true).await;
    demo.found(true).await;
    let ask = |peer: &'static str, host: &'static str| {
        let mut request = Tablet::new(&demo).request("door/enrol-here").body(r#"{"scope":"desk"}"#.into()).unwrap();
        request.headers_mut().insert("host", host.parse().unwrap());
        demo.send(peer, request)
    };
    assert_eq!(ask("192.0.2.1", "localhost:3000").await.said(), (200, r#"{"Err":"not_allowed"}"#));
    // Somebody else's name that leads to this machine.
    assert_eq!(ask("127.0.0.1", "evil.example:3000").await.said(), (200, r#"{"Err":"not_allowed"}"#));
    assert_eq!(ask("127.0.0.1", "localhost:3000").await.said(), (200, r#"{"Ok":null}"#));
}
