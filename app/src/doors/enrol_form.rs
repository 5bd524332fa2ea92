//! Becoming one of the salon's devices by the code that a manager reads out.

use crate::i18n::td_string;
use crate::replica::{Trouble, use_replica};
use crate::ui::{Icon, Lu, TextField, trouble_words, use_i18n};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn EnrolForm() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let code = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let is_empty = RwSignal::new(false);
    let wrong = Signal::derive(move || match is_empty.get() && code.with(|code| code.trim().is_empty()) {
        true => Some(td_string!(i18n, form.required_said).to_owned()),
        false => trouble.get().map(|why| trouble_words(i18n, &why)),
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = code.get_untracked().trim().to_owned();
        is_empty.set(typed.is_empty());
        if typed.is_empty() || is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let answer = replica.enrol(typed).await;
            is_busy.try_set(false);
            trouble.try_set(answer.err());
        });
    };

    view! {
        <form class="panel sign-in__form" novalidate on:submit=submit>
            <div class="section-head"><h2 class="section-head__title">{td_string!(i18n, door.enrol)}</h2></div>
            <p class="note">{td_string!(i18n, door.enrol_said)}</p>
            <TextField label=td_string!(i18n, door.code) value=code width="is-middle" wrong is_required=true is_first=true/>
            <p>
                <button class="button is-primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, door.enrol_do)}
                </button>
            </p>
        </form>
    }
}
