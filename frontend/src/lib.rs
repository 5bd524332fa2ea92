//! What the browser loads: the app, put into the page; a plain sentence should it ever stop; and beside the page, in a worker, the
//! stretching of passwords.

#[cfg(target_arch = "wasm32")]
mod panic;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    // A worker has no page.
    if leptos::web_sys::window().is_none() {
        return;
    }
    panic::say_so_when_it_happens();
    leptos::mount::mount_to_body(app::ui::App);
}

/// For the worker.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn stretched(password: &str, salt: &[u8]) -> Option<Vec<u8>> {
    let key = sync::stretch(password, salt.try_into().ok()?).ok()?;
    Some(key.bytes().to_vec())
}
