//! Correcting one particular, so that two people who correct different ones don't meet.

use super::fact_words::{Unreadable, read, typed_of, value_words};
use super::file_head::use_by_and_when;
use crate::customers::LookAlikes;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, Icon, LongField, Lu, SaveLine, TextField, bad_text_words, field_word, skin_word,
    use_i18n, use_save,
};
use domain::{Action, CustomerId, Past, ProfileField, ProfileField as F, ProfileValue, Shown, SkinType};
use leptos::prelude::*;

#[component]
pub fn FactDialog(id: CustomerId, file: Memo<FileView>, field: ProfileField, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let before = file.with_untracked(|view| match view {
        FileView::Here(row) => row.file.profile.value(field).map(typed_of).unwrap_or_default(),
        FileView::NotHere => String::new(),
    });
    let typed = RwSignal::new(before);
    let unreadable = RwSignal::new(None::<Unreadable>);
    let wrong = Signal::derive(move || {
        unreadable.get().map(|why| match why {
            Unreadable::Text(bad) => bad_text_words(i18n, bad),
            Unreadable::Phone => td_string!(i18n, form.bad_phone).to_owned(),
            Unreadable::Day => td_string!(i18n, form.bad_day).to_owned(),
            Unreadable::Future => td_string!(i18n, form.future_day).to_owned(),
        })
    });
    let submit = move || match read(field, &typed.get_untracked(), replica.today()) {
        Ok(Some(value)) => save.commit(Action::CorrectProfile { customer: id, value }, move || is_open.set(false)),
        Ok(None) => is_open.set(false),
        Err(why) => unreadable.set(Some(why)),
    };

    view! {
        <Dialog title=move || td_string!(i18n, file.correct, what = field_word(i18n, field)) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Input field typed wrong/>
                {(field == F::Phone).then(|| view! { <LookAlikes name=String::new() phone=typed but=id/> })}
                <Before file field/>
                <SaveLine save/>
            </div>
            <DialogFoot said=td_string!(i18n, file.correct_said)>
                <button class="button is-primary" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, save.do_it)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

/// What stood there before, who wrote it and when: nothing that was written is dropped.
#[component]
fn Before(file: Memo<FileView>, field: ProfileField) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let by_and_when = use_by_and_when();
    let past = file.with_untracked(|view| match view {
        FileView::Here(row) => match row.file.profile.field(field) {
            Some(Shown::Known(held)) => held.past.iter().rev().cloned().collect(),
            Some(Shown::Withheld) | None => Vec::new(),
        },
        FileView::NotHere => Vec::new(),
    });
    let line = move |past: Past<ProfileValue>| {
        let said = value_words(i18n, replica, &past.value);
        view! {
            <li class="past-value">
                <bdi>{said}</bdi>
                <span class="note"><bdi>{move || by_and_when(past.written, true)}</bdi></span>
            </li>
        }
    };

    (!past.is_empty()).then(|| {
        view! {
            <section>
                <p class="field__label">{td_string!(i18n, file.before)}</p>
                <ul class="past-values" aria-label=td_string!(i18n, file.before)>{past.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Input(field: ProfileField, typed: RwSignal<String>, wrong: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || field_word(i18n, field);
    let purpose = move || match field {
        F::BloodType | F::Workplace | F::HomePhone | F::Hobbies | F::Diet => td_string!(i18n, file.optional),
        _ => "",
    };
    match field {
        F::SkinType | F::SpendingMark | F::Gender => view! { <Picked field typed/> }.into_any(),
        F::Hobbies | F::Diet => view! { <LongField label hint=purpose value=typed wrong is_first=true/> }.into_any(),
        F::Birthday => view! { <TextField label value=typed kind="date" width="is-middle" wrong is_first=true/> }.into_any(),
        F::Phone => {
            view! { <TextField label value=typed kind="tel" width="is-middle" inputmode="tel" wrong is_first=true/> }.into_any()
        }
        _ => view! { <TextField label hint=purpose value=typed wrong is_first=true/> }.into_any(),
    }
}

#[component]
fn Picked(field: ProfileField, typed: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Signal::derive(move || Some(typed.get()));
    let choices = Signal::derive(move || {
        let choice = |is: String, word: &str| Choice { is, word: word.to_owned() };
        match field {
            F::SkinType => SkinType::ALL.map(|skin| choice(format!("{skin:?}"), skin_word(i18n, skin))).into(),
            F::SpendingMark => ["A", "B", "C"].map(|mark| choice(mark.to_owned(), mark)).into(),
            // Kept as the salon's own word, whatever the language on screen.
            _ => {
                vec![choice("女".to_owned(), td_string!(i18n, field.woman)), choice("男".to_owned(), td_string!(i18n, field.man))]
            }
        }
    });

    view! { <Choices label=move || field_word(i18n, field) chosen on_choose=move |word| typed.set(word) choices/> }
}
