use crate::support::{Tablet, TestSalon};
use axum::{body::Body, extract::Request};
use domain::DeviceScope;
use futures_util::StreamExt;
use std::time::Duration;

async fn listen(tablet: &Tablet<'_>) -> axum::response::Response {
    let cookies: Vec<String> = tablet.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::get("/api/hints").header("host", "salon.lan").header("cookie", cookies.join("; "));
    tablet.salon.answer(&tablet.peer, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_hint_comes_after_each_push_and_the_stream_ends_with_the_session() {
    let salon = TestSalon::open().await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let mut hints = listen(&room).await.into_body().into_data_stream();
    let mut next = async || {
        let event = tokio::time::timeout(Duration::from_secs(5), hints.next()).await.unwrap();
        event.map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap())
    };

    assert!(next().await.unwrap().starts_with("event: hint\ndata: {\"version\":"));
    desk.add_customer("林晓雨", "19970001234").await;
    let head = salon.house.store.head().await.unwrap().version;
    assert_eq!(next().await.unwrap(), format!("event: hint\ndata: {{\"version\":{}}}\n\n", head.0));

    let now = salon.house.clock.now();
    salon.house.store.disable_person(salon.person("林静"), now).await.unwrap();
    assert_eq!(next().await, None);
}

#[tokio::test]
async fn a_device_holds_few_streams_and_a_stranger_none() {
    let salon = TestSalon::open().await;
    let room = Tablet::signed_in(&salon, DeviceScope::Treatment, "林静").await;
    let mut open = Vec::new();
    for _ in 0..6 {
        let stream = listen(&room).await;
        assert_eq!(stream.status(), 200);
        open.push(stream);
    }

    assert_eq!(listen(&room).await.status(), 429);
    open.pop();
    assert_eq!(listen(&room).await.status(), 200);
    assert_eq!(listen(&Tablet::new(&salon)).await.status(), 401);
}
