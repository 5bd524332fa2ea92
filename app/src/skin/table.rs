//! The same as a table: each measurement with where, with what and how long after cleansing.

use super::{instrument_word, value_words};
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{joined, side_word, use_i18n, zone_word};
use domain::{Name, Taken};
use leptos::prelude::*;

/// Of one line, latest first.
#[component]
pub fn Table(taken: Vec<Taken>, name: Name) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, by_and_when) = (use_replica(), use_by_and_when());
    let title = String::from(name.clone());
    let row = move |taken: Taken| {
        let read = taken.is.values.get(&name)?;
        let salon = replica.salon();
        let value = value_words(salon.as_deref(), &taken.is, &name, read.value);
        let first = read
            .first
            .map(|first| td_string!(i18n, measure.typed_first, value = value_words(salon.as_deref(), &taken.is, &name, first)));
        let since = match taken.is.since_cleansing {
            Some(minutes) => td_string!(i18n, measure.since_words, minutes = minutes),
            None => td_string!(i18n, measure.since_unknown).to_owned(),
        };
        let side = taken.is.during.map_or("", |(_, side)| side_word(i18n, side));
        let how = joined(i18n, [instrument_word(i18n, salon.as_deref(), &taken.is), since.as_str(), side]);
        Some(view! {
            <tr>
                <td><bdi>{by_and_when(taken.written, true)}</bdi></td>
                <td>{zone_word(i18n, taken.is.zone)}</td>
                <td><b>{value}</b>{first.map(|first| view! { <span class="note">" "{first}</span> })}</td>
                <td><bdi>{how}</bdi></td>
            </tr>
        })
    };

    view! {
        <table class="measures">
            <caption>{title}</caption>
            <thead>
                <tr>
                    <th scope="col">{td_string!(i18n, measure.when)}</th>
                    <th scope="col">{td_string!(i18n, measure.zone)}</th>
                    <th scope="col">{td_string!(i18n, measure.value)}</th>
                    <th scope="col">{td_string!(i18n, measure.how)}</th>
                </tr>
            </thead>
            <tbody>{taken.into_iter().rev().filter_map(row).collect_view()}</tbody>
        </table>
    }
}
