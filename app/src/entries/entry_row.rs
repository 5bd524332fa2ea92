//! One entry that the salon does not have yet, or would not take.

use super::entry_words::{action_words, objection_words};
use crate::i18n::td_string;
use crate::replica::{EntryView, Phase, use_replica};
use crate::ui::{Icon, Lu, Show, moment, this_device, use_i18n, use_now};
use domain::Seq;
use leptos::prelude::*;
use sync::EntryState;

#[component]
pub fn EntryRow(seq: Seq) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let entry = Memo::new(move |_| replica.entries().into_iter().find(|entry| entry.seq == seq));
    let is_objected = Memo::new(move |_| entry.with(|entry| entry.as_ref().is_some_and(is_objected)));
    let what = move || entry.get().map(|entry| action_words(i18n, replica, entry.action.as_ref()));
    let state = move || {
        let device = this_device(i18n, replica.scope());
        if is_objected.get() {
            td_string!(i18n, entries.not_taken).to_owned()
        } else {
            td_string!(i18n, entries.here, device = device)
        }
    };

    view! {
        <li class="entry-list__entry" class:is-refused=is_objected>
            <p class="entry-list__what"><bdi>{what}</bdi></p>
            <About entry/>
            <p class="entry-list__state">
                {move || view! { <Icon is=if is_objected.get() { Lu::TriangleAlert } else { Lu::Tablet }/> }}
                {state}
            </p>
            <Show when=move || is_objected.get()>
                <div class="entry-list__act">
                    <button class="button" type="button" on:click=move |_| replica.seen(seq)>
                        <Icon is=Lu::Check/>
                        {td_string!(i18n, entries.seen)}
                    </button>
                </div>
            </Show>
        </li>
    }
}

fn is_objected(entry: &EntryView) -> bool {
    matches!(entry.state, EntryState::Objected { .. })
}

/// Whose file, who, when, and why it was not taken. Outside a session nobody is named.
#[component]
fn About(entry: Memo<Option<EntryView>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let about = move || {
        let entry = entry.get()?;
        let is_open = matches!(replica.phase(), Phase::Open(_));
        let salon = replica.salon();
        let customer = entry.customer_name.filter(|_| is_open).unwrap_or_default();
        let by = entry
            .author
            .and_then(|id| salon.as_ref()?.person(id).map(|person| person.name.as_str().to_owned()))
            .unwrap_or_default();
        let offset = salon.map(|salon| salon.settings.offset).unwrap_or_default();
        let when = entry.at.map(|at| moment(i18n, offset, at, now.get())).unwrap_or_default();
        let why = match &entry.state {
            EntryState::Objected { outcome, .. } => objection_words(i18n, outcome),
            EntryState::Saved | EntryState::Acked { .. } | EntryState::Seen { .. } => String::new(),
        };
        let facts = crate::ui::joined(i18n, [customer.as_str(), by.as_str(), when.as_str()]);
        Some([facts, why].join(" "))
    };

    view! { <p class="entry-list__about"><bdi>{about}</bdi></p> }
}
