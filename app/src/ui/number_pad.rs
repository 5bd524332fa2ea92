//! Six digits, by thumb or by keyboard.

use super::{Icon, Lu, use_i18n};
use crate::i18n::td_string;
use leptos::ev;
use leptos::prelude::*;

const DIGITS: usize = 6;

#[component]
pub fn NumberPad(
    typed: RwSignal<String>,
    #[prop(into)] is_wrong: Signal<bool>,
    #[prop(into)] is_busy: Signal<bool>,
    #[prop(into)] on_full: Callback<String>,
    #[prop(into)] on_password: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let press = move |digit: char| {
        if is_busy.get_untracked() || typed.with_untracked(|typed| typed.len() >= DIGITS) {
            return;
        }
        typed.update(|typed| typed.push(digit));
        if typed.with_untracked(|typed| typed.len() == DIGITS) {
            on_full.run(typed.get_untracked());
        }
    };
    let back = move || {
        typed.update(|typed| {
            typed.pop();
        });
    };
    let handle = window_event_listener(ev::keydown, move |event| match event.key().as_str() {
        "Backspace" => back(),
        key => {
            if let (1, Some(digit @ '0'..='9')) = (key.len(), key.chars().next()) {
                press(digit);
            }
        }
    });
    on_cleanup(move || handle.remove());
    let told = move || td_string!(i18n, door.pin_typed, count = typed.with(String::len), of = DIGITS);
    let dot =
        move |at: usize| view! { <span class="pin__dot" class:is-filled=move || typed.with(|typed| at < typed.len())></span> };
    let key = move |digit: char| {
        view! { <button class="number-pad__key" type="button" on:click=move |_| press(digit)>{digit.to_string()}</button> }
    };

    view! {
        <p class="pin" class:is-wrong=is_wrong role="img" aria-label=told>{(0..DIGITS).map(dot).collect_view()}</p>
        <div class="number-pad" role="group" aria-label=td_string!(i18n, door.number_pad) aria-busy=move || is_busy.get().then_some("true")>
            {('1'..='9').map(key).collect_view()}
            <button class="number-pad__key is-word" type="button" on:click=move |_| on_password.run(())>{td_string!(i18n, door.use_password)}</button>
            {key('0')}
            <button class="number-pad__key is-word" type="button" on:click=move |_| back()>
                <Icon is=Lu::Delete/>
                {td_string!(i18n, door.delete_digit)}
            </button>
        </div>
    }
}
