//! One note, with who wrote it and whether the salon has it.

use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::ui::{Icon, Lu, Show, use_i18n};
use domain::CareNote;
use leptos::prelude::*;

#[component]
pub fn NoteItem(note: Signal<Option<CareNote>>, #[prop(optional, into)] is_unsent: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();

    view! {
        <li class="care-note">
            <header class="care-note__head">
                <span><bdi>{move || note.get().map(|note| by_and_when(note.written, true))}</bdi></span>
                <Show when=move || is_unsent.get()>
                    <span class="care-note__state flag is-warn"><Icon is=Lu::CloudOff/>{td_string!(i18n, notes.unsent)}</span>
                </Show>
            </header>
            <p class="care-note__words"><bdi>{move || note.get().map(|note| String::from(note.text))}</bdi></p>
        </li>
    }
}
