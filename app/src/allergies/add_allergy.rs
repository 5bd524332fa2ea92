//! She says that she reacts to something: the usual ones at a touch, any other in words.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, I18n, LongField, Lu, RecordFoot, SaveLine, TextField, bad_text_words, use_i18n, use_save, usual_word,
};
use domain::{Action, AllergyTag, CustomerId, Name, Text, UsualIngredient};
use leptos::prelude::*;

/// Kept as product lists have them, whatever the language on screen.
fn usual_words(i18n: I18n) -> Vec<Choice<String>> {
    let choice = |usual: UsualIngredient| Choice {
        is: usual_word(I18n::zh_CN, usual).to_owned(),
        word: usual_word(i18n, usual).to_owned(),
    };
    UsualIngredient::ALL.into_iter().map(choice).collect()
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
            <RecordFoot save said=td_string!(i18n, allergies.add_said) icon=Lu::Plus word=td_string!(i18n, allergies.add_do)/>
        </Dialog>
    }
}
