//! A service: what it is called, how long it takes, where it is done, how often it may be, and its steps.

use super::keep::KeepFoot;
use super::steps::{StepForm, read_steps, step_forms, step_row};
use crate::i18n::td_string;
use crate::ui::{
    Check, Choice, Dialog, Icon, Lu, Rows, SaveLine, TextField, Toggles, bad_text_words, use_i18n, use_save, zone_word,
};
use domain::{Action, Name, Service, ServiceId, Zone};
use leptos::prelude::*;

#[component]
pub fn ServiceDialog(id: ServiceId, service: Option<Service>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let held = service.as_ref();
    let name = RwSignal::new(held.map(|service| String::from(service.name.clone())).unwrap_or_default());
    let minutes = RwSignal::new(held.map_or_else(|| "60".to_owned(), |service| service.minutes.to_string()));
    let interval = held.and_then(|service| service.min_interval_days).map(|days| days.to_string()).unwrap_or_default();
    let interval = RwSignal::new(interval);
    let zones = RwSignal::new(held.map(|service| service.zones.clone()).unwrap_or_default());
    let uses_current = RwSignal::new(held.is_some_and(|service| service.uses_current));
    let forms = step_forms(held.map(|service| service.steps.as_slice()).unwrap_or_default());
    let is_tried = RwSignal::new(false);
    let name_wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let read = move |typed: String| typed.trim().parse::<u16>().ok().filter(|minutes| (1..=600).contains(minutes));
    let minutes_wrong = Signal::derive(move || {
        let is_bad = is_tried.get() && read(minutes.get()).is_none();
        is_bad.then(|| td_string!(i18n, refusal.minutes).to_owned())
    });
    let read_interval = move |typed: String| match typed.trim() {
        "" => Some(None),
        typed => typed.parse::<u16>().ok().filter(|days| (1..=365).contains(days)).map(Some),
    };
    let interval_wrong = Signal::derive(move || {
        let is_bad = is_tried.get() && read_interval(interval.get()).is_none();
        is_bad.then(|| td_string!(i18n, refusal.interval).to_owned())
    });
    let steps_wrong = move || is_tried.get().then(|| read_steps(i18n, forms).err()).flatten();
    let submit = move || {
        is_tried.set(true);
        let read =
            untrack(|| (Name::new(&name.get()), read(minutes.get()), read_interval(interval.get()), read_steps(i18n, forms)));
        if let (Ok(name), Some(minutes), Some(min_interval_days), Ok(steps)) = read {
            let (zones, uses_current) = (zones.get_untracked(), uses_current.get_untracked());
            let is = Service { name, minutes, zones, min_interval_days, uses_current, steps };
            save.commit(Action::OfferService { service: id, is }, move || on_close.run(()));
        }
    };
    let all_zones = Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec();

    view! {
        <Dialog title=td_string!(i18n, furnishing.service) on_close=on_close on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, furnishing.name) value=name wrong=name_wrong is_required=true is_first=true/>
                <TextField label=td_string!(i18n, furnishing.minutes) value=minutes wrong=minutes_wrong inputmode="numeric" width="is-short" is_required=true/>
                <Toggles label=td_string!(i18n, plan.zones) chosen=zones choices=all_zones/>
                <TextField label=td_string!(i18n, plan.interval) mark=td_string!(i18n, form.may_be_empty) value=interval wrong=interval_wrong inputmode="numeric" width="is-short"/>
                <Check label=td_string!(i18n, plan.uses_current) is_on=uses_current/>
                <Rows label=td_string!(i18n, plan.steps) rows=forms add=td_string!(i18n, plan.add_step) blank=StepForm::blank row=step_row/>
                {move || steps_wrong().map(|wrong| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{wrong}</p> })}
                <SaveLine save/>
            </div>
            <KeepFoot save/>
        </Dialog>
    }
}
