use crate::support::{Tablet, TestSalon};
use domain::{Action, CustomerId, DeviceScope, Name, NewCustomer};
use serde_json::json;
use sqlx::{AnyConnection, Connection};
use std::time::Duration;
use sync::{Outcome, Push};
use uuid::Uuid;

const LATER: (u16, &str) = (503, r#"{"busy":{"retry_after":2}}"#);

/// F8
#[tokio::test]
async fn while_another_program_holds_the_database_a_push_is_asked_to_come_back_and_then_goes_in_once() {
    let salon = TestSalon::open_hastily(Duration::from_millis(200)).await;
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let card = Box::new(NewCustomer::named(Name::new("林晓雨").unwrap()));
    let envelope = desk.envelope(Action::AddCustomer { customer: CustomerId::new(Uuid::now_v7()), card });
    let entry = desk.seal(&envelope);
    let push = Push { epoch: None, oldest: entry.seq, entries: vec![entry.clone()], device: None };
    let address = format!("sqlite://{}?mode=rw", salon.data.join("salon.db").display());
    let mut other = AnyConnection::connect(&address).await.unwrap();
    let held = other.begin_with("begin immediate").await.unwrap();

    for _ in 0..2 {
        let reply = desk.call("sync/push", json!({ "push": push })).await;
        assert_eq!(reply.said(), LATER);
        assert_eq!(reply.headers["retry-after"], "2");
    }
    assert_eq!(desk.call("sync/manifest", json!({})).await.status, 200, "reading goes on meanwhile");
    held.rollback().await.unwrap();

    let settled = desk.push(vec![entry.clone(), entry]).await.settled;
    assert!(matches!(settled[0].outcome, Outcome::Applied { .. }), "{settled:?}");
    assert_eq!(settled.iter().map(|settled| settled.is_repeat).collect::<Vec<_>>(), [false, true]);
    assert_eq!(salon.house.store.customers_count().await, Ok(1));
    assert_eq!(salon.house.store.verify().await, Ok(vec![]));
}
