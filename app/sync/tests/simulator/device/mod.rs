//! One tablet: the real client over simulated disks.

mod keeping;

pub use keeping::{Ask, Fate};

use crate::{
    broken::Broken,
    chance::Chance,
    disk::{Kept, Lazy, Rows, Strict},
    doings,
};
use domain::{
    Action, Allergies, CustomerId, DeviceId, DeviceScope, Dot, Moment, Salon, Scope, Seq, StaffId, Version, WhyErased, authorise,
    decide,
};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::{
    Client, CustomerRow, Entry, EntryState, Envelope, Event, Header, Key, Limits, PROTO, Place, RowId, SCHEMA, ServerKey, Stored,
    overlay,
};

pub struct Device {
    pub id: DeviceId,
    pub staff: StaffId,
    scope: DeviceScope,
    pub client: Client,
    pub lazy: Lazy,
    pub strict: Strict,
    /// Copies of files that somebody had open, apart from the rest: a kill does not roll them back.
    pub kept: Rows,
    /// What did not fit although an older one is shown: gone with the page.
    pub in_memory: Rows,
    /// How much fits on its disk.
    pub room: usize,
    pub is_online: bool,
    pub is_running: bool,
    pub is_signed_in: bool,
    /// Only the newest request's answer and the newest alarm count.
    pub flight: u64,
    pub alarm: u64,
    /// What the screen said was saved.
    pub saved: Vec<(Dot, Action)>,
    /// The allergies as seen right after each act, in the build that hands in what it sees.
    pub views: BTreeMap<Dot, Allergies>,
    pub highest_cursor: Version,
    /// The files that it was given since the start, and by which version.
    pub given: BTreeMap<RowId, Version>,
    /// Files that somebody has had open since the start.
    looked_at: BTreeSet<RowId>,
    /// What was written here, opened once since the start.
    opened: BTreeMap<Seq, Envelope>,
    /// The outbox as another tab last read it.
    other_tab: Strict,
    data: Key,
    author: Key,
    broken: Option<Broken>,
}

impl Device {
    pub fn new(id: DeviceId, staff: StaffId, scope: DeviceScope, key: &ServerKey, broken: Option<Broken>) -> Self {
        Self {
            id,
            staff,
            scope,
            client: Client::new(Limits::default(), Stored::default()),
            lazy: Lazy::default(),
            strict: Strict::default(),
            kept: Rows::new(),
            in_memory: Rows::new(),
            room: usize::MAX,
            is_online: true,
            is_running: true,
            is_signed_in: false,
            flight: 0,
            alarm: 0,
            saved: Vec::new(),
            views: BTreeMap::new(),
            highest_cursor: Version::default(),
            given: BTreeMap::new(),
            looked_at: BTreeSet::new(),
            opened: BTreeMap::new(),
            other_tab: Strict::default(),
            data: key.data_key(id, 1),
            author: key.author_key(id, staff, 1),
            broken,
        }
    }

    fn outbox(&mut self) -> &mut Strict {
        match self.broken {
            Some(Broken::OutboxInLocalStorage) => &mut self.lazy.outbox,
            _ => &mut self.strict,
        }
    }

    /// After a kill: the client starts from what the disks hold.
    pub fn restart(&mut self) {
        // Another set than any, as the product does: the list of what to hold is gone through once more.
        let place = self.lazy.place.map(|place| if self.lazy.is_outdated { Place { members: -1, ..place } } else { place });
        let rows = self.lazy.rows.iter().map(|(id, (held, _))| (*id, self.as_of_now(*held))).collect();
        let entries = self.outbox().entries.iter().map(|(seq, (entry, _))| (*seq, entry.clone())).collect();
        self.client = Client::new(Limits::default(), Stored { place, entries, rows });
        self.opened.clear();
        self.in_memory.clear();
        self.given.clear();
        self.looked_at.clear();
        self.highest_cursor = place.map(|place| place.cursor).unwrap_or_default();
        self.is_running = true;
        self.is_signed_in = false;
        self.flight += 1;
        self.alarm += 1;
    }

    /// What was told before a restore is older than anything.
    fn as_of_now(&self, version: Version) -> Version {
        if self.lazy.is_outdated { Version::default() } else { version }
    }

    /// As it is shown: whatever is newer of what lies on the disk and what did not fit there.
    pub fn row(&self, id: RowId) -> Option<&Kept> {
        self.in_memory.get(&id).into_iter().chain(self.lazy.rows.get(&id)).max_by_key(|(version, _)| *version)
    }

    pub fn ids(&self) -> BTreeSet<RowId> {
        self.lazy.rows.keys().chain(self.in_memory.keys()).copied().collect()
    }

    /// Her file as the screen shows it: with what was written here, into it or into one that it shows.
    pub fn view(&mut self, salon: &Salon, customer: CustomerId) -> Option<CustomerRow> {
        let row = self.row(RowId::Customer(customer)).and_then(|(_, row)| row.as_deref().cloned());
        let joined = row.iter().flat_map(|row| row.file.joined.keys().copied());
        let shown: Vec<RowId> = joined.chain([customer]).map(RowId::Customer).collect();
        let own = self.outbox().entries.iter().filter(|(_, (entry, _))| shown.contains(&entry.row) && !entry.is_trace);
        let own: Vec<_> = own.map(|(seq, (_, bytes))| (*seq, bytes.clone())).collect();
        let own = own.into_iter().filter_map(|(seq, bytes)| Some((self.entry(seq)?, self.open(seq, &bytes))));
        let own: Vec<_> = own.collect();
        overlay(row, salon, self.scope, own)
    }

    fn open(&mut self, seq: Seq, bytes: &[u8]) -> Envelope {
        let open = || {
            let (_, plain) = self.data.open_entry(self.id, seq, bytes).unwrap();
            serde_json::from_slice(&plain).unwrap()
        };
        self.opened.entry(seq).or_insert_with(open).clone()
    }

    /// The file in which this device shows hers.
    pub fn shown_in(&self, customer: CustomerId) -> CustomerId {
        let mut rows = self.ids().into_iter().filter_map(|id| self.row(id)?.1.as_ref());
        rows.find(|row| row.file.joined.contains_key(&customer)).map_or(customer, |row| row.file.id)
    }

    /// She does something. Nothing where her screen has no file to do it on, or does not offer it.
    pub fn act(&mut self, chance: &mut Chance, salon: &Salon, customer: CustomerId, now: i64) -> Vec<Event> {
        let root = self.shown_in(customer);
        let Some(view) = self.view(salon, root) else { return vec![Event::Wanted(RowId::Customer(root))] };
        // Her page may have been open before the two were one.
        let on = if chance.is(30) { customer } else { root };
        let wanted = self.look_at(RowId::Customer(on));
        let ids = self.ids().into_iter();
        let others = ids.filter_map(|id| if let RowId::Customer(id) = id { Some(id) } else { None });
        let others: Vec<CustomerId> = others.filter(|id| *id != root && self.scope == DeviceScope::Management).collect();
        let screen = doings::Screen { salon, view: &view, others: &others, now: Moment(now) };
        let actions = doings::choose(chance, on, screen);
        wanted.into_iter().chain(actions.into_iter().filter_map(|action| self.commit(chance, salon, action, now))).collect()
    }

    /// Her file is done away with, if this screen offers it.
    pub fn erase(&mut self, chance: &mut Chance, salon: &Salon, customer: CustomerId, now: i64) -> Option<Event> {
        self.commit(chance, salon, Action::EraseFile { customer, why: WhyErased::HerRequest }, now)
    }

    /// Opening a file keeps a copy of it, or asks the salon for it.
    fn look_at(&mut self, id: RowId) -> Option<Event> {
        self.looked_at.insert(id);
        let Some(row) = self.row(id).cloned() else { return Some(Event::Wanted(id)) };
        if !self.is_crammed() {
            self.kept.insert(id, row);
        }
        None
    }

    fn commit(&mut self, chance: &mut Chance, salon: &Salon, action: Action, now: i64) -> Option<Event> {
        let customer = action.customer()?;
        let base = self.row(RowId::Customer(customer)).map(|(version, _)| *version).unwrap_or_default();
        let (device, author) = (self.id, self.staff);
        let seq = Seq(self.outbox().next_seq + 1);
        let header = Header { proto: PROTO, schema: SCHEMA, device, seq, author, claimed_at: Moment(now), base };
        // Nobody is told that something was saved for which there was no room.
        if !self.is_offered(salon, &header, &action) || self.is_crammed() {
            return None;
        }
        self.lazy.before_write(now);
        if self.broken == Some(Broken::OutboxAsOneArray) {
            let as_read = std::mem::replace(&mut self.other_tab, self.strict.clone());
            if chance.is(20) {
                self.strict = Strict { next_seq: self.strict.next_seq, ..as_read };
            }
        }
        let bytes = serde_json::to_vec(&Envelope { header, action: action.clone() }).unwrap();
        let sealed = self.data.seal_entry(&self.author, &chance.bytes(), &header, &bytes);
        let entry = Entry { is_trace: action.is_trace(), ..Entry::saved(RowId::Customer(customer)) };
        let outbox = self.outbox();
        outbox.next_seq = seq.0;
        outbox.entries.insert(seq, (entry.clone(), Rc::new(sealed)));
        let dot = Dot { device, seq };
        self.saved.push((dot, action));
        if self.broken == Some(Broken::LastWriterWinsOnAllergies)
            && let Some(after) = self.view(salon, self.shown_in(customer))
        {
            self.views.insert(dot, after.file.allergies);
        }
        Some(Event::Committed { seq, entry })
    }

    /// Decided here as the salon will: on the file that shows hers.
    fn is_offered(&mut self, salon: &Salon, header: &Header, action: &Action) -> bool {
        let file = action.customer().and_then(|id| self.view(salon, self.shown_in(id)));
        let other = action.other().and_then(|id| self.view(salon, id));
        let file = file.as_ref().map(|row| row.file.as_seen_by(action));
        let scope = Scope { salon, file: file.as_deref(), other: other.as_ref().map(|row| &row.file) };
        let is_hers = authorise(salon.person(header.author), self.scope, action).is_ok();
        is_hers && decide(scope, &header.stamp_here(header.base), action).is_ok()
    }

    /// The build that takes *signed out* for an answer.
    pub fn forget_sent(&mut self) {
        let sent: Vec<Seq> = self.client.entries().keys().copied().collect();
        sent.iter().for_each(|seq| drop(self.outbox().entries.remove(seq)));
        self.restart();
    }

    pub fn sealed(&mut self, seqs: &[Seq]) -> Vec<sync::Sealed> {
        let outbox = self.outbox();
        seqs.iter()
            .filter_map(|seq| {
                Some(sync::Sealed { seq: *seq, bytes: sync::Bytes(outbox.entries.get(seq)?.1.to_vec()), sealed_as: None })
            })
            .collect()
    }

    /// As the screen knows it; on the disk it may be older.
    pub fn entry(&mut self, seq: Seq) -> Option<EntryState> {
        let known = self.client.entries().get(&seq).map(|entry| entry.state.clone());
        let (written, _) = self.outbox().entries.get(&seq)?;
        Some(known.unwrap_or_else(|| written.state.clone()))
    }
}
