//! She is expected on a day, by somebody.

use crate::i18n::td_string;
use crate::replica::{Replica, use_replica};
use crate::ui::{Dialog, DialogFoot, Icon, Lu, SaveLine, SelectField, Show, TextField, use_i18n, use_save};
use chrono::NaiveTime;
use domain::{Action, CustomerId, Role, StaffId, VisitId};
use leptos::prelude::*;

#[component]
pub fn ExpectVisit(id: CustomerId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| replica.person().is_some_and(|person| replica.may(&probe(replica, id, person.id))));

    view! {
        <Show when=move || may.get()>
            <button class="button is-plain section-head__act" type="button" on:click=move |_| is_open.set(true)>
                <Icon is=Lu::CalendarPlus/>
                {td_string!(i18n, visit.expect)}
            </button>
            <Show when=move || is_open.get()>
                <ExpectDialog id is_open/>
            </Show>
        </Show>
    }
}

fn probe(replica: Replica, customer: CustomerId, beautician: StaffId) -> Action {
    let visit = VisitId::new(uuid::Uuid::nil());
    Action::ExpectVisit { customer, visit, on: replica.today(), at: None, beautician, room: None, service: None }
}

#[component]
fn ExpectDialog(id: CustomerId, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let on = RwSignal::new(untrack(|| replica.today()).to_string());
    let [at, beautician, room, service] = [(); 4].map(|()| RwSignal::new(String::new()));
    let is_tried = RwSignal::new(false);
    let day_wrong = Signal::derive(move || match on.get().parse::<chrono::NaiveDate>() {
        _ if !is_tried.get() => None,
        Ok(day) if day >= replica.today() => None,
        Ok(_) => Some(td_string!(i18n, visit.day_past).to_owned()),
        Err(_) => Some(td_string!(i18n, form.bad_day).to_owned()),
    });
    let who_wrong = Signal::derive(move || {
        (is_tried.get() && beautician.get().is_empty()).then(|| td_string!(i18n, visit.who_missing).to_owned())
    });
    let submit = move || {
        is_tried.set(true);
        let (Ok(day), Ok(who), None) =
            (on.get_untracked().parse(), beautician.get_untracked().parse(), day_wrong.get_untracked())
        else {
            return;
        };
        let visit = Action::ExpectVisit {
            customer: id,
            visit: VisitId::new(replica.new_uuid()),
            on: day,
            at: time_of(&at.get_untracked()),
            beautician: who,
            room: room.get_untracked().parse().ok(),
            service: service.get_untracked().parse().ok(),
        };
        save.commit(visit, move || is_open.set(false));
    };

    view! {
        <Dialog title=td_string!(i18n, visit.expect) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <div class="field-pair">
                    <TextField label=td_string!(i18n, visit.day) value=on kind="date" width="is-middle" wrong=day_wrong is_first=true/>
                    <TextField label=td_string!(i18n, visit.time) mark=td_string!(i18n, form.may_be_empty) value=at kind="time" width="is-middle"/>
                </div>
                <Where beautician room service who_wrong/>
                <SaveLine save/>
            </div>
            <DialogFoot>
                <button class="button is-primary is-tall" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    <Icon is=Lu::CalendarPlus/>
                    {td_string!(i18n, visit.expect_do)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

#[component]
fn Where(
    beautician: RwSignal<String>,
    room: RwSignal<String>,
    service: RwSignal<String>,
    who_wrong: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let none = move || (String::new(), td_string!(i18n, form.none_chosen).to_owned());
    let people = Signal::derive(move || {
        let staff = replica.salon().map(|salon| salon.staff.clone()).unwrap_or_default();
        let serves = staff.into_values().filter(|person| person.is_active && person.roles.contains(&Role::Beautician));
        std::iter::once(none()).chain(serves.map(|person| (person.id.to_string(), String::from(person.name)))).collect::<Vec<_>>()
    });
    let rooms = Signal::derive(move || {
        let rooms = replica.salon().map(|salon| salon.rooms.clone()).unwrap_or_default();
        std::iter::once(none())
            .chain(rooms.into_iter().map(|(id, room)| (id.to_string(), String::from(room.name))))
            .collect::<Vec<_>>()
    });
    let services = Signal::derive(move || {
        let services = replica.salon().map(|salon| salon.services.clone()).unwrap_or_default();
        let words = |(id, service): (domain::ServiceId, domain::Service)| {
            (id.to_string(), td_string!(i18n, visit.service_minutes, name = service.name.as_str(), minutes = service.minutes))
        };
        std::iter::once(none()).chain(services.into_iter().map(words)).collect::<Vec<_>>()
    });

    view! {
        <SelectField label=td_string!(i18n, visit.who) value=beautician options=people wrong=who_wrong/>
        <div class="field-pair">
            <SelectField label=td_string!(i18n, visit.room) value=room options=rooms/>
            <SelectField label=td_string!(i18n, visit.service) value=service options=services/>
        </div>
    }
}

/// `14:00`, with or without seconds, as the browser gives it.
fn time_of(typed: &str) -> Option<NaiveTime> {
    let mut parts = typed.split(':').map(str::parse);
    NaiveTime::from_hms_opt(parts.next()?.ok()?, parts.next()?.ok()?, 0)
}
