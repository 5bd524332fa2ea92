//! What happened, line by line. After its end nothing is edited: whoever knows more adds it, and it is shown as added.

use super::at_the_door::AtTheDoors;
use super::hand_over::HandedOverLine;
use super::log::Log;
use super::step_now::AddForm;
use super::steps::Steps;
use super::words::event_words;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, LongField, Lu, SaveLine, Show, use_i18n, use_required};
use domain::{CareEvent, EventId, Happened};
use leptos::prelude::*;

#[component]
pub fn Record(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let is_adding = RwSignal::new(false);
    let may = Memo::new(move |_| log.may(CareEvent::TakeOver {}));

    view! {
        <div class="room is-over">
            <Steps log/>
            <div class="room__now">
                <h2 class="step-now__name"><Icon is=Lu::CircleCheck/>{td_string!(i18n, room.over)}</h2>
                <AtTheDoors log/>
                <HandedOverLine log/>
                <Events log/>
                <Show when=move || may.get()>
                    <p>
                        <button class="button is-tall" type="button" on:click=move |_| is_adding.set(true)>
                            <Icon is=Lu::Plus/>
                            {td_string!(i18n, room.addendum)}
                        </button>
                    </p>
                </Show>
                <Show when=move || is_adding.get()><AddForm log is_open=is_adding/></Show>
                <SaveLine save=log.save/>
            </div>
        </div>
    }
}

#[component]
fn Events(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, by_and_when) = (use_replica(), use_by_and_when());
    let late = Memo::new(move |_| log.run(|run| run.added_after.clone()));
    let settled = move |id: EventId| {
        log.events().iter().any(|happened| matches!(&happened.is, CareEvent::Settle { reaction, .. } if *reaction == id))
    };
    let is_told = |happened: &Happened| {
        !matches!(happened.is, CareEvent::BeginStep { .. } | CareEvent::FinishStep(_) | CareEvent::HandOver(_))
    };
    let line = move |happened: Happened| {
        let is_late = late.with(|late| late.contains(&happened.id));
        let asks = matches!(happened.is, CareEvent::React(_)) && !settled(happened.id);
        view! {
            <li class="care-note">
                <header class="care-note__head">
                    <span class="care-note__kind"><bdi>{event_words(i18n, replica, &happened.is)}</bdi></span>
                    <span><bdi>{by_and_when(happened.written, true)}</bdi></span>
                    {is_late.then(|| view! { <span class="flag is-ask"><Icon is=Lu::Plus/>{td_string!(i18n, room.added_later)}</span> })}
                </header>
                {asks.then(|| view! { <Settle log reaction=happened.id/> })}
            </li>
        }
    };

    view! {
        <ul class="care-note-list" aria-label=td_string!(i18n, room.record)>
            {move || log.events().into_iter().filter(is_told).map(line).collect_view()}
        </ul>
    }
}

/// Until a senior has seen to it, what was on her skin then asks for one.
#[component]
fn Settle(log: Log, reaction: EventId) -> impl IntoView {
    let i18n = use_i18n();
    let how = use_required();
    let probe = domain::Text::new("?").ok();
    let may = Memo::new(move |_| probe.clone().is_some_and(|how| log.may(CareEvent::Settle { reaction, how })));
    let settle = move |_| {
        if let Some(how) = how.read() {
            log.record(CareEvent::Settle { reaction, how }, || {});
        }
    };

    view! {
        <p><span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, room.not_settled)}</span></p>
        <Show when=move || may.get()>
            <LongField label=td_string!(i18n, room.settled_how) value=how.typed wrong=how.wrong()/>
            <p><button class="button" type="button" on:click=settle>{td_string!(i18n, room.settle)}</button></p>
        </Show>
    }
}
