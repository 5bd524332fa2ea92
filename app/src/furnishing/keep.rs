//! How every form about the shop ends.

use crate::i18n::td_string;
use crate::ui::{DialogFoot, Save, use_i18n};
use leptos::prelude::*;

#[component]
pub fn KeepFoot(save: Save) -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <DialogFoot>
            <button class="button is-primary" type="submit" aria-busy=move || save.is_busy().then_some("true")>{td_string!(i18n, furnishing.keep)}</button>
        </DialogFoot>
    }
}
