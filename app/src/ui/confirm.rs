//! Before something that can't be taken back: what will happen, and a button that says it.

use super::{Asking, Dialog, DialogFoot, Notice, Tone, WhyNot, use_i18n};
use crate::i18n::td_string;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub fn Confirm(
    #[prop(into)] title: TextProp,
    /// What will happen.
    #[prop(into)]
    text: TextProp,
    #[prop(into)] yes: TextProp,
    asking: Asking,
    #[prop(into)] on_yes: Callback<()>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let heading = title.clone();

    view! {
        <Dialog title=title on_close=on_close on_submit=on_yes>
            <div class="dialog__body">
                <Notice tone=Tone::Warn title=heading text=text/>
                <WhyNot asking/>
            </div>
            <DialogFoot>
                <button class="button" type="button" on:click=move |_| on_close.run(())>{td_string!(i18n, app.not_now)}</button>
                <button class="button is-primary" type="submit" aria-busy=move || asking.is_busy().then_some("true")>{move || yes.get()}</button>
            </DialogFoot>
        </Dialog>
    }
}
