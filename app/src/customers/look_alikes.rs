//! Perhaps she is known already: said while somebody writes down a name or a phone that another file has.

use super::customer_row::Known;
use super::in_the_salon::found_in_the_salon;
use crate::i18n::td_string;
use crate::replica::{Summary, use_replica};
use crate::ui::{Icon, Lu, Notice, Show, Tone, use_i18n};
use domain::{CustomerId, Phone};
use leptos::prelude::*;
use std::collections::BTreeSet;

const MOST_SHOWN: usize = 3;

#[component]
pub fn LookAlikes(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] phone: Signal<String>,
    #[prop(optional, into)] but: Option<CustomerId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let elsewhere = found_in_the_salon(Memo::new(move |_| {
        let typed = [name.get(), phone.get()].map(|typed| typed.trim().to_owned());
        typed.into_iter().filter(|words| words.chars().count() > 1).collect()
    }));
    let alike = Memo::new(move |_| {
        let (name, phone) = (name.get().trim().to_owned(), Phone::new(&phone.get()).ok());
        let mut found = replica.look_alikes(&name, phone.as_ref(), but);
        let known: BTreeSet<CustomerId> = found.iter().map(|summary| summary.id).chain(but).collect();
        let others = elsewhere.get().into_iter().filter(|summary| !known.contains(&summary.id));
        found.extend(others.filter(|summary| summary.is_like(&name, phone.as_ref())));
        // Whoever has the same phone is the likelier one.
        found.sort_by_key(|summary| phone.is_none() || !summary.is_like("", phone.as_ref()));
        found.truncate(MOST_SHOWN);
        found
    });
    let one = |summary: Summary| {
        let href = format!("/customers/{}", summary.id);
        view! {
            <li class="customer-list__item">
                <a class="customer-row" href=href><Known summary/><Icon is=Lu::ChevronRight/></a>
            </li>
        }
    };

    view! {
        <Show when=move || alike.with(|alike| !alike.is_empty())>
            <Notice tone=Tone::Warn title=td_string!(i18n, customers.alike) text=td_string!(i18n, customers.alike_said)>
                <ul class="customer-list" aria-label=td_string!(i18n, customers.alike)>
                    {move || alike.get().into_iter().map(one).collect_view()}
                </ul>
            </Notice>
        </Show>
    }
}
