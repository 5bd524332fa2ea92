//! Asking: the safety questions first. Every answer is saved by itself.

use super::field_of;
use super::question_item::QuestionItem;
use crate::consents::{HealthWithdrawn, use_permission};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::use_i18n;
use domain::{Action, Answer, CustomerId, Permission, Purpose, Question, Said};
use leptos::prelude::*;

#[component]
pub fn HistoryTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let permission = use_permission(file, Purpose::HealthRecord);
    let may = Memo::new(move |_| {
        let answer = Answer::just(Said::NotAsked);
        replica.may(&Action::AnswerQuestion { customer: id, question: Question::Allergies, answer })
    });
    let is_withdrawn = Memo::new(move |_| permission.get() == Permission::Withdrawn);
    let (safety, others): (Vec<_>, Vec<_>) = Question::ALL.into_iter().partition(|question| question.is_for_safety());
    let list = move |questions: Vec<Question>| {
        let item = |question| view! { <li class="answer-list__item"><QuestionItem id question file may=may.into() is_withdrawn=is_withdrawn.into()/></li> };
        view! { <ul class="answer-list">{questions.into_iter().map(item).collect_view()}</ul> }
    };

    view! {
        <div class="history">
            <div class="history__body">
                <HealthWithdrawn file text=td_string!(i18n, consents.health_todo)/>
                <Progress file/>
                <section>
                    <div class="section-head">
                        <h2 class="section-head__title">{td_string!(i18n, history.first)}</h2>
                        <p class="section-head__note">{td_string!(i18n, history.first_said)}</p>
                    </div>
                    {list(safety)}
                </section>
                <section>
                    <div class="section-head"><h2 class="section-head__title">{td_string!(i18n, history.others)}</h2></div>
                    {list(others)}
                </section>
            </div>
        </div>
    }
}

#[component]
fn Progress(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let total = Question::ALL.len();
    let asked = Memo::new(move |_| {
        let is_asked = |question: &Question| {
            file.with(|file| field_of(file, *question)).is_some_and(|field| field.value.said != Said::NotAsked)
        };
        Question::ALL.iter().filter(|question| is_asked(question)).count()
    });

    view! {
        <div class="history__progress">
            <p class="history__count">{move || td_string!(i18n, history.asked, asked = asked.get(), of = total)}</p>
            <progress class="history__meter" max=total value=move || asked.get() aria-label=td_string!(i18n, history.meter)></progress>
            <p class="note">{td_string!(i18n, history.not_asked_said)}</p>
        </div>
    }
}
