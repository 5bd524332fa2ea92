//! The patch tests of one customer, latest first, and one more.

use super::patch_dialog::PatchDialog;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{I18n, Icon, Lu, Show, joined, patch_word, short_day, use_i18n};
use domain::{Action, CustomerId, Patch, PatchResult, PatchTried};
use leptos::prelude::*;

#[component]
pub fn PatchLines(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, by_and_when) = (use_replica(), use_by_and_when());
    let is_open = RwSignal::new(false);
    let patches = move || match file.get() {
        FileView::Here(row) => row.file.patches.values().rev().cloned().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    };
    let may = Memo::new(move |_| replica.may(&Action::LookAtSkin { customer: id, findings: Vec::new() }));
    let line = move |patch: Patch| {
        let is_positive = patch.is.result == PatchResult::Positive;
        let remark = patch.is.remark.clone().map(String::from);
        view! {
            <li class="care-note">
                <header class="care-note__head">
                    <span class="care-note__kind"><bdi>{patch_words(i18n, replica, &patch.is)}</bdi></span>
                    <span><bdi>{by_and_when(patch.written, true)}</bdi></span>
                </header>
                {is_positive.then(|| view! { <p><span class="flag is-forbid"><Icon is=Lu::Ban/>{td_string!(i18n, patch.never)}</span></p> })}
                {remark.map(|remark| view! { <p class="care-note__words"><bdi>{remark}</bdi></p> })}
            </li>
        }
    };

    view! {
        <div class="section-head">
            <h2 class="section-head__title">{td_string!(i18n, patch.list)}</h2>
            <Show when=move || may.get()>
                <button class="button section-head__act" type="button" on:click=move |_| is_open.set(true)>
                    <Icon is=Lu::Plus/>
                    {td_string!(i18n, patch.add)}
                </button>
            </Show>
        </div>
        <ul class="care-note-list" aria-label=td_string!(i18n, patch.list)>{move || patches().into_iter().map(line).collect_view()}</ul>
        <Show when=move || patches().is_empty()><p class="note">{td_string!(i18n, patch.none)}</p></Show>
        <Show when=move || is_open.get()><PatchDialog id is_open/></Show>
    }
}

/// `果酸焕肤液·阴性·11月20日`
pub fn patch_words(i18n: I18n, replica: Replica, is: &PatchTried) -> String {
    let salon = replica.salon();
    let product = salon.as_ref().and_then(|salon| salon.products.get(&is.product));
    let product = product.map_or(td_string!(i18n, gate.product_unknown), |product| product.name.as_str());
    let on = is.on.map(|on| short_day(i18n, on, replica.today())).unwrap_or_default();
    joined(i18n, [product, patch_word(i18n, is.result), on.as_str()])
}
