//! Keys at the desk: `/` finds, `n` begins something new, `Esc` goes back. Not while somebody is typing or a dialog is open.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// Calls back on a key, as long as the component that asked for it is on screen.
pub fn on_key(key: &'static str, pressed: impl Fn() + 'static) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() == key && is_free(&event) {
            event.prevent_default();
            pressed();
        }
    });
    on_cleanup(move || handle.remove());
}

fn is_free(event: &KeyboardEvent) -> bool {
    let is_typed = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select, [contenteditable]").unwrap_or(false));
    let is_covered = document().query_selector("dialog[open], [popover]:popover-open").ok().flatten().is_some();
    let is_chord = event.ctrl_key() || event.meta_key() || event.alt_key();
    !is_typed && !is_covered && !is_chord && !event.default_prevented()
}
