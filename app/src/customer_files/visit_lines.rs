//! Her visits, latest first, those to come included.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, Show, clock, day, joined, use_i18n};
use domain::VisitId;
use leptos::prelude::*;

const MOST: usize = 8;

#[component]
pub fn VisitLines(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let ids = Memo::new(move |_| match file.get() {
        FileView::Here(row) => {
            let mut visits: Vec<_> = row.file.visits.iter().map(|(id, visit)| (visit.on, visit.at, *id)).collect();
            visits.sort_by(|a, b| b.cmp(a));
            visits.into_iter().take(MOST).map(|(_, _, id)| id).collect::<Vec<_>>()
        }
        FileView::NotHere => Vec::new(),
    });

    view! {
        <ul class="visit-line-list">
            <For each=move || ids.get() key=|id| *id let:id>
                <VisitLine id file/>
            </For>
        </ul>
        <Show when=move || ids.with(Vec::is_empty)>
            <p class="note">{td_string!(i18n, file.no_visits)}</p>
        </Show>
    }
}

#[component]
fn VisitLine(id: VisitId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let visit = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.visits.get(&id).cloned(),
        FileView::NotHere => None,
    });
    let line = move || {
        let (visit, salon) = (visit.get()?, replica.salon()?);
        let today = replica.today();
        let service = visit.service.and_then(|id| salon.services.get(&id)).map(|service| service.name.as_str().to_owned());
        let what = service.unwrap_or_else(|| td_string!(i18n, file.visit).to_owned());
        let who = salon.person(visit.beautician).map(|person| person.name.as_str()).unwrap_or_default();
        let room = visit.room.and_then(|id| salon.rooms.get(&id)).map(|room| room.name.as_str()).unwrap_or_default();
        let time = visit.at.map(clock).unwrap_or_default();
        Some(view! {
            <p class="visit-line__day">{day(i18n, visit.on, today)}</p>
            <p class="visit-line__what"><bdi>{what}</bdi></p>
            <p class="visit-line__about">
                {(visit.on >= today).then(|| view! { <span class="flag"><Icon is=Lu::CalendarClock/>{td_string!(i18n, file.expected)}</span> })}
            </p>
            <p class="visit-line__note"><bdi>{joined(i18n, [time.as_str(), room, who])}</bdi></p>
        })
    };

    view! { <li class="visit-line">{line}</li> }
}
