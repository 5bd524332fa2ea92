//! The device's side of the road, event by event: what it asks for, what it writes and in which order.

mod handing_in;
mod reading;
mod waiting;

use domain::{CustomerFile, CustomerId, DeviceId, Dot, Moment, Seq, StaffId, Stamp, Version};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Client, CustomerRow, Effect, Entry, EntryState, Epoch, Event, Limits, Manifest, Outcome, Place, Pulled, Pushed, Reply,
    Request, Row, RowBody, RowId, Settled, Stored,
};

const NOW: Moment = Moment(1_000_000);

fn her(n: u128) -> RowId {
    RowId::Customer(CustomerId::new(uuid::Uuid::from_u128(n)))
}

fn gone(row: RowId, version: i64) -> Row {
    Row { id: row, version: Version(version), body: None }
}

/// A file with nothing in it yet.
fn file(n: u128, version: i64) -> Row {
    let device = DeviceId::new(uuid::Uuid::nil());
    let stamp = Stamp {
        author: StaffId::new(uuid::Uuid::nil()),
        dot: Dot { device, seq: Seq(1) },
        base: Version(0),
        version: Version(version),
        happened_at: NOW,
        received_at: Some(NOW),
    };
    let file = CustomerFile::new(CustomerId::new(uuid::Uuid::from_u128(n)), &stamp);
    let row = CustomerRow::unsent(file);
    Row { id: her(n), version: Version(version), body: Some(RowBody::Customer(Box::new(row))) }
}

fn place(cursor: i64) -> Place {
    Place { epoch: Epoch(1), cursor: Version(cursor), members: 1 }
}

fn entry(state: EntryState) -> Entry {
    Entry { state, ..Entry::saved(her(1)) }
}

/// A device that has seen everything up to version 10 and holds one row.
fn at_ten(entries: impl IntoIterator<Item = (i64, EntryState)>) -> Client {
    let entries = entries.into_iter().map(|(seq, state)| (Seq(seq), entry(state))).collect();
    Client::new(Limits::default(), Stored { place: Some(place(10)), entries, rows: BTreeMap::from([(her(1), Version(10))]) })
}

/// The same, and somebody is signed in: there is nothing to do.
fn at_rest() -> Client {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    client.receive(NOW, listed());
    client
}

/// What the salon says a device should hold.
fn list(epoch: i64, head: i64, members: i64, rows: Vec<(RowId, Version)>) -> Manifest {
    Manifest { epoch: Epoch(epoch), head: Version(head), members, rows, erased: BTreeSet::new() }
}

/// The salon's list: that row, and nothing newer.
fn listed() -> Event {
    let rows = vec![(her(1), Version(10))];
    Event::Replied(Reply::Manifest(list(1, 10, 1, rows)))
}

/// Her row is what changed last.
fn pulled(head: i64) -> Event {
    let (head, rows) = (Version(head), vec![gone(her(1), head)]);
    Event::Replied(Reply::Pulled(Pulled { epoch: Epoch(1), head, members: 1, upto: head, rows }))
}

fn reply(settled: Vec<(i64, Outcome)>) -> Pushed {
    let settled = settled.into_iter().map(|(seq, outcome)| Settled { seq: Seq(seq), outcome, is_repeat: false }).collect();
    Pushed { epoch: Epoch(1), durable_version: Version(0), head: Version(10), settled }
}

fn pushed(settled: Vec<(i64, Outcome)>) -> Event {
    Event::Replied(Reply::Pushed(reply(settled)))
}

fn sends(effects: &[Effect]) -> Vec<Request> {
    effects.iter().filter_map(|effect| if let Effect::Send(request) = effect { Some(request.clone()) } else { None }).collect()
}

fn commit(client: &mut Client, seq: i64) -> Vec<Effect> {
    client.receive(NOW, Event::Committed { seq: Seq(seq), entry: Entry::saved(her(1)) })
}
