//! Everybody who works here or did, and one more.

use super::person_dialog::PersonDialog;
use super::person_row::PersonRow;
use crate::api::{self, Fault, PersonCard};
use crate::i18n::td_string;
use crate::ui::{Icon, Lu, ManagersPage, NoAnswer, Show, Skeleton, use_i18n};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn PeoplePage() -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <ManagersPage
            title=td_string!(i18n, people.title)
            window=td_string!(i18n, people.window)
            icon=Lu::Users
            refused=td_string!(i18n, people.managers_only)
        >
            <People/>
        </ManagersPage>
    }
}

#[component]
fn People() -> impl IntoView {
    let i18n = use_i18n();
    let asked = RwSignal::new(None::<Result<Vec<PersonCard>, Fault>>);
    let is_adding = RwSignal::new(false);
    let ask = Callback::new(move |()| {
        spawn_local(async move {
            let mut answer = api::people().await;
            if let Ok(cards) = &mut answer {
                cards.sort_by_key(|card| (!card.person.is_active, card.person.roles.first().copied(), card.person.name.clone()));
            }
            asked.try_set(Some(answer));
        });
    });
    ask.run(());

    view! {
        <div class="page">
            {move || match asked.get() {
                None => view! { <Skeleton/> }.into_any(),
                Some(Ok(cards)) => view! { <PeopleList cards is_adding on_change=ask/> }.into_any(),
                Some(Err(fault)) => view! { <NoAnswer fault title=td_string!(i18n, people.no_answer) again=ask/> }.into_any(),
            }}
        </div>
        <Show when=move || is_adding.get()>
            <PersonDialog is_open=is_adding on_change=ask/>
        </Show>
    }
}

#[component]
fn PeopleList(cards: Vec<PersonCard>, is_adding: RwSignal<bool>, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let count = cards.iter().filter(|card| card.person.is_active).count();

    view! {
        <div class="section-head">
            <h2 class="section-head__title">{td_string!(i18n, people.count, count = count)}</h2>
            <button class="button is-primary section-head__act" type="button" on:click=move |_| is_adding.set(true)>
                <Icon is=Lu::UserPlus/>
                {td_string!(i18n, people.add)}
            </button>
        </div>
        <ul class="device-list" aria-label=td_string!(i18n, people.title)>
            {cards.into_iter().map(|card| view! { <PersonRow card on_change/> }).collect_view()}
        </ul>
    }
}
