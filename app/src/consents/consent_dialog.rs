//! She was asked, or says so by herself. One tap for each answer: nothing is chosen beforehand, and taking back is no harder than giving.

use crate::i18n::td_string;
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, Icon, LongField, Lu, SaveLine, bad_text_words, how_given_word, purpose_name,
    purpose_said, use_i18n, use_save,
};
use domain::{Action, BadText, Consent, CustomerId, HowGiven, Permission, Purpose, Text};
use leptos::prelude::*;

#[component]
pub fn ConsentDialog(id: CustomerId, purpose: Purpose, permission: Memo<Permission>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let how = RwSignal::new(HowGiven::InPerson);
    let typed = RwSignal::new(String::new());
    let bad = RwSignal::new(None::<BadText>);
    let wrong = Signal::derive(move || bad.get().map(|bad| bad_text_words(i18n, bad)));
    let choices = move || HowGiven::ALL.map(|is| Choice { is, word: how_given_word(i18n, is).to_owned() }).to_vec();
    let record = move |is_given| {
        let remark = match Text::new(&typed.get_untracked()) {
            Ok(remark) => Some(remark),
            Err(BadText::Empty) => None,
            Err(too_long) => return bad.set(Some(too_long)),
        };
        let consent = Consent { is_given, how: how.get_untracked(), remark };
        save.commit(Action::RecordConsent { customer: id, purpose, consent }, move || is_open.set(false));
    };
    let no = move || match permission.get() {
        Permission::Given => td_string!(i18n, consents.withdraw),
        Permission::NotAsked | Permission::Withdrawn => td_string!(i18n, consents.refuse),
    };
    let is_busy = move || save.is_busy().then_some("true");

    view! {
        <Dialog title=move || td_string!(i18n, consents.record_one, what = purpose_name(i18n, purpose)) on_close=move |()| is_open.set(false)>
            <div class="dialog__body">
                <p class="note">{purpose_said(i18n, purpose)}</p>
                <Choices
                    label=td_string!(i18n, consents.how)
                    chosen=Signal::derive(move || Some(how.get()))
                    on_choose=move |is| how.set(is)
                    choices=Signal::derive(choices)
                />
                <LongField label=td_string!(i18n, consents.remark) mark=td_string!(i18n, consents.remark_mark) value=typed wrong/>
                <p class="note">{td_string!(i18n, consents.record_said)}</p>
                <SaveLine save/>
            </div>
            <DialogFoot>
                <button class="button is-tall" type="button" aria-busy=is_busy on:click=move |_| record(false)>
                    <Icon is=Lu::CircleSlash/>
                    {no}
                </button>
                <button class="button is-tall" type="button" aria-busy=is_busy on:click=move |_| record(true)>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, consents.agree)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
