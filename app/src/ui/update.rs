//! A newer build of this program waits; it is taken when somebody says so.

use super::{Notice, Show, Tone, use_i18n};
use crate::i18n::td_string;
use crate::replica::here;
use leptos::prelude::*;

#[component]
pub fn UpdateNotice() -> impl IntoView {
    let i18n = use_i18n();
    let is_told = document().document_element().is_some_and(|root| root.has_attribute("data-update"));
    let is_waiting = RwSignal::new(is_told);
    here::listen("xinyan:update-waiting", move || {
        is_waiting.try_set(true);
    });
    let take = move |_| {
        if let Ok(event) = web_sys::Event::new("xinyan:take-update") {
            let _ = window().dispatch_event(&event);
        }
    };

    view! {
        <Show when=move || is_waiting.get()>
            <Notice tone=Tone::Info title=td_string!(i18n, app.update) text=td_string!(i18n, app.update_said)>
                <button class="button notice__act" type="button" on:click=take>{td_string!(i18n, app.update_take)}</button>
            </Notice>
        </Show>
    }
}
