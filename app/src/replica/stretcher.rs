//! Stretching a password beside the page: it takes a second, and the page must go on answering.

use leptos::prelude::*;
use sync::{Key, SALT_LENGTH, stretch};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// What the password stretches to; `None` where even the page itself has no room for it. Where there is no worker to be had, the page does it.
pub async fn stretched(password: &str, salt: [u8; SALT_LENGTH]) -> Option<Key> {
    match in_worker(password, &salt).await.and_then(|bytes| bytes.try_into().ok()) {
        Some(bytes) => Some(Key::new(bytes)),
        None => stretch(password, &salt).ok(),
    }
}

/// The worker runs this same program, already compiled; it is ended afterwards, and its memory with it.
async fn in_worker(password: &str, salt: &[u8]) -> Option<Vec<u8>> {
    let build = document().document_element()?.get_attribute("data-build")?;
    let options = web_sys::WorkerOptions::new();
    options.set_type(web_sys::WorkerType::Module);
    let worker = web_sys::Worker::new_with_options(&format!("/stretcher.js{build}"), &options).ok()?;
    let asked = js_sys::Array::of3(&wasm_bindgen::module(), &password.into(), &js_sys::Uint8Array::from(salt));
    let answer = js_sys::Promise::new(&mut |done, failed| {
        let heard = Closure::once_into_js(move |event: web_sys::MessageEvent| {
            let _ = done.call1(&JsValue::NULL, &event.data());
        });
        worker.set_onmessage(Some(heard.unchecked_ref()));
        worker.set_onerror(Some(&failed));
    });
    let answer = match worker.post_message(&asked) {
        Ok(()) => JsFuture::from(answer).await.ok(),
        Err(_) => None,
    };
    worker.terminate();
    answer?.dyn_into::<js_sys::Uint8Array>().ok().map(|bytes| bytes.to_vec())
}
