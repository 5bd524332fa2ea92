//! It no longer holds: with a reason, for exactly the entries that are in view.

use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::ui::{Dialog, DialogFoot, Icon, LongField, Lu, Notice, SaveLine, Tone, joined, use_i18n, use_required, use_save};
use domain::{Action, Allergy, AllergyTag, CustomerId};
use leptos::prelude::*;

#[component]
pub fn ResolveDialog(id: CustomerId, name: String, seen: Vec<(AllergyTag, Allergy)>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let reason = use_required();
    let name = StoredValue::new(name);
    let tags = StoredValue::new(seen.iter().map(|(tag, _)| *tag).collect::<std::collections::BTreeSet<_>>());
    let submit = move || {
        if let Some(reason) = reason.read() {
            save.commit(Action::ResolveAllergy { customer: id, tags: tags.get_value(), reason }, move || is_open.set(false));
        }
    };

    view! {
        <Dialog title=move || td_string!(i18n, allergies.resolve_one, what = name.get_value()) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Seen name=name.get_value() seen/>
                <LongField label=td_string!(i18n, allergies.reason) mark=td_string!(i18n, form.required) hint=td_string!(i18n, allergies.reason_hint) value=reason.typed wrong=reason.wrong() is_first=true/>
                <Notice tone=Tone::Warn title=td_string!(i18n, allergies.resolve_warn, what = name.get_value()) text=td_string!(i18n, allergies.resolve_warn_said)/>
                <SaveLine save/>
            </div>
            <DialogFoot>
                <button class="button" type="button" on:click=move |_| is_open.set(false)>{td_string!(i18n, allergies.resolve_not)}</button>
                <button class="button is-primary" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    <Icon is=Lu::ShieldCheck/>
                    {td_string!(i18n, allergies.resolve)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

#[component]
fn Seen(name: String, seen: Vec<(AllergyTag, Allergy)>) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let line = move |(_, allergy): (AllergyTag, Allergy)| {
        let remark = allergy.remark.map(String::from).unwrap_or_default();
        let words = move || {
            let by = by_and_when(allergy.written, true);
            joined(i18n, [remark.as_str(), by.as_str()])
        };
        view! { <li class="allergy-seen__tag"><bdi>{words}</bdi></li> }
    };

    view! {
        <div class="allergy-seen">
            <p class="allergy-seen__what"><bdi>{name}</bdi></p>
            <ul>{seen.into_iter().map(line).collect_view()}</ul>
        </div>
    }
}
