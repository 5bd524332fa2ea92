//! Search as one types, over the files held here; what is only in the salon comes below.

use super::customer_row::CustomerRowHere;
use super::elsewhere::Elsewhere;
use super::new_customer::NewCustomerDialog;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Empty, Icon, Lu, Page, Show, Top, on_first_paint, on_key, use_i18n};
use domain::{Action, CustomerId, Name, NewCustomer};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

const MOST_SHOWN: usize = 40;
const LATEST: usize = 12;

#[component]
pub fn CustomersPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let typed = RwSignal::new(String::new());
    let is_adding = RwSignal::new(false);
    let is_elsewhere = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let typed = typed.get();
        let list = if typed.trim().is_empty() { replica.latest_customers(LATEST) } else { replica.find(&typed) };
        list.into_iter().map(|summary| summary.id).collect::<Vec<_>>()
    });
    let shown = Memo::new(move |_| found.with(|found| found.iter().take(MOST_SHOWN).copied().collect::<Vec<_>>()));
    let pointed = RwSignal::new(0_usize);
    let scope = move || match (typed.with(|typed| typed.trim().is_empty()), replica.files_held()) {
        (true, held) => td_string!(i18n, customers.latest, held = held),
        (false, held) => td_string!(i18n, customers.found, count = found.with(Vec::len), held = held),
    };

    view! {
        <Top title=td_string!(i18n, customers.title)/>
        <Page title=td_string!(i18n, customers.window)>
            <div class="customers">
                <search class="customers__find">
                    <SearchBox typed pointed shown/>
                    <AddButton is_adding/>
                    <p class="customers__scope" role="status">{scope}</p>
                </search>
                <ToLookAt typed=typed.into()/>
                <ul class="customer-list" id="customers" aria-label=td_string!(i18n, customers.list)>
                    <For each=move || shown.get() key=|id| *id let:id>
                        <CustomerRowHere id is_pointed=Signal::derive(move || shown.with(|shown| shown.get(pointed.get()) == Some(&id)))/>
                    </For>
                </ul>
                <Elsewhere typed=typed.into() has_some=is_elsewhere/>
                <NothingHere typed=typed.into() found is_elsewhere/>
            </div>
        </Page>
        <Show when=move || is_adding.get()>
            <NewCustomerDialog is_adding begin_with=typed.get_untracked()/>
        </Show>
    }
}

/// Above the list, until somebody searches: files that wait for a person.
#[component]
fn ToLookAt(typed: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let ids = Memo::new(move |_| match typed.with(|typed| typed.trim().is_empty()) {
        true => replica.to_look_at(),
        false => Vec::new(),
    });
    let title = move || td_string!(i18n, look_at.title, count = ids.with(Vec::len));

    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <section>
                <div class="section-head"><h2 class="section-head__title">{title}</h2></div>
                <ul class="customer-list">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <CustomerRowHere id is_pointed=Signal::stored(false)/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn SearchBox(typed: RwSignal<String>, pointed: RwSignal<usize>, shown: Memo<Vec<CustomerId>>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let input = NodeRef::<html::Input>::new();
    let focus = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    on_key("/", focus);
    let is_desk = document().document_element().and_then(|root| root.get_attribute("data-device")).as_deref() == Some("desk");
    if is_desk {
        on_first_paint(focus);
    }
    let keyed = move |event: leptos::ev::KeyboardEvent| {
        let last = shown.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => pointed.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => pointed.update(|at| *at = at.saturating_sub(1)),
            "Enter" if !event.is_composing() => {
                if let Some(id) = shown.with_untracked(|shown| shown.get(pointed.get_untracked()).copied()) {
                    navigate(&format!("/customers/{id}"), Default::default());
                }
            }
            "Escape" if !event.is_composing() => typed.set(String::new()),
            _ => return,
        }
        event.prevent_default();
    };

    view! {
        <label class="search-box">
            <span class="heard-only">{td_string!(i18n, customers.find)}</span>
            <Icon is=Lu::Search/>
            <input
                class="search-box__input"
                type="search"
                autocomplete="off"
                aria-controls="customers"
                placeholder=td_string!(i18n, customers.placeholder)
                node_ref=input
                bind:value=typed
                on:input=move |_| pointed.set(0)
                on:keydown=keyed
            />
        </label>
    }
}

#[component]
fn AddButton(is_adding: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let id = CustomerId::new(replica.new_uuid());
    let probe = Name::new("?").ok().map(|name| Action::AddCustomer { customer: id, card: Box::new(NewCustomer::named(name)) });
    let may = Memo::new(move |_| probe.as_ref().is_some_and(|action| replica.may(action)));
    on_key("n", move || {
        if may.get_untracked() {
            is_adding.set(true);
        }
    });

    view! {
        <Show when=move || may.get()>
            <button class="button is-primary" type="button" on:click=move |_| is_adding.set(true)>
                <Icon is=Lu::UserPlus/>
                {td_string!(i18n, customers.add)}
                <kbd class="button__key" aria-hidden="true">"n"</kbd>
            </button>
        </Show>
    }
}

#[component]
fn NothingHere(typed: Signal<String>, found: Memo<Vec<CustomerId>>, is_elsewhere: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let is_search = move || typed.with(|typed| !typed.trim().is_empty());
    let title = move || if is_search() { td_string!(i18n, customers.none_found) } else { td_string!(i18n, customers.none) };
    let todo =
        move || if is_search() { td_string!(i18n, customers.none_found_todo) } else { td_string!(i18n, customers.none_todo) };

    view! {
        <Show when=move || found.with(Vec::is_empty) && !(is_search() && is_elsewhere.get())>
            <Empty icon=Lu::Users title text=todo/>
        </Show>
    }
}
