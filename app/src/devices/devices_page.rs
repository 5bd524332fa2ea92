//! Which devices the salon has, and one more.

use super::backup_line::BackupLine;
use super::device_row::DeviceRow;
use super::new_code::NewCodeDialog;
use super::set_aside::SetAsideList;
use crate::api::{self, DeviceCard, Fault, SetAside};
use crate::i18n::td_string;
use crate::ui::{Icon, Lu, ManagersPage, NoAnswer, Show, Skeleton, use_i18n, use_now};
use leptos::prelude::*;
use leptos::task::spawn_local;

type Asked = RwSignal<Option<Result<(Vec<DeviceCard>, Vec<SetAside>), Fault>>>;

#[component]
pub fn DevicesPage() -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <ManagersPage
            title=td_string!(i18n, devices.title)
            window=td_string!(i18n, devices.window)
            icon=Lu::TabletSmartphone
            refused=td_string!(i18n, devices.managers_only)
        >
            <Devices/>
        </ManagersPage>
    }
}

#[component]
fn Devices() -> impl IntoView {
    let i18n = use_i18n();
    let asked: Asked = RwSignal::new(None);
    let is_adding = RwSignal::new(false);
    let ask = move || {
        spawn_local(async move {
            let answer = async { Ok((api::devices().await?, api::set_aside().await?)) };
            let answer = Some(answer.await);
            if asked.try_with_untracked(|known| *known != answer).unwrap_or_default() {
                asked.set(answer);
            }
        });
    };
    ask();
    // Devices report and entries come by themselves; whoever has a dialog open is not disturbed.
    let now = use_now();
    Effect::new(move |before: Option<()>| {
        now.track();
        let is_open = document().query_selector("dialog[open]").ok().flatten().is_some();
        if before.is_some() && !is_open {
            ask();
        }
    });
    let close = move |()| {
        is_adding.set(false);
        ask();
    };

    view! {
        <div class="page">
            <BackupLine/>
            {move || match asked.get() {
                None => view! { <Skeleton/> }.into_any(),
                Some(Ok((devices, entries))) => view! {
                    <SetAsideList entries devices=devices.clone() on_decided=move |()| ask()/>
                    <DeviceList devices is_adding on_change=move |()| ask()/>
                }
                .into_any(),
                Some(Err(fault)) => view! { <NoAnswer fault title=td_string!(i18n, devices.no_answer) again=move |()| ask()/> }.into_any(),
            }}
        </div>
        <Show when=move || is_adding.get()>
            <NewCodeDialog on_close=close/>
        </Show>
    }
}

#[component]
fn DeviceList(devices: Vec<DeviceCard>, is_adding: RwSignal<bool>, #[prop(into)] on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let count = devices.len();

    view! {
        <div class="section-head">
            <h2 class="section-head__title">{td_string!(i18n, devices.count, count = count)}</h2>
            <button class="button is-primary section-head__act" type="button" on:click=move |_| is_adding.set(true)>
                <Icon is=Lu::Plus/>
                {td_string!(i18n, devices.add)}
            </button>
        </div>
        <ul class="device-list" aria-label=td_string!(i18n, devices.title)>
            {devices.into_iter().map(|device| view! { <DeviceRow device on_change/> }).collect_view()}
        </ul>
    }
}
