//! A drawing beside a word; never alone, so it is silent to those who listen.

use super::Lu;
use leptos::prelude::*;

#[component]
pub fn Icon(is: Lu) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=is.drawing()></svg> }
}
