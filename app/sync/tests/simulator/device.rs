//! One tablet: the real client over simulated disks.

use crate::{
    chance::Chance,
    disk::{Lazy, Strict},
    world::Broken,
};
use domain::{
    Action, Allergies, AllergyTag, Answer, CustomerId, DeviceId, DeviceScope, Dot, Moment, Name, NoteId, ProfileValue, Question,
    Said, Salon, Seq, StaffId, Text, Version,
};
use std::collections::BTreeMap;
use std::rc::Rc;
use sync::{
    Client, CustomerRow, Effect, Entry, EntryState, Envelope, Event, Header, Key, Limits, PROTO, RowBody, RowId, SCHEMA,
    ServerKey, Stored, Wake, overlay,
};

pub struct Device {
    pub id: DeviceId,
    pub staff: StaffId,
    pub client: Client,
    pub lazy: Lazy,
    pub strict: Strict,
    pub is_online: bool,
    pub is_running: bool,
    /// Only the newest request's answer and the newest alarm count.
    pub flight: u64,
    pub alarm: u64,
    /// What the screen said was saved.
    pub saved: Vec<(Dot, Action)>,
    /// The allergies as seen right after each act.
    pub views: BTreeMap<Dot, Allergies>,
    pub highest_cursor: Version,
    /// The outbox as another tab last read it.
    other_tab: Strict,
    data: Key,
    author: Key,
    broken: Option<Broken>,
}

/// What an effect asks of the world.
pub enum Ask {
    Send(sync::Request),
    Ring(Wake),
}

impl Device {
    pub fn new(id: DeviceId, staff: StaffId, key: &ServerKey, broken: Option<Broken>) -> Self {
        Self {
            id,
            staff,
            client: Client::new(Limits::default(), Stored::default()),
            lazy: Lazy::default(),
            strict: Strict::default(),
            is_online: true,
            is_running: true,
            flight: 0,
            alarm: 0,
            saved: Vec::new(),
            views: BTreeMap::new(),
            highest_cursor: Version::default(),
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
        let place = self.lazy.place;
        let rows = self.lazy.rows.iter().map(|(id, (version, _))| (*id, *version)).collect();
        let entries = self.outbox().entries.iter().map(|(seq, (entry, _))| (*seq, entry.clone())).collect();
        self.client = Client::new(Limits::default(), Stored { place, entries, rows });
        self.highest_cursor = place.map(|place| place.cursor).unwrap_or_default();
        self.is_running = true;
        self.flight += 1;
        self.alarm += 1;
    }

    pub fn view(&mut self, salon: &Salon, customer: CustomerId) -> Option<CustomerRow> {
        let row = self.lazy.rows.get(&RowId::Customer(customer)).and_then(|(_, row)| row.as_deref().cloned());
        let (id, data) = (self.id, self.data.clone());
        let own = self.outbox().entries.iter().filter(|(_, (entry, _))| entry.row == RowId::Customer(customer));
        let own: Vec<(EntryState, Envelope)> = own
            .map(|(seq, (entry, bytes))| {
                let (_, plain) = data.open_entry(id, *seq, bytes).unwrap();
                (entry.state.clone(), serde_json::from_slice(&plain).unwrap())
            })
            .collect();
        overlay(row, salon, DeviceScope::Desk, own)
    }

    /// She does something. `None` where her screen has no file to do it on.
    pub fn act(&mut self, chance: &mut Chance, salon: &Salon, customer: CustomerId, now: i64) -> Option<Event> {
        let view = self.view(salon, customer)?;
        let action = choose(chance, customer, &view);
        let base = self.lazy.rows.get(&RowId::Customer(customer)).map(|(version, _)| *version).unwrap_or_default();
        self.lazy.before_write(now);
        if self.broken == Some(Broken::OutboxAsOneArray) {
            let as_read = std::mem::replace(&mut self.other_tab, self.strict.clone());
            if chance.is(20) {
                self.strict = Strict { next_seq: self.strict.next_seq, ..as_read };
            }
        }
        let (device, author) = (self.id, self.staff);
        let seq = Seq(self.outbox().next_seq + 1);
        let header = Header { proto: PROTO, schema: SCHEMA, device, seq, author, claimed_at: Moment(now), base };
        let bytes = serde_json::to_vec(&Envelope { header, action: action.clone() }).unwrap();
        let sealed = self.data.seal_entry(&self.author, &chance.bytes(), &header, &bytes);
        let row = RowId::Customer(customer);
        let outbox = self.outbox();
        outbox.next_seq = seq.0;
        outbox.entries.insert(seq, (Entry::saved(row), Rc::new(sealed)));
        let dot = Dot { device, seq };
        self.saved.push((dot, action));
        if let Some(after) = self.view(salon, customer) {
            self.views.insert(dot, after.file.allergies);
        }
        Some(Event::Committed { seq, entry: Entry::saved(row) })
    }

    /// Carries effects out one by one; `is_killed` says after which the power went.
    pub fn carry_out(&mut self, mut effects: Vec<Effect>, now: i64, mut is_killed: impl FnMut() -> bool) -> (Vec<Ask>, bool) {
        if self.broken == Some(Broken::CursorBeforeRows) {
            effects.sort_by_key(|effect| !matches!(effect, Effect::PutPlace(_)));
        }
        let mut asks = Vec::new();
        for effect in effects {
            match effect {
                Effect::Send(request) => asks.push(Ask::Send(request)),
                Effect::Wake(span) => asks.push(Ask::Ring(span)),
                disk => self.write(disk, now),
            }
            if is_killed() {
                return (asks, true);
            }
        }
        (asks, false)
    }

    fn write(&mut self, effect: Effect, now: i64) {
        self.lazy.before_write(now);
        match effect {
            Effect::PutRows(rows) => {
                for row in rows {
                    match row.body {
                        Some(RowBody::Customer(body)) => drop(self.lazy.rows.insert(row.id, (row.version, Some(Rc::new(*body))))),
                        Some(RowBody::Salon(_)) => drop(self.lazy.rows.insert(row.id, (row.version, None))),
                        None => drop(self.lazy.rows.remove(&row.id)),
                    }
                }
            }
            Effect::DropRows(ids) => self.lazy.rows.retain(|id, _| !ids.contains(id)),
            Effect::DropCache => {
                self.lazy.rows.clear();
                self.lazy.place = None;
                self.highest_cursor = Version::default();
            }
            Effect::PutPlace(place) => self.lazy.place = Some(place),
            Effect::PutEntry(seq, state) => {
                if let Some((entry, _)) = self.outbox().entries.get_mut(&seq) {
                    entry.state = state;
                }
            }
            Effect::DropEntry(seq) => drop(self.outbox().entries.remove(&seq)),
            Effect::Send(_) | Effect::Wake(_) | Effect::Halt(_) => {}
        }
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

    pub fn entry(&mut self, seq: Seq) -> Option<EntryState> {
        self.outbox().entries.get(&seq).map(|(entry, _)| entry.state.clone())
    }
}

fn choose(chance: &mut Chance, customer: CustomerId, view: &CustomerRow) -> Action {
    let words = format!("第{}次", chance.below(1_000_000));
    match chance.below(5) {
        0 => Action::CorrectProfile { customer, value: ProfileValue::Hobbies(Text::new(&words).ok()) },
        1 => Action::AddAllergy { customer, tag: AllergyTag::new(chance.uuid()), what: Name::new(&words).unwrap(), remark: None },
        2 => match view.file.allergies.active().next() {
            Some((tag, _)) => {
                Action::ResolveAllergy { customer, tags: [tag].into(), reason: Text::new("复测无反应").unwrap() }
            }
            None => Action::WriteCareNote { customer, note: NoteId::new(chance.uuid()), text: Text::new(&words).unwrap() },
        },
        3 => Action::AnswerQuestion {
            customer,
            question: Question::Medication,
            answer: Answer { words: Text::new(&words).ok(), ..Answer::just(Said::Yes) },
        },
        _ => Action::WriteCareNote { customer, note: NoteId::new(chance.uuid()), text: Text::new(&words).unwrap() },
    }
}
