use crate::support::TestSalon;
use axum::{body::Body, extract::Request};
use domain::{CustomerFile, DeviceScope, Name, Permission, Purpose, Question};
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
    let today = house.store.salon().await.unwrap().unwrap().0.settings.offset.day(now());
    let visits = files(&salon).await.into_iter().flat_map(|file| file.visits.into_values());
    assert_eq!(visits.filter(|visit| visit.on == today).count(), 12);
}

#[tokio::test]
async fn in_the_demo_most_have_said_what_the_salon_may_do_and_nobody_is_called_against_her_will() {
    let salon = TestSalon::unfounded().await;
    demo::ensure(&salon.house, &salon.data).await.unwrap();
    let files = files(&salon).await;
    let count =
        |is: Permission| files.iter().filter(|file| Purpose::ALL.into_iter().any(|purpose| file.allows(purpose) == is)).count();
    assert!(count(Permission::Given) > 120);
    assert!((10..60).contains(&count(Permission::Withdrawn)));
    assert!(files.iter().filter(|file| file.consents.is_empty()).count() > 20);
    let taken_back = files.iter().flat_map(|file| file.consents.values()).filter(|field| !field.past.is_empty());
    assert_eq!(taken_back.filter(|field| !field.value.is_given && field.past[0].value.is_given).count(), 3);

    let contacts = || files.iter().flat_map(|file| file.contacts.values().map(move |contact| (file, contact)));
    assert!(contacts().count() > 200);
    assert!(contacts().all(|(file, contact)| !contact.is_despite(file) && contact.talk.text.is_some()));
    let hers = files.iter().filter(|file| file.name().is_some_and(|name| name.as_str() == "林晓雨"));
    assert!(hers.into_iter().all(|file| file.consents.is_empty() && file.contacts.is_empty()));
}

#[tokio::test]
async fn in_the_demo_one_woman_stands_there_twice() {
    let salon = TestSalon::unfounded().await;
    demo::ensure(&salon.house, &salon.data).await.unwrap();
    let files = files(&salon).await;
    let of = |name: &str| files.iter().find(|file| file.name().is_some_and(|is| is.as_str() == name)).unwrap();
    let (proper, hurried) = (of("张敏"), of("张姐"));

    assert!(proper.phone().is_some() && proper.phone() == hurried.phone());
    assert!(proper.is_single() && hurried.is_single());
    let said = |file: &CustomerFile| file.said(Question::Medication);
    assert_ne!(said(proper), said(hurried));
    for file in [proper, hurried] {
        assert_eq!((file.allergies.active().count(), file.notes.len(), file.contacts.len()), (1, 1, 1));
    }
}

/// All that a desk holds.
async fn files(salon: &TestSalon) -> Vec<CustomerFile> {
    let (store, now) = (&salon.house.store, salon.house.clock.now());
    let (founded, _) = store.salon().await.unwrap().unwrap();
    let manager = founded.staff.values().find(|person| person.is_manager()).unwrap().id;
    let label = Name::new("前台").unwrap();
    let desk = store.enrol_directly(DeviceScope::Desk, label, [1; 32], manager, now).await.unwrap();
    let mut files = Vec::new();
    for (id, _) in store.manifest(&desk, now).await.unwrap().rows {
        let sync::RowId::Customer(id) = id else { continue };
        files.push(store.customer(id).await.unwrap().unwrap());
    }
    files
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
