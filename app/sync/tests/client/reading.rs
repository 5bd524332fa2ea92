//! What others wrote comes to the device: after a hint, after a look, and row before cursor.

use crate::{NOW, at_rest, at_ten, file, gone, her, list, listed, pulled, sends};
use domain::{CustomerId, Seq, Unfit, Version};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Client, Effect, EntryState, Epoch, Event, Fetch, Fetched, Limits, Manifest, Outcome, Place, Pull, Reply, Request, Stored,
};

#[test]
fn f26_a_lost_hint_costs_one_poll() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    let effects = client.receive(NOW, listed());
    let Some(Effect::Wake(wake)) = effects.last() else { panic!("nothing would ever wake it: {effects:?}") };
    assert!(wake.most <= 60_000);

    assert_eq!(sends(&client.receive(NOW, Event::Woken)), [Request::Pull(Pull::of(Epoch(1), Version(10)))]);
}

#[test]
fn f26_a_hint_that_comes_three_times_is_followed_once() {
    let mut client = at_rest();
    let events = [Event::Hint(Version(12)), Event::Hint(Version(12)), pulled(12), Event::Hint(Version(12))];

    let asked: Vec<Request> = events.into_iter().flat_map(|event| sends(&client.receive(NOW, event))).collect();

    assert_eq!(asked, [Request::Pull(Pull::of(Epoch(1), Version(10)))]);
}

#[test]
fn f12_rows_are_written_before_the_cursor_that_speaks_of_them() {
    let mut client = at_rest();
    client.receive(NOW, Event::Hint(Version(12)));

    let effects = client.receive(NOW, pulled(12));

    assert!(matches!(&effects[..2], [Effect::PutRows(_), Effect::PutPlace(place)] if place.cursor == Version(12)), "{effects:?}");
}

#[test]
fn the_cursor_waits_until_everything_the_manifest_names_has_come() {
    let mut client = Client::new(Limits::default(), Stored::default());
    client.receive(NOW, Event::SignedIn);
    let rows = (1..=60).map(|n| (her(n), Version(5))).collect();
    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(list(1, 9, 3, rows))));
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
    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(list(1, 10, 2, vec![]))));
    assert!(effects.contains(&Effect::DropRows(vec![her(1)])));
    assert_eq!(client.held(her(1)), None);
}

#[test]
fn what_was_put_right_from_a_copy_goes_as_well_when_it_is_no_longer_hers() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::PutRight(vec![(her(2), Version(9))]));
    client.receive(NOW, Event::SignedIn);

    let effects = client.receive(NOW, listed());

    assert!(effects.contains(&Effect::DropRows(vec![her(2)])));
}

/// F38: their numbers may be higher than those of a salon that was restored since.
#[test]
fn files_of_which_nobody_knows_the_epoch_are_fetched_again_whatever_their_version() {
    let rows = BTreeMap::from([(her(1), Version(10))]);
    let mut client = Client::new(Limits::default(), Stored { place: None, rows, ..Stored::default() });
    client.receive(NOW, Event::SignedIn);

    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(list(2, 8, 1, vec![(her(1), Version(8))]))));

    assert!(effects.contains(&Effect::Outdate));
    assert_eq!(sends(&effects), [Request::Fetch(Fetch::of(vec![her(1)]))]);
}

#[test]
fn a_file_that_is_shown_in_another_from_now_on_stays_until_that_one_has_come() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);

    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(list(1, 12, 2, vec![(her(2), Version(12))]))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::DropRows(ids) if !ids.is_empty())), "{effects:?}");
    assert_eq!(client.held(her(1)), Some(Version(10)), "somebody may be writing in it");

    let effects = client.receive(NOW, fetched(vec![file(2, 12)]));
    assert_eq!((client.held(her(1)), client.held(her(2))), (None, Some(Version(12))));
    let at = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted).unwrap();
    assert!(at(|it| matches!(it, Effect::PutRows(_))) < at(|it| matches!(it, Effect::DropRows(_))));
    assert!(at(|it| matches!(it, Effect::DropRows(_))) < at(|it| matches!(it, Effect::PutPlace(_))));
}

#[test]
fn where_there_is_no_room_what_is_no_longer_hers_makes_some_for_the_most_important() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    let rows = || (2..=80).map(|n| (her(n), Version(12))).collect();
    let listed = || Event::Replied(Reply::Manifest(list(1, 12, 2, rows())));
    client.receive(NOW, listed());
    let effects = client.receive(NOW, fetched((2..=51).map(|n| file(n, 12)).collect()));
    assert!(matches!(&sends(&effects)[..], [Request::Fetch(_)]), "{effects:?}");

    // Tomorrow's customer did not fit.
    let effects = client.receive(NOW, Event::NotKept { rows: vec![her(2)], is_full: true });
    assert!(effects.contains(&Effect::DropRows(vec![her(1)])));
    let effects = client.receive(NOW, fetched((52..=80).map(|n| file(n, 12)).collect()));
    assert_eq!(sends(&effects), [Request::Manifest]);
    let effects = client.receive(NOW, listed());
    let [Request::Fetch(again)] = &sends(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(again.ids, [her(2)]);

    // Where that does not help either, she is done without: asking again would never end.
    client.receive(NOW, fetched(vec![file(2, 12)]));
    let effects = client.receive(NOW, Event::NotKept { rows: vec![her(2)], is_full: true });
    assert_eq!(sends(&effects), []);
    assert!(client.is_at_rest() && client.held(her(2)).is_none());
}

#[test]
fn what_is_dropped_last_makes_room_as_well() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    client.receive(NOW, Event::Replied(Reply::Manifest(list(1, 12, 2, vec![(her(2), Version(12))]))));
    let effects = client.receive(NOW, fetched(vec![file(2, 12)]));
    assert!(effects.contains(&Effect::DropRows(vec![her(1)])));

    let effects = client.receive(NOW, Event::NotKept { rows: vec![her(2)], is_full: true });

    assert_eq!(sends(&effects), [Request::Manifest]);
}

#[test]
fn where_there_is_no_room_a_file_may_be_lacking_but_never_be_an_old_one() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);
    let rows = (1..=80).map(|n| (her(n), Version(12))).rev().collect();
    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(list(1, 12, 2, rows))));
    let [Request::Fetch(first)] = &sends(&effects)[..] else { panic!("{effects:?}") };
    assert!(!first.ids.contains(&her(1)));

    client.receive(NOW, Event::NotKept { rows: vec![her(70)], is_full: true });

    let rest = client.receive(NOW, fetched(first.ids.iter().map(|id| gone(*id, 12)).collect()));
    let [Request::Fetch(rest)] = &sends(&rest)[..] else { panic!("{rest:?}") };
    assert_eq!(rest.ids, [her(1)], "an allergy may be in the newer one");
}

fn fetched(rows: Vec<sync::Row>) -> Event {
    Event::Replied(Reply::Fetched(Fetched { epoch: Epoch(1), rows }))
}

#[test]
fn a_tablet_that_was_off_while_a_file_was_erased_drops_what_it_wrote_of_her_when_it_is_back() {
    let answered = |version| EntryState::Acked { version: Version(version), at: NOW, epoch: Some(Epoch(1)) };
    let refused = EntryState::Objected { outcome: Outcome::Quarantined { reason: Unfit::NotAllowed }, told: None };
    let mut client = at_ten([(1, answered(8)), (2, refused), (3, EntryState::Saved)]);
    client.receive(NOW, Event::SignedIn);

    let erased = BTreeSet::from([CustomerId::new(uuid::Uuid::from_u128(1))]);
    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(Manifest { erased, ..list(1, 12, 2, vec![]) })));

    assert!(effects.contains(&Effect::DropRows(vec![her(1)])));
    assert!([1, 2].into_iter().all(|seq| effects.contains(&Effect::DropEntry(Seq(seq)))), "{effects:?}");
    // What was not handed in yet is: the salon says what becomes of it.
    assert!(!effects.contains(&Effect::DropEntry(Seq(3))));
}
