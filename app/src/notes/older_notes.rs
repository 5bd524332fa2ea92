//! Notes that only the salon holds.

use super::note_item::NoteItem;
use crate::api;
use crate::replica::FileView;
use crate::ui::use_older;
use domain::CustomerId;
use leptos::prelude::*;

#[component]
pub fn OlderNotes(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let older = use_older(
        file,
        |row| (row.older_notes, row.file.notes.keys().next().copied()),
        move |before| api::older_notes(id, before),
    );
    let fetched = older.fetched;

    view! {
        <ul class="care-note-list">
            <For each=move || fetched.get() key=|(id, _)| *id let((_, note))>
                <NoteItem note=Signal::stored(Some(note))/>
            </For>
        </ul>
        {older.button()}
    }
}
