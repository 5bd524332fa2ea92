//! Customers whom only the salon knows: asked for while there is a network, a little after the last key.

use super::customer_row::CustomerRowElsewhere;
use crate::api;
use crate::i18n::td_string;
use crate::replica::{Summary, here, use_replica};
use crate::ui::{Show, use_i18n};
use leptos::prelude::*;
use leptos::task::spawn_local;

const AFTER_MS: u32 = 250;

#[component]
pub fn Elsewhere(typed: Signal<String>, has_some: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let answer = RwSignal::new(Vec::<Summary>::new());
    let is_offline = Memo::new(move |_| replica.mark().offline_since.is_some());
    Effect::new(move |_| {
        let asked = typed.get();
        if asked.trim().is_empty() {
            return answer.set(Vec::new());
        }
        spawn_local(async move {
            here::rest(AFTER_MS).await;
            let is_current = move || typed.try_get_untracked().is_some_and(|now| now == asked);
            if !is_current() {
                return;
            }
            let query = typed.try_get_untracked().unwrap_or_default();
            let rows = api::search(query).await.unwrap_or_default();
            if is_current() {
                answer.try_set(rows.iter().map(Summary::of).collect());
            }
        });
    });
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
