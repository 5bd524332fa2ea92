//! Contacts that only the salon holds.

use super::contact_item::ContactItem;
use crate::api;
use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{Show, use_i18n, use_older};
use domain::CustomerId;
use leptos::prelude::*;

#[component]
pub fn OlderContacts(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let older = use_older(
        file,
        |row| (row.older_contacts, row.file.contacts.keys().next().copied()),
        move |before| api::older_contacts(id, before),
    );
    let fetched = older.fetched;

    view! {
        <Show when=move || fetched.with(|fetched| !fetched.is_empty())>
            <ul class="care-note-list" aria-label=td_string!(i18n, contacts.older_list)>
                <For each=move || fetched.get() key=|(id, _)| *id let((_, contact))>
                    <ContactItem contact=Signal::stored(Some(contact)) file/>
                </For>
            </ul>
        </Show>
        {older.button()}
    }
}
