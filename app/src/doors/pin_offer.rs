//! After the first sign-in: six digits make coming back quick. May wait.

use crate::i18n::td_string;
use crate::replica::{Phase, Replica, Trouble, use_replica};
use crate::ui::{Dialog, DialogFoot, Icon, Lu, Show, TextField, trouble_words, use_i18n};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Said once to whoever comes in; another language on screen is no reason to ask again.
#[derive(Clone, Copy)]
struct PutOff(RwSignal<bool>);

pub fn provide_pin_offer(replica: Replica) {
    let is_put_off = RwSignal::new(false);
    provide_context(PutOff(is_put_off));
    Effect::new(move |_| {
        if replica.phase() == Phase::Closed {
            is_put_off.set(false);
        }
    });
}

#[component]
pub fn PinOffer() -> impl IntoView {
    let replica = use_replica();
    let PutOff(is_put_off) = expect_context();

    view! {
        <Show when=move || replica.lacks_pin() && !is_put_off.get()>
            <PinDialog is_put_off/>
        </Show>
    }
}

#[component]
fn PinDialog(is_put_off: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let pin = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let is_unequal = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let wrong = Signal::derive(move || trouble.get().map(|why| trouble_words(i18n, &why)));
    let unequal = Signal::derive(move || is_unequal.get().then(|| td_string!(i18n, door.pin_unequal).to_owned()));
    let save = move || {
        let typed = pin.get_untracked();
        is_unequal.set(typed != again.get_untracked());
        if is_unequal.get_untracked() {
            return;
        }
        spawn_local(async move {
            trouble.try_set(replica.set_pin(typed).await.err());
        });
    };

    view! {
        <Dialog title=td_string!(i18n, door.set_pin) on_close=move |()| is_put_off.set(true) on_submit=move |()| save()>
            <div class="dialog__body">
                <p class="note">{td_string!(i18n, door.set_pin_said)}</p>
                <TextField label=td_string!(i18n, door.pin) value=pin kind="password" width="is-middle" inputmode="numeric" autocomplete="new-password" wrong is_first=true/>
                <TextField label=td_string!(i18n, door.pin_again) value=again kind="password" width="is-middle" inputmode="numeric" autocomplete="new-password" wrong=unequal/>
            </div>
            <DialogFoot>
                <button class="button" type="button" on:click=move |_| is_put_off.set(true)>{td_string!(i18n, door.pin_not_now)}</button>
                <button class="button is-primary" type="submit"><Icon is=Lu::Check/>{td_string!(i18n, door.set_pin_do)}</button>
            </DialogFoot>
        </Dialog>
    }
}
