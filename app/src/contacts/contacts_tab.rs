//! The contacts with one customer, latest first.

use super::contact_dialog::{ContactDialog, probe};
use super::contact_item::ContactItem;
use super::older_contacts::OlderContacts;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Empty, Icon, Lu, Show, use_i18n};
use domain::{Action, Channel, Contact, ContactId, CustomerId, Direction};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn ContactsTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let ids = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.contacts.keys().rev().copied().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let unsent = Memo::new(move |_| {
        let contacts = replica.entries().into_iter().filter_map(|entry| match entry.action {
            Some(Action::LogContact { contact, .. }) => Some(contact),
            _ => None,
        });
        contacts.collect::<BTreeSet<_>>()
    });
    let contact_of = move |contact: ContactId| -> Option<Contact> {
        match file.get() {
            FileView::Here(row) => row.file.contacts.get(&contact).cloned(),
            FileView::NotHere => None,
        }
    };

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, contacts.title)}</h2>
                    <Add id file/>
                </div>
                <ul class="care-note-list" aria-label=td_string!(i18n, contacts.title)>
                    <For each=move || ids.get() key=|id| *id let:contact>
                        <ContactItem contact=Signal::derive(move || contact_of(contact)) file is_unsent=Signal::derive(move || unsent.with(|unsent| unsent.contains(&contact)))/>
                    </For>
                </ul>
                <Show when=move || ids.with(Vec::is_empty)>
                    <Empty icon=Lu::MessageCircle title=td_string!(i18n, contacts.none) text=td_string!(i18n, contacts.none_todo)/>
                </Show>
                <OlderContacts id file/>
            </section>
        </div>
    }
}

/// At the desk and for managers any contact; in the room what she said there.
#[component]
fn Add(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may_any = Memo::new(move |_| replica.may(&probe(id, Channel::Phone, Direction::ByUs)));
    let may = Memo::new(move |_| may_any.get() || replica.may(&probe(id, Channel::InPerson, Direction::ByHer)));
    let word = move || if may_any.get() { td_string!(i18n, contacts.add) } else { td_string!(i18n, contacts.add_heard) };

    view! {
        <Show when=move || may.get()>
            <button class="button is-primary section-head__act" type="button" on:click=move |_| is_open.set(true)>
                <Icon is=Lu::Plus/>
                {word}
            </button>
            <Show when=move || is_open.get()>
                <ContactDialog id file may_any title=Signal::derive(word) is_open/>
            </Show>
        </Show>
    }
}
