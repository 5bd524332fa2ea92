//! The screen that a beautician opens the app on.

use super::day_list::DayList;
use super::next_visit::NextVisit;
use super::visits_of_mine;
use crate::i18n::td_string;
use crate::replica::{TodayVisit, use_replica};
use crate::ui::{Empty, Icon, LanguageButtons, Lu, Page, Top, clock, day, use_i18n, use_now};
use chrono::{Days, NaiveDate};
use domain::{CustomerId, VisitId};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Yesterday,
    Today,
    Tomorrow,
}

impl Which {
    pub const ALL: [Self; 3] = [Self::Yesterday, Self::Today, Self::Tomorrow];

    fn day(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Yesterday => today.checked_sub_days(Days::new(1)).unwrap_or(today),
            Self::Today => today,
            Self::Tomorrow => today.checked_add_days(Days::new(1)).unwrap_or(today),
        }
    }
}

/// How long after its time a visit still is the next one.
const GRACE_MS: i64 = 30 * 60_000;

#[component]
pub fn TodayPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let which = RwSignal::new(Which::Today);
    let offset = move || replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
    let today = Memo::new(move |_| offset().day(now.get()));
    let visits = Memo::new(move |_| visits_of_mine(replica, which.get().day(today.get())));
    let next = Memo::new(move |_| {
        let limit = offset().local(domain::Moment(now.get().0 - GRACE_MS));
        let is_ahead = |visit: &TodayVisit| match (which.get(), visit.visit.at) {
            (Which::Today, Some(at)) => visit.visit.on.and_time(at) >= limit,
            (Which::Today, None) | (Which::Tomorrow, _) => true,
            (Which::Yesterday, _) => false,
        };
        visits.with(|visits| visits.iter().find(|visit| is_ahead(visit)).map(|visit| (visit.customer, visit.visit.id)))
    });
    let about = move || {
        let local = offset().local(now.get());
        format!("{} {}", day(i18n, local.date(), local.date()), clock(local.time()))
    };

    view! {
        <Top title=td_string!(i18n, today.title) about/>
        <Page title=td_string!(i18n, today.window)>
            <div class="today">
                <section class="today__now" aria-label=td_string!(i18n, today.next)>
                    <Now next visits which=which.into()/>
                </section>
                <DayList visits next which/>
                <p class="today__languages"><LanguageButtons class="button is-plain"/></p>
            </div>
        </Page>
    }
}

#[component]
fn Now(next: Memo<Option<(CustomerId, VisitId)>>, visits: Memo<Vec<TodayVisit>>, which: Signal<Which>) -> impl IntoView {
    // The visits first: what is worked out from them and stays as it was would hide that they have come.
    let is_over = move || visits.with(|visits| !visits.is_empty());
    move || match (is_over(), next.get()) {
        (_, Some((customer, visit))) => {
            view! { <NextVisit customer visit visits is_first=which.get() != Which::Today/> }.into_any()
        }
        (is_over, None) => view! { <NobodyNext is_over is_today=which.get() == Which::Today/> }.into_any(),
    }
}

#[component]
fn NobodyNext(is_over: bool, is_today: bool) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_mine = move || replica.person().is_some_and(|person| !super::sees_all(&person));
    let title = move || match (is_over, is_today, is_mine()) {
        (true, true, _) => td_string!(i18n, today.all_over),
        (true, false, _) => td_string!(i18n, today.day_over),
        (false, true, true) => td_string!(i18n, today.nobody_mine),
        (false, true, false) => td_string!(i18n, today.nobody),
        (false, false, _) => td_string!(i18n, today.nobody_then),
    };

    view! {
        <Empty icon=Lu::CalendarDays title text=td_string!(i18n, today.nobody_todo)>
            <a class="button empty__act" href="/customers"><Icon is=Lu::Search/>{td_string!(i18n, customers.find)}</a>
        </Empty>
    }
}
