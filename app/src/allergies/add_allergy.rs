//! She says that she reacts to something: the usual ones at a touch, any other in words.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, I18n, Icon, LongField, Lu, SaveLine, TextField, bad_text_words, use_i18n, use_save,
};
use domain::{Action, AllergyTag, CustomerId, Name, Text};
use leptos::prelude::*;

/// As product lists have them, so that a rule finds them whatever the language on screen.
const USUAL: [&str; 8] = ["酒精", "香精", "水杨酸", "果酸", "防腐剂", "精油", "乳胶", "金属镍"];

fn usual_words(i18n: I18n) -> Vec<Choice<String>> {
    let words = [
        td_string!(i18n, usual.alcohol),
        td_string!(i18n, usual.fragrance),
        td_string!(i18n, usual.salicylic),
        td_string!(i18n, usual.fruit_acid),
        td_string!(i18n, usual.preservative),
        td_string!(i18n, usual.essential_oil),
        td_string!(i18n, usual.latex),
        td_string!(i18n, usual.nickel),
    ];
    USUAL.into_iter().zip(words).map(|(is, word)| Choice { is: is.to_owned(), word: word.to_owned() }).collect()
}

/// Somebody answers the question here; on the red strip it would be a substance.
fn says_none(what: &str) -> bool {
    let what = what.trim().to_lowercase();
    ["无", "無", "没有", "沒有", "没有过敏", "沒有過敏", "无过敏", "無過敏", "不过敏", "不過敏", "none", "no", "-"]
        .contains(&what.as_str())
}

#[component]
pub fn AddAllergyDialog(id: CustomerId, file: Memo<FileView>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let [what, remark] = [(); 2].map(|()| RwSignal::new(String::new()));
    let is_tried = RwSignal::new(false);
    let is_known = move || match file.get() {
        FileView::Here(row) => row.file.allergies.active().any(|(_, allergy)| allergy.what.as_str() == what.get().trim()),
        FileView::NotHere => false,
    };
    let wrong = Signal::derive(move || match Name::new(&what.get()) {
        Ok(name) if says_none(name.as_str()) => Some(td_string!(i18n, allergies.says_none).to_owned()),
        Ok(_) => is_known().then(|| td_string!(i18n, allergies.known).to_owned()),
        Err(bad) => is_tried.get().then(|| bad_text_words(i18n, bad)),
    });
    let submit = move || {
        is_tried.set(true);
        if let (Ok(what), None) = (Name::new(&what.get_untracked()), wrong.get_untracked()) {
            let tag = AllergyTag::new(replica.new_uuid());
            let remark = Text::new(&remark.get_untracked()).ok();
            save.commit(Action::AddAllergy { customer: id, tag, what, remark }, move || is_open.set(false));
        }
    };

    view! {
        <Dialog title=td_string!(i18n, allergies.add_title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Choices
                    label=td_string!(i18n, allergies.usual)
                    chosen=Signal::derive(move || Some(what.get()))
                    on_choose=move |word| what.set(word)
                    choices=Signal::derive(move || usual_words(i18n))
                />
                <TextField label=td_string!(i18n, allergies.what) hint=td_string!(i18n, allergies.what_hint) value=what wrong is_required=true is_first=true/>
                <LongField label=td_string!(i18n, allergies.remark) mark=td_string!(i18n, form.may_be_empty) value=remark/>
                <SaveLine save/>
            </div>
            <DialogFoot said=td_string!(i18n, allergies.add_said)>
                <button class="button is-primary is-tall" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    <Icon is=Lu::Plus/>
                    {td_string!(i18n, allergies.add_do)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
