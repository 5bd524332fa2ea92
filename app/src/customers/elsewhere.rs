//! Customers whom only the salon knows: asked for while there is a network, a little after the last key.

use super::customer_row::CustomerRowElsewhere;
use super::in_the_salon::found_in_the_salon;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Show, use_i18n};
use leptos::prelude::*;

#[component]
pub fn Elsewhere(typed: Signal<String>, has_some: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let answer = found_in_the_salon(Memo::new(move |_| {
        typed.with(|typed| (!typed.trim().is_empty()).then(|| typed.clone()).into_iter().collect())
    }));
    let is_offline = Memo::new(move |_| replica.mark().offline_since.is_some());
    let absent = move || answer.get().into_iter().filter(|summary| replica.summary(summary.id).is_none()).collect::<Vec<_>>();
    Effect::new(move |_| has_some.set(!absent().is_empty()));
    let is_search = move || typed.with(|typed| !typed.trim().is_empty());

    view! {
        <Show when=move || !absent().is_empty()>
            <div class="section-head"><h2 class="section-head__title">{td_string!(i18n, customers.elsewhere)}</h2></div>
            <ul class="customer-list">
                <For each=absent key=|summary| summary.id let:summary>
                    <CustomerRowElsewhere summary/>
                </For>
            </ul>
        </Show>
        <Show when=move || is_search() && is_offline.get()>
            <p class="note" role="status">{td_string!(i18n, customers.offline)}</p>
        </Show>
    }
}
