//! How it was for her, what she needs, and the end.

use super::log::Log;
use crate::i18n::td_string;
use crate::ui::{Check, Choice, Choices, Icon, LongField, Lu, Show, use_i18n};
use domain::{AfterCare, Brought, CareEvent, Comfort, Text};
use leptos::prelude::*;

#[component]
pub fn FeelForm(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let (comfort, text) = (RwSignal::new(None::<u8>), RwSignal::new(String::new()));
    let is_kept = Memo::new(move |_| log.events().iter().any(|happened| matches!(happened.is, CareEvent::Feel(_))));
    let marks = Signal::stored((1..=5).map(|is: u8| Choice { is, word: is.to_string() }).collect::<Vec<_>>());
    let keep = move |_| {
        if let Some(comfort) = comfort.get_untracked() {
            let feeling = Comfort { comfort, text: Text::new(&text.get_untracked()).ok() };
            log.record(CareEvent::Feel(feeling), || {});
        }
    };

    view! {
        <Show when=move || !is_kept.get() fallback=move || view! { <Kept/> }>
            <Choices label=td_string!(i18n, room.comfort) hint=td_string!(i18n, room.comfort_hint) chosen=comfort on_choose=move |is| comfort.set(Some(is)) choices=marks/>
            <LongField label=td_string!(i18n, room.she_says) mark=td_string!(i18n, form.may_be_empty) value=text/>
            <p><button class="button" type="button" disabled=move || comfort.get().is_none() on:click=keep>{td_string!(i18n, care.keep)}</button></p>
        </Show>
    }
}

#[component]
pub fn HandBackForm(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let (needs, is_served) = (RwSignal::new(String::new()), RwSignal::new(false));
    let is_kept = Memo::new(move |_| log.events().iter().any(|happened| matches!(happened.is, CareEvent::HandBack(_))));
    let keep = move |_| {
        let brought = Brought { needs: Text::new(&needs.get_untracked()).ok(), is_served: is_served.get_untracked() };
        log.record(CareEvent::HandBack(brought), || {});
    };

    view! {
        <Show when=move || !is_kept.get() fallback=move || view! { <Kept/> }>
            <LongField label=td_string!(i18n, room.needs) mark=td_string!(i18n, form.may_be_empty) value=needs/>
            <Check label=td_string!(i18n, room.is_served) is_on=is_served/>
            <p><button class="button" type="button" on:click=keep>{td_string!(i18n, care.keep)}</button></p>
        </Show>
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

#[component]
fn Kept() -> impl IntoView {
    let i18n = use_i18n();
    view! { <p class="note"><span class="flag is-good"><Icon is=Lu::CircleCheck/>{td_string!(i18n, room.kept)}</span></p> }
}
