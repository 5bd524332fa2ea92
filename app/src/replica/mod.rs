//! The device's copy of the salon: what screens read and where they write. They never know whether there is a network.
//!
//! One door for writes, `commit`; reads come from rows held here with this device's own entries laid over them.

mod commit;
mod device;
mod door;
pub mod here;
mod keeping;
mod leader;
mod mark;
mod opened;
mod outbox;
mod patience;
mod pin;
mod proof;
mod restart;
mod runner;
mod select;
mod start;
mod storage;
mod stretcher;
mod summary;
mod vault;

pub use commit::NotSaved;
pub use device::Identity;
pub use door::Trouble;
pub use mark::SyncMark;
pub use patience::patiently;
pub use select::{EntryView, FileView, TodayVisit};
pub use summary::{NearVisit, Summary};

use domain::{CustomerId, DeviceScope, Moment, Person, Salon, Seq, StaffId};
use leptos::prelude::*;
use outbox::Outbox;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use storage::Cache;
use sync::{Client, Entry, Envelope, Key, RowId};
use vault::Vault;

/// What the page can do right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Starting,
    Blocked(Blocked),
    /// Nobody has made this browser one of the salon's devices.
    Unenrolled,
    /// Nobody is signed in.
    Closed,
    /// The screen is shut; keys stay in memory and entries go on being handed in.
    Locked(StaffId),
    Open(StaffId),
}

/// Why nothing can be kept on this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Plain HTTP to another machine: browsers keep nothing safely there.
    NotSecure,
    /// Private mode, a full disk, or site data refused.
    NoStorage,
}

/// Who works here now, and the keys that follow from it. Only in memory.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub person: StaffId,
    pub vault: Vault,
    pub author: Key,
    /// Proves a PIN while this page lives, once the server has accepted it; nothing of it is ever written down.
    pub pin: Option<[u8; 32]>,
    /// Opened from the keys wrapped here, without the server: it may know nothing of this session.
    pub was_offline: bool,
}

/// An entry of the outbox with what is needed to show it and lay it over its row; `envelope` is gone while locked.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub entry: Entry,
    pub envelope: Option<Envelope>,
}

pub(crate) struct Inner {
    pub phase: RwSignal<Phase>,
    pub mark: RwSignal<SyncMark>,
    pub salon: RwSignal<Option<Arc<Salon>>>,
    pub index: RwSignal<Arc<BTreeMap<CustomerId, Summary>>>,
    pub identity: RwSignal<Option<Identity>>,
    pub triggers: RefCell<HashMap<RowId, ArcTrigger>>,
    pub cache: Cache,
    pub outbox: OnceCell<Outbox>,
    pub session: RefCell<Option<Session>>,
    pub held: RefCell<BTreeMap<Seq, Held>>,
    pub entries_changed: ArcTrigger,
    pub client: RefCell<Client>,
    pub is_leader: Cell<bool>,
    pub runner: runner::Runner,
    pub channel: OnceCell<leader::Channel>,
    pub hints: RefCell<Option<web_sys::EventSource>>,
    /// When the stream was last asked for.
    pub hints_asked: Cell<Moment>,
    /// Added to the device's clock, as measured at the last contact.
    pub clock_offset: Cell<i64>,
    pub last_touch: Cell<Moment>,
    pub opened: opened::Opened,
}

/// Cheap to copy; lives as long as the page.
#[derive(Clone, Copy)]
pub struct Replica(StoredValue<Rc<Inner>, LocalStorage>);

pub fn provide_replica() -> Replica {
    let replica = Replica(StoredValue::new_local(Rc::new(Inner {
        phase: RwSignal::new(Phase::Starting),
        mark: RwSignal::new(SyncMark::default()),
        salon: RwSignal::new(None),
        index: RwSignal::new(Arc::default()),
        identity: RwSignal::new(None),
        triggers: RefCell::default(),
        cache: Cache::default(),
        outbox: OnceCell::new(),
        session: RefCell::default(),
        held: RefCell::default(),
        entries_changed: ArcTrigger::new(),
        client: RefCell::new(Client::new(sync::Limits::default(), sync::Stored::default())),
        is_leader: Cell::new(false),
        runner: runner::Runner::default(),
        channel: OnceCell::new(),
        hints: RefCell::default(),
        hints_asked: Cell::default(),
        clock_offset: Cell::new(0),
        last_touch: Cell::new(here::device_now()),
        opened: opened::Opened::default(),
    })));
    provide_context(replica);
    leptos::task::spawn_local(async move { replica.start().await });
    replica
}

pub fn use_replica() -> Replica {
    expect_context()
}

impl Replica {
    pub(crate) fn inner(&self) -> Rc<Inner> {
        self.0.get_value()
    }

    pub fn phase(&self) -> Phase {
        self.inner().phase.get()
    }

    pub fn mark(&self) -> SyncMark {
        self.inner().mark.get()
    }

    /// The salon's standing data, once it has come.
    pub fn salon(&self) -> Option<Arc<Salon>> {
        self.inner().salon.get()
    }

    /// What this browser is to the salon.
    pub fn identity(&self) -> Option<Identity> {
        self.inner().identity.get()
    }

    /// Whether she has a PIN, as far as this device has heard.
    pub fn has_pin(&self, staff: StaffId) -> bool {
        self.identity().is_some_and(|identity| identity.with_pin.contains(&staff))
    }

    /// Who works here now.
    pub fn person(&self) -> Option<Person> {
        match self.phase() {
            Phase::Open(id) | Phase::Locked(id) => self.salon().and_then(|salon| salon.person(id).cloned()),
            Phase::Starting | Phase::Blocked(_) | Phase::Unenrolled | Phase::Closed => None,
        }
    }

    /// A manager, on a device for managing.
    pub fn manages(&self) -> bool {
        self.scope() == DeviceScope::Management && self.person().is_some_and(|person| person.is_manager())
    }

    /// True until she has set a PIN: she can be offered one.
    pub fn lacks_pin(&self) -> bool {
        match self.phase() {
            Phase::Open(id) | Phase::Locked(id) => !self.has_pin(id),
            Phase::Starting | Phase::Blocked(_) | Phase::Unenrolled | Phase::Closed => false,
        }
    }

    /// The language chosen on this device before, by its code.
    pub fn language(&self) -> Option<String> {
        storage::language()
    }

    pub fn keep_language(&self, code: &str) {
        storage::keep_language(code);
    }

    pub fn scope(&self) -> DeviceScope {
        self.identity().map_or(DeviceScope::Treatment, |identity| identity.scope)
    }

    /// The salon's time as well as this device knows it.
    pub fn now(&self) -> Moment {
        let inner = self.inner();
        Moment(here::device_now().0 + inner.clock_offset.get())
    }

    /// Today in the branch.
    pub fn today(&self) -> chrono::NaiveDate {
        let offset =
            self.inner().salon.with_untracked(|salon| salon.as_ref().map(|salon| salon.settings.offset)).unwrap_or_default();
        offset.day(self.now())
    }

    pub fn new_uuid(&self) -> uuid::Uuid {
        here::new_uuid(self.now())
    }

    pub(crate) fn trigger(&self, row: RowId) -> ArcTrigger {
        self.inner().triggers.borrow_mut().entry(row).or_default().clone()
    }
}
