//! Coming in by password; without network from what was kept here.

use crate::api::DoorRefusal;
use crate::i18n::td_string;
use crate::replica::{Trouble, use_replica};
use crate::ui::{Icon, Lu, Notice, Show, TextField, Tone, on_first_paint, trouble_words, use_i18n};
use domain::StaffId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;

/// From this many wrong ones on it says what to do.
const TRIES_BEFORE_ADVICE: u32 = 2;

#[component]
pub fn PasswordForm(staff: StaffId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let password = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let wrong_ones = RwSignal::new(0_u32);
    let trouble = RwSignal::new(None::<Trouble>);
    let wrong = Signal::derive(move || trouble.get().map(|why| trouble_words(i18n, &why)));
    let who = move || name_of(staff);
    let needs_advice = move || wrong_ones.get() >= TRIES_BEFORE_ADVICE;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = password.get_untracked();
        if typed.is_empty() || is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            if let Err(why) = replica.sign_in(staff, typed).await {
                is_busy.try_set(false);
                if is_wrong_password(&why) {
                    wrong_ones.try_update(|count| *count += 1);
                    password.try_set(String::new());
                }
                trouble.try_set(Some(why));
                focus_password();
            }
        });
    };

    view! {
        <h2 class="sign-in__who">{move || td_string!(i18n, door.enter_password, name = who())}</h2>
        <form class="sign-in__form" novalidate on:submit=submit>
            <FocusedPassword password wrong/>
            <button class="button is-primary is-tall" class:is-busy=is_busy type="submit" aria-busy=move || is_busy.get().then_some("true")>
                <Icon is=Lu::LogIn/>
                {move || if is_busy.get() { td_string!(i18n, door.coming_in) } else { td_string!(i18n, door.sign_in) }}
            </button>
            <Show when=move || needs_advice()>
                <Notice tone=Tone::Warn title=td_string!(i18n, door.advice) text=td_string!(i18n, door.advice_todo)/>
            </Show>
        </form>
        <Show when=move || !replica.has_pin(staff)>
            <p class="note">{td_string!(i18n, door.pin_later)}</p>
        </Show>
    }
}

#[component]
fn FocusedPassword(password: RwSignal<String>, wrong: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    on_first_paint(focus_password);

    view! {
        <TextField label=td_string!(i18n, door.password) value=password kind="password" autocomplete="current-password" wrong is_required=true/>
    }
}

fn focus_password() {
    let input = document().query_selector(".sign-in__form input").ok().flatten();
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = input.focus();
    }
}

/// Her name as the tiles have it.
pub fn name_of(staff: StaffId) -> String {
    let people = use_replica().identity().map(|identity| identity.people).unwrap_or_default();
    people.into_iter().find(|tile| tile.id == staff).map(|tile| String::from(tile.name)).unwrap_or_default()
}

fn is_wrong_password(why: &Trouble) -> bool {
    matches!(why, Trouble::Refused(DoorRefusal::WrongPassword) | Trouble::WrongPasswordOffline)
}
