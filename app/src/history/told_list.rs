//! What she named with a *yes*: each can be taken back.

use crate::i18n::td_string;
use crate::ui::{Icon, Lu, Show, use_i18n};
use leptos::prelude::*;

#[component]
pub fn ToldList<T>(
    label: &'static str,
    told: Memo<Vec<T>>,
    #[prop(into)] words: Callback<T, String>,
    keep: Callback<Vec<T>>,
    may: Signal<bool>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let i18n = use_i18n();
    let without = move |gone: T| told.get_untracked().into_iter().filter(|one| *one != gone).collect::<Vec<_>>();
    let line = move |one: T| {
        view! {
            <li>
                <span>{move || words.run(one)}</span>
                <Show when=move || may.get()>
                    <button class="button is-plain" type="button" aria-label=move || td_string!(i18n, history.drop_course, what = words.run(one)) on:click=move |_| keep.run(without(one))>
                        <Icon is=Lu::X/>
                        {td_string!(i18n, history.drop)}
                    </button>
                </Show>
            </li>
        }
    };

    view! { <ul aria-label=label>{move || told.get().into_iter().map(line).collect_view()}</ul> }
}
