//! The salon was asked and did not answer.

use super::{Icon, Lu, Notice, Tone, fault_words, use_i18n};
use crate::api::Fault;
use crate::i18n::td_string;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub fn NoAnswer(fault: Fault, #[prop(into)] title: TextProp, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <Notice tone=Tone::Offline title text=fault_words(i18n, fault.0)>
            <button class="button notice__act" type="button" on:click=move |_| again.run(())>
                <Icon is=Lu::RefreshCw/>
                {td_string!(i18n, app.again)}
            </button>
        </Notice>
    }
}
