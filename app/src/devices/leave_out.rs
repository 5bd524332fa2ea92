//! An entry that was set aside stays out: with a reason, kept with the manager's name.

use super::set_aside::Deciding;
use crate::api::Verdict;
use crate::i18n::td_string;
use crate::ui::{Dialog, DialogFoot, LongField, WhyNot, use_i18n, use_required};
use leptos::prelude::*;

#[component]
pub fn LeaveOutDialog(deciding: Deciding, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let reason = use_required();
    let submit = move || {
        if let Some(reason) = reason.read() {
            deciding.decide(Verdict::LeaveOut { reason });
        }
    };

    view! {
        <Dialog title=td_string!(i18n, set_aside.leave_out_title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <LongField label=td_string!(i18n, set_aside.reason) mark=td_string!(i18n, form.required) hint=td_string!(i18n, set_aside.reason_hint) value=reason.typed wrong=reason.wrong() is_first=true/>
                <WhyNot asking=deciding.asking/>
            </div>
            <DialogFoot>
                <button class="button" type="button" on:click=move |_| is_open.set(false)>{td_string!(i18n, app.not_now)}</button>
                <button class="button is-primary" type="submit">{td_string!(i18n, set_aside.leave_out)}</button>
            </DialogFoot>
        </Dialog>
    }
}
