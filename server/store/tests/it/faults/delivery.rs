//! Whatever breaks on the way in: nothing is lost, nothing is done twice.

use crate::shop::{NOW, add, customer_id, name, note, on_each_engine, only, outcomes};
use domain::{Action, NewCustomer, Seq, Version};
use sqlx::Connection;
use std::time::Duration;
use store::{FailPoint, StoreError};
use sync::Outcome;

#[tokio::test(flavor = "multi_thread")]
async fn f1_a_lost_reply_is_answered_again_with_the_first_answer() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entry = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        shop.store.fail_at(FailPoint::AfterCommit);
        let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;
        assert_eq!(lost, Err(StoreError::Interrupted));

        let again = shop.push(&tablet, vec![entry]).await;

        assert!(again.settled[0].is_repeat);
        assert_eq!(again.settled[0].outcome, Outcome::Applied { version: shop.file(lin).await.version });
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f2_what_was_not_committed_never_happened() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entry = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let before = shop.store.head().await.unwrap();
        shop.store.fail_at(FailPoint::BeforeCommit);
        let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;
        assert_eq!(lost, Err(StoreError::Interrupted));
        assert_eq!(shop.store.head().await.unwrap(), before);
        shop.is_sound().await;

        let again = shop.push(&tablet, vec![entry]).await;

        assert!(!again.settled[0].is_repeat);
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f3_a_batch_cut_anywhere_leaves_nothing_and_goes_in_whole_the_next_time_and_in_order() {
    for cut in [0, 1, 117, 199] {
        on_each_engine(async |shop| {
            let mut tablet = shop.desk().await;
            let entries: Vec<_> =
                (0..200).map(|n| tablet.seal(shop.manager, Version(0), &add(customer_id(), &format!("客{n}")))).collect();
            let before = shop.store.head().await.unwrap();
            shop.store.fail_at(FailPoint::Item(cut));
            let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(entries.clone()), NOW).await;
            assert_eq!(lost, Err(StoreError::Interrupted), "cut at {cut}");
            assert_eq!(shop.store.head().await.unwrap(), before, "cut at {cut}");
            assert_eq!(shop.store.customers_count().await, Ok(0), "cut at {cut}");
            shop.is_sound().await;

            let pushed = shop.push(&tablet, entries).await;

            let versions: Vec<i64> = outcomes(&pushed)
                .into_iter()
                .map(|outcome| match outcome {
                    Outcome::Applied { version } => version.0,
                    other => panic!("{other:?}"),
                })
                .collect();
            assert_eq!(versions.len(), 200);
            assert!(versions.is_sorted());
            assert!(pushed.settled.iter().all(|settled| !settled.is_repeat), "cut at {cut}");
            assert_eq!(shop.store.customers_count().await, Ok(200));
            shop.is_sound().await;
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_a_database_that_another_program_holds_is_busy_and_nothing_is_lost() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let hasty = shop.beside(Duration::from_millis(200)).await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
        let mut other = shop.raw().await;
        let begin = if shop.engine == "sqlite" { "begin immediate" } else { "begin" };
        let mut held = other.begin_with(begin).await.unwrap();
        sqlx::query("update branch set version = version").execute(&mut *held).await.unwrap();

        let busy = hasty.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;

        assert_eq!(busy, Err(StoreError::Busy));
        held.rollback().await.unwrap();
        let pushed = hasty.perform(&shop.keys, &tablet.device, tablet.push(vec![entry]), NOW).await.unwrap();
        assert!(matches!(only(pushed), Outcome::Applied { .. }));
        hasty.close().await;
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_the_same_push_three_times_is_done_once() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let entry = tablet.seal(shop.manager, Version(9), &note(lin, "喜欢轻手法"));
        let first = shop.push(&tablet, vec![entry.clone()]).await;
        let second = shop.push(&tablet, vec![entry.clone(), entry.clone()]).await;
        assert_eq!(outcomes(&second), [outcomes(&first), outcomes(&first)].concat());
        assert_eq!(shop.file(lin).await.notes.len(), 1);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_an_entry_twice_in_one_push_is_done_once() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entry = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let written = tablet.seal(shop.manager, Version(0), &note(lin, "喜欢轻手法"));
        let pushed = shop.push(&tablet, vec![entry.clone(), entry, written.clone(), written]).await;
        let is_repeat: Vec<bool> = pushed.settled.iter().map(|settled| settled.is_repeat).collect();
        assert_eq!(is_repeat, [false, true, false, true]);
        assert_eq!(shop.file(lin).await.notes.len(), 1);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_what_overtook_its_forerunner_waits_for_it() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let (lin, zhou) = (customer_id(), customer_id());
        let first = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let second = tablet.seal(shop.manager, Version(0), &add(zhou, "周敏"));
        let head = shop.store.head().await.unwrap();

        assert_eq!(only(shop.push(&tablet, vec![second.clone()]).await), Outcome::Gap { expected: Seq(1) });
        assert_eq!(shop.store.head().await.unwrap(), head);

        let pushed = shop.push(&tablet, vec![first, second]).await;
        assert!(outcomes(&pushed).iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f19_ten_lost_replies_are_still_one_entry() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
        for _ in 0..10 {
            shop.store.fail_at(FailPoint::AfterCommit);
            let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;
            assert_eq!(lost, Err(StoreError::Interrupted));
        }
        assert!(shop.push(&tablet, vec![entry]).await.settled[0].is_repeat);
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_fails_halfway_leaves_nothing_behind() {
    on_each_engine(async |shop| {
        let actions: Vec<Action> = (0..300)
            .map(|n| Action::AddCustomer {
                customer: customer_id(), card: Box::new(NewCustomer::named(name(&format!("客{n}"))))
            })
            .collect();
        let import = |extent| {
            let actions = actions.clone();
            let shop = &shop;
            async move { shop.store.perform_here(shop.manager, actions, extent, NOW, |_| {}).await }
        };
        shop.store.fail_at(FailPoint::Item(250));
        assert_eq!(import(store::Extent::AllOrNothing).await, Err(StoreError::Interrupted));
        assert_eq!(shop.store.customers_count().await, Ok(0));

        let mut heard = 0;
        let done = shop.store.perform_here(shop.manager, actions.clone(), store::Extent::Batches, NOW, |count| heard = count);
        assert!(done.await.unwrap().iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })));
        assert_eq!(heard, 300);
        assert_eq!(shop.store.customers_count().await, Ok(300));
        shop.is_sound().await;
    })
    .await;
}
