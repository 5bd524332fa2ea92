//! She was asked, or says so by herself. One tap for each answer: nothing is chosen beforehand, and taking back is no harder than giving.

use crate::i18n::td_string;
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, Icon, LongField, Lu, PastDayField, SaveLine, bad_text_words, how_given_word,
    purpose_name, purpose_said, use_i18n, use_past_day, use_save,
};
use domain::{Action, BadText, Consent, CustomerId, HowGiven, Permission, Purpose, Text};
use leptos::prelude::*;

#[component]
pub fn ConsentDialog(id: CustomerId, purpose: Purpose, permission: Memo<Permission>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let how = RwSignal::new(None::<HowGiven>);
    let typed = RwSignal::new(String::new());
    let is_tried = RwSignal::new(false);
    let day = use_past_day(is_tried);
    let how_wrong =
        Signal::derive(move || (is_tried.get() && how.get().is_none()).then(|| td_string!(i18n, form.choose_one).to_owned()));
    let text = move || match Text::new(&typed.get()) {
        Ok(remark) => Ok(Some(remark)),
        Err(BadText::Empty) => Ok(None),
        Err(too_long) => Err(too_long),
    };
    let text_wrong = Signal::derive(move || text().err().filter(|_| is_tried.get()).map(|bad| bad_text_words(i18n, bad)));
    let choices = move || HowGiven::ALL.map(|is| Choice { is, word: how_given_word(i18n, is).to_owned() }).to_vec();
    let record = move |is_given| {
        is_tried.set(true);
        let (Some(how), Ok(said_on), Ok(remark)) = untrack(|| (how.get(), day.earlier(), text())) else { return };
        let consent = Consent { is_given, how, said_on, remark };
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
                    chosen=how
                    on_choose=move |is| how.set(Some(is))
                    choices=Signal::derive(choices)
                    wrong=how_wrong
                />
                <PastDayField label=td_string!(i18n, consents.said_on) day/>
                <LongField label=td_string!(i18n, consents.remark) mark=td_string!(i18n, consents.remark_mark) value=typed wrong=text_wrong/>
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
