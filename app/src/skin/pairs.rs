//! Before and after, side by side, or why they say nothing about one another.

use super::value_words;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, incomparable_words, use_i18n, zone_word};
use domain::{Difference, Measurement, pair};
use leptos::prelude::*;

#[component]
pub fn PairOf(before: Measurement, after: Measurement) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let zone = zone_word(i18n, after.zone);
    let compared = pair(&before, &after);
    let line = move |one: Difference| {
        let salon = replica.salon();
        let words = |value| value_words(salon.as_deref(), &after, &one.parameter, value);
        let (was, is) = (words(one.before), words(one.after));
        let by = one.percent().map(|percent| format!("{percent:+} %").replace('-', "−"));
        view! {
            <tr>
                <th scope="row">{String::from(one.parameter)}</th>
                <td>{was}</td>
                <td>{is}</td>
                <td>{by.unwrap_or_else(|| "–".to_owned())}</td>
            </tr>
        }
    };

    match compared {
        Ok(pairs) => view! {
            <table class="measures">
                <caption>{td_string!(i18n, measure.pair_of, zone = zone)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(i18n, measure.parameter)}</th>
                        <th scope="col">{td_string!(i18n, measure.before)}</th>
                        <th scope="col">{td_string!(i18n, measure.after)}</th>
                        <th scope="col">{td_string!(i18n, measure.change)}</th>
                    </tr>
                </thead>
                <tbody>{pairs.into_iter().map(line).collect_view()}</tbody>
            </table>
        }
        .into_any(),
        Err(why) => view! {
            <p class="note">
                <span class="flag is-absent"><Icon is=Lu::CircleSlash/>{td_string!(i18n, measure.incomparable)}</span>
                " " {incomparable_words(i18n, why)}
            </p>
        }
        .into_any(),
    }
}
