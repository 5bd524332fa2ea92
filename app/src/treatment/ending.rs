//! How it was for her, what she needs, and the end.

use super::log::Log;
use crate::i18n::td_string;
use crate::ui::{Check, Choice, Choices, Icon, LongField, Lu, use_i18n};
use domain::{AfterCare, Brought, CareEvent, Comfort, Text};
use leptos::prelude::*;

/// What is told goes with the step: whoever finishes it records it.
#[component]
pub fn FeelForm(told: RwSignal<Option<CareEvent>>) -> impl IntoView {
    let i18n = use_i18n();
    let (comfort, text) = (RwSignal::new(None::<u8>), RwSignal::new(String::new()));
    let marks = Signal::stored((1..=5).map(|is: u8| Choice { is, word: is.to_string() }).collect::<Vec<_>>());
    Effect::new(move |_| {
        let text = Text::new(&text.get()).ok();
        told.set(match (comfort.get(), text) {
            (Some(comfort), text) => Some(CareEvent::Feel(Comfort { comfort, text })),
            // Words without a mark are words all the same.
            (None, text) => text.map(CareEvent::Add),
        });
    });

    view! {
        <Choices label=td_string!(i18n, room.comfort) hint=td_string!(i18n, room.comfort_hint) chosen=comfort on_choose=move |is| comfort.set(Some(is)) choices=marks/>
        <LongField label=td_string!(i18n, room.she_says) mark=td_string!(i18n, form.may_be_empty) value=text/>
    }
}

#[component]
pub fn HandBackForm(told: RwSignal<Option<CareEvent>>) -> impl IntoView {
    let i18n = use_i18n();
    let (needs, is_served) = (RwSignal::new(String::new()), RwSignal::new(false));
    Effect::new(move |_| {
        let brought = Brought { needs: Text::new(&needs.get()).ok(), is_served: is_served.get() };
        told.set(Some(CareEvent::HandBack(brought)));
    });

    view! {
        <LongField label=td_string!(i18n, room.needs) mark=td_string!(i18n, form.may_be_empty) value=needs/>
        <Check label=td_string!(i18n, room.is_served) is_on=is_served/>
    }
}

#[component]
pub fn FinishForm(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let effect = RwSignal::new(String::new());
    let finish = move |_| {
        let effect = Text::new(&effect.get_untracked()).ok();
        log.record(CareEvent::Finish(AfterCare { effect }), || {});
    };

    view! {
        <LongField label=td_string!(i18n, room.effect) mark=td_string!(i18n, form.may_be_empty) value=effect/>
        <p>
            <button class="button is-primary is-tall is-filling" type="button" aria-busy=move || log.save.is_busy().then_some("true") on:click=finish>
                <Icon is=Lu::Check/>
                {td_string!(i18n, room.finish)}
            </button>
        </p>
        <p class="note">{td_string!(i18n, room.finish_said)}</p>
    }
}
