//! What was put on her skin, latest first; her skin today above it.

use super::older_uses::OlderUses;
use super::patch_lines::PatchLines;
use super::skin_line::SkinLine;
use super::use_dialog::UseDialog;
use super::use_item::UseItem;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::treatment::TreatmentList;
use crate::ui::{Empty, Icon, Lu, Show, use_i18n};
use domain::{Action, CustomerId, UseId};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn CareTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let ids = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.uses.keys().rev().copied().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let unsent = Memo::new(move |_| {
        let uses = replica.entries().into_iter().filter_map(|entry| match entry.action {
            Some(Action::UseProduct { usage, .. }) => Some(usage),
            _ => None,
        });
        uses.collect::<BTreeSet<_>>()
    });
    let use_of = move |usage: UseId| match file.get() {
        FileView::Here(row) => row.file.uses.get(&usage).cloned(),
        FileView::NotHere => None,
    };

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <SkinLine id file/>
                <TreatmentList id file/>
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, care.title)}</h2>
                    <Add id file/>
                </div>
                <ul class="care-note-list" aria-label=td_string!(i18n, care.title)>
                    <For each=move || ids.get() key=|usage| *usage let:usage>
                        <UseItem id usage file is=Signal::derive(move || use_of(usage)) is_unsent=Signal::derive(move || unsent.with(|unsent| unsent.contains(&usage)))/>
                    </For>
                </ul>
                <Show when=move || ids.with(Vec::is_empty)>
                    <Empty icon=Lu::ShieldCheck title=td_string!(i18n, care.none) text=td_string!(i18n, care.none_todo)/>
                </Show>
                <OlderUses id file/>
                <PatchLines id file/>
            </section>
        </div>
    }
}

#[component]
fn Add(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| replica.may(&Action::LookAtSkin { customer: id, findings: Vec::new() }));

    view! {
        <Show when=move || may.get()>
            <button class="button section-head__act" type="button" on:click=move |_| is_open.set(true)>
                <Icon is=Lu::Plus/>
                {td_string!(i18n, care.add)}
            </button>
            <Show when=move || is_open.get()>
                <UseDialog id file is_open/>
            </Show>
        </Show>
    }
}
