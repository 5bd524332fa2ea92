//! The salon's computer stops in the middle of writing, or its disk gives back something else: what was acknowledged is there when it
//! starts again. Whether the system had put it on the disk when it said so, no test here can tell.
//! SQLite only: PostgreSQL keeps its own log, and its own promises.

use crate::shop::{NOW, Shop, Tablet, note, outcomes};
use domain::{CustomerId, Version};
use sqlx::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{Place, Store};
use sync::Outcome;
use uuid::Uuid;

/// The database as it lies on the disk at one moment.
struct Disk {
    database: Vec<u8>,
    log: Vec<u8>,
    /// Notes that had been acknowledged by then.
    acknowledged: usize,
}

fn log_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

async fn write_notes(shop: &Shop, tablet: &mut Tablet, customer: CustomerId, count: usize) -> Vec<Disk> {
    let mut disks = Vec::new();
    for n in 0..count {
        let entry = tablet.seal(shop.manager, Version(99), &note(customer, &format!("第 {n} 条")));
        assert!(matches!(outcomes(&shop.push(tablet, vec![entry]).await)[..], [Outcome::Applied { .. }]));
        let file = shop.file_on_disk();
        let [database, log] = [file.clone(), log_of(&file)].map(|file| fs::read(file).unwrap());
        disks.push(Disk { database, log, acknowledged: n + 1 });
    }
    disks
}

/// Starts on that disk; answers how many notes are there, and that everything else is as it should be.
async fn started_on(database: &[u8], log: &[u8], customer: CustomerId) -> usize {
    let folder = std::env::temp_dir().join(format!("xinyan-power-{}", Uuid::now_v7()));
    fs::create_dir(&folder).unwrap();
    let file = folder.join("salon.db");
    fs::write(&file, database).unwrap();
    fs::write(log_of(&file), log).unwrap();
    let store = Store::open(&Place::Sqlite(file)).await.unwrap();
    assert_eq!(store.verify().await.unwrap(), []);
    let notes = store.customer(customer).await.unwrap().unwrap().notes.len();
    store.close().await;
    fs::remove_dir_all(folder).unwrap();
    notes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_ends_in_the_middle_of_writing_holds_every_entry_that_was_acknowledged_before() {
    let shop = Shop::on_sqlite().await;
    let mut tablet = shop.desk().await;
    let lin = shop.adds(&mut tablet, "林晓雨").await;
    let disks = write_notes(&shop, &mut tablet, lin, 6).await;
    for pair in disks.windows(2) {
        let [before, after] = pair else { continue };
        assert!(after.log.starts_with(&before.log[..32]), "one log, never begun anew here");
        let written = after.log.len() - before.log.len();
        for cut in [0, 1, 24, written / 3, written / 2, written - 1, written] {
            let there = started_on(&before.database, &after.log[..before.log.len() + cut], lin).await;
            let most = if cut == written { after.acknowledged } else { before.acknowledged };
            assert_eq!(there, most, "cut after {cut} of {written} bytes: all of an entry or nothing");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f5_a_log_whose_end_is_torn_gives_back_everything_before_it() {
    let shop = Shop::on_sqlite().await;
    let mut tablet = shop.desk().await;
    let lin = shop.adds(&mut tablet, "林晓雨").await;
    let disks = write_notes(&shop, &mut tablet, lin, 4).await;
    let (before, last) = (&disks[2], &disks[3]);
    let (from, to) = (before.log.len(), last.log.len());
    for at in [from, from + 8, from + 24, usize::midpoint(from, to), to - 1] {
        let mut torn = last.log.clone();
        torn[at] ^= 0xff;
        assert_eq!(started_on(&last.database, &torn, lin).await, before.acknowledged, "byte {at} of {from}..{to}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f9_another_program_that_empties_the_log_all_the_time_takes_nothing_along() {
    let shop = Shop::on_sqlite().await;
    let mut desk = shop.desk().await;
    let lin = shop.adds(&mut desk, "林晓雨").await;
    let (is_over, mut other) = (Arc::new(AtomicBool::new(false)), shop.raw().await);
    let until = is_over.clone();
    let emptying = tokio::spawn(async move {
        let mut times = 0;
        while !until.load(Ordering::Relaxed) {
            let done: Result<(i64, i64, i64), _> = sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut other).await;
            // Where somebody writes or reads it answers that it was busy.
            times += usize::from(matches!(done, Ok((0, ..))));
        }
        other.close().await.unwrap();
        times
    });
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (store, keys, author, mut tablet) = (shop.store.clone(), shop.keys.clone(), shop.manager, shop.desk().await);
        writers.spawn(async move {
            for n in 0..40 {
                let entry = tablet.seal(author, Version(99), &note(lin, &format!("第 {n} 条")));
                let pushed = store.perform(&keys, &tablet.device, tablet.push(vec![entry]), NOW).await.unwrap();
                assert!(matches!(outcomes(&pushed)[..], [Outcome::Applied { .. }]));
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    is_over.store(true, Ordering::Relaxed);
    assert!(emptying.await.unwrap() > 0, "the log was never emptied");
    assert_eq!(shop.file(lin).await.notes.len(), 160);
    shop.is_sound().await;
}
