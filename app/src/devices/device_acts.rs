//! A device is sent away, reported stolen, or taken back.

use crate::api::{self, DeviceState};
use crate::i18n::td_string;
use crate::ui::{Confirm, I18n, door_refusal_words, use_asking, use_i18n};
use domain::{DeviceId, Name};
use leptos::prelude::*;

pub fn act_word(i18n: I18n, state: DeviceState) -> &'static str {
    match state {
        DeviceState::Active => td_string!(i18n, devices.take_back),
        DeviceState::Revoked => td_string!(i18n, devices.send_away),
        DeviceState::Stolen => td_string!(i18n, devices.is_stolen),
    }
}

#[component]
pub fn DeviceActDialog(
    id: DeviceId,
    label: Name,
    to: DeviceState,
    doing: RwSignal<Option<DeviceState>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let asking = use_asking();
    let said = match to {
        DeviceState::Active => td_string!(i18n, devices.take_back_said, label = label.as_str()),
        DeviceState::Revoked => td_string!(i18n, devices.send_away_said, label = label.as_str()),
        DeviceState::Stolen => td_string!(i18n, devices.is_stolen_said, label = label.as_str()),
    };
    let yes = move || {
        asking.ask(api::set_device_state(id, to), door_refusal_words, move |()| {
            doing.set(None);
            on_change.run(());
        });
    };

    view! {
        <Confirm title=act_word(i18n, to) text=said yes=act_word(i18n, to) asking on_yes=move |()| yes() on_close=move |()| doing.set(None)/>
    }
}
