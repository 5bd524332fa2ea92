//! F42: what the salon does once its rows turn out to be of another history, and lack what was answered last. No PostgreSQL fails over
//! here: a copy of the database stands for the standby, and the number of its history is written into the rows, not come by.

use crate::shop::{NOW, Shop, add, customer_id, note, only};
use sqlx::{AnyConnection, Connection};
use std::time::Duration;
use store::{Patience, Place, Store};
use sync::Outcome;

#[tokio::test(flavor = "multi_thread")]
async fn f42_what_rows_of_another_history_lack_is_handed_in_again() {
    let Ok(url) = std::env::var("XINYAN_TEST_POSTGRES") else { return };
    let shop = Shop::on_postgres(&url).await;
    let mut desk = shop.desk().await;
    let lin = shop.adds(&mut desk, "林晓雨").await;
    let before = shop.store.head().await.unwrap();
    let copy = shop.copy_of_database().await;

    let former = shop.beside(Duration::from_secs(10)).await;
    let last = desk.seal(shop.manager, before.version, &note(lin, "只有原来的数据库有"));
    let answered = former.perform(&shop.keys, &desk.device, desk.push(vec![last.clone()]), NOW).await.unwrap();
    assert!(matches!(only(answered), Outcome::Applied { .. }));
    former.close().await;

    // As after it has taken over: its history has another number than the rows were written under.
    let mut raw = AnyConnection::connect(&copy).await.unwrap();
    sqlx::query("update branch set timeline = 'FFFFFFFF'").execute(&mut raw).await.unwrap();
    let standby = Store::open_with(&Place::Postgres(copy), Patience(Duration::from_secs(10))).await.unwrap();
    let next = desk.seal(shop.manager, before.version, &note(lin, "接着写"));
    let told = standby.perform(&shop.keys, &desk.device, desk.push(vec![next.clone()]), NOW).await.unwrap();
    assert_ne!(told.epoch, before.epoch);
    assert_eq!(told.settled, [], "a device of the former epoch is told first");

    desk.epoch = told.epoch;
    let again = standby.perform(&shop.keys, &desk.device, desk.push(vec![last, next]), NOW).await.unwrap();
    assert_eq!(again.settled.len(), 2);
    let file = standby.customer(lin).await.unwrap().unwrap();
    assert_eq!(file.notes.len(), 2);
    assert_eq!(standby.verify().await, Ok(Vec::new()));

    // The same program goes on, and nothing begins anew a second time.
    let quiet = desk.seal(shop.manager, file.version, &add(customer_id(), "周敏"));
    let told = standby.perform(&shop.keys, &desk.device, desk.push(vec![quiet]), NOW).await.unwrap();
    assert_eq!((told.epoch, told.settled.len()), (desk.epoch, 1));
    standby.close().await;
}
