use crate::support::{Tablet, TestSalon};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header::CONTENT_LENGTH},
};
use domain::{Action, CustomerId, DeviceScope, NoteId, Text, Unfit};
use futures_util::{Stream, stream};
use serde_json::json;
use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use sync::{Outcome, SCHEMA};
use uuid::Uuid;

const TOO_MUCH: (u16, &str) = (413, r#""too_much""#);
const UNREACHABLE: &str = r#""unreachable""#;
const GIGABYTE: HeaderValue = HeaderValue::from_static("1073741824");
const PIECE: usize = 8 * 1024;
/// The door through which entries are handed in lets most in.
const MOST: usize = 512 * 1024;

/// Every door there is: one that comes later is knocked at too.
fn doors() -> BTreeSet<&'static str> {
    let doors: BTreeSet<_> = server_fn::axum::server_fn_paths().filter_map(|(path, _)| path.strip_prefix("/api/")).collect();
    assert!(doors.contains("sync/push") && doors.len() > 15, "{doors:?}");
    doors
}

/// Spaces without end, and how many of them were taken.
fn endless() -> (impl Stream<Item = Result<Bytes, Infallible>>, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    let pieces = stream::repeat_with(move || {
        count.fetch_add(PIECE, Ordering::Relaxed);
        Ok(Bytes::from_static(&[b' '; PIECE]))
    });
    (pieces, taken)
}

/// H34
#[tokio::test]
async fn of_a_body_without_end_no_door_takes_more_than_its_limit() {
    let salon = TestSalon::open().await;
    let tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    for door in doors() {
        for declared in [None, Some(GIGABYTE)] {
            let (pieces, taken) = endless();
            let mut request = tablet.request(door).body(Body::from_stream(pieces)).unwrap();
            request.headers_mut().extend(declared.clone().map(|length| (CONTENT_LENGTH, length)));
            assert_eq!(salon.send("192.0.2.1", request).await.said(), TOO_MUCH, "{door} {declared:?}");
            let taken = taken.load(Ordering::Relaxed);
            assert!(taken <= MOST + PIECE, "{door} {declared:?}: {taken} bytes were taken");
        }
    }
}

/// H34
#[tokio::test]
async fn a_gigabyte_that_is_announced_is_refused_before_it_comes() {
    let salon = TestSalon::open().await;
    let tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    for door in ["sync/push", "customers/search"] {
        let nothing_yet = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        let request = tablet.request(door).header(CONTENT_LENGTH, GIGABYTE).body(nothing_yet).unwrap();
        let reply = tokio::time::timeout(Duration::from_secs(5), salon.send("192.0.2.1", request)).await;
        assert_eq!(reply.unwrap_or_else(|_| panic!("{door} waits for it")).said(), TOO_MUCH, "{door}");
    }
}

/// H34
#[tokio::test]
async fn what_is_too_long_too_deep_or_too_many_is_refused_at_every_door() {
    let salon = TestSalon::open().await;
    let mut tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let long = Bytes::from(json!({ "query": "x".repeat(10 << 20) }).to_string());
    let deep = Bytes::from(format!(r#"{{"query":{}{}}}"#, "[".repeat(100), "]".repeat(100)));
    for door in doors() {
        let request = |body: &Bytes| tablet.request(door).body(Body::from(body.clone())).unwrap();
        assert_eq!(salon.send("192.0.2.1", request(&long)).await.said(), TOO_MUCH, "{door}");
        assert_eq!(salon.send("192.0.2.1", request(&deep)).await.said(), (400, UNREACHABLE), "{door}");
    }

    for count in [201, 10_000, 100_000] {
        let entry = json!({ "seq": 1, "bytes": "" });
        let many = json!({ "push": { "epoch": null, "oldest": 1, "entries": vec![entry; count] } });
        assert_eq!(tablet.call("sync/push", many).await.said(), TOO_MUCH, "{count}");
    }
    let ids = vec![json!("salon"); 51];
    assert_eq!(tablet.call("sync/fetch", json!({ "fetch": { "ids": ids, "schema": SCHEMA } })).await.said(), TOO_MUCH);
    assert_eq!(tablet.call("sync/manifest", json!({})).await.status, 200);
}

/// H34
#[tokio::test]
async fn what_is_too_deep_inside_a_sealed_entry_is_set_aside() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", "19970001234").await;
    for depth in [100, 1_000, 90_000] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let as_action = |envelope: &str| format!(r#"{}"action":{deep}}}"#, envelope.split(r#""action""#).next().unwrap());
        let beside_it = |envelope: &str| envelope.replacen('{', &format!(r#"{{"deep":{deep},"#), 1);
        for place in [&as_action as &dyn Fn(&str) -> String, &beside_it] {
            let envelope = String::from_utf8(desk.envelope(note(customer))).unwrap();
            let outcome = desk.record_bytes(place(&envelope).as_bytes()).await;
            assert_eq!(outcome, Outcome::Quarantined { reason: Unfit::Unreadable }, "{depth}");
        }
    }
    assert!(salon.house.store.customer(customer).await.unwrap().unwrap().notes.is_empty());
    assert_eq!(desk.call("sync/manifest", json!({})).await.status, 200);
}

fn note(customer: CustomerId) -> Action {
    Action::WriteCareNote { customer, note: NoteId::new(Uuid::now_v7()), text: Text::new("两颊略红").unwrap() }
}

/// H35
#[tokio::test]
async fn nothing_compressed_is_unpacked() {
    let salon = TestSalon::open().await;
    let request = Tablet::new(&salon).request("door").header("content-encoding", "gzip").body(Body::from("{}")).unwrap();

    assert_eq!(salon.send("192.0.2.1", request).await.said(), (415, UNREACHABLE));
}
