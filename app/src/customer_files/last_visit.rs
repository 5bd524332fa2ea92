//! The last visit in a sentence, and what was noted last.

use super::last_note::LastNote;
use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{AllClear, I18n, day, use_i18n, use_now};
use chrono::NaiveDate;
use domain::{CustomerFile, ProfileField, ProfileValue, Visit};
use leptos::prelude::*;

#[component]
pub fn LastVisit(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let sentence = move || {
        let today = replica.salon().map(|salon| salon.settings.offset).unwrap_or_default().day(now.get());
        match file.get() {
            FileView::Here(row) => sentence(i18n, replica, &row.file, today),
            FileView::NotHere => String::new(),
        }
    };

    view! {
        <section class="last-visit" aria-label=td_string!(i18n, file.last_visit)>
            <p class="last-visit__sentence"><bdi>{sentence}</bdi></p>
            <LastNote file/>
            <AllClear file/>
        </section>
    }
}

fn sentence(i18n: I18n, replica: Replica, file: &CustomerFile, today: NaiveDate) -> String {
    let last = file.visits.values().filter(|visit| visit.on < today).max_by_key(|visit| visit.on);
    let told = match file.profile.value(ProfileField::LastVisit) {
        Some(ProfileValue::LastVisit(Some(told))) => Some(*told),
        _ => None,
    };
    match (last, told) {
        (Some(visit), told) if told.is_none_or(|told| told <= visit.on) => of_visit(i18n, replica, visit, today),
        (_, Some(told)) => td_string!(i18n, file.last_told, day = day(i18n, told, today)),
        (_, None) => td_string!(i18n, file.first_visit).to_owned(),
    }
}

fn of_visit(i18n: I18n, replica: Replica, visit: &Visit, today: NaiveDate) -> String {
    let Some(salon) = replica.salon() else {
        return String::new();
    };
    let is_mine = replica.person().is_some_and(|person| person.id == visit.beautician);
    let name = salon.person(visit.beautician).map(|person| person.name.as_str().to_owned()).unwrap_or_default();
    let who = if is_mine { td_string!(i18n, file.you).to_owned() } else { name };
    let service = visit.service.and_then(|id| salon.services.get(&id)).map(|service| service.name.as_str());
    let room = visit.room.and_then(|id| salon.rooms.get(&id)).map(|room| room.name.as_str());
    let facts = [who.as_str(), service.unwrap_or_default(), room.unwrap_or_default()];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(td_string!(i18n, app.clause));
    td_string!(i18n, file.last_was, day = day(i18n, visit.on, today), facts = facts)
}
