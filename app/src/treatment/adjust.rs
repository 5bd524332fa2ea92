//! How it is done from now on: by how she feels, one tap each (M6-07).

use super::log::Log;
use crate::i18n::td_string;
use crate::ui::{Dialog, SaveLine, adjustment_word, use_i18n};
use domain::{Adjustment, CareEvent};
use leptos::prelude::*;

#[component]
pub fn AdjustDialog(log: Log, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let log = log.fresh();
    let one = move |how: Adjustment| {
        let record = move |_| log.record(CareEvent::Adjust(how), move || is_open.set(false));
        view! { <button class="button is-tall" type="button" on:click=record>{adjustment_word(i18n, how)}</button> }
    };

    view! {
        <Dialog title=td_string!(i18n, room.adjust) on_close=move |()| is_open.set(false)>
            <div class="dialog__body">
                <div class="choices">{Adjustment::ALL.map(one).collect_view()}</div>
                <SaveLine save=log.save/>
            </div>
        </Dialog>
    }
}
