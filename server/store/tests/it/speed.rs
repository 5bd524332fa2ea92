//! How long things take. Measured on demand: `cargo test --release -p store -- --ignored --nocapture speed`.

use crate::shop::{NOW, Shop, customer_id, name, on_each_engine};
use domain::{Action, NewCustomer, Phone, ProfileValue, Version};
use std::time::{Duration, Instant};
use store::Extent;
use sync::Pull;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗单曾";
const GIVEN: &str = "晓雨婷敏芳娜静丽娟艳霞秀燕玲桂英华慧巧美雪琳珍莉洁梅红春菊兰凤萍莹彩荷翠嘉怡思佳欣悦涵诗梦琪";

fn customer(n: usize) -> Action {
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let given: Vec<char> = GIVEN.chars().collect();
    // Spread evenly, the same each time.
    let mix = n.wrapping_mul(2_654_435_761) % 1_000_003;
    let called: String =
        [surnames[mix % surnames.len()], given[mix / 31 % given.len()], given[mix / 1_009 % given.len()]].iter().collect();
    let mut card = NewCustomer::named(name(&called));
    card.profile = vec![
        ProfileValue::Phone(Phone::new(&format!("138{:08}", mix * 97 % 100_000_000)).ok()),
        ProfileValue::Card(Some(name(&format!("VIP-{n:06}")))),
    ];
    Action::AddCustomer { customer: customer_id(), card: Box::new(card) }
}

async fn search_times(shop: &Shop) -> Vec<(Duration, &'static str)> {
    let desk = shop.desk().await;
    let mut times = Vec::new();
    for _ in 0..20 {
        for query in [
            "王",
            "王晓",
            "晓雨",
            "林晓雨",
            "l",
            "lxy",
            "wang",
            "linxiaoyu",
            "4417",
            "13800004417",
            "VIP-0001",
            "v",
            "雨婷",
            "xx",
        ] {
            let start = Instant::now();
            shop.store.search(&desk.device, query, 50).await.unwrap();
            times.push((start.elapsed(), query));
        }
    }
    times.sort();
    times
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and takes minutes"]
async fn speed() {
    let size: usize = std::env::var("XINYAN_SPEED_CUSTOMERS").map_or(10_000, |size| size.parse().unwrap());
    on_each_engine(async |shop| {
        let start = Instant::now();
        let actions = (0..size).map(customer).collect();
        shop.store.perform_here(shop.manager, actions, Extent::Batches, NOW, |_| {}).await.unwrap();
        println!("{}: {size} files imported in {:?}", shop.engine, start.elapsed());

        let mut desk = shop.desk().await;
        let mut pushes = Vec::new();
        for round in 0..10 {
            let entries: Vec<_> =
                (0..200).map(|n| desk.seal(shop.manager, Version(0), &customer(size + round * 200 + n))).collect();
            let start = Instant::now();
            shop.push(&desk, entries).await;
            pushes.push(start.elapsed());
        }
        pushes.sort();
        println!("  push of 200 new files: median {:?}, worst {:?}", pushes[5], pushes[9]);

        let times = search_times(&shop).await;
        let p99 = times[times.len() * 99 / 100];
        println!(
            "  search: median {:?}, p99 {:?} ({}), worst {:?}",
            times[times.len() / 2].0,
            p99.0,
            p99.1,
            times[times.len() - 1]
        );

        let head = shop.store.head().await.unwrap();
        for (what, after) in [("idle pull", head.version), ("pull of 200 rows", Version(head.version.0 - 300))] {
            let start = Instant::now();
            let pulled = shop.store.pull(&desk.device, Pull { epoch: desk.epoch, after }, NOW).await.unwrap().unwrap();
            println!("  {what}: {:?} ({} rows)", start.elapsed(), pulled.rows.len());
        }
        let start = Instant::now();
        let manifest = shop.store.manifest(&desk.device, NOW).await.unwrap();
        println!("  manifest: {:?} ({} rows)", start.elapsed(), manifest.rows.len());
        let start = Instant::now();
        let differences = shop.store.verify().await.unwrap();
        println!("  verify: {:?}, {} differences", start.elapsed(), differences.len());
    })
    .await;
}
