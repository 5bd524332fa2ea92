//! Words that somebody wants to add, at any time; after the end as an addendum.

use super::log::Log;
use crate::i18n::td_string;
use crate::ui::{Dialog, LongField, Lu, RecordFoot, SaveLine, use_i18n, use_required};
use domain::CareEvent;
use leptos::prelude::*;

#[component]
pub fn AddForm(log: Log, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (log, words) = (log.fresh(), use_required());
    let submit = move || {
        if let Some(text) = words.read() {
            log.record(CareEvent::Add(text), move || is_open.set(false));
        }
    };

    view! {
        <Dialog title=td_string!(i18n, room.add) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <LongField label=td_string!(i18n, room.add_what) value=words.typed wrong=words.wrong() is_first=true/>
                <SaveLine save=log.save/>
            </div>
            <RecordFoot save=log.save said=td_string!(i18n, contacts.only_added) icon=Lu::Check word=td_string!(i18n, care.keep)/>
        </Dialog>
    }
}
