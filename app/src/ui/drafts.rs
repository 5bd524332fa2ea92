//! What somebody has typed and not yet saved. Survives an error, a lock and another tab of the same file; in memory alone, and
//! each for her own eyes.

use super::field::Typed;
use crate::replica::use_replica;
use domain::{CustomerId, ProfileField, Question, StaffId};
use leptos::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Draft {
    Note(CustomerId),
    Contact(CustomerId),
    Words(CustomerId, Question),
    NewCustomer(ProfileField),
}

type Key = (Option<StaffId>, Draft);

/// `None`: nothing was typed that is not saved.
type Words = RwSignal<Option<String>>;

#[derive(Clone, Copy)]
struct Drafts {
    signals: StoredValue<HashMap<Key, Words>>,
    /// Drafts outlive the screens on which they are typed.
    owner: StoredValue<Owner>,
}

pub fn provide_drafts() {
    let owner = Owner::current().unwrap_or_default();
    let drafts = Drafts { signals: StoredValue::new(HashMap::new()), owner: StoredValue::new(owner) };
    provide_context(drafts);
    // In memory alone: a reload would take them along, so the browser asks first.
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        let is_typed = |words: &Words| words.try_get_untracked().flatten().is_some_and(|words| !words.trim().is_empty());
        if drafts.signals.try_with_value(|signals| signals.values().any(is_typed)) == Some(true) {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}

/// The draft of whoever works here now.
pub fn use_draft(draft: Draft) -> Words {
    let drafts = expect_context::<Drafts>();
    let person = untrack(|| use_replica().person());
    let key = (person.map(|person| person.id), draft);
    if let Some(words) = drafts.signals.with_value(|signals| signals.get(&key).copied()) {
        return words;
    }
    let words = drafts.owner.get_value().with(|| RwSignal::new(None));
    drafts.signals.update_value(|signals| {
        signals.insert(key, words);
    });
    words
}

/// An input that shows the draft where there is one, else what is kept.
pub fn typed_over(draft: Words, kept: impl Fn() -> String + Send + Sync + 'static) -> Typed {
    Typed {
        shown: Signal::derive(move || draft.get().unwrap_or_else(&kept)),
        on_input: Callback::new(move |typed| draft.set(Some(typed))),
    }
}
