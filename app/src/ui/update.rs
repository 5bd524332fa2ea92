//! A newer build of this program waits; it is taken when somebody says so, and nothing is on its way.

use super::{Notice, Show, Tone, use_i18n};
use crate::i18n::td_string;
use crate::replica::{here, use_replica};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So long at most what is being sent keeps a new build waiting.
const LONGEST_MS: u32 = 30_000;

#[component]
pub fn UpdateNotice() -> impl IntoView {
    let i18n = use_i18n();
    let is_told = document().document_element().is_some_and(|root| root.has_attribute("data-update"));
    let is_waiting = RwSignal::new(is_told);
    here::listen("xinyan:update-waiting", move || {
        is_waiting.try_set(true);
    });
    let replica = use_replica();
    let is_wanted = RwSignal::new(false);
    // What is being sent arrives first; without a network it stays in the outbox, which any build reads.
    let is_late = RwSignal::new(false);
    let is_sending = Memo::new(move |_| {
        let mark = replica.mark();
        mark.waiting > 0 && mark.offline_since.is_none() && mark.halt.is_none() && !is_late.get()
    });
    Effect::new(move |_| {
        if is_wanted.get() && !is_sending.get() {
            is_wanted.set(false);
            if let Ok(event) = web_sys::Event::new("xinyan:take-update") {
                let _ = window().dispatch_event(&event);
            }
        }
    });
    // The new build may be what the salon waits for.
    let take = move || {
        is_wanted.set(true);
        spawn_local(async move {
            here::rest(LONGEST_MS).await;
            is_late.try_set(true);
        });
    };
    let said = move || if is_wanted.get() { td_string!(i18n, app.update_first) } else { td_string!(i18n, app.update_said) };

    view! {
        <Show when=move || is_waiting.get()>
            <Notice tone=Tone::Info title=td_string!(i18n, app.update) text=said>
                <button
                    class="button notice__act"
                    type="button"
                    aria-busy=move || is_wanted.get().then_some("true")
                    on:click=move |_| take()
                >
                    {td_string!(i18n, app.update_take)}
                </button>
            </Notice>
        </Show>
    }
}
