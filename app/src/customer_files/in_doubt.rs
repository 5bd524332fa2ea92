//! Two files were taken apart: what was recorded while they were shown as one may be either customer's, and somebody asks whose it is.

use super::file_head::use_by_and_when;
use crate::consents::consent_word;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Icon, Lu, Notice, SaveLine, Show, Tone, joined, listed, purpose_name, question_name, said_word, use_i18n, use_save,
};
use domain::{Action, CustomerFile, CustomerId, Doubt, Doubtful};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn InDoubt(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let with = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.in_doubt.keys().copied().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });

    view! { <For each=move || with.get() key=|with| *with let:with><WithOne id file with/></For> }
}

#[component]
fn WithOne(id: CustomerId, file: Memo<FileView>, with: CustomerId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let by_and_when = use_by_and_when();
    let doubts = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.in_doubt.get(&with).cloned().unwrap_or_default(),
        FileView::NotHere => BTreeSet::new(),
    });
    // Of what stands here now: what comes later is asked anew.
    let settle = move || Action::SettleDoubts { customer: id, with, doubts: doubts.get_untracked() };
    let may = Memo::new(move |_| replica.may(&settle()));
    let one = move |file: &CustomerFile, doubt: &Doubt| {
        let what = match doubt.what {
            Doubtful::Allergy(tag) => file.allergies.active().find(|(known, _)| *known == tag)?.1.what.as_str().to_owned(),
            Doubtful::Answer(question) => joined(i18n, [question_name(i18n, question), said_word(i18n, file.said(question))]),
            Doubtful::Consent(purpose) => {
                let said = consent_word(i18n, &file.consents.get(&purpose)?.value);
                joined(i18n, [purpose_name(i18n, purpose), said])
            }
            Doubtful::Note(_)
            | Doubtful::Contact(_)
            | Doubtful::Use(_)
            | Doubtful::Patch(_)
            | Doubtful::Measurement(_)
            | Doubtful::Treatment(_) => return None,
        };
        Some(td_string!(i18n, doubt.one, what = what, who = by_and_when(doubt.said, true)))
    };
    let text = move || {
        let FileView::Here(row) = file.get() else { return String::new() };
        let doubts = doubts.get();
        let count = |is: fn(&Doubtful) -> bool| doubts.iter().filter(|doubt| is(&doubt.what)).count();
        let notes = count(|what| matches!(what, Doubtful::Note(_)));
        let contacts = count(|what| matches!(what, Doubtful::Contact(_)));
        let is_care = |what: &Doubtful| {
            matches!(what, Doubtful::Use(_) | Doubtful::Patch(_) | Doubtful::Measurement(_) | Doubtful::Treatment(_))
        };
        let care = count(is_care);
        let said = doubts.iter().filter_map(|doubt| one(&row.file, doubt));
        let said = said.chain((notes > 0).then(|| td_string!(i18n, doubt.notes, count = notes)));
        let said = said.chain((contacts > 0).then(|| td_string!(i18n, doubt.contacts, count = contacts)));
        let said = said.chain((care > 0).then(|| td_string!(i18n, doubt.care, count = care)));
        let words = listed(i18n, said.collect::<Vec<_>>().iter().map(String::as_str));
        if may.get() { td_string!(i18n, doubt.todo, what = words) } else { td_string!(i18n, doubt.not_you, what = words) }
    };

    view! {
        <Notice tone=Tone::Warn title=td_string!(i18n, doubt.title) text>
            <div class="notice__act notice__acts">
                // It may have been erased since.
                <Show when=move || replica.summary(with).is_some()>
                    <a class="button" href=format!("/customers/{with}")>
                        {td_string!(i18n, doubt.other)}
                        <Icon is=Lu::ChevronRight/>
                    </a>
                </Show>
                <Show when=move || may.get()>
                    <button
                        class="button"
                        type="button"
                        on:click=move |_| save.commit(settle(), || {})
                    >
                        <Icon is=Lu::Check/>
                        {td_string!(i18n, doubt.settle)}
                    </button>
                </Show>
                <SaveLine save/>
            </div>
        </Notice>
    }
}
