//! A little of a product was tried on her skin: which, when, and what came of it (S8).

use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{
    Choice, Choices, Dialog, LongField, Lu, PastDayField, RecordFoot, SaveLine, SelectField, patch_word, use_i18n, use_past_day,
    use_save,
};
use domain::{Action, CustomerId, PatchResult, PatchTestId, PatchTried, ProductId, Text};
use leptos::prelude::*;

#[component]
pub fn PatchDialog(id: CustomerId, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, save) = (use_replica(), use_save());
    let [product, remark] = [(); 2].map(|()| RwSignal::new(String::new()));
    let result = RwSignal::new(None::<PatchResult>);
    let is_tried = RwSignal::new(false);
    let day = use_past_day(is_tried);
    let missing = move |is_told: bool| (is_tried.get() && !is_told).then(|| td_string!(i18n, form.choose_one).to_owned());
    let submit = move || {
        is_tried.set(true);
        let told = untrack(|| (product.get().parse::<ProductId>(), result.get(), day.earlier()));
        if let (Ok(product), Some(result), Ok(on)) = told {
            let is = PatchTried { product, on, result, remark: Text::new(&remark.get_untracked()).ok() };
            let test = PatchTestId::new(replica.new_uuid());
            save.commit(Action::TryPatch { customer: id, test, is }, move || is_open.set(false));
        }
    };
    let results = Signal::stored(PatchResult::ALL.map(|is| Choice { is, word: patch_word(i18n, is).to_owned() }).to_vec());

    view! {
        <Dialog title=td_string!(i18n, patch.title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <SelectField
                    label=td_string!(i18n, care.product)
                    value=product
                    options=super::products(i18n, replica)
                    width=""
                    wrong=Signal::derive(move || missing(!product.get().is_empty()))
                />
                <PastDayField label=td_string!(i18n, patch.on) day/>
                <Choices
                    label=td_string!(i18n, patch.result)
                    chosen=result
                    on_choose=move |is| result.set(Some(is))
                    choices=results
                    wrong=Signal::derive(move || missing(result.get().is_some()))
                />
                <LongField label=td_string!(i18n, consents.remark) mark=td_string!(i18n, consents.remark_mark) value=remark/>
                <SaveLine save/>
            </div>
            <RecordFoot save said=td_string!(i18n, patch.said) icon=Lu::Check word=td_string!(i18n, care.keep)/>
        </Dialog>
    }
}
