//! Her own password, for a new one: the one that a manager read out to her should not stay.

use super::weak_password::{weak, weak_words};
use crate::i18n::td_string;
use crate::replica::{Trouble, use_replica};
use crate::ui::{Dialog, DialogFoot, Icon, Lu, Show, TextField, trouble_words, use_i18n};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn OwnPasswordButton() -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);

    view! {
        <button class="nav__link is-last" type="button" on:click=move |_| is_open.set(true)>
            <Icon is=Lu::Lock/>
            {td_string!(i18n, own_password.short)}
        </button>
        <Show when=move || is_open.get()>
            <OwnPasswordDialog is_open/>
        </Show>
    }
}

#[component]
fn OwnPasswordDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let [old, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let is_tried = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let wrong_old = Signal::derive(move || trouble.get().map(|why| trouble_words(i18n, &why)));
    let wrong_new = Signal::derive(move || weak_words(i18n, &new.get()).filter(|_| is_tried.get()));
    let wrong_again = Signal::derive(move || {
        let is_unequal = is_tried.get() && new.get() != again.get();
        is_unequal.then(|| td_string!(i18n, set_up.unequal).to_owned())
    });
    let submit = move || {
        is_tried.set(true);
        let (from, to) = (old.get_untracked(), new.get_untracked());
        if weak(&to).is_some() || to != again.get_untracked() || is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let changed = replica.change_password(from, to).await;
            is_busy.try_set(false);
            match changed {
                Ok(()) => drop(is_open.try_set(false)),
                Err(why) => drop(trouble.try_set(Some(why))),
            }
        });
    };

    view! {
        <Dialog title=td_string!(i18n, own_password.title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <p class="note">{td_string!(i18n, own_password.said)}</p>
                <TextField label=td_string!(i18n, own_password.old) value=old kind="password" autocomplete="current-password" wrong=wrong_old is_first=true/>
                <TextField label=td_string!(i18n, own_password.next) hint=td_string!(i18n, set_up.password_hint) value=new kind="password" autocomplete="new-password" wrong=wrong_new/>
                <TextField label=td_string!(i18n, own_password.again) value=again kind="password" autocomplete="new-password" wrong=wrong_again/>
            </div>
            <DialogFoot>
                <button class="button is-primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, own_password.keep)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
