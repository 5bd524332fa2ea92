//! Re-opening a session that still runs on this device, by PIN.

use super::password_form::name_of;
use crate::api::DoorRefusal;
use crate::i18n::td_string;
use crate::replica::{Trouble, use_replica};
use crate::ui::{Icon, Lu, NumberPad, trouble_words, use_i18n};
use domain::StaffId;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn PinForm(staff: StaffId, #[prop(into)] on_password: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let typed = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let who = move || name_of(staff);
    let unlock = move |pin: String| {
        is_busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            if let Err(why) = replica.unlock(staff, pin).await {
                is_busy.try_set(false);
                typed.try_set(String::new());
                if needs_password(&why) {
                    on_password.run(());
                }
                trouble.try_set(Some(why));
            }
        });
    };

    view! {
        <h2 class="sign-in__who">{move || td_string!(i18n, door.enter_pin, name = who())}</h2>
        <NumberPad
            typed
            is_wrong=move || trouble.with(Option::is_some)
            is_busy
            on_full=unlock
            on_password
        />
        {move || trouble.get().map(|why| view! {
            <p class="sign-in__said is-alert" role="alert"><Icon is=Lu::CircleAlert/>{trouble_words(i18n, &why)}</p>
        })}
    }
}

/// Here and now no PIN would open it.
fn needs_password(why: &Trouble) -> bool {
    matches!(why, Trouble::NeedsNetwork | Trouble::Refused(DoorRefusal::PasswordNeeded))
}
