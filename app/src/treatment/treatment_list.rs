//! The treatments of one customer, latest first, and one more without an appointment.

use super::{HandOverButton, room_href};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, Show, clock, day, joined, listed, use_i18n, zone_word};
use domain::{Action, CustomerId, TreatmentId, Visit, VisitId};
use leptos::prelude::*;

#[component]
pub fn TreatmentList(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let ids = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.treatments.keys().rev().copied().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let words = move |treatment: TreatmentId| {
        let (FileView::Here(row), Some(salon)) = (file.get(), replica.salon()) else { return None };
        let log = row.file.treatments.get(&treatment)?.clone();
        let run = log.run();
        let (begun, written) = run.begun?;
        let service = begun.service.and_then(|id| salon.services.get(&id)).map(|service| service.name.as_str().to_owned());
        let zones: Vec<&str> = begun.zones.iter().map(|zone| zone_word(i18n, *zone)).collect();
        let who = salon.person(written.by).map(|person| person.name.as_str().to_owned()).unwrap_or_default();
        let on = day(i18n, salon.settings.offset.day(written.at), replica.today());
        let zones = listed(i18n, zones);
        let words = joined(i18n, [on.as_str(), service.as_deref().unwrap_or_default(), zones.as_str(), who.as_str()]);
        Some((words, run.finished.is_none(), !run.reactions.is_empty(), run.to_confirm().next().is_some()))
    };
    let line = move |treatment: TreatmentId| {
        let (words, is_open, has_reaction, waits) = words(treatment)?;
        Some(view! {
            <li class="care-note">
                <a class="care-note__link" href=room_href(id, treatment)><bdi>{words}</bdi><Icon is=Lu::ChevronRight/></a>
                {is_open.then(|| view! { <span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, room.open)}</span> })}
                {waits.then(|| view! { <span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, care.waiting, count = 1)}</span> })}
                {has_reaction.then(|| view! { <span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, room.had_reaction)}</span> })}
            </li>
        })
    };
    // Who is expected today and has not been begun with: from here into the room.
    let today = Memo::new(move |_| {
        let (FileView::Here(row), Some(salon)) = (file.get(), replica.salon()) else { return Vec::new() };
        let is_begun = |visit: &VisitId| {
            row.file.treatments.get(&TreatmentId::new(visit.uuid())).is_some_and(|treatment| treatment.run().begun.is_some())
        };
        let words = |visit: &Visit| {
            let service = visit.service.and_then(|id| salon.services.get(&id)).map_or("", |service| service.name.as_str());
            let at = visit.at.map(clock).unwrap_or_default();
            joined(i18n, [td_string!(i18n, room.to_room), at.as_str(), service])
        };
        let on = replica.today();
        let here = row.file.visits.iter().filter(|(id, visit)| visit.on == on && !is_begun(id));
        here.map(|(id, visit)| (*id, words(visit))).collect::<Vec<_>>()
    });
    let may = Memo::new(move |_| replica.may(&Action::LookAtSkin { customer: id, findings: Vec::new() }));
    let fresh = room_href(id, TreatmentId::new(replica.new_uuid()));

    view! {
        <div class="section-head">
            <h2 class="section-head__title">{td_string!(i18n, room.list)}</h2>
            <Show when=move || may.get()>
                <a class="button is-primary section-head__act" href=fresh.clone()>
                    <Icon is=Lu::Plus/>
                    {td_string!(i18n, room.walk_in)}
                </a>
            </Show>
        </div>
        <For each=move || today.get() key=|(visit, _)| *visit let((visit, words))>
            <div class="room-today">
                <a class="button is-tall is-filling" href=room_href(id, TreatmentId::new(visit.uuid()))><bdi>{words}</bdi><Icon is=Lu::ChevronRight/></a>
                <HandOverButton customer=id visit file/>
            </div>
        </For>
        <ul class="care-note-list" aria-label=td_string!(i18n, room.list)>{move || ids.get().into_iter().filter_map(line).collect_view()}</ul>
        <Show when=move || ids.with(Vec::is_empty)><p class="note">{td_string!(i18n, room.none)}</p></Show>
    }
}
