//! A salon to try things in: its store, its people, its tablets.

use domain::{
    Action, CustomerFile, CustomerId, DeviceScope, Moment, Name, NewCustomer, Role, Seq, Settings, StaffId, Text, Version,
};
use sqlx::{AnyConnection, Connection};
use std::{path::PathBuf, time::Duration};
use store::{Device, NewPerson, NewSalon, Patience, Place, Store, StoreError};
use sync::{
    Bytes, CustomerRow, Envelope, Epoch, Header, Outcome, PROTO, Push, Pushed, RowBody, SCHEMA, Sealed, ServerKey, Settled,
};
use uuid::Uuid;

pub const NOW: Moment = Moment(1_790_000_000_000);

pub struct Shop {
    pub store: Store,
    pub keys: ServerKey,
    pub manager: StaffId,
    pub engine: &'static str,
    /// Where it shares its database with others.
    pub branch: Option<String>,
    address: String,
    place: Place,
    folder: Option<PathBuf>,
}

/// Runs a test on each engine there is.
pub async fn on_each_engine(test: impl AsyncFn(Shop)) {
    test(Shop::on_sqlite().await).await;
    if let Ok(url) = std::env::var("XINYAN_TEST_POSTGRES") {
        test(Shop::on_postgres(&url).await).await;
    }
}

impl Shop {
    pub async fn on_sqlite() -> Self {
        let folder = new_folder();
        let file = folder.join("salon 心颜?.db");
        let address = format!("sqlite://{}?mode=rw", file.display().to_string().replace('?', "%3F").replace(' ', "%20"));
        Self::found(Place::Sqlite(file), None, address, Some(folder), "sqlite").await
    }

    pub async fn on_postgres(url: &str) -> Self {
        let address = new_database(url).await;
        Self::found(Place::Postgres(address.clone()), None, address, None, "postgres").await
    }

    /// In the same database, founded now.
    pub async fn another_branch(&self, called: &str) -> Self {
        Self::found(self.place.clone(), Some(called.to_owned()), self.address.clone(), None, self.engine).await
    }

    /// A program that was not told which branch it serves.
    pub async fn unnamed(&self) -> Result<Store, StoreError> {
        Store::open_with(&self.place, Patience(Duration::from_secs(10))).await
    }

    async fn found(place: Place, branch: Option<String>, address: String, folder: Option<PathBuf>, engine: &'static str) -> Self {
        let store = Store::open_branch(&place, branch.clone(), Patience(Duration::from_secs(10))).await.unwrap();
        let manager = new_person("林店长", &[Role::Owner, Role::StoreManager]);
        let settings = Settings {
            offset: Default::default(),
            confirm_hours_before: 24,
            complaint_follow_up_days: 3,
            may_restart_offline: true,
        };
        let new = NewSalon { name: name("心颜"), is_demo: false, settings, manager };
        let manager = store.found(new, NOW).await.unwrap();
        Self { store, keys: ServerKey::new([7; 32]), manager, engine, branch, address, place, folder }
    }

    /// A second program on the same database.
    pub async fn beside(&self, patience: Duration) -> Store {
        Store::open_with(&self.place, Patience(patience)).await.unwrap()
    }

    /// SQLite only.
    pub fn file_on_disk(&self) -> PathBuf {
        match &self.place {
            Place::Sqlite(file) => file.clone(),
            Place::Postgres(_) => unreachable!("PostgreSQL keeps its files to itself"),
        }
    }

    /// PostgreSQL only: all as it is now, in another database. Nobody may be connected: the shop's own store is closed.
    pub async fn copy_of_database(&self) -> String {
        self.store.close().await;
        let (server, name) = self.address.rsplit_once('/').unwrap();
        let copy = format!("{name}_copy");
        let mut admin = AnyConnection::connect(&format!("{server}/postgres")).await.unwrap();
        let text = format!("create database {copy} template {name}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut admin).await.unwrap();
        format!("{server}/{copy}")
    }

    /// Behind the program's back.
    pub async fn raw(&self) -> AnyConnection {
        AnyConnection::connect(&self.address).await.unwrap()
    }

    pub async fn tamper(&self, text: &'static str) {
        let changed = sqlx::query(text).execute(&mut self.raw().await).await.unwrap();
        assert!(changed.rows_affected() > 0, "{text}");
    }

    pub async fn hire(&self, called: &str, roles: &[Role]) -> StaffId {
        let person = new_person(called, roles);
        let id = person.id;
        self.store.add_person(person, NOW).await.unwrap();
        id
    }

    pub async fn tablet(&self, scope: DeviceScope) -> Tablet {
        let cookie = sync::Hash::of(Uuid::now_v7().as_bytes()).0;
        let device = self.store.enrol_directly(scope, name("tablet"), cookie, self.manager, NOW).await.unwrap();
        Tablet { device, keys: self.keys.clone(), next: Seq(1), epoch: self.store.head().await.unwrap().epoch }
    }

    pub async fn desk(&self) -> Tablet {
        self.tablet(DeviceScope::Desk).await
    }

    pub async fn push(&self, tablet: &Tablet, entries: Vec<Sealed>) -> Pushed {
        self.store.perform(&self.keys, &tablet.device, tablet.push(entries), NOW).await.unwrap()
    }

    /// The manager does it at this tablet, having seen everything.
    pub async fn does(&self, tablet: &mut Tablet, action: Action) -> Outcome {
        let base = self.store.head().await.unwrap().version;
        let sealed = tablet.seal(self.manager, base, &action);
        only(self.push(tablet, vec![sealed]).await)
    }

    pub async fn adds(&self, tablet: &mut Tablet, called: &str) -> CustomerId {
        let customer = customer_id();
        let outcome = self.does(tablet, add(customer, called)).await;
        assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?}");
        customer
    }

    pub async fn file(&self, customer: CustomerId) -> CustomerFile {
        self.store.customer(customer).await.unwrap().unwrap()
    }

    pub async fn is_sound(&self) {
        let differences: Vec<String> = self.store.verify().await.unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(differences, Vec::<String>::new(), "on {}", self.engine);
    }

    pub async fn finds(&self, tablet: &Tablet, query: &str) -> Vec<CustomerRow> {
        self.store.search(&tablet.device, query, 50).await.unwrap()
    }
}

fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xinyan-store-{}", Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    folder
}

async fn new_database(url: &str) -> String {
    sqlx::any::install_default_drivers();
    let name = format!("xinyan_{}", Uuid::now_v7().simple());
    let mut admin = AnyConnection::connect(url).await.unwrap();
    let text = format!("create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut admin).await.unwrap();
    format!("{}/{name}", url.rsplit_once('/').unwrap().0)
}

/// Databases without a salon, one on each engine there is.
pub async fn empty_stores() -> Vec<Empty> {
    let folder = new_folder();
    let mut places = vec![(Place::Sqlite(folder.join("salon.db")), Some(folder))];
    if let Ok(url) = std::env::var("XINYAN_TEST_POSTGRES") {
        places.push((Place::Postgres(new_database(&url).await), None));
    }
    let mut stores = Vec::new();
    for (place, folder) in places {
        let store = Store::open_with(&place, Patience(Duration::from_secs(10))).await.unwrap();
        stores.push(Empty { store, folder });
    }
    stores
}

pub struct Empty {
    store: Store,
    folder: Option<PathBuf>,
}

impl std::ops::Deref for Empty {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for Empty {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

pub struct Tablet {
    pub device: Device,
    keys: ServerKey,
    pub next: Seq,
    pub epoch: Epoch,
}

impl Tablet {
    pub fn header(&self, author: StaffId, base: Version) -> Header {
        Header { proto: PROTO, schema: SCHEMA, device: self.device.id, seq: self.next, author, claimed_at: NOW, base }
    }

    pub fn seal(&mut self, author: StaffId, base: Version, action: &Action) -> Sealed {
        let header = self.header(author, base);
        let bytes = serde_json::to_vec(&Envelope { header, action: action.clone() }).unwrap();
        self.seal_bytes(author, &header, &bytes)
    }

    /// Whatever the bytes say, signed with that person's key and counted.
    pub fn seal_bytes(&mut self, signer: StaffId, header: &Header, bytes: &[u8]) -> Sealed {
        let Device { id, generation, .. } = self.device;
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&self.next.0.to_be_bytes());
        let author = self.keys.author_key(id, signer, generation);
        let sealed = self.keys.data_key(id, generation).seal_entry(&author, &nonce, header, bytes);
        let seq = self.next;
        self.next = self.next.next();
        Sealed { seq, bytes: Bytes(sealed), sealed_as: None }
    }

    pub fn push(&self, entries: Vec<Sealed>) -> Push {
        let oldest = entries.first().map_or(self.next, |first| first.seq);
        Push { epoch: Some(self.epoch), oldest, entries, device: None }
    }
}

pub fn only(pushed: Pushed) -> Outcome {
    let [Settled { outcome, .. }] = pushed.settled.try_into().unwrap();
    outcome
}

pub fn outcomes(pushed: &Pushed) -> Vec<Outcome> {
    pushed.settled.iter().map(|settled| settled.outcome.clone()).collect()
}

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

pub fn customer_id() -> CustomerId {
    CustomerId::new(Uuid::now_v7())
}

pub fn add(customer: CustomerId, called: &str) -> Action {
    Action::AddCustomer { customer, card: Box::new(NewCustomer::named(name(called))) }
}

pub fn note(customer: CustomerId, words: &str) -> Action {
    Action::WriteCareNote { customer, note: domain::NoteId::new(Uuid::now_v7()), text: text(words) }
}

pub fn new_person(called: &str, roles: &[Role]) -> NewPerson {
    NewPerson {
        id: StaffId::new(Uuid::now_v7()),
        name: name(called),
        roles: roles.iter().copied().collect(),
        password_hash: Some("$argon2id$".to_owned()),
    }
}

pub fn customer_in(row: &sync::Row) -> Option<&CustomerRow> {
    match &row.body {
        Some(RowBody::Customer(row)) => Some(row),
        _ => None,
    }
}
