//! How long a step has been going on, by a clock that nobody can set. It knows only steps that were begun since this page was loaded: of
//! any other the wall's clock tells, and the record says that it is an estimate.

use crate::replica::here;
use domain::TreatmentId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;

#[derive(Clone, Copy)]
struct Running {
    treatment: TreatmentId,
    step: u8,
    since: i64,
    paused_at: Option<i64>,
}

thread_local!(static RUNNING: Cell<Option<Running>> = const { Cell::new(None) });

pub fn start(treatment: TreatmentId, step: u8) {
    RUNNING.set(Some(Running { treatment, step, since: here::running_ms(), paused_at: None }));
}

pub fn stop(treatment: TreatmentId) {
    change(treatment, |_| None);
}

pub fn pause(treatment: TreatmentId) {
    change(treatment, |running| Some(Running { paused_at: running.paused_at.or_else(|| Some(here::running_ms())), ..running }));
}

/// What it stood still for is not counted.
pub fn resume(treatment: TreatmentId) {
    change(treatment, |running| {
        let still = running.paused_at.map_or(0, |at| here::running_ms() - at);
        Some(Running { since: running.since + still, paused_at: None, ..running })
    });
}

/// In milliseconds, without what it stood still; `None` where it was not begun here.
pub fn took(treatment: TreatmentId, step: u8) -> Option<i64> {
    let running = RUNNING.get().filter(|running| running.treatment == treatment && running.step == step)?;
    Some(running.paused_at.unwrap_or_else(here::running_ms) - running.since)
}

fn change(treatment: TreatmentId, to: impl FnOnce(Running) -> Option<Running>) {
    if let Some(running) = RUNNING.get().filter(|running| running.treatment == treatment) {
        RUNNING.set(to(running));
    }
}

/// Changes every second while it is on screen.
pub fn use_seconds() -> Signal<u64> {
    let seconds = RwSignal::new(0);
    spawn_local(async move {
        while seconds.try_update(|seconds| *seconds += 1).is_some() {
            here::rest(1_000).await;
        }
    });
    seconds.into()
}

/// `04:12`, `1:04:12`
pub fn clock_words(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}
