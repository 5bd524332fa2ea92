//! One thing to fill in: label, hint, input, what is wrong with it.

use super::{Icon, Lu};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::cell::Cell;

/// An id that no other element of this page has.
pub fn fresh_id() -> String {
    thread_local!(static LAST: Cell<u32> = const { Cell::new(0) });
    LAST.with(|last| {
        last.set(last.get() + 1);
        format!("f{}", last.get())
    })
}

/// What an input shows, and where what is typed goes.
#[derive(Clone, Copy)]
pub struct Typed {
    pub shown: Signal<String>,
    pub on_input: Callback<String>,
}

impl From<RwSignal<String>> for Typed {
    fn from(value: RwSignal<String>) -> Self {
        Self { shown: value.into(), on_input: Callback::new(move |typed| value.set(typed)) }
    }
}

/// What is wrong, as a sentence; `None` while all is well.
pub type Wrong = Signal<Option<String>>;

#[component]
pub fn TextField(
    #[prop(into)] label: TextProp,
    #[prop(into)] value: Typed,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "")] width: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional, into)] mark: Option<TextProp>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] unit: Option<TextProp>,
    #[prop(optional, into)] wrong: Option<Wrong>,
    #[prop(optional)] is_required: bool,
    #[prop(optional)] is_first: bool,
    /// She is done with it, and has changed something.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let id = fresh_id();
    let is_wrong = move || wrong.is_some_and(|wrong| wrong.with(Option::is_some)).then_some("true");
    let left = move |_| {
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };
    let input = view! {
        <input
            class=format!("field__input {width}")
            id=id.clone()
            type=kind
            autocomplete=autocomplete
            inputmode=inputmode
            required=is_required
            autofocus=is_first
            aria-invalid=is_wrong
            aria-describedby=format!("{id}-hint {id}-wrong")
            prop:value=move || value.shown.get()
            on:input:target=move |event| value.on_input.run(event.target().value())
            on:change=left
        />
    };
    let input = match unit {
        Some(unit) => {
            view! { <div class="field__row">{input}<span class="field__unit">{move || unit.get()}</span></div> }.into_any()
        }
        None => input.into_any(),
    };

    view! { <Field id label mark hint wrong>{input}</Field> }
}

#[component]
pub fn LongField(
    #[prop(into)] label: TextProp,
    #[prop(into)] value: Typed,
    #[prop(optional, into)] mark: Option<TextProp>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] wrong: Option<Wrong>,
    #[prop(optional)] is_first: bool,
) -> impl IntoView {
    let id = fresh_id();
    let is_wrong = move || wrong.is_some_and(|wrong| wrong.with(Option::is_some)).then_some("true");
    let area = view! {
        <textarea
            class="field__input is-long"
            id=id.clone()
            // Without this the browser keeps what stands in it, readable, to restore a tab.
            autocomplete="off"
            autofocus=is_first
            aria-invalid=is_wrong
            aria-describedby=format!("{id}-hint {id}-wrong")
            prop:value=move || value.shown.get()
            on:input:target=move |event| value.on_input.run(event.target().value())
        ></textarea>
    };

    view! { <Field id label mark hint wrong>{area.into_any()}</Field> }
}

/// One of several, by the word that stands for it.
#[component]
pub fn SelectField(
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(default = "is-middle")] width: &'static str,
    #[prop(optional, into)] mark: Option<TextProp>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] wrong: Option<Wrong>,
) -> impl IntoView {
    let id = fresh_id();
    let list = move || {
        let one = |(word, shown): (String, String)| {
            let is_chosen = value.get_untracked() == word;
            view! { <option value=word selected=is_chosen>{shown}</option> }
        };
        options.get().into_iter().map(one).collect_view()
    };
    let select = view! {
        <select class=format!("field__input {width}") id=id.clone() prop:value=move || value.get() on:change:target=move |event| value.set(event.target().value())>
            {list}
        </select>
    };

    view! { <Field id label mark hint wrong>{select.into_any()}</Field> }
}

#[component]
fn Field(
    id: String,
    label: TextProp,
    mark: Option<TextProp>,
    hint: Option<TextProp>,
    wrong: Option<Wrong>,
    children: Children,
) -> impl IntoView {
    let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
    let problem = move || wrong.and_then(|wrong| wrong.get());
    let said = move || {
        let wrong_id = wrong_id.clone();
        problem()
            .map(|problem| view! { <p class="field__error" id=wrong_id role="alert"><Icon is=Lu::CircleAlert/>{problem}</p> })
    };

    view! {
        <div class="field" class:is-invalid=move || problem().is_some()>
            <label class="field__label" for=id>
                {move || label.get()}
                {mark.map(|mark| view! { <span class="field__mark">{move || mark.get()}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{move || hint.get()}</p> })}
            {children()}
            {said}
        </div>
    }
}
