//! Before it begins: is it she, what was handed over, what will be done where; and the gate at the door of the room.

use super::hand_over::HandedOverLine;
use super::log::Log;
use crate::care::{ReleaseFields, SkinLine, VerdictLines, use_releasing};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Choice, I18n, Icon, Lu, SaveLine, SelectField, Show, Toggles, joined, use_i18n, zone_word};
use domain::{
    Begun, CareEvent, Judgement, Name, RoomId, ServiceId, StartOf, Step, StepKind, Verdict, VisitId, Zone, judge_start,
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use sync::CustomerRow;

#[component]
pub fn Start(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let visit = VisitId::new(log.treatment.uuid());
    let expected = match log.file.get_untracked() {
        FileView::Here(row) => row.file.visits.get(&visit).cloned(),
        FileView::NotHere => None,
    };
    let held = expected.as_ref();
    let service = RwSignal::new(held.and_then(|visit| visit.service).map(|id| id.to_string()).unwrap_or_default());
    let room = RwSignal::new(held.and_then(|visit| visit.room).map(|id| id.to_string()).unwrap_or_default());
    let zones = RwSignal::new(BTreeSet::<Zone>::new());
    let releasing = use_releasing();
    let chosen = move || service.get().parse::<ServiceId>().ok();
    // Where a service is usually done is where it will be, unless somebody says otherwise.
    let which = Memo::new(move |_| chosen());
    Effect::new(move |_| {
        let chosen = which.get();
        let usual = untrack(|| chosen.and_then(|id| Some(replica.salon()?.services.get(&id)?.zones.clone())));
        zones.set(usual.unwrap_or_default());
    });
    let judge = move || -> Option<Judgement> {
        let (salon, FileView::Here(row)) = (replica.salon()?, log.file.get()) else { return None };
        let is = StartOf { service: chosen(), zones: zones.get() };
        Some(judge_start(&salon, &row.file, &is, replica.today()))
    };
    let judged = Memo::new(move |_| judge());
    let verdict = move || judged.with(|judged| judged.as_ref().map(|judged| judged.verdict));
    let who = move || match log.file.get() {
        FileView::Here(row) => who_words(i18n, &row),
        FileView::NotHere => String::new(),
    };
    let begin = move |_| {
        // Anew: the page may have stood there since yesterday.
        let (Some(judged), Some(salon)) = (untrack(judge), replica.salon()) else { return };
        let Some(release) = releasing.read(judged.verdict) else { return };
        let service = untrack(chosen);
        let plan = service
            .and_then(|id| salon.services.get(&id))
            .map(|service| plan_of(i18n, service))
            .unwrap_or_else(|| usual(i18n, 60));
        let begun = Begun {
            visit: expected.as_ref().map(|_| visit),
            service,
            zones: zones.get_untracked(),
            room: room.get_untracked().parse::<RoomId>().ok(),
            plan,
            judged,
            release,
        };
        log.record(CareEvent::Begin(begun), move || log.begin_step(0));
    };
    let services = Signal::derive(move || {
        named(i18n, replica.salon().iter().flat_map(|salon| &salon.services).map(|(id, one)| (id.to_string(), &one.name)))
    });
    let rooms = Signal::derive(move || {
        named(i18n, replica.salon().iter().flat_map(|salon| &salon.rooms).map(|(id, one)| (id.to_string(), &one.name)))
    });
    let all_zones = Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec();
    let may = Memo::new(move |_| log.may(CareEvent::TakeOver {}));
    let word = move || match verdict() {
        None | Some(Verdict::Allow) => td_string!(i18n, room.begin),
        Some(_) if releasing.is_given(verdict()) => td_string!(i18n, room.begin),
        Some(_) => td_string!(i18n, room.begin_all_the_same),
    };

    view! {
        <div class="room-start">
            <h2 class="room-start__who"><bdi>{who}</bdi></h2>
            <p class="note">{td_string!(i18n, room.is_it_she)}</p>
            <HandedOverLine log/>
            <SelectField label=td_string!(i18n, visit.service) value=service options=services width=""/>
            <SelectField label=td_string!(i18n, visit.room) value=room options=rooms/>
            <Toggles label=td_string!(i18n, plan.zones) chosen=zones choices=all_zones/>
            <SkinLine id=log.customer file=log.file/>
            {move || judged.get().map(|judgement| view! { <VerdictLines judgement allowed=td_string!(i18n, room.may_begin)/> })}
            <ReleaseFields releasing verdict=Signal::derive(verdict)/>
            <SaveLine save=log.save/>
            <Show when=move || may.get() fallback=move || view! { <p class="note">{td_string!(i18n, room.not_yours)}</p> }>
                <p>
                    <button
                        class="button is-tall is-filling"
                        class:is-primary=move || matches!(verdict(), None | Some(Verdict::Allow)) || releasing.is_given(verdict())
                        type="button"
                        aria-busy=move || log.save.is_busy().then_some("true")
                        on:click=begin.clone()
                    >
                        <Icon is=Lu::Check/>
                        {word}
                    </button>
                </p>
            </Show>
        </div>
    }
}

/// `林晓雨·尾号 5678`: whoever is on the bed may not be whoever is on the screen.
pub fn who_words(i18n: I18n, row: &CustomerRow) -> String {
    let name = row.file.name().map(|name| name.as_str()).unwrap_or_default();
    let tail = row.phone_tail.as_ref().map(|tail| td_string!(i18n, room.tail, tail = tail.as_str())).unwrap_or_default();
    joined(i18n, [name, tail.as_str()])
}

fn named<'a>(i18n: I18n, all: impl Iterator<Item = (String, &'a Name)>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = all.map(|(id, name)| (id, name.as_str().to_owned())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    std::iter::once((String::new(), td_string!(i18n, form.none_chosen).to_owned())).chain(all).collect()
}

fn plan_of(i18n: I18n, service: &domain::Service) -> Vec<Step> {
    if service.steps.is_empty() { usual(i18n, service.minutes) } else { service.steps.clone() }
}

/// As the house does it where nobody has written a service's steps down.
fn usual(i18n: I18n, minutes: u16) -> Vec<Step> {
    let care = minutes.saturating_sub(20).clamp(10, 240);
    let minutes = |kind| match kind {
        StepKind::Prepare | StepKind::MeasureBefore | StepKind::MeasureAfter => 5,
        StepKind::Care => care,
        StepKind::Feeling => 2,
        StepKind::HandBack => 3,
    };
    let step = |kind| {
        let name = Name::new(crate::ui::step_kind_word(i18n, kind)).ok()?;
        Some(Step { kind, name, minutes: minutes(kind), points: None, checklist: Vec::new() })
    };
    StepKind::ALL.into_iter().filter_map(step).collect()
}
