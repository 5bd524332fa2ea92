//! A batch: its number, until when it is good, since when it is open, and whether it was called back.

use super::keep::KeepFoot;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Check, Dialog, SaveLine, TextField, bad_text_words, use_i18n, use_save};
use chrono::NaiveDate;
use domain::{Action, Batch, BatchId, Name, ProductId};
use leptos::prelude::*;

#[component]
pub fn BatchDialog(id: BatchId, product: ProductId, batch: Option<Batch>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (save, today) = (use_save(), untrack(|| use_replica().today()));
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = RwSignal::new(batch.as_ref().map(|batch| String::from(batch.number.clone())).unwrap_or_default());
    let expires = RwSignal::new(day(batch.as_ref().map(|batch| batch.expires_on)));
    let opened = RwSignal::new(day(batch.as_ref().and_then(|batch| batch.opened_on)));
    let is_recalled = RwSignal::new(batch.is_some_and(|batch| batch.is_recalled));
    let is_tried = RwSignal::new(false);
    let number_wrong = Signal::derive(move || {
        let bad = Name::new(&number.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let expires_wrong = Signal::derive(move || {
        let is_bad = is_tried.get() && expires.get().parse::<NaiveDate>().is_err();
        is_bad.then(|| td_string!(i18n, form.bad_day).to_owned())
    });
    let read_opened = move |typed: String| match typed.as_str() {
        "" => Some(None),
        typed => typed.parse::<NaiveDate>().ok().filter(|day| *day <= today).map(Some),
    };
    let opened_wrong = Signal::derive(move || {
        let is_bad = is_tried.get() && read_opened(opened.get()).is_none();
        is_bad.then(|| td_string!(i18n, stock.opened_later).to_owned())
    });
    let submit = move || {
        is_tried.set(true);
        let (Ok(number), Ok(expires_on), Some(opened_on)) =
            (Name::new(&number.get_untracked()), expires.get_untracked().parse(), read_opened(opened.get_untracked()))
        else {
            return;
        };
        let is = Batch { product, number, expires_on, opened_on, is_recalled: is_recalled.get_untracked() };
        save.commit(Action::StockBatch { batch: id, is }, move || on_close.run(()));
    };

    view! {
        <Dialog title=td_string!(i18n, stock.batch) on_close=on_close on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, stock.number) value=number wrong=number_wrong is_required=true is_first=true/>
                <TextField label=td_string!(i18n, stock.expires) kind="date" width="is-middle" value=expires wrong=expires_wrong is_required=true/>
                <TextField label=td_string!(i18n, stock.opened) mark=td_string!(i18n, form.may_be_empty) kind="date" width="is-middle" value=opened wrong=opened_wrong/>
                <Check label=td_string!(i18n, stock.is_recalled) is_on=is_recalled/>
                <SaveLine save/>
            </div>
            <KeepFoot save/>
        </Dialog>
    }
}
