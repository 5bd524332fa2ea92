//! The device's side of the road, event by event: what it asks for, what it writes and in which order.

use domain::{CustomerId, Moment, Seq, Unfit, Version};
use std::collections::BTreeMap;
use sync::{
    ApiFault, Client, Effect, Entry, EntryState, Epoch, Event, Fetched, Limits, Manifest, Outcome, Place, Pull, Pulled, Pushed,
    Reply, Request, Row, RowId, Settled, Stored,
};

const NOW: Moment = Moment(1_000_000);
const WEEK: i64 = 7 * 24 * 3_600_000;

fn her(n: u128) -> RowId {
    RowId::Customer(CustomerId::new(uuid::Uuid::from_u128(n)))
}

fn gone(row: RowId, version: i64) -> Row {
    Row { id: row, version: Version(version), body: None }
}

fn place(cursor: i64) -> Place {
    Place { epoch: Epoch(1), cursor: Version(cursor), members: 1 }
}

fn entry(state: EntryState) -> Entry {
    Entry { state, row: her(1) }
}

/// A device that has seen everything up to version 10 and holds one row.
fn at_ten(entries: impl IntoIterator<Item = (i64, EntryState)>) -> Client {
    let entries = entries.into_iter().map(|(seq, state)| (Seq(seq), entry(state))).collect();
    Client::new(Limits::default(), Stored { place: Some(place(10)), entries, rows: BTreeMap::from([(her(1), Version(10))]) })
}

fn pushed(settled: Vec<(i64, Outcome)>) -> Event {
    let settled = settled.into_iter().map(|(seq, outcome)| Settled { seq: Seq(seq), outcome, is_repeat: false }).collect();
    Event::Replied(Reply::Pushed(Pushed { epoch: Epoch(1), durable_version: Version(0), head: Version(10), settled }))
}

fn sends(effects: &[Effect]) -> Vec<Request> {
    effects.iter().filter_map(|effect| if let Effect::Send(request) = effect { Some(request.clone()) } else { None }).collect()
}

fn commit(client: &mut Client, seq: i64) -> Vec<Effect> {
    client.receive(NOW, Event::Committed { seq: Seq(seq), row: her(1) })
}

#[test]
fn what_was_saved_is_handed_in_at_once_and_by_nobody_in_particular() {
    let mut client = at_ten([]);
    let effects = commit(&mut client, 1);
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(1)), oldest: Seq(1), seqs: vec![Seq(1)] }]);
}

#[test]
fn f21_a_login_page_of_a_cafe_consumes_nothing() {
    for fault in
        [ApiFault::Unreachable, ApiFault::SignedOut, ApiFault::Locked, ApiFault::TooMuch, ApiFault::Busy { retry_after: 3 }]
    {
        let mut client = at_ten([]);
        commit(&mut client, 1);

        let effects = client.receive(NOW, Event::Failed(fault));

        assert_eq!(client.entries()[&Seq(1)].state, EntryState::Saved, "{fault:?}");
        assert!(matches!(effects[..], [Effect::Wake(_)]), "{fault:?} waits before it tries again: {effects:?}");
        assert_eq!(sends(&client.receive(NOW, Event::Woken)).len(), 1, "{fault:?}");
    }
}

#[test]
fn the_wait_grows_to_a_minute_and_not_beyond() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    let mut ceilings = Vec::new();
    for _ in 0..9 {
        let effects = client.receive(NOW, Event::Failed(ApiFault::Unreachable));
        let Some(Effect::Wake(wake)) = effects.first() else { panic!("no wait") };
        ceilings.push(wake.most);
        client.receive(NOW, Event::Woken);
    }
    assert_eq!(ceilings, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
}

#[test]
fn f18_a_gap_sends_again_what_the_server_has_not_seen_acked_or_not() {
    let mut client = at_ten([
        (1, EntryState::Acked { version: Version(9), at: NOW }),
        (2, EntryState::Acked { version: Version(10), at: NOW }),
    ]);
    commit(&mut client, 3);

    let effects = client.receive(NOW, pushed(vec![(3, Outcome::Gap { expected: Seq(2) })]));

    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(1)), oldest: Seq(1), seqs: vec![Seq(2), Seq(3)] }]);
}

#[test]
fn f26_a_lost_hint_costs_one_poll() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    let manifest = Manifest { epoch: Epoch(1), head: Version(10), members: 1, rows: vec![(her(1), Version(10))] };
    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(manifest)));
    let Some(Effect::Wake(wake)) = effects.last() else { panic!("nothing would ever wake it: {effects:?}") };
    assert!(wake.most <= 60_000);

    assert_eq!(sends(&client.receive(NOW, Event::Woken)), [Request::Pull(Pull { epoch: Epoch(1), after: Version(10) })]);
}

#[test]
fn f12_rows_are_written_before_the_cursor_that_speaks_of_them() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    client.receive(
        NOW,
        Event::Replied(Reply::Manifest(Manifest {
            epoch: Epoch(1),
            head: Version(10),
            members: 1,
            rows: vec![(her(1), Version(10))],
        })),
    );
    client.receive(NOW, Event::Hint(Version(12)));

    let pulled = Pulled { epoch: Epoch(1), head: Version(12), members: 1, upto: Version(12), rows: vec![gone(her(1), 12)] };
    let effects = client.receive(NOW, Event::Replied(Reply::Pulled(pulled)));

    assert!(matches!(&effects[..2], [Effect::PutRows(_), Effect::PutPlace(place)] if place.cursor == Version(12)), "{effects:?}");
}

#[test]
fn the_cursor_waits_until_everything_the_manifest_names_has_come() {
    let mut client = Client::new(Limits::default(), Stored::default());
    client.receive(NOW, Event::SignedIn);
    let rows = (1..=60).map(|n| (her(n), Version(5))).collect();
    let effects =
        client.receive(NOW, Event::Replied(Reply::Manifest(Manifest { epoch: Epoch(1), head: Version(9), members: 3, rows })));
    let [Request::Fetch(first)] = &sends(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(first.ids.len(), 50);

    let effects = client.receive(
        NOW,
        Event::Replied(Reply::Fetched(Fetched { epoch: Epoch(1), rows: first.ids.iter().map(|id| gone(*id, 9)).collect() })),
    );
    let [Request::Fetch(rest)] = &sends(&effects)[..] else { panic!("{effects:?}") };
    assert!(client.place().unwrap().cursor < Version(9));

    client.receive(
        NOW,
        Event::Replied(Reply::Fetched(Fetched { epoch: Epoch(1), rows: rest.ids.iter().map(|id| gone(*id, 9)).collect() })),
    );
    assert_eq!(client.place().unwrap(), Place { epoch: Epoch(1), cursor: Version(9), members: 3 });
}

#[test]
fn a_file_that_is_no_longer_hers_goes() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    let effects = client
        .receive(NOW, Event::Replied(Reply::Manifest(Manifest { epoch: Epoch(1), head: Version(10), members: 2, rows: vec![] })));
    assert!(effects.contains(&Effect::DropRows(vec![her(1)])));
    assert_eq!(client.held(her(1)), None);
}

#[test]
fn f36_an_older_server_makes_it_wait_and_damages_no_cursor() {
    let mut client = at_ten([]);
    commit(&mut client, 1);

    let effects = client.receive(NOW, pushed(vec![(1, Outcome::RetryLater)]));

    assert_eq!(client.entries()[&Seq(1)].state, EntryState::Saved);
    assert_eq!(client.place(), Some(place(10)));
    assert!(matches!(effects[..], [Effect::Wake(_)]), "{effects:?}");
}

#[test]
fn f38_after_a_restore_the_cache_goes_and_what_was_acked_is_handed_in_again() {
    let mut client = at_ten([(1, EntryState::Acked { version: Version(9), at: NOW })]);
    client.receive(NOW, Event::SignedIn);

    let effects = client
        .receive(NOW, Event::Replied(Reply::Manifest(Manifest { epoch: Epoch(2), head: Version(4), members: 1, rows: vec![] })));

    assert!(effects.contains(&Effect::DropCache));
    assert!(effects.contains(&Effect::PutEntry(Seq(1), EntryState::Saved)));
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(2)), oldest: Seq(1), seqs: vec![Seq(1)] }]);
}

#[test]
fn an_acked_entry_stays_until_a_second_medium_has_it_or_a_week_is_over() {
    let acked = EntryState::Acked { version: Version(9), at: NOW };
    let mut client = at_ten([(1, acked.clone()), (2, acked)]);

    client.receive(Moment(NOW.0 + WEEK), Event::Hint(Version(10)));
    assert_eq!(client.entries().len(), 2);
    let effects = client.receive(Moment(NOW.0 + WEEK + 1), Event::Hint(Version(10)));
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::DropEntry(_))).count(), 2);
}

#[test]
fn an_acked_entry_lies_over_its_row_until_the_row_is_held_as_new() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    let reply = Pushed {
        epoch: Epoch(1),
        durable_version: Version(11),
        head: Version(11),
        settled: vec![Settled { seq: Seq(1), outcome: Outcome::Applied { version: Version(11) }, is_repeat: false }],
    };
    let effects = client.receive(NOW, Event::Replied(Reply::Pushed(reply)));
    assert!(!effects.contains(&Effect::DropEntry(Seq(1))), "the row on the tablet is older than what she wrote");
}

#[test]
fn f41_what_was_set_aside_stays_in_sight_until_somebody_has_seen_it_and_the_rest_drains() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    commit(&mut client, 2);

    client.receive(NOW, pushed(vec![(1, Outcome::Quarantined { reason: Unfit::Unreadable })]));

    assert!(matches!(client.entries()[&Seq(1)].state, EntryState::Objected { .. }));
    assert_eq!(client.waiting(), 1);
    client.receive(NOW, Event::Seen(Seq(1)));
    assert!(!client.entries().contains_key(&Seq(1)));
}

#[test]
fn nobody_can_wave_away_what_the_salon_does_not_have_yet() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    client.receive(NOW, Event::Seen(Seq(1)));
    assert_eq!(client.waiting(), 1);
}

#[test]
fn h9_a_forked_device_stops_handing_in_and_keeps_what_it_has() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    let effects = client.receive(NOW, pushed(vec![(1, Outcome::Forked)]));
    assert_eq!(effects, [Effect::Halt(sync::Halt::Forked)]);
    assert!(commit(&mut client, 2).is_empty());
    assert_eq!(client.waiting(), 2);
}

#[test]
fn a_locked_tablet_drains_but_asks_for_no_rows() {
    let mut client = at_ten([]);
    assert!(sends(&client.receive(NOW, Event::Hint(Version(99)))).is_empty());
    assert_eq!(sends(&commit(&mut client, 1)).len(), 1);
}
