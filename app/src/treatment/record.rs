//! What happened, line by line. After its end nothing is edited: whoever knows more adds it, and it is shown as added.

use super::add_form::AddForm;
use super::at_the_door::AtTheDoors;
use super::hand_over::HandedOverLine;
use super::log::Log;
use super::steps::Steps;
use super::words::event_words;
use crate::api;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, LongField, Lu, SaveLine, Show, use_i18n, use_required};
use domain::{CareEvent, EventId, Happened};
use leptos::prelude::*;
use leptos::task::spawn_local;

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
                <Short log/>
                <Show when=move || !log.is_short()><HandedOverLine log/></Show>
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
    let void = Memo::new(move |_| log.run(|run| run.void.clone()));
    let told = Memo::new(move |_| {
        let is_told = |happened: &Happened| {
            !matches!(happened.is, CareEvent::BeginStep { .. } | CareEvent::FinishStep(_) | CareEvent::HandOver(_))
        };
        log.events().into_iter().filter(is_told).collect::<Vec<_>>()
    });
    let line = move |happened: Happened| {
        let (id, is_reaction) = (happened.id, matches!(happened.is, CareEvent::React(_)));
        let is_late = move || late.with(|late| late.contains(&id));
        let is_void = move || void.with(|void| void.contains(&id));
        view! {
            <li class="care-note">
                <header class="care-note__head">
                    <span class="care-note__kind"><bdi>{event_words(i18n, replica, &happened.is)}</bdi></span>
                    <span><bdi>{by_and_when(happened.written, true)}</bdi></span>
                    <Show when=is_late><span class="flag is-ask"><Icon is=Lu::Plus/>{td_string!(i18n, room.added_later)}</span></Show>
                </header>
                <Show when=is_void><p class="note">{td_string!(i18n, care.not_counted)}</p></Show>
                {is_reaction.then(|| view! { <Settle log reaction=id/> })}
            </li>
        }
    };

    view! {
        <ul class="care-note-list" aria-label=td_string!(i18n, room.record)>
            <For each=move || told.get() key=|happened| happened.id let:happened>{line(happened)}</For>
        </ul>
    }
}

/// This device has the short of it; the rest is the salon's.
#[component]
fn Short(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let is_failed = RwSignal::new(false);
    let fetch = move |_| {
        spawn_local(async move {
            let whole = api::care_of(log.customer).await.ok().flatten();
            match whole.and_then(|care| care.treatments.get(&log.treatment).cloned()) {
                Some(whole) => log.whole.set(Some(whole)),
                None => is_failed.set(true),
            }
        });
    };

    view! {
        <Show when=move || log.is_short()>
            <p class="note">{td_string!(i18n, room.in_short)}</p>
            <p><button class="button" type="button" on:click=fetch>{td_string!(i18n, room.whole_record)}</button></p>
            <Show when=move || is_failed.get()><p class="note">{td_string!(i18n, room.whole_failed)}</p></Show>
        </Show>
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

    let is_settled = Memo::new(move |_| {
        log.events().iter().any(|happened| matches!(happened.is, CareEvent::Settle { reaction: of, .. } if of == reaction))
    });

    view! {
        <Show when=move || !is_settled.get()>
            <p><span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, room.not_settled)}</span></p>
        </Show>
        <Show when=move || may.get() && !is_settled.get()>
            <LongField label=td_string!(i18n, room.settled_how) value=how.typed wrong=how.wrong()/>
            <p><button class="button" type="button" on:click=settle>{td_string!(i18n, room.settle)}</button></p>
        </Show>
    }
}
