//! All visits of a day, in order of time.

use super::about;
use super::today_page::Which;
use crate::i18n::td_string;
use crate::replica::{TodayVisit, use_replica};
use crate::ui::{I18n, StripFlags, clock, joined, use_i18n};
use domain::{CustomerId, VisitId};
use leptos::prelude::*;

type Next = Memo<Option<(CustomerId, VisitId)>>;

#[component]
pub fn DayList(visits: Memo<Vec<TodayVisit>>, next: Next, which: RwSignal<Which>) -> impl IntoView {
    let i18n = use_i18n();
    let ids = move || visits.with(|visits| visits.iter().map(|visit| (visit.customer, visit.visit.id)).collect::<Vec<_>>());
    let title = move || td_string!(i18n, today.count, day = which_word(i18n, which.get()), count = visits.with(Vec::len));

    view! {
        <section class="today__day" aria-label=td_string!(i18n, today.visits)>
            <nav class="choices" aria-label=td_string!(i18n, today.which_day)>
                {Which::ALL.map(|is| view! { <DayButton is which/> }).collect_view()}
            </nav>
            <div class="section-head"><h2 class="section-head__title">{title}</h2></div>
            <ul class="visit-list">
                <For each=ids key=|id| *id let((customer, visit))>
                    <li class="visit-list__item"><VisitRow customer visit visits next/></li>
                </For>
            </ul>
        </section>
    }
}

fn which_word(i18n: I18n, which: Which) -> &'static str {
    match which {
        Which::Yesterday => td_string!(i18n, date.yesterday),
        Which::Today => td_string!(i18n, date.today),
        Which::Tomorrow => td_string!(i18n, date.tomorrow),
    }
}

#[component]
fn DayButton(is: Which, which: RwSignal<Which>) -> impl IntoView {
    let i18n = use_i18n();
    let is_shown = Memo::new(move |_| which.get() == is);

    view! {
        <button class="button" class:is-plain=move || !is_shown.get() type="button" aria-pressed=move || is_shown.get().to_string() on:click=move |_| which.set(is)>
            {which_word(i18n, is)}
        </button>
    }
}

#[component]
fn VisitRow(customer: CustomerId, visit: VisitId, visits: Memo<Vec<TodayVisit>>, next: Next) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let file = replica.file(customer);
    let shown = Memo::new(move |_| visits.with(|visits| visits.iter().find(|shown| shown.visit.id == visit).cloned()));
    let is_next = Memo::new(move |_| next.get() == Some((customer, visit)));
    let time =
        move || shown.get().and_then(|shown| shown.visit.at).map_or_else(|| td_string!(i18n, today.no_time).to_owned(), clock);
    let facts = move || shown.get().map(|shown| joined(i18n, about(replica, &shown.visit).iter().map(String::as_str)));

    view! {
        <a class="visit-row" class:is-next=is_next href=format!("/customers/{customer}")>
            <span class="visit-row__time">{time}</span>
            <span class="visit-row__name"><bdi>{move || shown.get().map(|shown| shown.name)}</bdi></span>
            <span class="visit-row__about"><bdi>{facts}</bdi></span>
            <span class="visit-row__flags"><StripFlags file/></span>
        </a>
    }
}
