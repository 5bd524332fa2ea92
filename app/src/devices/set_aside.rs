//! Entries that came in and could not be taken as they were: a manager asks whoever wrote them.

use crate::api::{DeviceCard, SetAside};
use crate::entries::action_words;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Notice, Tone, moment, unfit_words, use_i18n, use_now};
use domain::{Name, Unfit};
use leptos::prelude::*;

#[component]
pub fn SetAsideList(entries: Vec<SetAside>, devices: Vec<DeviceCard>) -> impl IntoView {
    let i18n = use_i18n();
    let count = entries.len();
    let has_forged = entries.iter().any(|entry| entry.reason == Unfit::Forged);
    let row = move |entry: SetAside| {
        let device = devices.iter().find(|device| device.id == entry.device).map(|device| device.label.clone());
        view! { <SetAsideRow entry device/> }
    };

    (count > 0).then(move || {
        view! {
            <section aria-label=td_string!(i18n, set_aside.title)>
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, set_aside.count, count = count)}</h2>
                </div>
                {has_forged.then(|| view! {
                    <Notice tone=Tone::Warn title=td_string!(i18n, set_aside.forged) text=td_string!(i18n, set_aside.forged_todo)/>
                })}
                <p class="note">{td_string!(i18n, set_aside.said)}</p>
                <ul class="device-list" aria-label=td_string!(i18n, set_aside.title)>{entries.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn SetAsideRow(entry: SetAside, device: Option<Name>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let who = move || {
        let author = entry.author.and_then(|author| replica.salon()?.person(author).map(|person| person.name.clone()));
        author.map_or_else(|| td_string!(i18n, set_aside.nobody).to_owned(), String::from)
    };
    let when = move || {
        let offset = replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
        moment(i18n, offset, entry.received_at, now.get())
    };

    let what = entry.action.as_ref().map(|action| action_words(i18n, replica, Some(action)));
    let customer = entry.action.as_ref().and_then(domain::Action::customer);
    let of_whom = move || {
        customer.map(|id| {
            let name = replica.summary(id).map(|summary| summary.name);
            let name = name.unwrap_or_else(|| td_string!(i18n, file.title).to_owned());
            view! { <a href=format!("/customers/{id}")><bdi>{name}</bdi></a> }
        })
    };

    view! {
        <li class="device-row">
            <Icon is=if entry.reason == Unfit::Forged { Lu::OctagonX } else { Lu::TriangleAlert }/>
            <div class="device-row__who">
                <p class="device-row__name"><bdi>{what}</bdi>{of_whom}</p>
                <p class="device-row__about"><bdi>{who}</bdi></p>
                <p class="device-row__about">{unfit_words(i18n, entry.reason)}</p>
            </div>
            <div class="device-row__seen">
                <bdi>{device.map(String::from)}</bdi>
                <span>{when}</span>
            </div>
            <div class="device-row__acts"></div>
        </li>
    }
}
