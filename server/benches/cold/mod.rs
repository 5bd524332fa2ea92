//! A tablet that begins anew, and one that was away for a morning: everything it should hold, over a real socket.

use crate::{Salon, client::Tablet, table::Table, written};
use domain::{Moment, Version};
use std::time::{Duration, Instant};
use store::Extent;
use sync::{Fetch, Manifest, Pull, Pulled, RowId};

const ROUNDS: usize = 10;
const CHANGED: usize = 200;

pub async fn measure(salon: &Salon, table: &mut Table) {
    let mut tablet = salon.tablet(5_000).await;
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        rounds.push(begin_anew(&mut tablet).await);
    }
    let (files, bytes) = rounds.iter().map(|(_, files, bytes)| (*files, *bytes)).max().unwrap_or_default();
    let times = rounds.into_iter().map(|(time, ..)| time).collect();
    table.add_times(format!("a tablet begins anew: {files} files"), times, "<= 100 ms");
    table.add(format!("a tablet begins anew: {files} files on the wire"), megabytes(bytes), "<= 2.5 MB");

    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let after = salon.house.store.head().await.unwrap().version;
        let actions =
            salon.customers.iter().take(CHANGED).enumerate().map(|(n, customer)| written(*customer, round + n)).collect();
        salon.house.store.perform_here(salon.manager, actions, Extent::Batches, Moment(2), |_| {}).await.unwrap();
        times.push(catch_up(&mut tablet, after).await);
    }
    table.add_times(format!("{CHANGED} changed of {files}: until a tablet has them"), times, "<= 10 ms");
}

/// What is to be held, then all of it: how long, how many files, how many bytes.
async fn begin_anew(tablet: &mut Tablet) -> (Duration, usize, usize) {
    let start = Instant::now();
    let (_, said) = tablet.call("sync/manifest", &serde_json::json!({})).await;
    let manifest: Manifest = serde_json::from_slice(&said).unwrap();
    let mut bytes = said.len();
    let ids: Vec<RowId> = manifest.rows.into_iter().map(|(id, _)| id).collect();
    for some in ids.chunks(Fetch::MOST) {
        let fetch = serde_json::json!({ "fetch": Fetch::of(some.to_vec()) });
        let (status, said) = tablet.call("sync/fetch", &fetch).await;
        assert_eq!(status, 200);
        bytes += said.len();
    }
    (start.elapsed(), ids.len() - 1, bytes)
}

async fn catch_up(tablet: &mut Tablet, mut after: Version) -> Duration {
    let start = Instant::now();
    loop {
        let pull = serde_json::json!({ "pull": Pull::of(tablet.epoch, after) });
        let (_, said) = tablet.call("sync/pull", &pull).await;
        let pulled: Pulled = serde_json::from_slice::<Option<Pulled>>(&said).unwrap().unwrap();
        after = pulled.upto;
        if after == pulled.head {
            return start.elapsed();
        }
    }
}

fn megabytes(bytes: usize) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}
