//! What the browser loads: the app, put into the page; and a plain sentence should it ever stop.

#[cfg(target_arch = "wasm32")]
mod panic;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    panic::say_so_when_it_happens();
    leptos::mount::mount_to_body(app::ui::App);
}
