//! The screen is shut: her PIN or password opens it, or somebody else takes over. No customer's name is to be seen.

use super::password_form::PasswordForm;
use super::pin_form::PinForm;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Code, Icon, Lu, Page, Show, Top, clock, day, use_code_on_show, use_i18n, use_now};
use domain::StaffId;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn LockPage(person: StaffId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let wants_password = RwSignal::new(untrack(|| replica.lacks_pin()));
    let navigate = use_navigate();
    let offset = move || replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
    let time = move || clock(offset().local(now.get()).time());
    let today = move || day(i18n, offset().day(now.get()), offset().day(now.get()));
    let switch = move |_| {
        replica.leave();
        navigate("/", Default::default());
    };

    let code = use_code_on_show();
    let shown = move || code.get().filter(|code| code.until > now.get());

    view! {
        <Top title=td_string!(i18n, app.name)/>
        <Page title=td_string!(i18n, door.locked)>
            <div class="lock">
                <div>
                    <p class="lock__clock">{time}</p>
                    <p class="lock__day">{today}</p>
                </div>
                <section class="lock__panel" aria-label=td_string!(i18n, door.locked)>
                    <Show when=move || wants_password.get() fallback=move || view! { <PinForm staff=person on_password=move |()| wants_password.set(true)/> }>
                        <PasswordForm staff=person/>
                    </Show>
                </section>
                {move || shown().map(|Code { code, until }| {
                    let until = td_string!(i18n, devices.code_until, time = clock(offset().local(until).time()));
                    view! {
                        <p class="enrol-code" role="status">
                            <span class="enrol-code__code">{code}</span>
                            <span class="enrol-code__until">{until}</span>
                        </p>
                    }
                })}
                <p class="lock__other">
                    <button class="button" type="button" on:click=switch>
                        <Icon is=Lu::ArrowLeftRight/>
                        {td_string!(i18n, app.switch)}
                    </button>
                </p>
            </div>
        </Page>
    }
}
