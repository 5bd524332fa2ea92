use crate::support::TestSalon;
use axum::{body::Body, extract::Request};
use domain::{DeviceScope, Name};
use server::demo;
use std::collections::BTreeSet;

const DAY: i64 = 24 * 3_600_000;

#[tokio::test]
async fn in_the_demo_customers_are_expected_today_however_late_it_is_started() {
    let salon = TestSalon::unfounded().await;
    let (house, now) = (&salon.house, || salon.house.clock.now());
    let people = demo::ensure(house, &salon.data).await.unwrap();
    assert_eq!(people.iter().map(|person| person.role).collect::<BTreeSet<_>>().len(), 9);
    assert_eq!(house.store.customers_count().await.unwrap(), 200);

    let head = house.store.head().await.unwrap().version;
    let again = demo::ensure(house, &salon.data).await.unwrap();
    assert_eq!(house.store.head().await.unwrap().version, head);
    assert!(people.iter().zip(&again).all(|(first, second)| first.password == second.password));

    house.clock.advance(9 * DAY);
    demo::ensure(house, &salon.data).await.unwrap();
    let (founded, _) = house.store.salon().await.unwrap().unwrap();
    let manager = founded.staff.values().find(|person| person.is_manager()).unwrap().id;
    let label = Name::new("前台").unwrap();
    let desk = house.store.enrol_directly(DeviceScope::Desk, label, [1; 32], manager, now()).await.unwrap();
    let manifest = house.store.manifest(&desk, now()).await.unwrap();
    let today = founded.settings.offset.day(now());
    let mut expected = 0;
    for (id, _) in manifest.rows {
        let sync::RowId::Customer(id) = id else { continue };
        let file = house.store.customer(id).await.unwrap().unwrap();
        expected += file.visits.values().filter(|visit| visit.on == today).count();
    }
    assert_eq!(expected, 12);
}

#[tokio::test]
async fn a_real_salon_is_never_taken_for_the_demo() {
    let salon = TestSalon::open().await;
    let head = salon.house.store.head().await.unwrap().version;

    assert!(demo::ensure(&salon.house, &salon.data).await.is_err());
    assert_eq!(salon.house.store.head().await.unwrap().version, head);
    assert!(!salon.data.join("demo-passwords").exists());
}

#[tokio::test]
async fn the_demo_lets_in_by_itself_only_who_sits_at_its_machine() {
    let mut salon = TestSalon::with(|house| house.is_demo = true).await;
    salon.found(true).await;
    let cases = [
        ("127.0.0.1", "localhost:3000", None, true),
        ("192.0.2.9", "localhost:3000", None, false),
        ("127.0.0.1", "salon.example", None, false),
        // Through a proxy on the same machine.
        ("127.0.0.1", "127.0.0.1:3000", Some("203.0.113.9"), false),
    ];
    for (peer, host, forwarded, may) in cases {
        let mut request = Request::post("/api/door").header("host", host).header("content-type", "application/json");
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let reply = salon.send(peer, request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(reply.json()["may_enrol_here"], may, "{peer} {host} {forwarded:?}");
    }
}
