//! One question: four answers, her words, and who asked.

use super::courses::Courses;
use super::her_words::HerWords;
use super::medicines::Medicines;
use super::{field_of, said_class, said_icon};
use crate::customer_files::{Conflict, answer_words, by_and_when};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Icon, Lu, Save, SaveLine, Show, day, joined, question_asked, question_name, question_why, said_word, use_i18n, use_now,
    use_save,
};
use domain::{Action, Answer, CustomerId, Field, Question, Said, Written};
use leptos::prelude::*;

#[component]
pub fn QuestionItem(
    id: CustomerId,
    question: Question,
    file: Memo<FileView>,
    may: Signal<bool>,
    is_withdrawn: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let field = Memo::new(move |_| file.with(|file| field_of(file, question)));
    let said = Memo::new(move |_| field.with(|field| field.as_ref().map_or(Said::NotAsked, |field| field.value.said)));
    let label = format!("question-{question:?}");
    let labelled_by = label.clone();
    let has_courses = matches!(question, Question::DestructiveHistory | Question::QuickProducts);
    let is_yes = Memo::new(move |_| said.get() == Said::Yes);
    // She wants none of it kept, but what she says for her own safety is written down all the same.
    let may_warn = Signal::derive(move || may.get() && (question.is_for_safety() || !is_withdrawn.get()));
    let may = Signal::derive(move || may.get() && !is_withdrawn.get());

    view! {
        <div class=move || format!("answer {}", said_class(question, said.get())) role="radiogroup" aria-labelledby=labelled_by>
            <p class="answer__question" id=label>{move || question_asked(i18n, question)}</p>
            <p class="answer__why">{move || question_why(i18n, question)}</p>
            <Source id question field save may/>
            <div class="answer__choices">
                {Said::ALL
                    .map(|is| view! { <AnswerChoice id question is field said save may=if is == Said::Yes { may_warn } else { may }/> })
                    .collect_view()}
            </div>
            <Show when=move || is_yes.get()>
                <div class="answer__detail">
                    <Show when=move || has_courses>
                        <Courses id question field save may=may_warn/>
                    </Show>
                    <Show when=move || question == Question::Medication>
                        <Medicines id field save may=may_warn/>
                    </Show>
                    <HerWords id question field save may=may_warn/>
                </div>
            </Show>
            <SaveLine save/>
        </div>
        <ToCheck id question field/>
    }
}

#[component]
fn AnswerChoice(
    id: CustomerId,
    question: Question,
    is: Said,
    field: Memo<Option<Field<Answer>>>,
    said: Memo<Said>,
    save: Save,
    may: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    // Her words and courses stay with a *yes*; any other answer stands alone.
    let choose = move || {
        let held = field.get_untracked().map(|field| field.value);
        let answer = match (is, held) {
            (Said::Yes, Some(held)) => Answer { said: is, said_on: None, ..held },
            _ => Answer::just(is),
        };
        save.commit(Action::AnswerQuestion { customer: id, question, answer }, || {});
    };

    view! {
        <label class=format!("answer__choice {}", said_class(question, is))>
            <input
                class="answer__input"
                type="radio"
                name=format!("answer-{question:?}")
                // While two people contradict one another neither stands there as what holds.
                prop:checked=move || said.get() == is && !field.with(|field| field.as_ref().is_some_and(Field::is_to_check))
                disabled=move || !may.get()
                on:change=move |_| choose()
            />
            <Icon is=said_icon(question, is)/>
            {move || said_word(i18n, is)}
        </label>
    }
}

/// Who asked and how old the answer is. One that is too old can be taken as it is, once it was asked again.
#[component]
fn Source(
    id: CustomerId,
    question: Question,
    field: Memo<Option<Field<Answer>>>,
    save: Save,
    may: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let offset = move || replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
    let today = move || offset().day(now.get());
    let answer_days = move || replica.salon().map(|salon| salon.rules.clone()).unwrap_or_default().answer_days;
    let is_out_of_date = move |field: &Field<Answer>| field.is_out_of_date(answer_days(), offset(), today());
    let is_old = Memo::new(move |_| field.with(|field| field.as_ref().is_some_and(is_out_of_date)));
    let source = move || {
        let Some(field) = field.get() else {
            return td_string!(i18n, history.nobody_asked).to_owned();
        };
        let by = match field.value.said_on {
            Some(Answer::UNDATED) => td_string!(i18n, history.on_old_card_undated).to_owned(),
            Some(on) => td_string!(i18n, history.on_old_card, day = day(i18n, on, today())),
            None => by_and_when(i18n, replica, field.written, now.get(), false),
        };
        let again = if is_old.get() { td_string!(i18n, history.ask_again) } else { "" };
        joined(i18n, [by.as_str(), again])
    };
    let renew = move |_| {
        if let Some(held) = field.get_untracked() {
            let answer = Answer { said_on: None, ..held.value };
            save.commit(Action::AnswerQuestion { customer: id, question, answer }, || {});
        }
    };

    view! {
        <p class="answer__source"><bdi>{source}</bdi></p>
        <Show when=move || is_old.get() && may.get()>
            <button class="button answer__renew" type="button" on:click=renew>
                <Icon is=Lu::RefreshCw/>
                {td_string!(i18n, history.still_so)}
            </button>
        </Show>
    }
}

/// Two people heard different things.
#[component]
fn ToCheck(id: CustomerId, question: Question, field: Memo<Option<Field<Answer>>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let values = Signal::derive(move || {
        let rival = |(answer, written): (&Answer, Written)| {
            let words = answer_words(i18n, replica, answer);
            let said = joined(i18n, [said_word(i18n, answer.said), words.as_str()]);
            (said, Some(written), Action::AnswerQuestion { customer: id, question, answer: answer.clone() })
        };
        field.with(|field| field.iter().flat_map(Field::contenders).map(rival).collect())
    });
    let is_to_check = Memo::new(move |_| field.with(|field| field.as_ref().is_some_and(Field::is_to_check)));

    view! {
        <Show when=move || is_to_check.get()>
            <Conflict what=move || question_name(i18n, question) values/>
        </Show>
    }
}
