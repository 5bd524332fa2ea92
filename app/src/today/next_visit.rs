//! The next visit, readable at arm's length: who, when, where, what must not be used, what was noted last.

use super::about;
use crate::customer_files::LastNote;
use crate::i18n::td_string;
use crate::replica::{TodayVisit, use_replica};
use crate::treatment::{HandOverButton, room_href};
use crate::ui::{Icon, Lu, RedStripOf, Show, clock, joined, use_i18n};
use domain::{Action, CustomerId, TreatmentId, VisitId};
use leptos::prelude::*;

#[component]
pub fn NextVisit(customer: CustomerId, visit: VisitId, visits: Memo<Vec<TodayVisit>>, is_first: bool) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let file = replica.file(customer);
    let may_treat = Memo::new(move |_| replica.may(&Action::LookAtSkin { customer, findings: Vec::new() }));
    let shown = Memo::new(move |_| visits.with(|visits| visits.iter().find(|shown| shown.visit.id == visit).cloned()));
    let title = if is_first { td_string!(i18n, today.first) } else { td_string!(i18n, today.next) };
    let name = move || shown.get().map(|shown| shown.name);
    let time =
        move || shown.get().and_then(|shown| shown.visit.at).map_or_else(|| td_string!(i18n, today.no_time).to_owned(), clock);
    let facts = Memo::new(move |_| shown.get().map(|shown| about(replica, &shown.visit)).unwrap_or_default());
    let what = move || facts.with(|[service, _, beautician]| joined(i18n, [service.as_str(), beautician.as_str()]));

    view! {
        <div class="section-head"><h2 class="section-head__title">{title}</h2></div>
        <article class="next-visit">
            <header class="next-visit__head">
                <h3 class="next-visit__name"><bdi>{name}</bdi></h3>
                <p class="next-visit__time">{time}</p>
                <p class="next-visit__what"><bdi>{what}</bdi></p>
                <p class="next-visit__room"><bdi>{move || facts.with(|[_, room, _]| room.clone())}</bdi></p>
            </header>
            <RedStripOf file/>
            <div class="next-visit__body">
                <LastNote file/>
                <div class="next-visit__acts">
                    <a class="button is-primary is-tall is-filling" href=format!("/customers/{customer}")>
                        <Icon is=Lu::FileText/>
                        {td_string!(i18n, today.open_file)}
                    </a>
                    <Show when=move || may_treat.get()>
                        <a class="button is-tall" href=room_href(customer, TreatmentId::new(visit.uuid()))>
                            <Icon is=Lu::ChevronRight/>
                            {td_string!(i18n, room.to_room)}
                        </a>
                        <HandOverButton customer visit file/>
                    </Show>
                </div>
            </div>
        </article>
    }
}
