//! One customer in a list.

use crate::i18n::td_string;
use crate::replica::{Summary, use_replica};
use crate::ui::{I18n, Icon, Lu, short_day, use_i18n};
use domain::CustomerId;
use leptos::prelude::*;

/// One whose file is on this device.
#[component]
pub fn CustomerRowHere(id: CustomerId, is_pointed: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let summary = Memo::new(move |_| replica.summary(id));

    view! {
        <li class="customer-list__item">
            <a class="customer-row" class:is-pointed=is_pointed href=format!("/customers/{id}")>
                {move || summary.get().map(|summary| view! { <Known summary/> })}
                <p class="customer-row__flags">{move || summary.get().map(|summary| flags(i18n, &summary))}</p>
                <Icon is=Lu::ChevronRight/>
            </a>
        </li>
    }
}

/// Why a person has to look at her file.
fn flags(i18n: I18n, summary: &Summary) -> impl IntoView + use<> {
    let flag = |word: &'static str| view! { <span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{word}</span> };
    [
        summary.is_to_check.then(|| flag(td_string!(i18n, look_at.conflict))),
        summary.is_set_aside.then(|| flag(td_string!(i18n, look_at.set_aside))),
        summary.is_deletion_asked.then(|| flag(td_string!(i18n, look_at.deletion))),
    ]
    .into_iter()
    .flatten()
    .collect_view()
}

/// One whose file only the salon has.
#[component]
pub fn CustomerRowElsewhere(summary: Summary) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("/customers/{}", summary.id);

    view! {
        <li class="customer-list__item">
            <a class="customer-row is-absent" href=href>
                <Known summary/>
                <p class="customer-row__flags">
                    <span class="flag is-absent"><Icon is=Lu::CloudDownload/>{td_string!(i18n, file.not_here_flag)}</span>
                </p>
                <Icon is=Lu::ChevronRight/>
            </a>
        </li>
    }
}

#[component]
pub fn Known(summary: Summary) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let tail = summary.phone_tail.clone();
    let card = summary.card.clone();
    let (latest, visits) = (summary.latest_on, summary.visits.clone());
    let ids = move || {
        let tail = tail.clone().map(|tail| td_string!(i18n, customers.tail, tail = tail));
        let card = card.clone().map(|card| td_string!(i18n, customers.card, card = card));
        let parts = [tail, card].into_iter().flatten().enumerate();
        let part = |(at, part): (usize, String)| {
            let dot = (at > 0).then(|| td_string!(i18n, app.dot));
            view! { {dot} <span class="customer-row__part"><bdi>{part}</bdi></span> }
        };
        parts.map(part).collect_view()
    };
    let last = move || {
        let today = replica.today();
        // Today or the next time she is expected; otherwise the last time she was here.
        let next = visits.iter().map(|visit| visit.on).filter(|on| *on >= today).min();
        match next.or(latest) {
            Some(day) if day == today => td_string!(i18n, date.today).to_owned(),
            Some(day) if day > today => td_string!(i18n, customers.expected_on, day = short_day(i18n, day, today)),
            Some(day) => td_string!(i18n, customers.last_on, day = short_day(i18n, day, today)),
            None => td_string!(i18n, customers.never).to_owned(),
        }
    };

    view! {
        <div class="customer-row__who">
            <p class="customer-row__name"><bdi>{summary.name}</bdi></p>
            <p class="customer-row__ids">{ids}</p>
        </div>
        <p class="customer-row__last">{last}</p>
    }
}
