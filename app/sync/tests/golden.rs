//! The wire and the outbox as they are, for ever: a tablet that was away for months hands in what it wrote then.
//!
//! A line may be added, never changed. A new action needs its line here; the last test sees to it.

use domain::{Action, Moment, Seq, Version};
use std::collections::BTreeSet;
use sync::{
    Bytes, Entry, EntryState, Envelope, Key, Manifest, Outcome, Pulled, Push, Pushed, RowId, Unsealable, WRAP_MEMORY_KIB,
    WRAP_PASSES, Wrapped, stretch,
};

const ACTIONS: &str = include_str!("golden/actions.jsonl");
const WIRE: &str = include_str!("golden/wire.jsonl");

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(' '))
}

#[test]
fn every_action_is_read_and_written_as_it_was() {
    for (kind, line) in lines(ACTIONS) {
        let action: Action = serde_json::from_str(line).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!(action.kind(), kind);
        assert_eq!(serde_json::to_string(&action).unwrap(), line, "{kind}");
    }
}

#[test]
fn every_message_is_read_and_written_as_it_was() {
    fn same<T: serde::Serialize + serde::de::DeserializeOwned>(line: &str) {
        let value: T = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(serde_json::to_string(&value).unwrap(), line);
    }
    for (kind, line) in lines(WIRE) {
        match kind {
            "envelope" => same::<Envelope>(line),
            "push" => same::<Push>(line),
            "pushed" => same::<Pushed>(line),
            "pulled" => same::<Pulled>(line),
            "manifest" => same::<Manifest>(line),
            "outcome" => same::<Outcome>(line),
            "entry" => same::<Entry>(line),
            "wrapped" => same::<Wrapped>(line),
            other => panic!("{other} is no message"),
        }
    }
}

#[test]
fn each_kind_of_action_has_its_line() {
    let kinds: BTreeSet<&str> = lines(ACTIONS).map(|(kind, _)| kind).collect();
    let named = include_str!("../../domain/src/action/about.rs").split("pub const fn kind").nth(1).unwrap();
    for word in named.split('"').skip(1).step_by(2) {
        assert!(kinds.contains(word), "{word} has no golden line");
    }
}

#[test]
fn a_field_that_does_not_exist_is_never_read_past() {
    for (kind, line) in lines(ACTIONS) {
        let smuggled = line.replacen("\":{", "\":{\"branch_id\":\"x\",", 1);
        assert!(serde_json::from_str::<Action>(&smuggled).is_err(), "{kind} took a field that it does not have");
    }
}

#[test]
fn sealing_is_as_it_was() {
    let (data, author) = (Key::new([7; 32]), Key::new([9; 32]));
    let (_, line) = lines(WIRE).find(|(kind, _)| *kind == "envelope").unwrap();
    let envelope: Envelope = serde_json::from_str(line).unwrap();
    let sealed = data.seal_entry(&author, &[1; 24], &envelope.header, line.as_bytes());
    let golden: String = Bytes(sealed.clone()).into();
    assert_eq!(golden, include_str!("golden/sealed.txt").trim());

    let (mac, bytes) = data.open_entry(envelope.header.device, envelope.header.seq, &sealed).unwrap();
    assert_eq!(bytes, line.as_bytes());
    assert!(author.is_mac_of(&mac, &bytes));
    assert!(!data.is_mac_of(&mac, &bytes));
    assert!(data.open_entry(envelope.header.device, Seq(2), &sealed).is_err(), "an entry opens under its own number only");
}

/// H25
#[test]
fn keys_behind_a_password_open_with_that_password_alone_and_at_the_same_cost_as_ever() {
    const PASSWORD: &str = "lanterns at dusk";
    const HERS: &str = "restart 018c2c5e-7b1e-7000-8000-000000000005";
    const ANOTHERS: &str = "restart 018c2c5e-7b1e-7000-8000-000000000006";
    let (_, line) = lines(WIRE).find(|(kind, _)| *kind == "wrapped").unwrap();
    let wrapped: Wrapped = serde_json::from_str(line).unwrap();

    assert_eq!((WRAP_MEMORY_KIB, WRAP_PASSES), (64 * 1024, 3));
    let key = stretch(PASSWORD, &[5; 16]).unwrap();
    assert_eq!(Wrapped::wrap(&key, [5; 16], &[1; 24], HERS, b"two keys"), wrapped);
    assert_eq!(wrapped.unwrap(&key, HERS).unwrap(), b"two keys");
    for (password, what) in [("lanterns at dawn", HERS), ("482913", HERS), ("", HERS), (PASSWORD, ANOTHERS)] {
        let key = stretch(password, &[5; 16]).unwrap();
        assert_eq!(wrapped.unwrap(&key, what), Err(Unsealable), "{password:?} opened {what}");
    }
}

#[test]
fn an_entry_keeps_its_state_through_a_restart() {
    let entry = Entry {
        state: EntryState::Acked { version: Version(7), at: Moment(1), epoch: Some(sync::Epoch(3)) },
        ..Entry::saved(RowId::Salon)
    };
    let back: Entry = serde_json::from_str(&serde_json::to_string(&entry).unwrap()).unwrap();
    assert_eq!(back, entry);
}
