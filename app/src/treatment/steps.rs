//! The steps, one under the other: what is done, how long it took, and what its standard says. A late start never moves the plan.

use super::clock::{clock_words, took, use_seconds};
use super::log::Log;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, use_i18n};
use domain::{Step, Took, lasted};
use leptos::prelude::*;

const MINUTE: i64 = 60_000;

#[component]
pub fn Steps(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let plan = Memo::new(move |_| log.run(|run| run.begun.map(|(begun, _)| begun.plan.clone()).unwrap_or_default()));
    let line = move |at: usize, step: Step| {
        let number = u8::try_from(at).unwrap_or(u8::MAX);
        view! { <Line log number step/> }
    };

    view! {
        <ol class="room__steps" aria-label=td_string!(i18n, plan.steps)>
            {move || plan.get().into_iter().enumerate().map(|(at, step)| line(at, step)).collect_view()}
        </ol>
    }
}

#[component]
fn Line(log: Log, number: u8, step: Step) -> impl IntoView {
    let i18n = use_i18n();
    let done = Memo::new(move |_| log.run(|run| run.done.get(&number).copied()));
    let is_now = Memo::new(move |_| log.run(|run| run.now.is_some_and(|(now, _)| now == number)));
    let (minutes, name) = (step.minutes, String::from(step.name));
    let limit = i64::from(minutes) * MINUTE;
    let time = move || match done.get() {
        Some(Took { is_skipped: true, .. }) => td_string!(i18n, room.skipped).to_owned(),
        Some(Took { ms: Some(ms), is_estimated, .. }) => {
            let spent = td_string!(i18n, room.of_minutes, spent = (ms + MINUTE / 2) / MINUTE, minutes = minutes);
            let about = if is_estimated { td_string!(i18n, room.about) } else { "" };
            let over = if ms > limit {
                td_string!(i18n, room.over_by, minutes = (ms - limit + MINUTE - 1) / MINUTE)
            } else {
                String::new()
            };
            format!("{about}{spent}{over}")
        }
        Some(Took { ms: None, .. }) => td_string!(i18n, room.done).to_owned(),
        None => td_string!(i18n, room.minutes, minutes = minutes),
    };
    let is_over = move || done.get().and_then(|done| done.ms).is_some_and(|ms| ms > limit);
    let is_clock_off = move || done.get().is_some_and(|done| done.is_clock_off);
    let begin = move |_| log.begin_step(number);
    let may_begin = Memo::new(move |_| log.run(|run| run.now.is_none() && run.next() == Some(number)));

    view! {
        <li class="step" class:is-now=is_now class:is-done=move || done.get().is_some() aria-current=move || is_now.get().then_some("step")>
            <span class="step__mark" aria-hidden="true">
                {move || match done.get() {
                    Some(Took { is_skipped: true, .. }) => view! { <Icon is=Lu::CircleSlash/> }.into_any(),
                    Some(_) => view! { <Icon is=Lu::Check/> }.into_any(),
                    None => (u16::from(number) + 1).to_string().into_any(),
                }}
            </span>
            <span class="step__name"><bdi>{name}</bdi></span>
            <span class="step__time" class:is-over=is_over>{time}</span>
            {move || is_now.get().then(|| view! { <Elapsed log number limit/> })}
            {move || is_clock_off().then(|| view! { <span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, room.clock_off)}</span> })}
            {move || may_begin.get().then(|| view! { <button class="button" type="button" on:click=begin>{td_string!(i18n, room.begin_step)}</button> })}
        </li>
    }
}

/// How long the step has been going on: by the running clock where it was begun here, else by the wall's.
pub fn elapsed(log: Log, number: u8) -> impl Fn() -> i64 + Copy + Send + Sync {
    let replica = use_replica();
    let seconds = use_seconds();
    move || {
        seconds.track();
        let since = log.run(|run| run.now.map(|(_, since)| since));
        took(log.treatment, number).or_else(|| Some(lasted(since?, replica.now()))).unwrap_or(0)
    }
}

#[component]
fn Elapsed(log: Log, number: u8, limit: i64) -> impl IntoView {
    let i18n = use_i18n();
    let elapsed = elapsed(log, number);
    let minutes = limit / MINUTE;

    view! {
        <span class="step__clock">
            <b>{move || clock_words(elapsed())}</b>
            " "
            {td_string!(i18n, room.standard, minutes = minutes)}
        </span>
        // The limit is at three quarters: what lies behind it is over.
        <meter class="step__meter" min="0" max=(limit * 4 / 3).to_string() high=limit.to_string() value=move || elapsed().min(limit * 4 / 3).to_string() aria-label=td_string!(i18n, room.standard, minutes = minutes)></meter>
    }
}
