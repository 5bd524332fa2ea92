//! What was noted last, by whom and when: of whichever day it is, it is not the last visit's.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, moment, use_i18n, use_now};
use leptos::prelude::*;

#[component]
pub fn LastNote(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let last = move || {
        let salon = replica.salon()?;
        let FileView::Here(row) = file.get() else {
            return None;
        };
        let note = row.file.notes.values().next_back()?.clone();
        let by = salon.person(note.written.by).map(|person| person.name.as_str().to_owned()).unwrap_or_default();
        let when = moment(i18n, salon.settings.offset, note.written.at, now.get());
        Some(view! {
            <p class="handover">
                <Icon is=Lu::MessageCircle/>
                <span class="handover__words"><bdi>{note.text.as_str().to_owned()}</bdi></span>
                <span class="handover__by"><bdi>{td_string!(i18n, app.by_when, by = by, when = when)}</bdi></span>
            </p>
        })
    };

    view! { {last} }
}
