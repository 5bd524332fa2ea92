//! Several lines of one form, each of which can be taken out, and one more.

use super::{Icon, Lu, field::fresh_id, use_i18n};
use crate::i18n::td_string;
use leptos::prelude::*;

/// A line, and what tells it from the others while the form is open.
pub type Lines<T> = RwSignal<Vec<(String, T)>>;

pub fn lines<T: Send + Sync + 'static>(first: impl IntoIterator<Item = T>) -> Lines<T> {
    RwSignal::new(first.into_iter().map(|line| (fresh_id(), line)).collect())
}

#[component]
pub fn Rows<T, B, R, V>(
    label: &'static str,
    rows: Lines<T>,
    /// The word on the button for one more, and what it begins with.
    add: &'static str,
    blank: B,
    row: R,
) -> impl IntoView
where
    T: Copy + Send + Sync + 'static,
    B: Fn() -> T + Copy + Send + Sync + 'static,
    R: Fn(T) -> V + Copy + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let i18n = use_i18n();
    let drop = move |gone: &String| rows.update(|rows| rows.retain(|(key, _)| key != gone));

    view! {
        <fieldset class="field rows">
            <legend class="field__label">{label}</legend>
            <For each=move || rows.get() key=|(key, _)| key.clone() let((key, line))>
                <div class="rows__row">
                    {row(line)}
                    <button class="button is-plain" type="button" on:click=move |_| drop(&key)>
                        <Icon is=Lu::X/>
                        {td_string!(i18n, history.drop)}
                    </button>
                </div>
            </For>
            <button class="button" type="button" on:click=move |_| rows.update(|rows| rows.push((fresh_id(), blank())))>
                <Icon is=Lu::Plus/>
                {add}
            </button>
        </fieldset>
    }
}
