//! One of a few, as chips.

use super::{
    Icon, Lu,
    field::{Wrong, fresh_id},
};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What is chosen, and the word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    pub is: T,
    pub word: String,
}

#[component]
pub fn Choices<T>(
    #[prop(into)] label: TextProp,
    #[prop(into)] chosen: Signal<Option<T>>,
    #[prop(into)] on_choose: Callback<T>,
    #[prop(into)] choices: Signal<Vec<Choice<T>>>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] wrong: Option<Wrong>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let id = fresh_id();
    let name = format!("{id}-name");
    let labelled_by = id.clone();
    let list = move || {
        let one = |choice: Choice<T>| {
            let (is, same) = (choice.is.clone(), choice.is);
            view! {
                <label class="choices__choice">
                    <input
                        class="choices__input"
                        type="radio"
                        name=name.clone()
                        prop:checked=move || chosen.with(|chosen| chosen.as_ref() == Some(&same))
                        on:change=move |_| on_choose.run(is.clone())
                    />
                    <Icon is=Lu::Check/>
                    {choice.word}
                </label>
            }
        };
        choices.get().into_iter().map(one).collect_view()
    };

    let problem = move || wrong.and_then(|wrong| wrong.get());
    let said =
        move || problem().map(|problem| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{problem}</p> });

    view! {
        <div class="field" class:is-invalid=move || problem().is_some() role="radiogroup" aria-labelledby=labelled_by>
            <p class="field__label" id=id>{move || label.get()}</p>
            <div class="choices">{list}</div>
            {hint.map(|hint| view! { <p class="field__hint">{move || hint.get()}</p> })}
            {said}
        </div>
    }
}
