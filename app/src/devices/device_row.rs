//! One device: what it is for and when it was last heard of.

use super::device_acts::{DeviceActDialog, act_word};
use crate::api::{DeviceCard, DeviceReport, DeviceState};
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, joined, moment, scope_word, use_i18n, use_now};
use domain::DeviceScope;
use leptos::prelude::*;

#[component]
pub fn DeviceRow(device: DeviceCard, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let is_this = untrack(|| replica.identity()).is_some_and(|identity| identity.device == device.id);
    let offset = move || replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
    let about = move || {
        let enrolled = td_string!(i18n, devices.enrolled, when = moment(i18n, offset(), device.enrolled_at, now.get()));
        joined(i18n, [scope_word(i18n, device.scope), enrolled.as_str()])
    };
    let seen = move || match device.last_contact {
        Some(at) => td_string!(i18n, devices.seen, when = moment(i18n, offset(), at, now.get())),
        None => td_string!(i18n, devices.never_seen).to_owned(),
    };
    let state = move || match device.state {
        DeviceState::Active => None,
        DeviceState::Revoked => Some(td_string!(i18n, devices.revoked)),
        DeviceState::Stolen => Some(td_string!(i18n, devices.stolen)),
    };
    let acts: &[DeviceState] = match device.state {
        // From the one in her hands nobody is let out.
        _ if is_this => &[],
        DeviceState::Active => &[DeviceState::Revoked, DeviceState::Stolen],
        DeviceState::Revoked => &[DeviceState::Active, DeviceState::Stolen],
        DeviceState::Stolen => &[],
    };
    let doing = RwSignal::new(None::<DeviceState>);
    let (id, label, report) = (device.id, device.label.clone(), device.report);
    let icon = match device.scope {
        DeviceScope::Treatment => Lu::Tablet,
        DeviceScope::Desk => Lu::Monitor,
        DeviceScope::Management => Lu::TabletSmartphone,
    };

    view! {
        <li class="device-row" class:is-revoked=device.state != DeviceState::Active>
            <Icon is=icon/>
            <div class="device-row__who">
                <p class="device-row__name">
                    <bdi>{device.label.as_str().to_owned()}</bdi>
                    {is_this.then(|| view! { <span class="note">{td_string!(i18n, devices.this)}</span> })}
                </p>
                <p class="device-row__about">{about}</p>
            </div>
            <div class="device-row__seen">
                <span>{seen}</span>
                {match (device.state, report) {
                    (DeviceState::Active, report) => report.map(|(report, _)| view! { <Report report/> }).into_any(),
                    (_, Some((DeviceReport { is_wiped: true, waiting, .. }, at))) => {
                        view! {
                            <Waiting waiting/>
                            <span class="device-row__about">
                                {move || td_string!(i18n, devices.wiped, when = moment(i18n, offset(), at, now.get()))}
                            </span>
                        }.into_any()
                    }
                    // It hands in and forgets as soon as it hears of it; what it said of itself before says nothing of that.
                    (DeviceState::Revoked, _) => view! { <span class="device-row__about">{td_string!(i18n, devices.revoked_said)}</span> }.into_any(),
                    (DeviceState::Stolen, _) => view! { <span class="device-row__about">{td_string!(i18n, devices.stolen_said)}</span> }.into_any(),
                }}
                {move || state().map(|state| view! { <span class="flag is-warn"><Icon is=Lu::Ban/>{state}</span> })}
            </div>
            <div class="device-row__acts">
                {acts.iter().map(|act| view! {
                    <button class="button" type="button" on:click=move |_| doing.set(Some(*act))>{act_word(i18n, *act)}</button>
                }).collect_view()}
            </div>
            {move || doing.get().map(|to| {
                let label = label.clone();
                view! { <DeviceActDialog id label to doing on_change/> }
            })}
        </li>
    }
}

#[component]
fn Waiting(waiting: u32) -> impl IntoView {
    let i18n = use_i18n();
    (waiting > 0).then(|| view! { <span class="flag is-warn">{td_string!(i18n, devices.waiting, count = waiting)}</span> })
}

/// What it said of itself: what is at risk first.
#[component]
fn Report(report: DeviceReport) -> impl IntoView {
    let i18n = use_i18n();
    let DeviceReport { waiting, files, is_persisted, is_installed, is_wiped: _ } = report;
    let about = [
        td_string!(i18n, devices.files, count = files),
        if is_installed { td_string!(i18n, devices.installed) } else { td_string!(i18n, devices.not_installed) }.to_owned(),
    ];

    view! {
        <Waiting waiting/>
        {(!is_persisted).then(|| view! { <span class="flag is-ask">{td_string!(i18n, devices.not_persisted)}</span> })}
        <span class="device-row__about">{joined(i18n, about.iter().map(String::as_str))}</span>
    }
}
