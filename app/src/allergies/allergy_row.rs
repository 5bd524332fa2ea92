//! One thing she must not get, with everybody who wrote it down.

use super::resolve_allergy::ResolveDialog;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, Show, allergy_words, listed, use_i18n};
use domain::{Action, Allergy, CustomerId, Name, Resolution, Text};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn AllergyRow(id: CustomerId, file: Memo<FileView>, what: Name) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let name = allergy_words(i18n, &what);
    let label = name.clone();
    let entries = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row
            .file
            .allergies
            .active()
            .filter(|(_, allergy)| allergy.what == what)
            .map(|(tag, allergy)| (tag, allergy.clone()))
            .collect(),
        FileView::NotHere => Vec::new(),
    });
    let how = move || {
        let remarks = entries.get().into_iter().filter_map(|(_, allergy): (_, Allergy)| allergy.remark).map(String::from);
        listed(i18n, remarks.collect::<Vec<_>>().iter().map(String::as_str))
    };
    let source = move || {
        let written = entries.get().into_iter().map(|(_, allergy)| by_and_when(allergy.written, true));
        written.collect::<Vec<_>>().join(td_string!(i18n, app.semicolon))
    };

    view! {
        <li class="allergy-row" aria-label=label>
            <Icon is=Lu::Ban/>
            <p class="allergy-row__what"><bdi>{name.clone()}</bdi></p>
            <p class="allergy-row__how"><bdi>{how}</bdi></p>
            <p class="allergy-row__source"><bdi>{source}</bdi></p>
            <Resolve id name entries/>
        </li>
    }
}

#[component]
fn Resolve(id: CustomerId, name: String, entries: Memo<Vec<(domain::AllergyTag, Allergy)>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let name = StoredValue::new(name);
    let may = Memo::new(move |_| {
        Text::new("?").is_ok_and(|reason| replica.may(&Action::ResolveAllergy { customer: id, tags: BTreeSet::new(), reason }))
    });

    view! {
        <Show when=move || may.get()>
            <button class="button allergy-row__act" type="button" aria-label=td_string!(i18n, allergies.resolve_one, what = name.get_value()) on:click=move |_| is_open.set(true)>
                <Icon is=Lu::ShieldCheck/>
                {td_string!(i18n, allergies.resolve)}
            </button>
            <Show when=move || is_open.get()>
                <ResolveDialog id name=name.get_value() seen=entries.get_untracked() is_open/>
            </Show>
        </Show>
    }
}

/// What no longer holds, and who found so.
#[component]
pub fn ResolvedRow(allergy: Allergy, resolution: Resolution) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let written = resolution.written;
    let reason = resolution.reason.as_str().to_owned();

    view! {
        <li class="allergy-row is-resolved">
            <Icon is=Lu::CircleCheck/>
            <p class="allergy-row__what"><bdi>{allergy_words(i18n, &allergy.what)}</bdi></p>
            <p class="allergy-row__how"><bdi>{allergy.remark.map(String::from)}</bdi></p>
            <p class="allergy-row__source">
                <bdi>{move || td_string!(i18n, allergies.resolved_by, who = by_and_when(written, true), reason = reason.as_str())}</bdi>
            </p>
        </li>
    }
}
