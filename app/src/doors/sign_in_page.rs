//! Who is here? Tiles, then her password, or her PIN where her session still runs on this device.

use super::password_form::PasswordForm;
use super::person_tile::PersonTile;
use super::pin_form::PinForm;
use crate::i18n::td_string;
use crate::replica::{Identity, use_replica};
use crate::ui::{Empty, Icon, LanguageButtons, Lu, Notice, Page, Show, Tone, Top, joined, use_i18n, use_now};
use chrono::Timelike;
use domain::StaffId;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let chosen = RwSignal::new(None::<StaffId>);
    let running = RwSignal::new(None::<StaffId>);
    spawn_local(async move {
        if let Ok(door) = replica.look_at_door().await {
            running.try_set(door.signed_in);
        }
    });
    let about = move || {
        let words = |identity: Identity| [identity.salon, identity.label].map(|name| name.map(String::from).unwrap_or_default());
        replica.identity().map(|identity| joined(i18n, words(identity).iter().map(String::as_str))).unwrap_or_default()
    };

    view! {
        <Top title=td_string!(i18n, app.name) about/>
        <Page title=td_string!(i18n, door.title)>
            <EnrolAnew/>
            <div class="sign-in" class:is-chosen=move || chosen.get().is_some()>
                <People chosen/>
                <section class="sign-in__side">
                    {move || match chosen.get() {
                        None => view! { <Nobody/> }.into_any(),
                        Some(staff) => view! { <HerWayIn staff chosen running=running.into()/> }.into_any(),
                    }}
                </section>
            </div>
        </Page>
    }
}

/// Its entries can't be handed in as the device it was.
#[component]
fn EnrolAnew() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_due = Memo::new(move |_| replica.mark().must_be_enrolled_anew());

    view! {
        <Show when=move || is_due.get()>
            <Notice tone=Tone::Warn title=td_string!(i18n, door.enrol_anew) text=td_string!(i18n, door.enrol_anew_said)>
                <button class="button notice__act" type="button" on:click=move |_| replica.ask_for_code()>
                    {td_string!(i18n, door.type_code)}
                </button>
            </Notice>
        </Show>
    }
}

#[component]
fn People(chosen: RwSignal<Option<StaffId>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let greeting = move || match domain::ClockOffset::default().local(now.get()).hour() {
        4..=10 => td_string!(i18n, door.morning),
        11..=17 => td_string!(i18n, door.afternoon),
        _ => td_string!(i18n, door.evening),
    };
    let people = Memo::new(move |_| replica.identity().map(|identity| identity.people).unwrap_or_default());
    let is_offline = Memo::new(move |_| replica.mark().offline_since.is_some());
    let offline = move || match replica.identity().is_some_and(|identity| identity.may_restart_offline) {
        true => td_string!(i18n, door.offline_may),
        false => td_string!(i18n, door.offline_may_not),
    };

    view! {
        <section class="sign-in__people">
            <h2 class="sign-in__greeting">{greeting}</h2>
            <ul class="sign-in__tiles">
                <For each=move || people.get() key=|tile| tile.id let:tile>
                    <li class="sign-in__tile"><PersonTile tile chosen/></li>
                </For>
            </ul>
            <Show when=move || is_offline.get()>
                <p class="note" role="status"><Icon is=Lu::CloudOff/>" "{offline}</p>
            </Show>
            <p><LanguageButtons class="button is-plain"/></p>
        </section>
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let i18n = use_i18n();

    view! { <Empty icon=Lu::UserRound title=td_string!(i18n, door.nobody) text=td_string!(i18n, door.nobody_todo)/> }
}

#[component]
fn HerWayIn(staff: StaffId, chosen: RwSignal<Option<StaffId>>, running: Signal<Option<StaffId>>) -> impl IntoView {
    let i18n = use_i18n();
    let wants_password = RwSignal::new(false);
    let replica = use_replica();
    let has_pin = Memo::new(move |_| running.get() == Some(staff) && replica.has_pin(staff) && !wants_password.get());

    view! {
        <button class="button is-plain sign-in__back" type="button" on:click=move |_| chosen.set(None)>
            <Icon is=Lu::ChevronLeft/>
            {td_string!(i18n, door.not_me)}
        </button>
        <Show when=move || has_pin.get() fallback=move || view! { <PasswordForm staff/> }>
            <PinForm staff on_password=move |()| wants_password.set(true)/>
        </Show>
    }
}
