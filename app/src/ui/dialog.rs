//! A dialog over the page. It exists only while it is open, so it always begins with a clean sheet.

use super::{Icon, Lu, Save, on_first_paint, use_i18n};
use crate::i18n::td_string;
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub fn Dialog(
    #[prop(into)] title: TextProp,
    #[prop(into)] on_close: Callback<()>,
    /// What happens on Enter or the main button.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = super::field::fresh_id();
    let labelled_by = title_id.clone();
    on_first_paint(move || {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // A dialog may stand in another one: what is kept here is no answer there.
        event.stop_propagation();
        if let Some(on_submit) = on_submit {
            on_submit.run(());
        }
    };

    view! {
        <dialog class="dialog" aria-labelledby=labelled_by node_ref=dialog on:close=move |_| on_close.run(())>
            <form class="dialog__form" novalidate on:submit=submit>
                <header class="dialog__head">
                    <h2 class="dialog__title" id=title_id>{move || title.get()}</h2>
                    <button class="button is-plain" type="button" on:click=move |_| close()>
                        <Icon is=Lu::X/>
                        {td_string!(i18n, app.close)}
                    </button>
                </header>
                {children()}
            </form>
        </dialog>
    }
}

/// The row of a dialog's buttons, with a word about what they do.
#[component]
pub fn DialogFoot(#[prop(optional, into)] said: Option<TextProp>, children: Children) -> impl IntoView {
    view! {
        <footer class="dialog__foot">
            {said.map(|said| view! { <p class="dialog__said">{move || said.get()}</p> })}
            {children()}
        </footer>
    }
}

/// How a form ends in which something is recorded.
#[component]
pub fn RecordFoot(save: Save, #[prop(into)] said: TextProp, icon: Lu, word: &'static str) -> impl IntoView {
    view! {
        <DialogFoot said>
            <button class="button is-primary is-tall" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                <Icon is=icon/>
                {word}
            </button>
        </DialogFoot>
    }
}
