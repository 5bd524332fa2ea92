//! The consultant hands her over to whoever treats her: what to take care of, and where her things are (M6-03, M2-35).

use super::log::{Log, use_log};
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{Dialog, DialogFoot, Icon, LongField, Lu, SaveLine, Show, TextField, bad_text_words, use_i18n};
use domain::{BadText, CareEvent, CustomerId, HandedOver, Name, Precaution, Text, TreatmentId, VisitId, Written};
use leptos::prelude::*;

#[component]
pub fn HandOverButton(customer: CustomerId, visit: VisitId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let log = use_log(customer, TreatmentId::new(visit.uuid()), file);
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| log.may(CareEvent::TakeOver {}) && log.run(|run| run.begun.is_none()));

    view! {
        <Show when=move || may.get()>
            <button class="button is-tall" type="button" on:click=move |_| is_open.set(true)>
                <Icon is=Lu::ArrowLeftRight/>
                {td_string!(i18n, room.hand_over)}
            </button>
            <Show when=move || is_open.get()><HandOverDialog log visit is_open/></Show>
        </Show>
    }
}

#[component]
fn HandOverDialog(log: Log, visit: VisitId, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let log = log.fresh();
    let [care, locker] = [(); 2].map(|()| RwSignal::new(String::new()));
    let is_tried = RwSignal::new(false);
    let care_wrong = Signal::derive(move || match Text::new(&care.get()) {
        Err(bad @ BadText::TooLong(_)) if is_tried.get() => Some(bad_text_words(i18n, bad)),
        Err(BadText::Empty) if is_tried.get() => Some(td_string!(i18n, room.precautions_missing).to_owned()),
        _ => None,
    });
    let locker_wrong = Signal::derive(move || match Name::new(&locker.get()) {
        Err(bad @ BadText::TooLong(_)) if is_tried.get() => Some(bad_text_words(i18n, bad)),
        _ => None,
    });
    let keep = move |precautions: Option<Precaution>| {
        is_tried.set(true);
        if let Some(precautions) = precautions {
            let handed =
                HandedOver { precautions, visit: Some(visit), to: None, locker: Name::new(&locker.get_untracked()).ok() };
            log.record(CareEvent::HandOver(handed), move || is_open.set(false));
        }
    };

    view! {
        <Dialog
            title=td_string!(i18n, room.hand_over)
            on_close=move |()| is_open.set(false)
            on_submit=move |()| keep(Text::new(&care.get_untracked()).ok().map(Precaution::Care))
        >
            <div class="dialog__body">
                <LongField label=td_string!(i18n, room.precautions) mark=td_string!(i18n, form.required) value=care wrong=care_wrong is_first=true/>
                <TextField label=td_string!(i18n, room.locker) mark=td_string!(i18n, form.may_be_empty) value=locker width="is-short" wrong=locker_wrong/>
                <SaveLine save=log.save/>
            </div>
            <DialogFoot>
                <button class="button is-tall" type="button" on:click=move |_| keep(Some(Precaution::NothingSpecial))>{td_string!(i18n, room.nothing_special)}</button>
                <button class="button is-primary is-tall" type="submit" aria-busy=move || log.save.is_busy().then_some("true")>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, care.keep)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

/// What was said when she was handed over; that nobody did is said as well.
#[component]
pub fn HandedOverLine(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let told = Memo::new(move |_| {
        log.run(|run| run.handed_over.iter().map(|(handed, written)| ((*handed).clone(), *written)).collect::<Vec<_>>())
    });
    let line = move |(handed, written): (HandedOver, Written)| {
        let care = match handed.precautions {
            Precaution::Care(text) => String::from(text),
            Precaution::NothingSpecial => td_string!(i18n, room.nothing_special).to_owned(),
        };
        let locker = handed.locker.map(|locker| td_string!(i18n, room.locker_is, locker = locker.as_str()));
        view! {
            <div class="handed-over">
                <p class="handed-over__care"><Icon is=Lu::MessageCircle/><bdi>{care}</bdi></p>
                {locker.map(|locker| view! { <p>{locker}</p> })}
                <p class="note"><bdi>{td_string!(i18n, room.handed_over_by, by = by_and_when(written, true))}</bdi></p>
            </div>
        }
    };

    view! {
        <Show when=move || told.with(Vec::is_empty)>
            <p class="note"><span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, room.not_handed_over)}</span></p>
        </Show>
        {move || told.get().into_iter().map(line).collect_view()}
    }
}
