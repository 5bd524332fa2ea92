//! What was saved goes to the salon, in order, and stays until it is known to be there.

use crate::{NOW, at_ten, commit, her, list, pulled, pushed, reply, sends};
use domain::{Moment, Seq, Unfit, Version};
use std::collections::BTreeMap;
use sync::{
    ApiFault, Client, Effect, Entry, EntryState, Epoch, Event, Halt, Limits, Outcome, Pushed, Reply, Request, Settled, Stored,
};

const WEEK: i64 = 7 * 24 * 3_600_000;

#[test]
fn what_was_saved_is_handed_in_at_once_and_by_nobody_in_particular() {
    let mut client = at_ten([]);
    let effects = commit(&mut client, 1);
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(1)), oldest: Seq(1), seqs: vec![Seq(1)] }]);
}

#[test]
fn f18_a_gap_sends_again_what_the_server_has_not_seen_acked_or_not() {
    let mut client = at_ten([
        (1, EntryState::Acked { version: Version(9), at: NOW, epoch: Some(Epoch(1)) }),
        (2, EntryState::Acked { version: Version(10), at: NOW, epoch: Some(Epoch(1)) }),
    ]);
    commit(&mut client, 3);

    let effects = client.receive(NOW, pushed(vec![(3, Outcome::Gap { expected: Seq(2) })]));

    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(1)), oldest: Seq(1), seqs: vec![Seq(2), Seq(3)] }]);
}

#[test]
fn f38_after_a_restore_what_was_held_is_shown_until_it_is_replaced_and_what_was_acked_is_handed_in_again() {
    let mut client = at_ten([(1, EntryState::Acked { version: Version(9), at: NOW, epoch: Some(Epoch(1)) })]);
    client.receive(NOW, Event::SignedIn);

    let restored = || Event::Replied(Reply::Manifest(list(2, 4, 1, vec![(her(1), Version(4))])));
    let effects = client.receive(NOW, restored());

    assert!(effects.contains(&Effect::Outdate));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::DropRows(_))), "she is in the room: {effects:?}");
    assert!(effects.contains(&Effect::PutEntry(Seq(1), EntryState::Saved)));
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(2)), oldest: Seq(1), seqs: vec![Seq(1)] }]);

    client.receive(NOW, Event::Failed(ApiFault::Unreachable));
    let effects = client.receive(NOW, restored());
    let [Request::Fetch(fetch)] = &sends(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(fetch.ids, [her(1)], "of a lower number than what is held, and the salon's word all the same");
}

#[test]
fn an_acked_entry_stays_until_a_second_medium_has_it_or_a_week_is_over() {
    let acked = EntryState::Acked { version: Version(9), at: NOW, epoch: Some(Epoch(1)) };
    let mut client = at_ten([(1, acked.clone()), (2, acked)]);

    client.receive(Moment(NOW.0 + WEEK), Event::Hint(Version(10)));
    assert_eq!(client.entries().len(), 2);
    let effects = client.receive(Moment(NOW.0 + WEEK + 1), Event::Hint(Version(10)));
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::DropEntry(_))).count(), 2);
}

#[test]
fn f44_what_was_handed_in_about_somebody_whose_file_is_no_more_leaves_the_tablet() {
    let acked = EntryState::Acked { version: Version(9), at: NOW, epoch: Some(Epoch(1)) };
    let mut client = at_ten([(1, acked), (2, EntryState::Saved)]);
    client.receive(NOW, Event::SignedIn);

    let effects = client.receive(NOW, pulled(12));

    assert!(effects.contains(&Effect::DropEntry(Seq(1))));
    assert!(client.entries().contains_key(&Seq(2)), "what the salon has not heard yet is handed in first");
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
    assert!(matches!(client.entries()[&Seq(1)].state, EntryState::Seen { .. }), "a restore may take along what was set aside");
    assert_eq!(client.waiting(), 1, "the rest");

    let later = Pushed { durable_version: Version(99), ..reply(vec![(2, Outcome::Applied { version: Version(12) })]) };
    client.receive(NOW, Event::Replied(Reply::Pushed(later)));
    assert!(!client.entries().contains_key(&Seq(1)));
}

#[test]
fn what_was_set_aside_and_seen_goes_again_after_a_restore() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    client.receive(NOW, pushed(vec![(1, Outcome::Quarantined { reason: Unfit::Unreadable })]));
    client.receive(NOW, Event::Seen(Seq(1)));

    let restored = Pushed { epoch: Epoch(2), ..reply(Vec::new()) };
    commit(&mut client, 2);
    client.receive(NOW, Event::Replied(Reply::Pushed(restored)));
    assert_eq!(client.waiting(), 2);
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

#[test]
fn a_device_that_was_sent_away_hands_in_what_it_holds_and_reads_no_more() {
    let mut client = at_ten([]);
    client.receive(NOW, Event::SignedIn);

    let effects = client.receive(NOW, Event::Failed(ApiFault::Wipe));
    assert_eq!(effects, [Effect::Halt(Halt::Wipe)]);

    let effects = commit(&mut client, 1);
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(1)), oldest: Seq(1), seqs: vec![Seq(1)] }]);
    let aside = Outcome::Quarantined { reason: Unfit::NotAllowed };
    let effects = client.receive(NOW, pushed(vec![(1, aside)]));
    assert_eq!((sends(&effects), client.waiting()), (vec![], 0));
}

#[test]
fn a_stolen_device_is_asked_for_nothing_more() {
    let mut client = at_ten([]);
    commit(&mut client, 1);

    let effects = client.receive(NOW, Event::Failed(ApiFault::Wipe));

    assert_eq!(effects, [Effect::Halt(Halt::Stolen)]);
    assert_eq!(sends(&client.receive(NOW, Event::Woken)), []);
}

/// F38: the place lies where a kill may roll it back, the entries do not.
#[test]
fn what_a_salon_took_in_before_it_was_restored_goes_again_although_the_tablet_has_forgotten_where_it_stood() {
    let acked = |epoch| EntryState::Acked { version: Version(9), at: NOW, epoch };
    let entries = [(1, acked(Some(Epoch(1)))), (2, acked(None)), (3, acked(Some(Epoch(2))))];
    let entries = entries.into_iter().map(|(seq, state)| (Seq(seq), Entry { state, ..Entry::saved(her(1)) })).collect();
    let mut client = Client::new(Limits::default(), Stored { place: None, entries, rows: BTreeMap::new() });
    client.receive(NOW, Event::SignedIn);

    let manifest = list(2, 40, 1, vec![]);
    let effects = client.receive(NOW, Event::Replied(Reply::Manifest(manifest)));

    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(2)), oldest: Seq(1), seqs: vec![Seq(1), Seq(2)] }]);
}

/// F38: a salon that was restored takes for lost what a tablet skips.
#[test]
fn a_tablet_that_has_forgotten_where_it_stood_names_the_epoch_of_which_it_had_its_last_answer() {
    let acked = EntryState::Acked { version: Version(9), at: NOW, epoch: Some(Epoch(1)) };
    let entries = [(1, acked), (2, EntryState::Saved)];
    let entries = entries.into_iter().map(|(seq, state)| (Seq(seq), Entry { state, ..Entry::saved(her(1)) })).collect();
    let mut client = Client::new(Limits::default(), Stored { place: None, entries, rows: BTreeMap::new() });

    let effects = client.receive(NOW, Event::Woken);
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(1)), oldest: Seq(1), seqs: vec![Seq(2)] }]);

    let restored = Pushed { epoch: Epoch(2), ..reply(vec![]) };
    let effects = client.receive(NOW, Event::Replied(Reply::Pushed(restored)));
    assert_eq!(sends(&effects), [Request::Push { epoch: Some(Epoch(2)), oldest: Seq(1), seqs: vec![Seq(1), Seq(2)] }]);
}

#[test]
fn what_another_epochs_salon_answered_goes_again_although_there_was_no_room_to_write_that_down() {
    let acked = EntryState::Acked { version: Version(9), at: NOW, epoch: Some(Epoch(2)) };

    let client = at_ten([(1, acked)]);

    assert_eq!(client.waiting(), 1);
}

#[test]
fn f44_what_is_answered_only_after_her_file_was_done_away_with_leaves_the_tablet_as_well() {
    let mut client = at_ten([(2, EntryState::Saved)]);
    client.receive(NOW, Event::SignedIn);
    client.receive(NOW, Event::Failed(ApiFault::Busy { retry_after: 2 }));
    client.receive(NOW, Event::Replied(Reply::Manifest(list(1, 10, 1, vec![]))));
    client.receive(NOW, pulled(12));
    client.receive(NOW, Event::Woken);

    let effects = client.receive(NOW, pushed(vec![(2, Outcome::Applied { version: Version(9) })]));

    assert!(effects.contains(&Effect::DropEntry(Seq(2))), "{effects:?}");
}
