//! Her own words: brand, price, season, which medicine. What was typed waits here until it is saved.

use crate::i18n::td_string;
use crate::ui::{Draft, Icon, Lu, Save, Show, TextField, typed_over, use_draft, use_i18n};
use domain::{Action, Answer, CustomerId, Field, Question, Text};
use leptos::prelude::*;

#[component]
pub fn HerWords(
    id: CustomerId,
    question: Question,
    field: Memo<Option<Field<Answer>>>,
    save: Save,
    may: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let kept = move || {
        let words = field.with(|field| field.as_ref().and_then(|field| field.value.words.clone()));
        words.map(String::from).unwrap_or_default()
    };
    let draft = use_draft(Draft::Words(id, question));
    let typed = typed_over(draft, kept);
    let is_changed = Memo::new(move |_| draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.trim() != kept())));
    // Like the answers beside it, it is saved without being asked: as soon as she goes on to something else.
    let keep = move || {
        let held = field.get_untracked().map(|field| field.value);
        let written = draft.get_untracked();
        let words = written.as_deref().and_then(|words| Text::new(words).ok());
        let answer = Answer { words, ..held.unwrap_or_else(|| Answer::just(domain::Said::Yes)) };
        save.commit(Action::AnswerQuestion { customer: id, question, answer }, move || {
            // What she has typed on meanwhile stays.
            draft.update(|draft| {
                if *draft == written {
                    *draft = None;
                }
            });
        });
    };

    view! {
        <Show when=move || may.get() fallback=move || view! { <p class="note"><bdi>{kept}</bdi></p> }>
            <TextField label=td_string!(i18n, history.words) value=typed on_leave=move |()| keep()/>
            <Show when=move || is_changed.get()>
                <p>
                    <button class="button" type="button" on:click=move |_| keep()>
                        <Icon is=Lu::Check/>
                        {td_string!(i18n, history.keep_words)}
                    </button>
                </p>
            </Show>
        </Show>
    }
}
