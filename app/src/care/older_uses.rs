//! Uses of products that only the salon holds.

use super::use_item::UseItem;
use crate::api;
use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{Show, use_i18n, use_older};
use domain::CustomerId;
use leptos::prelude::*;

/// As many as a row holds besides those that wait for somebody.
const IN_A_ROW: usize = 20;

#[component]
pub fn OlderUses(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let older = use_older(
        file,
        |row| (row.older_uses, row.file.uses.keys().rev().nth(IN_A_ROW - 1).copied()),
        move |before| api::older_uses(id, before),
    );
    let fetched = older.fetched;

    view! {
        <Show when=move || fetched.with(|fetched| !fetched.is_empty())>
            <ul class="care-note-list" aria-label=td_string!(i18n, care.older_list)>
                <For each=move || fetched.get() key=|(usage, _)| *usage let((usage, used))>
                    <UseItem id usage file is=Signal::stored(Some(used))/>
                </For>
            </ul>
        </Show>
        {older.button()}
    }
}
