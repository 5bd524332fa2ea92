//! The notes of one customer.

use super::note_form::NoteForm;
use super::note_item::NoteItem;
use super::older_notes::OlderNotes;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Empty, Lu, Show, use_i18n};
use domain::{Action, CareNote, CustomerId, NoteId, Text};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn NotesTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let may = Memo::new(move |_| {
        let note = NoteId::new(uuid::Uuid::nil());
        Text::new("?").is_ok_and(|text| replica.may(&Action::WriteCareNote { customer: id, note, text }))
    });
    let ids = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.notes.keys().rev().copied().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let unsent = Memo::new(move |_| {
        let notes = replica.entries().into_iter().filter_map(|entry| match entry.action {
            Some(Action::WriteCareNote { note, .. }) => Some(note),
            _ => None,
        });
        notes.collect::<BTreeSet<_>>()
    });
    let note_of = move |note: NoteId| -> Option<CareNote> {
        match file.get() {
            FileView::Here(row) => row.file.notes.get(&note).cloned(),
            FileView::NotHere => None,
        }
    };

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <Show when=move || may.get()>
                    <NoteForm id/>
                </Show>
                <ul class="care-note-list" aria-label=td_string!(i18n, notes.list)>
                    <For each=move || ids.get() key=|id| *id let:note>
                        <NoteItem note=Signal::derive(move || note_of(note)) is_unsent=Signal::derive(move || unsent.with(|unsent| unsent.contains(&note)))/>
                    </For>
                </ul>
                <Show when=move || ids.with(Vec::is_empty)>
                    <Empty icon=Lu::MessageCircle title=td_string!(i18n, notes.none) text=td_string!(i18n, notes.none_todo)/>
                </Show>
                <OlderNotes id file/>
            </section>
        </div>
    }
}
