//! When the salon does not answer, or can't take entries now: how long the device waits, and what goes on meanwhile.

use crate::{NOW, at_rest, at_ten, commit, gone, her, place, pulled, pushed, sends};
use domain::{Seq, Version};
use sync::{ApiFault, Client, Effect, EntryState, Epoch, Event, Outcome, Pull, Request, Wake};

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
fn f19_the_wait_grows_to_a_minute_and_not_beyond_and_is_drawn_from_all_of_it() {
    let mut client = at_ten([]);
    commit(&mut client, 1);
    let mut waits = Vec::new();
    for _ in 0..9 {
        let effects = client.receive(NOW, Event::Failed(ApiFault::Unreachable));
        let Some(Effect::Wake(Wake { least, most })) = effects.first() else { panic!("no wait") };
        waits.push((*least, *most));
        client.receive(NOW, Event::Woken);
    }
    let ceilings = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000];
    assert_eq!(waits, ceilings.map(|most| (0, most)));
}

#[test]
fn f25_tablets_that_were_told_together_to_come_back_later_do_not_come_back_together() {
    let mut client = at_ten([]);
    commit(&mut client, 1);

    let effects = client.receive(NOW, Event::Failed(ApiFault::Busy { retry_after: 2 }));

    let [Effect::Wake(Wake { least, most })] = effects[..] else { panic!("no wait: {effects:?}") };
    assert!(least >= 2_000, "she comes back after {least} ms and was asked to wait two seconds");
    assert!(most >= least + 1_000, "all come back between {least} and {most} ms");
}

/// What the salon may say to every entry for a long time.
fn not_now() -> [Event; 3] {
    let too_new = pushed(vec![(1, Outcome::RetryLater)]);
    [too_new, Event::Failed(ApiFault::Busy { retry_after: 30 }), Event::Failed(ApiFault::TooMuch)]
}

#[test]
fn f6_f36_a_device_whose_entries_must_wait_still_follows_a_hint() {
    for not_now in not_now() {
        let mut client = at_rest();
        commit(&mut client, 1);
        client.receive(NOW, not_now.clone());

        let effects = client.receive(NOW, Event::Hint(Version(12)));

        assert_eq!(sends(&effects), [Request::Pull(Pull::of(Epoch(1), Version(10)))], "{not_now:?}");
    }
}

#[test]
fn f6_f36_a_device_whose_entries_must_wait_looks_for_what_others_wrote_each_time_it_wakes() {
    for not_now in not_now() {
        let mut client = at_rest();
        commit(&mut client, 1);
        client.receive(NOW, not_now.clone());

        for version in 12..15 {
            let effects = a_round(&mut client, &not_now, version);

            assert!(effects.contains(&Effect::PutRows(vec![gone(her(1), version)])), "{not_now:?}: {effects:?}");
            assert_eq!(client.place(), Some(place(version)), "{not_now:?}");
            let pushes = sends(&effects).into_iter().filter(|request| matches!(request, Request::Push { .. })).count();
            assert_eq!(pushes, 1, "{not_now:?}");
            assert!(effects.iter().any(|effect| matches!(effect, Effect::Wake(_))), "{not_now:?} ends its trying for ever");
            assert_eq!(client.entries()[&Seq(1)].state, EntryState::Saved, "{not_now:?}");
        }
    }
}

/// From its waking until it asks for nothing more; meanwhile somebody else has written that version.
fn a_round(client: &mut Client, not_now: &Event, version: i64) -> Vec<Effect> {
    let mut all = client.receive(NOW, Event::Woken);
    let mut asked = sends(&all);
    while let Some(request) = asked.pop() {
        let answer = if matches!(request, Request::Push { .. }) { not_now.clone() } else { pulled(version) };
        let effects = client.receive(NOW, answer);
        asked.extend(sends(&effects));
        all.extend(effects);
        assert!(all.len() < 50, "it never stops asking: {all:?}");
    }
    all
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
fn an_entry_that_is_lost_here_is_told_to_a_person_and_not_asked_about_again_and_again() {
    let mut client = at_ten([(7, EntryState::Saved)]);
    client.receive(NOW, Event::Woken);

    let effects = client.receive(NOW, pushed(vec![(7, Outcome::Gap { expected: Seq(6) })]));

    assert!(effects.contains(&Effect::Halt(sync::Halt::Hole)), "{effects:?}");
    assert!(sends(&effects).is_empty(), "{effects:?}");
    assert_eq!(client.entries()[&Seq(7)].state, EntryState::Saved);
    let Some(Effect::Wake(wake)) = effects.last() else { panic!("it looks again some time: {effects:?}") };
    assert!(wake.least >= 60_000);
}

#[test]
fn f22_on_a_network_that_is_too_slow_for_much_it_asks_for_less_and_less_until_something_gets_through() {
    let mut client = at_ten((1..=200).map(|seq| (seq, EntryState::Saved)));
    let mut asked = Vec::new();
    let mut effects = client.receive(NOW, Event::Woken);
    for _ in 0..9 {
        let [Request::Push { seqs, .. }] = &sends(&effects)[..] else { panic!("{effects:?}") };
        asked.push(seqs.len());
        client.receive(NOW, Event::Failed(ApiFault::Unreachable));
        effects = client.receive(NOW, Event::Woken);
    }
    assert_eq!(asked, [200, 100, 50, 25, 12, 6, 3, 1, 1]);

    let settled = pushed(vec![(1, Outcome::Applied { version: Version(11) })]);
    let [Request::Push { seqs, .. }] = &sends(&client.receive(NOW, settled))[..] else { panic!("nothing more is sent") };
    assert_eq!(seqs.len(), 1, "it was slow a moment ago");
}

/// F23: nothing goes out, and yet a new allergy must come in.
#[test]
fn handing_in_that_is_never_answered_lets_a_read_pass_each_time() {
    let mut client = at_rest();
    commit(&mut client, 1);
    for _ in 0..3 {
        client.receive(NOW, Event::Failed(ApiFault::Unreachable));
        let read = sends(&client.receive(NOW, Event::Woken));
        assert!(matches!(read[..], [Request::Pull(_)]), "{read:?}");

        let again = sends(&client.receive(NOW, pulled(11)));
        assert!(matches!(again[..], [Request::Push { .. }]), "{again:?}");
    }
}
