//! How long a salon's devices wait for one another: the program's own listening and router on a real socket, SQLite below.
//! The devices share the machine with the server, so that what is measured is rather too long than too short.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that can't go on should stop, and prints what it finds")]

mod client;
mod cold;
mod import;
mod memory;
#[path = "../store/benches/table/mod.rs"]
mod table;

use client::Tablet;
use domain::{
    Action, AllergyTag, Answer, ClockOffset, CustomerId, Moment, Name, NewCustomer, NoteId, Question, Role, Said, Settings,
    StaffId, Text, Version,
};
use server::{house::House, site::Site};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use store::{Extent, NewPerson, NewSalon, Place, Store};
use sync::{Outcome, Pull, Pulled, Pushed, ServerKey, Wrapped, stretch};
use table::{Table, short};
use tokio::{net::TcpListener, task::JoinSet};
use uuid::Uuid;

const CUSTOMERS: usize = 2_000;
const DEVICES: usize = 50;
/// Each of them, so that together it is 400 a second.
const PAUSE: Duration = Duration::from_millis(125);
const ENTRIES_EACH: usize = 80;
const HELD_EACH: usize = 200;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let folder = std::env::temp_dir().join(format!("xinyan-road-{}", Uuid::now_v7()));
    let mut table = Table::default();
    guesses(&mut table);
    runtime.block_on(async {
        let salon = Salon::open(&folder.join("served")).await;
        salon.writes_and_hears(&mut table).await;
        cold::measure(&salon, &mut table).await;
        salon.reconnects(&mut table).await;
        memory::measure(&folder.join("connected"), &mut table).await;
        import::measure(&folder.join("imported"), &mut table).await;
    });
    std::fs::remove_dir_all(folder).unwrap();
    table.show();
}

/// What whoever copied a browser's profile pays for one guess at a password, on this machine (H25).
fn guesses(table: &mut Table) {
    let key = stretch("lanterns at dusk", &[1; 16]).unwrap();
    let wrapped = Wrapped::wrap(&key, [1; 16], &[2; 24], "restart", b"keys");
    let guess = |_| {
        let began = Instant::now();
        wrapped.unwrap(&stretch("lanterns at dawn", &wrapped.salt).unwrap(), "restart").unwrap_err();
        began.elapsed()
    };
    table.add_times("one guess at a password from a copied profile", (0..10).map(guess).collect(), "");
}

/// What the one who fetches had, and when.
type Heard = Arc<Mutex<Vec<(Version, Instant)>>>;

struct Salon {
    house: Arc<House>,
    address: std::net::SocketAddr,
    manager: StaffId,
    customers: Vec<CustomerId>,
}

impl Salon {
    async fn open(folder: &Path) -> Self {
        let (store, manager) = found(folder).await;
        let customers: Vec<CustomerId> = (0..CUSTOMERS).map(|_| CustomerId::new(Uuid::now_v7())).collect();
        let add = |customer: &CustomerId| {
            let card = Box::new(NewCustomer::named(Name::new("林晓雨").unwrap()));
            Action::AddCustomer { customer: *customer, card }
        };
        let actions = customers.iter().map(add).collect();
        store.perform_here(manager, actions, Extent::Batches, Moment(1), |_| {}).await.unwrap();
        let house = Arc::new(House::new(store, ServerKey::new([7; 32]), Site::in_directory(folder.join("site"))));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(server::serve::run(house.clone(), listener, None, server::serve::Limits::default()));
        Self { house, address, manager, customers }
    }

    async fn tablet(&self, number: usize) -> Tablet {
        Tablet::new(&self.house, self.address, self.manager, number).await
    }

    /// Fifty write at their own pace; one hears the hint and fetches.
    async fn writes_and_hears(&self, table: &mut Table) {
        let sent: Arc<Mutex<BTreeMap<Version, Instant>>> = Arc::default();
        let after = self.house.store.head().await.unwrap().version;
        let mut answers = Vec::new();
        let mut writers = JoinSet::new();
        let heard = Heard::default();
        let reader = tokio::spawn(follow(self.tablet(0).await, after, heard.clone()));
        for device in 1..=DEVICES {
            let (mut tablet, house, customers, sent) =
                (self.tablet(device).await, self.house.clone(), self.customers.clone(), sent.clone());
            writers.spawn(async move {
                let mut times = Vec::with_capacity(ENTRIES_EACH);
                tokio::time::sleep(PAUSE * u32::try_from(device).unwrap() / u32::try_from(DEVICES).unwrap()).await;
                let mut pace = tokio::time::interval(PAUSE);
                for n in 0..ENTRIES_EACH {
                    pace.tick().await;
                    let entry = tablet.seal(&house, written(customers[(device * 97 + n * 31) % CUSTOMERS], n));
                    let start = Instant::now();
                    let pushed = push(&mut tablet, vec![entry]).await.unwrap();
                    times.push(start.elapsed());
                    let Outcome::Applied { version } = pushed.settled[0].outcome else { panic!("{pushed:?}") };
                    sent.lock().unwrap().insert(version, start);
                }
                times
            });
        }
        while let Some(times) = writers.join_next().await {
            answers.extend(times.unwrap());
        }
        let head = self.house.store.head().await.unwrap().version;
        while heard.lock().unwrap().last().is_none_or(|(upto, _)| *upto < head) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        reader.abort();
        let (sent, heard) = (sent.lock().unwrap().clone(), heard.lock().unwrap().clone());
        let seen_at = |version| heard[heard.partition_point(|(upto, _)| upto < version)].1;
        let delays = sent.iter().map(|(version, start)| seen_at(version).duration_since(*start)).collect();
        table.add_times("50 devices, 400 entries/s: push to its answer", answers, "");
        table.add_times("50 devices, 400 entries/s: push to seen elsewhere", delays, "p99 <= 50 ms");
    }

    /// Everybody comes back at once with a day's work.
    async fn reconnects(&self, table: &mut Table) {
        let mut held = Vec::new();
        for device in 0..DEVICES {
            let mut tablet = self.tablet(1_000 + device).await;
            let entries = (0..HELD_EACH).map(|n| {
                let customer = self.customers[(device * 397 + n % 50 * 31) % CUSTOMERS];
                tablet.seal(&self.house, written(customer, n))
            });
            let entries = entries.collect();
            held.push((tablet, entries));
        }
        let start = Instant::now();
        let mut devices = JoinSet::new();
        for (mut tablet, entries) in held {
            devices.spawn(async move {
                let (start, mut put_off) = (Instant::now(), 0);
                while let Err(status) = push(&mut tablet, Vec::clone(&entries)).await {
                    assert!(matches!(status, 429 | 503), "{status}");
                    put_off += 1;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                (start.elapsed(), put_off)
            });
        }
        let (mut times, mut put_off) = (Vec::new(), 0);
        while let Some(done) = devices.join_next().await {
            let (time, times_put_off) = done.unwrap();
            times.push(time);
            put_off += times_put_off;
        }
        let all = start.elapsed();
        let a_second = (DEVICES * HELD_EACH) as f64 / all.as_secs_f64();
        table.add("50 devices with 200 entries each: until all are in", short(all), "<= 2 s");
        table.add("50 devices with 200 entries each: durable entries a second", format!("{a_second:.0}"), ">= 5000");
        table.add_times(format!("50 devices with 200 entries each: one push ({put_off} put off)"), times, "p99 < 5 s");
    }
}

/// After each hint fetches what is new, and remembers when it had it.
async fn follow(mut tablet: Tablet, mut cursor: Version, heard: Heard) {
    let mut hints = tablet.listen().await;
    let (told, mut newest) = tokio::sync::watch::channel(cursor);
    tokio::spawn(async move { while told.send(hints.next().await).is_ok() {} });
    while newest.changed().await.is_ok() {
        while *newest.borrow_and_update() > cursor {
            let pull = serde_json::json!({ "pull": Pull::of(tablet.epoch, cursor) });
            let (status, said) = tablet.call("sync/pull", &pull).await;
            assert_eq!(status, 200);
            let pulled: Pulled = serde_json::from_slice::<Option<Pulled>>(&said).unwrap().unwrap();
            cursor = pulled.upto;
            heard.lock().unwrap().push((cursor, Instant::now()));
        }
    }
}

/// The status where it is not taken in.
async fn push(tablet: &mut Tablet, entries: Vec<sync::Sealed>) -> Result<Pushed, u16> {
    let count = entries.len();
    let (status, said) = tablet.call("sync/push", &tablet.push_of(entries)).await;
    if status != 200 {
        return Err(status);
    }
    let pushed: Pushed = serde_json::from_slice(&said).unwrap();
    let applied = pushed.settled.iter().filter(|settled| matches!(settled.outcome, Outcome::Applied { .. })).count();
    assert_eq!(applied, count);
    Ok(pushed)
}

fn written(customer: CustomerId, n: usize) -> Action {
    match n % 4 {
        0 => {
            let (tag, what) = (AllergyTag::new(Uuid::now_v7()), Name::new("酒精").unwrap());
            Action::AddAllergy { customer, tag, what, remark: None }
        }
        1 => Action::AnswerQuestion { customer, question: Question::PregnantOrNursing, answer: Answer::just(Said::No) },
        _ => {
            let text = Text::new("洁面后两颊略红，冷敷十分钟退。未用含酒精的产品。").unwrap();
            Action::WriteCareNote { customer, note: NoteId::new(Uuid::now_v7()), text }
        }
    }
}

async fn found(folder: &Path) -> (Store, StaffId) {
    std::fs::create_dir_all(folder).unwrap();
    let store = Store::open(&Place::Sqlite(folder.join("salon.db"))).await.unwrap();
    let (id, name) = (StaffId::new(Uuid::now_v7()), Name::new("林店长").unwrap());
    let manager = NewPerson { id, name, roles: [Role::StoreManager].into(), password_hash: None };
    let settings = Settings {
        offset: ClockOffset::default(),
        confirm_hours_before: 24,
        complaint_follow_up_days: 3,
        may_restart_offline: true,
    };
    let name = Name::new("心颜").unwrap();
    store.found(NewSalon { name, is_demo: false, settings, manager }, Moment(1)).await.unwrap();
    (store, id)
}
