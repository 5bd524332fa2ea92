//! What the gate said when it began, where somebody has to see it: the screen's word, and the salon's where it knew more.

use super::log::Log;
use crate::care::VerdictLines;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Show, use_i18n};
use domain::{CareEvent, EventId, Judgement, Verdict};
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
struct Said {
    judged: Judgement,
    overtaken: Option<Judgement>,
    waits: bool,
    /// Whoever is here may say that she has seen it.
    is_hers: bool,
}

#[component]
pub fn AtTheDoors(log: Log) -> impl IntoView {
    let gates = Memo::new(move |_| log.run(|run| run.gates.keys().copied().collect::<Vec<_>>()));
    view! { <For each=move || gates.get() key=|begun| *begun let:begun><AtTheDoor log begun/></For> }
}

#[component]
fn AtTheDoor(log: Log, begun: EventId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let said = Memo::new(move |_| {
        let (person, salon) = (replica.person()?.id, replica.salon()?);
        log.run(|run| {
            let gate = run.gates.get(&begun)?;
            let act = gate.act();
            let is_hers = act.may_be_confirmed_by(person) || act.is_left_to(person, &salon);
            Some(Said {
                judged: gate.begun.judged.clone(),
                overtaken: gate.overtaken.map(|(known, _)| known.clone()),
                waits: gate.waits(),
                is_hers,
            })
        })
    });
    let confirm = CareEvent::Confirm { begun, counts: false, is_alone: false };
    let probe = confirm.clone();
    let may = Memo::new(move |_| said.get().is_some_and(|said| said.waits && said.is_hers) && log.may(probe.clone()));
    let waits = move || said.get().is_some_and(|said| said.waits);
    let judged = move || said.get().map(|said| said.judged).filter(|judged| judged.verdict != Verdict::Allow);

    view! {
        {move || judged().map(|judgement| view! { <VerdictLines judgement/> })}
        {move || said.get().and_then(|said| said.overtaken).map(|judgement| view! {
            <p class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, care.overtaken)}</p>
            <VerdictLines judgement/>
        })}
        <Show when=move || waits() && !may.get()>
            <p><span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, care.waits)}</span></p>
        </Show>
        <Show when=move || may.get()>
            <p>
                <button class="button" type="button" on:click={
                    let confirm = confirm.clone();
                    move |_| log.record(confirm.clone(), || {})
                }>
                    <Icon is=Lu::UserCheck/>
                    {td_string!(i18n, care.confirm)}
                </button>
            </p>
        </Show>
    }
}
