//! How long the store takes on SQLite, beside a plain writer of as many durable rows on the same disk in the same run.
//! `XINYAN_BENCH_CUSTOMERS=1000,10000` measures smaller salons, `1000000` in half an hour a larger one.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that can't go on should stop, and prints what it finds")]

#[expect(dead_code, reason = "tests need more of it")]
#[path = "../tests/it/shop.rs"]
mod shop;
mod table;

use domain::{Action, AllergyTag, Answer, CustomerId, NewCustomer, NoteId, Phone, ProfileValue, Question, Said, Version};
use shop::{NOW, Shop, Tablet, customer_id, name, text};
use sqlx::{AnyConnection, Connection};
use std::time::{Duration, Instant};
use store::Extent;
use sync::{Outcome, Pull};
use table::{Table, short};
use uuid::Uuid;

const ENTRIES: usize = 200;
const ROUNDS: usize = 60;
const FILES_IN_A_PUSH: usize = 50;
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗单曾";
const GIVEN: &str = "晓雨婷敏芳娜静丽娟艳霞秀燕玲桂英华慧巧美雪琳珍莉洁梅红春菊兰凤萍莹彩荷翠嘉怡思佳欣悦涵诗梦琪";
const QUERIES: [&str; 14] =
    ["王", "王晓", "晓雨", "林晓雨", "l", "lxy", "wang", "linxiaoyu", "4417", "13800004417", "VIP-0001", "v", "雨婷", "xx"];

fn main() {
    let sizes = std::env::var("XINYAN_BENCH_CUSTOMERS").unwrap_or_else(|_| "10000,100000".to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut table = Table::default();
    for size in sizes.split(',') {
        runtime.block_on(measure(size.trim().parse().unwrap(), &mut table));
    }
    table.show();
}

async fn measure(size: usize, table: &mut Table) {
    let shop = Shop::on_sqlite().await;
    let actions: Vec<Action> = (0..size).map(customer).collect();
    let ids: Vec<CustomerId> = actions.iter().filter_map(Action::customer).collect();
    let start = Instant::now();
    shop.store.perform_here(shop.manager, actions, Extent::Batches, NOW, |_| {}).await.unwrap();
    let each = start.elapsed() / u32::try_from(size).unwrap();
    table.add(format!("{size} files: adding one of them"), short(each), "");

    let mut desk = shop.desk().await;
    let pushes = pushes(&shop, &mut desk, |round, n| written(ids[(round * 7_919 + n % FILES_IN_A_PUSH * 131) % size], n)).await;
    let plain = plain_writes(&shop, ROUNDS).await;
    let ratio = middle(&pushes).as_secs_f64() / middle(&plain).as_secs_f64();
    table.add_times(format!("{size} files: push of {ENTRIES} entries on {FILES_IN_A_PUSH} files"), pushes, "<= 50 ms");
    table.add_times(format!("{size} files: as many rows by a plain writer"), plain, "");
    table.add(format!("{size} files: push to plain writer"), format!("{ratio:.1} times"), "");
    let pushes = self::pushes(&shop, &mut desk, |round, n| customer(size + round * ENTRIES + n)).await;
    table.add_times(format!("{size} files: push of {ENTRIES} new files"), pushes, "");

    table.add_times(format!("{size} files: search"), searches(&shop, &desk).await, "p99 <= 20 ms");
    for (what, back) in [("idle pull", 0), ("pull after 20 entries", 20), ("pull of 200 rows", 300)] {
        table.add_times(format!("{size} files: {what}"), pulls(&shop, &desk, back).await, "p99 <= 20 ms");
    }
    shop.store.close().await;
}

/// Spread evenly, the same each time.
fn customer(n: usize) -> Action {
    let (surnames, given): (Vec<char>, Vec<char>) = (SURNAMES.chars().collect(), GIVEN.chars().collect());
    let mix = n.wrapping_mul(2_654_435_761) % 1_000_003;
    let called = [surnames[mix % surnames.len()], given[mix / 31 % given.len()], given[mix / 1_009 % given.len()]];
    let mut card = NewCustomer::named(name(&called.iter().collect::<String>()));
    card.profile = vec![
        ProfileValue::Phone(Phone::new(&format!("138{:08}", mix * 97 % 100_000_000)).ok()),
        ProfileValue::Card(Some(name(&format!("VIP-{n:06}")))),
    ];
    Action::AddCustomer { customer: customer_id(), card: Box::new(card) }
}

/// What is written down on a day in the treatment rooms.
fn written(customer: CustomerId, n: usize) -> Action {
    match n % 4 {
        0 => Action::AddAllergy { customer, tag: AllergyTag::new(Uuid::now_v7()), what: name("酒精"), remark: None },
        1 => Action::AnswerQuestion { customer, question: Question::PregnantOrNursing, answer: Answer::just(Said::No) },
        _ => {
            let words = text("洁面后两颊略红，冷敷十分钟退。未用含酒精的产品，约了下个月同一时间。");
            Action::WriteCareNote { customer, note: NoteId::new(Uuid::now_v7()), text: words }
        }
    }
}

async fn pushes(shop: &Shop, tablet: &mut Tablet, action: impl Fn(usize, usize) -> Action) -> Vec<Duration> {
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let base = shop.store.head().await.unwrap().version;
        let entries = (0..ENTRIES).map(|n| tablet.seal(shop.manager, base, &action(round, n))).collect();
        let start = Instant::now();
        let pushed = shop.push(tablet, entries).await;
        times.push(start.elapsed());
        let is_applied = |settled: &sync::Settled| matches!(settled.outcome, Outcome::Applied { .. });
        assert!(pushed.settled.len() == ENTRIES && pushed.settled.iter().all(is_applied), "{:?}", pushed.settled);
    }
    times
}

/// The same number of rows of about the same length, with nothing decided, hashed or looked up.
async fn plain_writes(shop: &Shop, rounds: usize) -> Vec<Duration> {
    let mut plain: AnyConnection = shop.raw().await;
    let prepare = "pragma journal_mode = wal; pragma synchronous = full;
        create table plain (kind bigint not null, number bigint not null, body text not null, primary key (kind, number))";
    sqlx::raw_sql(prepare).execute(&mut plain).await.unwrap();
    let (entry, mutation, audit, file) = ("x".repeat(150), "x".repeat(600), "x".repeat(400), "x".repeat(2_500));
    let mut times = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let start = Instant::now();
        let mut tx = plain.begin_with("begin immediate").await.unwrap();
        for (kind, count, body) in
            [(0, ENTRIES, &entry), (1, ENTRIES, &mutation), (2, ENTRIES, &audit), (3, FILES_IN_A_PUSH, &file)]
        {
            let rows: Vec<String> = (0..50).map(|n| format!("($1, ${}, $2)", n + 3)).collect();
            let insert = format!("insert or replace into plain (kind, number, body) values {}", rows.join(", "));
            for start in (0..count).step_by(50) {
                let mut some = sqlx::query(sqlx::AssertSqlSafe(insert.clone())).bind(kind).bind(body);
                for n in start..start + 50 {
                    some = some.bind(i64::try_from(if kind == 3 { n } else { round * count + n }).unwrap());
                }
                some.execute(&mut *tx).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        times.push(start.elapsed());
    }
    sqlx::raw_sql("drop table plain").execute(&mut plain).await.unwrap();
    times
}

async fn searches(shop: &Shop, desk: &Tablet) -> Vec<Duration> {
    let mut times = Vec::new();
    for query in QUERIES.iter().cycle().take(QUERIES.len() * 20) {
        let start = Instant::now();
        shop.store.search(&desk.device, query, 50).await.unwrap();
        times.push(start.elapsed());
    }
    times
}

async fn pulls(shop: &Shop, desk: &Tablet, back: i64) -> Vec<Duration> {
    let after = Version(shop.store.head().await.unwrap().version.0 - back);
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        shop.store.pull(&desk.device, Pull::of(desk.epoch, after), NOW).await.unwrap().unwrap();
        times.push(start.elapsed());
    }
    times
}

fn middle(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}
