//! Courses that may have damaged the skin: which, where on the skin, and when, as far as she knows.

use super::told_list::ToldList;
use crate::customer_files::past_course_words;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Save, SelectField, Show, TextField, course_word, use_i18n, zone_word};
use domain::{Action, Answer, Course, CustomerId, Field, PastCourse, Question, Said, Zone};
use leptos::prelude::*;

#[component]
pub fn Courses(
    id: CustomerId,
    question: Question,
    field: Memo<Option<Field<Answer>>>,
    save: Save,
    may: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let courses =
        Memo::new(move |_| field.with(|field| field.as_ref().map(|field| field.value.courses.clone()).unwrap_or_default()));
    let keep = Callback::new(move |courses: Vec<PastCourse>| {
        let held = field.get_untracked().map(|field| field.value).unwrap_or_else(|| Answer::just(Said::Yes));
        save.commit(
            Action::AnswerQuestion { customer: id, question, answer: Answer { said: Said::Yes, courses, ..held } },
            || {},
        );
    });
    view! {
        <ToldList label=td_string!(i18n, history.courses) told=courses words=move |one| past_course_words(i18n, replica, &one) keep may/>
        <Show when=move || may.get()>
            <AddCourse courses keep save/>
        </Show>
    }
}

#[component]
fn AddCourse(courses: Memo<Vec<PastCourse>>, keep: Callback<Vec<PastCourse>>, save: Save) -> impl IntoView {
    let i18n = use_i18n();
    let [what, zone, on] = [(); 3].map(|()| RwSignal::new(String::new()));
    let add = move |_| {
        // Her words may just be being saved: nothing is cleared that was not taken.
        if untrack(|| save.is_busy()) {
            return;
        }
        let typed = what.get_untracked();
        let Some(course) = Course::ALL.into_iter().find(|course| format!("{course:?}") == typed) else {
            return;
        };
        let zone = Zone::ALL.into_iter().find(|one| format!("{one:?}") == zone.get_untracked());
        let mut all = courses.get_untracked();
        all.push(PastCourse { what: course, zone, on: on.get_untracked().parse().ok() });
        keep.run(all);
        what.set(String::new());
        on.set(String::new());
    };
    let kinds = Signal::derive(move || {
        let none = (String::new(), td_string!(i18n, form.none_chosen).to_owned());
        let words = |course: Course| (format!("{course:?}"), course_word(i18n, course).to_owned());
        std::iter::once(none).chain(Course::ALL.map(words)).collect::<Vec<_>>()
    });
    let zones = Signal::derive(move || {
        let none = (String::new(), td_string!(i18n, zone.unknown).to_owned());
        let words = |zone: Zone| (format!("{zone:?}"), zone_word(i18n, zone).to_owned());
        std::iter::once(none).chain(Zone::ALL.map(words)).collect::<Vec<_>>()
    });

    view! {
        <div class="field-pair">
            <SelectField label=td_string!(i18n, history.which_course) value=what options=kinds/>
            <SelectField label=td_string!(i18n, history.which_zone) value=zone options=zones/>
            <TextField label=td_string!(i18n, history.which_day) mark=td_string!(i18n, form.may_be_empty) value=on kind="date" width="is-middle"/>
        </div>
        <p>
            <button class="button" type="button" disabled=move || what.with(String::is_empty) on:click=add>
                <Icon is=Lu::Plus/>
                {td_string!(i18n, history.add_course)}
            </button>
        </p>
    }
}
