//! Contacts that only the salon holds: fetched on demand, not kept.

use super::contact_item::ContactItem;
use crate::api;
use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{Icon, Lu, Show, fault_words, use_i18n};
use domain::{Contact, ContactId, CustomerId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sync::ApiFault;

#[component]
pub fn OlderContacts(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let fetched = RwSignal::new(Vec::<(ContactId, Contact)>::new());
    let is_busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<ApiFault>);
    let left = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.older_contacts.saturating_sub(fetched.with(Vec::len)),
        FileView::NotHere => 0,
    });
    let oldest = move || {
        let held = file.with_untracked(|file| match file {
            FileView::Here(row) => row.file.contacts.keys().next().copied(),
            FileView::NotHere => None,
        });
        fetched.with_untracked(|fetched| fetched.last().map(|(id, _)| *id)).or(held)
    };
    let more = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let before = oldest();
        spawn_local(async move {
            let answer = api::older_contacts(id, before).await;
            is_busy.try_set(false);
            fault.try_set(answer.as_ref().err().map(|fault| fault.0));
            fetched.try_update(|fetched| fetched.extend(answer.unwrap_or_default()));
        });
    };

    view! {
        <Show when=move || fetched.with(|fetched| !fetched.is_empty())>
            <ul class="care-note-list" aria-label=td_string!(i18n, contacts.older_list)>
                <For each=move || fetched.get() key=|(id, _)| *id let((_, contact))>
                    <ContactItem contact=Signal::stored(Some(contact))/>
                </For>
            </ul>
        </Show>
        <Show when=move || left.get() != 0>
            <p>
                <button class="button" type="button" aria-busy=move || is_busy.get().then_some("true") on:click=more>
                    <Icon is=Lu::CloudDownload/>
                    {move || td_string!(i18n, notes.older, count = left.get())}
                </button>
            </p>
            {move || fault.get().map(|fault| view! { <p class="field__error" role="alert">{fault_words(i18n, fault)}</p> })}
        </Show>
    }
}
