//! The step that is being done: what to see to, what to record, and on with the next.

use super::ending::{FeelForm, FinishForm, HandBackForm};
use super::log::Log;
use crate::i18n::td_string;
use crate::replica::{FileView, here};
use crate::skin::{MeasureDialog, PairOf};
use crate::ui::{Choice, Icon, Lu, Show, Toggles, use_i18n};
use domain::{CareEvent, InstrumentId, Measurement, Side, Step, StepKind, Zone, pairs};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// Within this nobody has read what the next step is.
const DOUBLE_TAP_MS: u32 = 800;

#[component]
pub fn StepNow(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let now = Memo::new(move |_| {
        log.run(|run| {
            let (number, _) = run.now?;
            let (begun, _) = run.begun?;
            Some((number, begun.plan.get(usize::from(number))?.clone()))
        })
    });
    let is_through = Memo::new(move |_| log.run(|run| run.now.is_none() && run.next().is_none()));

    view! {
        {move || now.get().map(|(number, step)| view! { <OneStep log number step/> })}
        <Show when=move || is_through.get()>
            <section class="step-now">
                <h2 class="step-now__name">{td_string!(i18n, room.all_done)}</h2>
                <FinishForm log/>
            </section>
        </Show>
    }
}

#[component]
fn OneStep(log: Log, number: u8, step: Step) -> impl IntoView {
    let i18n = use_i18n();
    let checked = RwSignal::new(BTreeSet::new());
    let (is_left_out, is_skipping, is_fresh) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(true));
    // The second tap of a double tap lands where the next step's button stands.
    spawn_local(async move {
        here::rest(DOUBLE_TAP_MS).await;
        is_fresh.try_set(false);
    });
    let told = RwSignal::new(None::<CareEvent>);
    let wanted = step.checklist.len();
    let choices = step.checklist.iter().map(|is| Choice { is: is.clone(), word: is.as_str().to_owned() }).collect::<Vec<_>>();
    let finish = move |_| {
        let checked: Vec<_> = checked.get_untracked().into_iter().collect();
        // What is not in order is said once; what happened is recorded all the same.
        if checked.len() < wanted && !is_left_out.get_untracked() {
            is_left_out.set(true);
            return;
        }
        match told.get_untracked() {
            Some(told) => log.record(told, move || log.finish_step(number, false, checked)),
            None => log.finish_step(number, false, checked),
        }
    };
    let skip = move |_| match is_skipping.get_untracked() {
        true => log.finish_step(number, true, Vec::new()),
        false => is_skipping.set(true),
    };
    let skip_word = move || if is_skipping.get() { td_string!(i18n, room.skip_sure) } else { td_string!(i18n, room.skip) };
    let kind = step.kind;
    let (name, points) = (String::from(step.name), step.points.map(String::from));
    let is_paused = Memo::new(move |_| log.run(|run| run.paused.is_some()));

    view! {
        <section class="step-now" aria-label=name.clone()>
            <h2 class="step-now__name"><bdi>{name.clone()}</bdi></h2>
            {points.map(|points| view! { <p class="step-now__points"><Icon is=Lu::MessageCircle/><bdi>{points}</bdi></p> })}
            {(wanted > 0).then(|| view! { <Toggles label=td_string!(i18n, plan.checklist) chosen=checked choices/> })}
            <Show when=move || is_left_out.get()>
                <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{td_string!(i18n, room.not_in_order)}</p>
            </Show>
            {match kind {
                StepKind::MeasureBefore => view! { <Measuring log side=Side::Before/> }.into_any(),
                StepKind::MeasureAfter => view! { <Measuring log side=Side::After/> }.into_any(),
                StepKind::Feeling => view! { <FeelForm told/> }.into_any(),
                StepKind::HandBack => view! { <HandBackForm told/> }.into_any(),
                StepKind::Prepare | StepKind::Care => ().into_any(),
            }}
            <div class="step-now__acts">
                <button class="button is-plain" type="button" disabled=move || is_paused.get() || is_fresh.get() on:click=skip>{skip_word}</button>
                <button
                    class="button is-primary is-tall is-filling"
                    type="button"
                    disabled=move || is_paused.get() || is_fresh.get()
                    aria-busy=move || log.save.is_busy().then_some("true")
                    on:click=finish
                >
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, room.finish_step)}
                </button>
            </div>
        </section>
    }
}

/// What was measured on this side of the treatment, and with it what changed.
#[component]
fn Measuring(log: Log, side: Side) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let of = move |side: Side| -> Vec<Measurement> {
        let FileView::Here(row) = log.file.get() else { return Vec::new() };
        let is_here = |is: &Measurement| is.during == Some((log.treatment, side));
        row.file.measurements.values().map(|taken| &taken.is).filter(|is| is_here(is)).cloned().collect()
    };
    let count = move || of(side).len();
    let like = move || -> Option<(InstrumentId, Zone)> {
        let before = if side == Side::After { of(Side::Before) } else { Vec::new() };
        before.last().map(|is| (is.instrument, is.zone))
    };
    let pairs = move || {
        let FileView::Here(row) = log.file.get() else { return Vec::new() };
        let is_shown = |is: &&Measurement| side == Side::After && is.during.is_some_and(|(of, _)| of == log.treatment);
        let here = row.file.measurements.values().map(|taken| &taken.is).filter(is_shown);
        pairs(here).into_iter().map(|(before, after)| view! { <PairOf before=before.clone() after=after.clone()/> }).collect()
    };

    view! {
        <p>
            <button class="button is-tall" type="button" on:click=move |_| is_open.set(true)>
                <Icon is=Lu::Plus/>
                {td_string!(i18n, measure.add)}
            </button>
            " "
            <span class="note">{move || td_string!(i18n, measure.taken, count = count())}</span>
        </p>
        {pairs}
        {move || is_open.get().then(|| match untrack(like) {
            Some(like) => view! { <MeasureDialog id=log.customer is_open during=(log.treatment, side) like/> }.into_any(),
            None => view! { <MeasureDialog id=log.customer is_open during=(log.treatment, side)/> }.into_any(),
        })}
    }
}
