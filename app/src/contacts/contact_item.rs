//! One contact: how, who, about what; marked where she had not wanted it.

use super::talk_words;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, Show, short_day, use_i18n};
use domain::Contact;
use leptos::prelude::*;

#[component]
pub fn ContactItem(
    contact: Signal<Option<Contact>>,
    file: Memo<FileView>,
    #[prop(optional, into)] is_unsent: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let is_unwanted = move || match (contact.get(), file.get()) {
        (Some(contact), FileView::Here(row)) => contact.is_despite(&row.file),
        _ => false,
    };
    let replica = use_replica();
    let on = move || {
        let on = contact.get()?.talk.on?;
        Some(td_string!(i18n, contacts.on_day, day = short_day(i18n, on, replica.today())))
    };
    let text = move || contact.get().and_then(|contact| contact.talk.text).map(String::from);

    view! {
        <li class="care-note">
            <header class="care-note__head">
                <span class="care-note__kind">{move || contact.get().map(|contact| talk_words(i18n, &contact.talk))}</span>
                {move || on().map(|on| view! { <b>{on}</b> })}
                <span><bdi>{move || contact.get().map(|contact| by_and_when(contact.written, true))}</bdi></span>
                <Show when=move || is_unsent.get()>
                    <span class="care-note__state flag is-warn"><Icon is=Lu::CloudOff/>{td_string!(i18n, notes.unsent)}</span>
                </Show>
            </header>
            <Show when=is_unwanted>
                <p><span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, contacts.despite)}</span></p>
            </Show>
            {move || text().map(|text| view! { <p class="care-note__words"><bdi>{text}</bdi></p> })}
        </li>
    }
}
