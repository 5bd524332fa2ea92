//! A backup holds everything, goes from any engine to any other, and is never taken for whole when it is not.

use crate::shop::{NOW, Shop, empty_stores, note, on_each_engine};
use domain::{Action, Answer, DeviceScope, Moment, Question, Said, Version};
use store::{Extent, Store, StoreError};
use sync::Epoch;
use tokio::sync::mpsc;

pub async fn dumped(store: &Store) -> Vec<String> {
    let (say, mut hear) = mpsc::channel(16);
    let (done, lines) = tokio::join!(store.dump(say), async {
        let mut lines = Vec::new();
        while let Some(line) = hear.recv().await {
            lines.push(line);
        }
        lines
    });
    done.unwrap();
    lines
}

pub async fn load(store: &Store, lines: Vec<String>) -> Result<Epoch, StoreError> {
    let (say, hear) = mpsc::channel(16);
    let (done, ()) = tokio::join!(store.load(hear, Moment(NOW.0 + 1)), async move {
        for line in lines {
            if say.send(line).await.is_err() {
                break;
            }
        }
    });
    done
}

async fn with_history(shop: &Shop) -> domain::CustomerId {
    let mut desk = shop.desk().await;
    let customer = shop.adds(&mut desk, "林晓雨").await;
    shop.does(&mut desk, note(customer, "怕痛")).await;
    shop.does(&mut shop.tablet(DeviceScope::Treatment).await, note(customer, "手法轻")).await;
    customer
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_dumped_is_whole_again_on_each_engine() {
    on_each_engine(async |shop| {
        let customer = with_history(&shop).await;
        let (file, head) = (shop.file(customer).await, shop.store.head().await.unwrap());
        let lines = dumped(&shop.store).await;
        for empty in empty_stores().await {
            load(&empty, lines.clone()).await.unwrap();

            assert_eq!(empty.customer(customer).await.unwrap(), Some(file.clone()));
            let restored = empty.head().await.unwrap();
            assert_eq!((restored.version, restored.durable_version), (Version(head.version.0 + 1_000_001), Version(0)));
            assert!(restored.epoch > head.epoch);
            assert_eq!(empty.verify().await.unwrap(), []);
            assert_eq!(load(&empty, lines.clone()).await, Err(StoreError::AlreadyFounded));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_cut_off_or_comes_from_a_newer_program_leaves_nothing_behind() {
    let shop = Shop::on_sqlite().await;
    with_history(&shop).await;
    let lines = dumped(&shop.store).await;
    let mut newer = lines.clone();
    newer[0] = newer[0].replace("\"founded_at\"", "\"horoscope\"");
    let without_a_row: Vec<String> = lines.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line.clone()).collect();
    for empty in empty_stores().await {
        let cut = Err(StoreError::Damaged { what: "the backup is not whole" });
        for length in [0, 1, lines.len() / 2, lines.len() - 1] {
            assert_eq!(load(&empty, lines[..length].to_vec()).await, cut, "{length} lines");
        }
        assert!(load(&empty, without_a_row.clone()).await.is_err());
        assert_eq!(load(&empty, newer.clone()).await, Err(StoreError::NewerDatabase));
        load(&empty, lines.clone()).await.unwrap();
        assert_eq!(empty.verify().await.unwrap(), []);
    }
}

/// F38, F39
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_what_tablets_still_hold_makes_the_salon_what_it_was() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let customer = shop.adds(&mut desk, "林晓雨").await;
        let lines = dumped(&shop.store).await;
        // After the backup: a note that the tablet has seen acknowledged, and keeps.
        let late = desk.seal(shop.manager, Version(2), &note(customer, "备份以后记下的"));
        shop.push(&desk, vec![late.clone()]).await;
        let file = shop.file(customer).await;

        for restored in empty_stores().await {
            let epoch = load(&restored, lines.clone()).await.unwrap();
            let told = restored.perform(&shop.keys, &desk.device, desk.push(vec![late.clone()]), NOW).await.unwrap();
            assert_eq!((told.epoch, told.settled.len()), (epoch, 0));
            let again = sync::Push { epoch: Some(epoch), ..desk.push(vec![late.clone()]) };
            assert_ne!(epoch, Epoch(0));
            restored.perform(&shop.keys, &desk.device, again, NOW).await.unwrap();

            assert_eq!(restored.customer(customer).await.unwrap().unwrap().notes, file.notes);
            assert_eq!(restored.verify().await.unwrap(), []);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_an_older_program_is_read_by_todays_rule_for_how_people_are_found() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let wang = shop.adds(&mut desk, "王 帆").await;
        let mut lines = dumped(&shop.store).await;
        let end: serde_json::Value = serde_json::from_str(&lines.pop().unwrap()).unwrap();
        let branch = shop.store.salon().await.unwrap().unwrap().0.branch.to_string();
        lines.push(r#"{"table":{"name":"customer_gram","columns":["branch_id","gram","customer_id"]}}"#.to_owned());
        lines.push(serde_json::json!([branch, "n王 ", wang.to_string()]).to_string());
        lines.push(serde_json::json!({ "end": { "rows": end["end"]["rows"].as_u64().unwrap() + 1 } }).to_string());
        for empty in empty_stores().await {
            load(&empty, lines.clone()).await.unwrap();
            let found = empty.search(&desk.device, "王帆", 5).await.unwrap();
            assert_eq!(found.iter().map(|row| row.file.id).collect::<Vec<_>>(), [wang]);
            assert_eq!(empty.verify().await.unwrap(), []);
        }
    })
    .await;
}

/// F38: numbers that the lost history gave out are not given out again, so nobody counts as having seen what stands under them now.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_an_answer_that_nobody_there_had_seen_asks_to_be_checked() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let lines = dumped(&shop.store).await;
        for _ in 0..8 {
            shop.does(&mut desk, note(lin, "备份以后记下的")).await;
        }
        let seen = shop.store.head().await.unwrap().version;
        let said =
            |said| Action::AnswerQuestion { customer: lin, question: Question::PregnantOrNursing, answer: Answer::just(said) };
        let late = desk.seal(shop.manager, seen, &said(Said::No));

        for restored in empty_stores().await {
            let epoch = load(&restored, lines.clone()).await.unwrap();
            let yes = said(Said::Yes);
            restored.perform_here(shop.manager, vec![yes], Extent::AllOrNothing, NOW, |_| {}).await.unwrap();
            let push = sync::Push { epoch: Some(epoch), ..desk.push(vec![late.clone()]) };
            restored.perform(&shop.keys, &desk.device, push, NOW).await.unwrap();

            let file = restored.customer(lin).await.unwrap().unwrap();
            assert!(file.answers[&Question::PregnantOrNursing].is_to_check(), "on {}", shop.engine);
            assert_eq!(restored.verify().await.unwrap(), []);
        }
    })
    .await;
}
