//! What she takes or took lately: some of it closes classes of products (S4).

use super::told_list::ToldList;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Save, SelectField, Show, TextField, medicine_word, medicine_words, use_i18n};
use domain::{Action, Answer, CustomerId, Field, Medicine, Question, Said, TakenMedicine};
use leptos::prelude::*;

#[component]
pub fn Medicines(id: CustomerId, field: Memo<Option<Field<Answer>>>, save: Save, may: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let medicines =
        Memo::new(move |_| field.with(|field| field.as_ref().map(|field| field.value.medicines.clone()).unwrap_or_default()));
    let keep = Callback::new(move |medicines: Vec<TakenMedicine>| {
        let held = field.get_untracked().map(|field| field.value).unwrap_or_else(|| Answer::just(Said::Yes));
        let answer = Answer { said: Said::Yes, medicines, ..held };
        save.commit(Action::AnswerQuestion { customer: id, question: Question::Medication, answer }, || {});
    });

    view! {
        <ToldList label=td_string!(i18n, history.medicines) told=medicines words=move |one| medicine_words(i18n, &one, replica.today()) keep may/>
        <Show when=move || may.get()>
            <AddMedicine medicines keep save/>
        </Show>
    }
}

#[component]
fn AddMedicine(medicines: Memo<Vec<TakenMedicine>>, keep: Callback<Vec<TakenMedicine>>, save: Save) -> impl IntoView {
    let i18n = use_i18n();
    let [what, until] = [(); 2].map(|()| RwSignal::new(String::new()));
    let add = move |_| {
        // Her words may just be being saved: nothing is cleared that was not taken.
        if untrack(|| save.is_busy()) {
            return;
        }
        let typed = what.get_untracked();
        let Some(medicine) = Medicine::ALL.into_iter().find(|medicine| format!("{medicine:?}") == typed) else {
            return;
        };
        let mut all = medicines.get_untracked();
        all.push(TakenMedicine { what: medicine, until: until.get_untracked().parse().ok() });
        keep.run(all);
        what.set(String::new());
        until.set(String::new());
    };
    let kinds = Signal::derive(move || {
        let none = (String::new(), td_string!(i18n, form.none_chosen).to_owned());
        let words = |medicine: Medicine| (format!("{medicine:?}"), medicine_word(i18n, medicine).to_owned());
        std::iter::once(none).chain(Medicine::ALL.map(words)).collect::<Vec<_>>()
    });

    view! {
        <div class="field-pair">
            <SelectField label=td_string!(i18n, history.which_medicine) value=what options=kinds/>
            <TextField label=td_string!(i18n, history.taken_until) mark=td_string!(i18n, history.still_takes) value=until kind="date" width="is-middle"/>
        </div>
        <p>
            <button class="button" type="button" disabled=move || what.with(String::is_empty) on:click=add>
                <Icon is=Lu::Plus/>
                {td_string!(i18n, history.add_medicine)}
            </button>
        </p>
    }
}
