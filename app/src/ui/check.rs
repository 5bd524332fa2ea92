//! One thing that is so or not.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub fn Check(#[prop(into)] label: TextProp, is_on: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="check">
            <input
                class="check__input"
                type="checkbox"
                prop:checked=move || is_on.get()
                on:change:target=move |event| is_on.set(event.target().checked())
            />
            {move || label.get()}
        </label>
    }
}
