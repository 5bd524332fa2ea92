//! Any of several, as chips.

use super::{Icon, Lu, choices::Choice};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::collections::BTreeSet;

#[component]
pub fn Toggles<T>(
    #[prop(into)] label: TextProp,
    chosen: RwSignal<BTreeSet<T>>,
    choices: Vec<Choice<T>>,
    #[prop(optional, into)] hint: Option<TextProp>,
) -> impl IntoView
where
    T: Clone + Ord + Send + Sync + 'static,
{
    let one = |choice: Choice<T>| {
        let (is, same) = (choice.is.clone(), choice.is);
        let set = move |event: leptos::ev::Event| {
            let is_on = event_target_checked(&event);
            chosen.update(|chosen| {
                if is_on {
                    chosen.insert(is.clone());
                } else {
                    chosen.remove(&is);
                }
            });
        };
        view! {
            <label class="choices__choice">
                <input class="choices__input" type="checkbox" prop:checked=move || chosen.with(|chosen| chosen.contains(&same)) on:change=set/>
                <Icon is=Lu::Check/>
                {choice.word}
            </label>
        }
    };

    view! {
        <fieldset class="field">
            <legend class="field__label">{move || label.get()}</legend>
            <div class="choices">{choices.into_iter().map(one).collect_view()}</div>
            {hint.map(|hint| view! { <p class="field__hint">{move || hint.get()}</p> })}
        </fieldset>
    }
}
