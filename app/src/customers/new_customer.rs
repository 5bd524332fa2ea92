//! A new file (M2-08): a name is enough, the rest may come later.

use super::LookAlikes;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Dialog, Draft, Lu, RecordFoot, SaveLine, TextField, bad_text_words, typed_over, use_draft, use_i18n, use_save};
use domain::{Action, CustomerId, Name, NewCustomer, Phone, ProfileField as F, ProfileValue};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn NewCustomerDialog(is_adding: RwSignal<bool>, begin_with: String) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let navigate = use_navigate();
    // What was searched for is her name, unless it is a number.
    let is_name = !begin_with.is_ascii();
    let begin_with = if is_name { begin_with } else { String::new() };
    // What she has typed outlives a lock.
    let drafts = [F::Name, F::Phone, F::Card, F::Source].map(|field| use_draft(Draft::NewCustomer(field)));
    let [name, phone, card, source] = drafts;
    if name.with_untracked(Option::is_none) && !begin_with.is_empty() {
        name.set(Some(begin_with));
    }
    let [name_typed, phone_typed, card_typed, source_typed] = drafts.map(|draft| typed_over(draft, String::new));
    let [name, phone, card, source] =
        [name, phone, card, source].map(|draft| Signal::derive(move || draft.get().unwrap_or_default()));
    let close = move || {
        drafts.iter().for_each(|draft| draft.set(None));
        is_adding.set(false);
    };
    let is_tried = RwSignal::new(false);
    let name_wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let phone_wrong = Signal::derive(move || {
        let typed = phone.get();
        let is_bad = is_tried.get() && !typed.trim().is_empty() && Phone::new(&typed).is_err();
        is_bad.then(|| td_string!(i18n, form.bad_phone).to_owned())
    });
    let add = move || {
        is_tried.set(true);
        let (Ok(named), None) = (Name::new(&name.get_untracked()), phone_wrong.get_untracked()) else {
            return;
        };
        let mut file = NewCustomer::named(named);
        let text = |typed: Signal<String>| Name::new(&typed.get_untracked()).ok();
        let number = Phone::new(&phone.get_untracked()).ok();
        let values = [
            number.map(|phone| ProfileValue::Phone(Some(phone))),
            text(card).map(|card| ProfileValue::Card(Some(card))),
            text(source).map(|source| ProfileValue::Source(Some(source))),
        ];
        file.profile.extend(values.into_iter().flatten());
        let customer = CustomerId::new(replica.new_uuid());
        let navigate = navigate.clone();
        save.commit(Action::AddCustomer { customer, card: Box::new(file) }, move || {
            close();
            navigate(&format!("/customers/{customer}"), Default::default());
        });
    };

    view! {
        <Dialog title=td_string!(i18n, customers.add) on_close=move |()| close() on_submit=move |()| add()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, field.name) mark=td_string!(i18n, form.required) hint=td_string!(i18n, customers.name_hint) value=name_typed wrong=name_wrong is_required=true is_first=true/>
                <TextField label=td_string!(i18n, field.phone) value=phone_typed kind="tel" width="is-middle" inputmode="tel" wrong=phone_wrong/>
                <LookAlikes name phone/>
                <div class="field-pair">
                    <TextField label=td_string!(i18n, field.card) value=card_typed/>
                    <TextField label=td_string!(i18n, field.source) value=source_typed/>
                </div>
                <SaveLine save/>
            </div>
            <RecordFoot save said=td_string!(i18n, customers.add_said) icon=Lu::UserPlus word=td_string!(i18n, customers.add_do)/>
        </Dialog>
    }
}
