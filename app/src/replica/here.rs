//! What only the browser knows: the time, chance, whether the page is in front. Nothing else in `app` reads a clock.

use domain::Moment;
use sync::Nonce;
use uuid::{Builder, Uuid};
use wasm_bindgen::{JsCast, closure::Closure};

/// The device's own clock, uncorrected.
pub fn device_now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// A clock that nobody can set, in milliseconds since this page was loaded. It may stand still while the tablet sleeps.
pub fn running_ms() -> i64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0, |running| running.now() as i64)
}

/// A UUIDv7 for what is recorded at that moment.
pub fn new_uuid(now: Moment) -> Uuid {
    let mut chance = [0; 10];
    fill(&mut chance);
    Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &chance).into_uuid()
}

pub fn nonce() -> Nonce {
    let mut bytes = [0; 24];
    fill(&mut bytes);
    bytes
}

pub fn salt() -> [u8; sync::SALT_LENGTH] {
    let mut bytes = [0; sync::SALT_LENGTH];
    fill(&mut bytes);
    bytes
}

/// Evenly between the two, in milliseconds.
pub fn draw(least: u32, most: u32) -> u32 {
    let span = f64::from(most.saturating_sub(least));
    least.saturating_add((js_sys::Math::random() * span) as u32)
}

/// Without randomness nothing can be sealed; a browser that has none can't show this page.
fn fill(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        wasm_bindgen::throw_str("no source of randomness");
    }
}

pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

pub fn is_secure() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}

pub fn is_visible() -> bool {
    web_sys::window().and_then(|window| window.document()).is_none_or(|document| !document.hidden())
}

/// The browser believes that there is a network; it may be wrong.
pub fn is_online() -> bool {
    web_sys::window().is_some_and(|window| window.navigator().on_line())
}

/// The browser has promised not to throw away what is kept here.
pub async fn is_persisted() -> bool {
    let Some(asked) = web_sys::window().and_then(|window| window.navigator().storage().persisted().ok()) else {
        return false;
    };
    wasm_bindgen_futures::JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}

/// Opened from the home screen.
pub fn is_installed() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(display-mode: standalone)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Calls back on an event of the window or document, for as long as the page lives.
pub fn listen(name: &'static str, heard: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(heard);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        if let Some(document) = window.document() {
            let _ = document.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    }
    closure.forget();
}

/// Comes back after that many milliseconds.
pub async fn rest(milliseconds: u32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&done, i32::try_from(milliseconds).unwrap_or(i32::MAX));
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Comes back once the next frame has been drawn.
pub async fn drawn() {
    let promise = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&done);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    rest(0).await;
}

/// Lets the browser paint what was just shown before something slow runs.
pub async fn paint() {
    rest(30).await;
}
