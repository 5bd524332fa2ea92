//! The order of versions is the order of commits: whoever follows them misses nothing.

use crate::shop::{NOW, Tablet, add, customer_id, on_each_engine};
use domain::{CustomerId, DeviceScope, Version};
use std::{collections::BTreeSet, time::Duration};
use sync::{Outcome, Pull, RowId};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f42_of_eight_who_write_at_once_in_two_programs_a_follower_misses_nobody() {
    on_each_engine(async |shop| {
        // Two programs on one database, four tablets at each.
        let other = shop.beside(Duration::from_secs(10)).await;
        let reader = shop.tablet(DeviceScope::Desk).await;
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..8 {
            let store = if n % 2 == 0 { shop.store.clone() } else { other.clone() };
            let (mut tablet, keys, author): (Tablet, _, _) = (shop.desk().await, shop.keys.clone(), shop.manager);
            writers.spawn(async move {
                let mut added = Vec::new();
                for _ in 0..12 {
                    let ids: Vec<CustomerId> = (0..3).map(|_| customer_id()).collect();
                    let entries = ids.iter().map(|id| tablet.seal(author, Version(0), &add(*id, "林晓雨"))).collect();
                    let pushed = store.perform(&keys, &tablet.device, tablet.push(entries), NOW).await.unwrap();
                    assert!(pushed.settled.iter().all(|settled| matches!(settled.outcome, Outcome::Applied { .. })));
                    added.extend(ids);
                }
                added
            });
        }
        let mut seen: BTreeSet<RowId> = BTreeSet::new();
        let mut cursor = Version(0);
        let mut added: Vec<CustomerId> = Vec::new();
        let mut hints = shop.store.watch();
        loop {
            while let Some(done) = writers.try_join_next() {
                added.extend(done.unwrap());
            }
            let is_over = writers.is_empty();
            let pull = Pull::of(reader.epoch, cursor);
            let pulled = shop.store.pull(&reader.device, pull, NOW).await.unwrap().unwrap();
            let versions: Vec<Version> = pulled.rows.iter().map(|row| row.version).collect();
            assert!(versions.is_sorted() && versions.iter().all(|version| (cursor..=pulled.upto).contains(version)));
            seen.extend(pulled.rows.iter().map(|row| row.id));
            cursor = pulled.upto;
            if is_over && cursor == pulled.head {
                break;
            }
            let _ = tokio::time::timeout(Duration::from_millis(20), hints.changed()).await;
        }
        assert_eq!(added.len(), 8 * 12 * 3);
        let missed = added.iter().filter(|id| !seen.contains(&RowId::Customer(**id))).count();
        assert_eq!(missed, 0, "on {}", shop.engine);
        other.close().await;
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_is_hinted_at_within_a_second() {
    on_each_engine(async |shop| {
        let other = shop.beside(Duration::from_secs(10)).await;
        let mut hints = shop.store.watch();
        hints.mark_unchanged();
        let mut tablet = shop.desk().await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
        let pushed = other.perform(&shop.keys, &tablet.device, tablet.push(vec![entry]), NOW).await.unwrap();
        tokio::time::timeout(Duration::from_secs(1), hints.wait_for(|version| *version >= pushed.head)).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_store_takes_nothing_and_reopens_with_everything() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        shop.store.close().await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "周敏"));
        let refused = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry]), NOW).await;
        assert_eq!(refused, Err(store::StoreError::Interrupted));
        let again = shop.beside(Duration::from_secs(10)).await;
        assert!(again.customer(lin).await.unwrap().is_some());
        assert_eq!(again.verify().await, Ok(Vec::new()));
    })
    .await;
}
