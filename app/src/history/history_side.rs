//! The history beside the overview: every question with its answer, the unasked ones first.

use super::{field_of, said_class, said_icon};
use crate::customer_files::{answer_words, by_and_when};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, joined, listed, question_name, question_why, said_word, use_i18n, use_now};
use domain::{CustomerId, Field, Question, Said};
use leptos::prelude::*;

#[component]
pub fn HistorySide(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let order = Memo::new(move |_| {
        let mut questions = Question::ALL.to_vec();
        questions.sort_by_key(|question| {
            file.with(|file| field_of(file, *question)).is_some_and(|field| field.value.said != Said::NotAsked)
        });
        questions
    });

    view! {
        <div class="section-head">
            <h2 class="section-head__title">{td_string!(i18n, history.title)}</h2>
            <a class="section-head__act button is-plain" href=format!("/customers/{id}/history")>
                {td_string!(i18n, history.all, count = Question::ALL.len())}
            </a>
        </div>
        <ul class="answer-list">
            <For each=move || order.get() key=|question| *question let:question>
                <AnswerRow id question file/>
            </For>
        </ul>
    }
}

#[component]
fn AnswerRow(id: CustomerId, question: Question, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let field = Memo::new(move |_| file.with(|file| field_of(file, question)));
    let said = Memo::new(move |_| field.with(|field| field.as_ref().map_or(Said::NotAsked, |field| field.value.said)));
    let is_to_check = Memo::new(move |_| field.with(|field| field.as_ref().is_some_and(Field::is_to_check)));
    let source = move || match field.get() {
        Some(field) if field.is_to_check() => {
            let said =
                field.readings().map(|answer| joined(i18n, [said_word(i18n, answer.said), &answer_words(i18n, replica, answer)]));
            listed(i18n, said.collect::<Vec<_>>().iter().map(String::as_str))
        }
        Some(field) if field.value.said != Said::NotAsked => {
            let words = answer_words(i18n, replica, &field.value);
            let by = by_and_when(i18n, replica, field.written, now.get(), false);
            joined(i18n, [words.as_str(), by.as_str()])
        }
        Some(_) | None => question_why(i18n, question).to_owned(),
    };
    let state = move || match said.get() {
        _ if is_to_check.get() => view! {
            <a class="button is-info answer-row__state" href=format!("/customers/{id}/history")>
                <Icon is=Lu::TriangleAlert/>
                {td_string!(i18n, history.to_check)}
                <Icon is=Lu::ChevronRight/>
            </a>
        }
        .into_any(),
        Said::NotAsked => view! {
            <a class="button is-info answer-row__state" href=format!("/customers/{id}/history")>
                <Icon is=Lu::CircleDashed/>
                {said_word(i18n, Said::NotAsked)}
                <Icon is=Lu::ChevronRight/>
            </a>
        }
        .into_any(),
        said => view! { <p class="answer-row__state"><Icon is=said_icon(question, said)/>{said_word(i18n, said)}</p> }.into_any(),
    };

    view! {
        <li class=move || format!("answer-row {}", if is_to_check.get() { "is-not-asked" } else { said_class(question, said.get()) })>
            <p class="answer-row__question">{move || question_name(i18n, question)}</p>
            <p class="answer-row__source"><bdi>{source}</bdi></p>
            {state}
        </li>
    }
}
