//! A wait that lasts: what will come, in grey, once it takes longer than a blink.

use super::{Show, use_i18n};
use crate::i18n::td_string;
use crate::replica::here;
use leptos::prelude::*;
use leptos::task::spawn_local;

const BLINK_MS: u32 = 300;

#[component]
pub fn Skeleton() -> impl IntoView {
    let i18n = use_i18n();
    let is_long = RwSignal::new(false);
    spawn_local(async move {
        here::rest(BLINK_MS).await;
        is_long.try_set(true);
    });

    view! {
        <Show when=move || is_long.get()>
            <p class="heard-only" role="status">{td_string!(i18n, app.opening)}</p>
            <div class="skeleton" aria-hidden="true">
                <div class="skeleton__line is-title"></div>
                <div class="skeleton__block"></div>
                <div class="skeleton__line"></div>
                <div class="skeleton__line is-short"></div>
            </div>
        </Show>
    }
}

/// Calls back once what was just made has been drawn; not if it is gone by then.
pub fn on_first_paint(done: impl FnOnce() + 'static) {
    let made = StoredValue::new(());
    spawn_local(async move {
        here::drawn().await;
        if made.try_get_value().is_some() {
            done();
        }
    });
}
