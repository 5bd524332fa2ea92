//! Who she is, in one line, with the red strip below it.

use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{I18n, RedStripOf, Top, age_in_days, clock, full_day, joined, moment, use_i18n, use_now, years_old};
use domain::{CustomerFile, CustomerId, Moment, ProfileField, ProfileValue, Written};
use leptos::prelude::*;
use sync::CustomerRow;

#[component]
pub fn FileTop(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let name = move || match file.get() {
        FileView::Here(row) => row.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default(),
        FileView::NotHere => {
            replica.summary(id).map(|summary| summary.name).unwrap_or_else(|| td_string!(i18n, file.title).to_owned())
        }
    };
    let about = move || match file.get() {
        FileView::Here(row) => about(i18n, replica, &row),
        FileView::NotHere => String::new(),
    };
    let back = (("/customers"), (td_string!(i18n, customers.title)).into());

    view! {
        <Top title=name about back>
            <RedStripOf file/>
        </Top>
    }
}

fn about(i18n: I18n, replica: Replica, row: &CustomerRow) -> String {
    let today = replica.today();
    let age = birthday(&row.file).and_then(|day| years_old(day, today)).map(|years| td_string!(i18n, file.years, years = years));
    let visits = row.file.visits.values().filter(|visit| visit.on < today).count();
    let visits = (visits > 0).then(|| td_string!(i18n, file.visits, count = visits));
    let tail = row.phone_tail.clone().map(|tail| td_string!(i18n, customers.tail, tail = tail));
    let parts: Vec<String> = [age, visits, tail].into_iter().flatten().collect();
    joined(i18n, parts.iter().map(String::as_str))
}

fn birthday(file: &CustomerFile) -> Option<chrono::NaiveDate> {
    match file.profile.value(ProfileField::Birthday) {
        Some(ProfileValue::Birthday(day)) => *day,
        _ => None,
    }
}

/// `陈静怡，今天 14:05`; how old as well, where that matters more than the hour.
pub fn by_and_when(i18n: I18n, replica: Replica, written: Written, now: Moment, is_exact: bool) -> String {
    let Some(salon) = replica.salon() else {
        return String::new();
    };
    let by = salon.person(written.by).map(|person| person.name.as_str().to_owned());
    let by = by.unwrap_or_else(|| td_string!(i18n, app.somebody).to_owned());
    let offset = salon.settings.offset;
    let when = match is_exact {
        true => moment(i18n, offset, written.at, now),
        false => age_in_days(i18n, offset, written.at, now),
    };
    let when = if written.is_clock_off { td_string!(i18n, app.clock_off, when = when) } else { when };
    td_string!(i18n, app.by_when, by = by, when = when)
}

/// `陈静怡，2026年11月21日 14:05`: on paper, where no day is *today*.
pub fn by_on_paper(i18n: I18n, replica: Replica, written: Written) -> String {
    let Some(salon) = replica.salon() else {
        return String::new();
    };
    let by = salon.person(written.by).map(|person| person.name.as_str().to_owned());
    let by = by.unwrap_or_else(|| td_string!(i18n, app.somebody).to_owned());
    let local = salon.settings.offset.local(written.at);
    let when = format!("{} {}", full_day(i18n, local.date()), clock(local.time()));
    let when = if written.is_clock_off { td_string!(i18n, app.clock_off, when = when) } else { when };
    td_string!(i18n, app.by_when, by = by, when = when)
}

/// Re-reads the time now and then, so that *today* becomes *yesterday* while the page is open.
pub fn use_by_and_when() -> impl Fn(Written, bool) -> String + Copy {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    move |written, is_exact| by_and_when(i18n, replica, written, now.get(), is_exact)
}
