//! What others wrote comes to the device: after a hint, after a look, and row before cursor.

use crate::{NOW, at_rest, at_ten, gone, her, listed, pulled, sends};
use domain::Version;
use sync::{Client, Effect, Epoch, Event, Fetched, Limits, Manifest, Place, Pull, Reply, Request, Stored};

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
