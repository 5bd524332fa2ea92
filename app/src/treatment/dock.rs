//! What may be needed at any moment, under the thumb: she does not feel well, a word, a pause, a product.

use super::add_form::AddForm;
use super::adjust::AdjustDialog;
use super::clock::clock_words;
use super::log::Log;
use super::reaction_dialog::ReactionDialog;
use crate::care::UseDialog;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Show, use_i18n};
use domain::lasted;
use leptos::prelude::*;

#[component]
pub fn Dock(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let seconds = super::clock::use_seconds();
    let whole = move || {
        seconds.track();
        log.run(|run| run.begun.map(|(_, since)| lasted(since, replica.now()))).unwrap_or(0)
    };
    let planned = move || log.run(|run| run.plan_ends().last().copied().unwrap_or(0));
    let is_paused = Memo::new(move |_| log.run(|run| run.paused.is_some()));
    let [is_reacting, is_adding, is_adjusting, is_opening] = [(); 4].map(|()| RwSignal::new(false));
    let pause = move |_| if is_paused.get_untracked() { log.resume() } else { log.pause() };

    view! {
        <div class="dock" role="group" aria-label=td_string!(i18n, room.at_hand)>
            <p class="dock__clock">
                <b>{move || clock_words(whole())}</b>
                " "
                <span>{move || td_string!(i18n, room.whole, minutes = planned())}</span>
            </p>
            <div class="dock__acts">
                <Act icon=Lu::TriangleAlert word=td_string!(i18n, room.not_well) on_act=move |()| is_reacting.set(true)/>
                <Act icon=Lu::PencilLine word=td_string!(i18n, room.add) on_act=move |()| is_adding.set(true)/>
                <Act icon=Lu::RefreshCw word=td_string!(i18n, room.adjust) on_act=move |()| is_adjusting.set(true)/>
                <button class="dock__act" type="button" aria-pressed=move || is_paused.get().to_string() on:click=pause>
                    <Icon is=Lu::CircleSlash/>
                    {move || if is_paused.get() { td_string!(i18n, room.resume) } else { td_string!(i18n, room.pause) }}
                </button>
                <Act icon=Lu::ShieldCheck word=td_string!(i18n, room.open_product) on_act=move |()| is_opening.set(true)/>
            </div>
            <Show when=move || is_reacting.get()><ReactionDialog log is_open=is_reacting/></Show>
            <Show when=move || is_adding.get()><AddForm log is_open=is_adding/></Show>
            <Show when=move || is_adjusting.get()><AdjustDialog log is_open=is_adjusting/></Show>
            <Show when=move || is_opening.get()><UseDialog id=log.customer file=log.file is_open=is_opening during=log.treatment/></Show>
        </div>
    }
}

#[component]
fn Act(icon: Lu, word: &'static str, #[prop(into)] on_act: Callback<()>) -> impl IntoView {
    view! {
        <button class="dock__act" type="button" on:click=move |_| on_act.run(())>
            <Icon is=icon/>
            {word}
        </button>
    }
}
