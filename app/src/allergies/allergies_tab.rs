//! All that she reacts to, and what no longer holds.

use super::add_allergy::AddAllergyDialog;
use super::allergy_row::{AllergyRow, ResolvedRow};
use crate::consents::HealthWithdrawn;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Empty, Icon, Lu, Show, use_i18n};
use domain::{Action, AllergyTag, CustomerId, Name};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn AllergiesTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let names = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.allergies.active().map(|(_, allergy)| allergy.what.clone()).collect::<BTreeSet<_>>(),
        FileView::NotHere => BTreeSet::new(),
    });

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, allergies.title)}</h2>
                    <Add id file/>
                </div>
                <HealthWithdrawn file text=td_string!(i18n, consents.health_allergies)/>
                <ul class="allergy-list" aria-label=td_string!(i18n, allergies.title)>
                    <For each=move || names.get() key=Name::clone let:what>
                        <AllergyRow id file what/>
                    </For>
                </ul>
                <Show when=move || names.with(BTreeSet::is_empty)>
                    <Empty icon=Lu::ShieldCheck title=td_string!(i18n, allergies.none) text=td_string!(i18n, allergies.none_said)/>
                </Show>
                <Past file/>
            </section>
        </div>
    }
}

#[component]
fn Add(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| {
        let tag = AllergyTag::new(uuid::Uuid::nil());
        let may_add = |what| replica.may(&Action::AddAllergy { customer: id, tag, what, remark: None });
        Name::new("?").is_ok_and(may_add)
    });

    view! {
        <Show when=move || may.get()>
            <button class="button is-primary section-head__act" type="button" on:click=move |_| is_open.set(true)>
                <Icon is=Lu::Plus/>
                {td_string!(i18n, allergies.add)}
            </button>
            <Show when=move || is_open.get()>
                <AddAllergyDialog id file is_open/>
            </Show>
        </Show>
    }
}

#[component]
fn Past(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let resolved = Memo::new(move |_| match file.get() {
        FileView::Here(row) => {
            row.file.allergies.resolved().map(|(allergy, resolution)| (allergy.clone(), resolution.clone())).collect::<Vec<_>>()
        }
        FileView::NotHere => Vec::new(),
    });

    view! {
        <Show when=move || resolved.with(|resolved| !resolved.is_empty())>
            <details class="allergy-past">
                <summary class="allergy-past__summary">
                    <Icon is=Lu::ChevronRight/>
                    {move || td_string!(i18n, allergies.resolved, count = resolved.with(Vec::len))}
                </summary>
                <ul class="allergy-list">
                    {move || resolved.get().into_iter().map(|(allergy, resolution)| view! { <ResolvedRow allergy resolution/> }).collect_view()}
                </ul>
            </details>
        </Show>
    }
}
