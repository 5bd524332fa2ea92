//! 概览: her particulars, her visits, what may be asked for.

use super::ask_deletion::AskDeletion;
use super::conflict::Conflict;
use super::expect_visit::ExpectVisit;
use super::fact::{FactRow, WithheldFacts};
use super::fact_words::value_words;
use super::join_files::JoinFiles;
use super::visit_lines::VisitLines;
use crate::consents::Withdrawn;
use crate::history::HistorySide;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, Show, field_word, use_i18n};
use domain::{Action, CustomerId, ProfileField, ProfileField as F, ProfileValue, Shown, Written};
use leptos::prelude::*;

/// In the order in which they are read aloud; what was written where nothing could be read comes only when there is something.
pub(super) static FACTS: [ProfileField; 21] = [
    F::Name,
    F::SkinType,
    F::Phone,
    F::PhoneAsWritten,
    F::Birthday,
    F::BirthdayAsWritten,
    F::Gender,
    F::Card,
    F::Consultant,
    F::Source,
    F::Referrer,
    F::SpendingMark,
    F::HomePhone,
    F::Workplace,
    F::BloodType,
    F::Hobbies,
    F::Diet,
    F::FirstVisit,
    F::LastVisit,
    F::SpentBefore,
    F::BalanceBefore,
];

#[component]
pub fn Overview(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();

    view! {
        <div class="customer-file__body">
            <section class="customer-file__main">
                <ToCheck id file/>
                <Withdrawn id file/>
                <section>
                    <div class="section-head"><h2 class="section-head__title">{td_string!(i18n, file.facts)}</h2></div>
                    <dl class="fact-list">
                        {FACTS.map(|field| view! { <FactRow id file field/> }).collect_view()}
                        <WithheldFacts file fields=&FACTS/>
                    </dl>
                </section>
                <section>
                    <div class="section-head">
                        <h2 class="section-head__title">{td_string!(i18n, file.visit_list)}</h2>
                        <ExpectVisit id/>
                    </div>
                    <VisitLines file/>
                </section>
                <Show when=move || replica.manages()>
                    <p>
                        <a class="button is-plain" href=format!("/copies/{id}")>
                            <Icon is=Lu::FileText/>
                            {td_string!(i18n, copy.ask)}
                        </a>
                    </p>
                </Show>
                <JoinFiles id file/>
                <AskDeletion id file/>
            </section>
            <section class="customer-file__side">
                <HistorySide id file/>
            </section>
        </div>
    }
}

/// Fields into which two people wrote different things.
#[component]
fn ToCheck(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let fields = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row
            .file
            .profile
            .iter()
            .filter(|(_, shown)| matches!(shown, Shown::Known(field) if field.is_to_check()))
            .map(|(field, _)| field)
            .collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let values = move |field: ProfileField| {
        let FileView::Here(row) = file.get() else {
            return Vec::new();
        };
        let Some(Shown::Known(held)) = row.file.profile.field(field) else {
            return Vec::new();
        };
        let rival = |(value, written): (&ProfileValue, Written)| {
            (value_words(i18n, replica, value), Some(written), Action::CorrectProfile { customer: id, value: value.clone() })
        };
        // What two files of one person say of her money may both hold.
        let sum = ProfileValue::sum(held.contenders().map(|(value, _)| value)).filter(|_| !row.file.joined.is_empty());
        let sum = sum.map(|value| {
            let said = td_string!(i18n, conflict.together, value = value_words(i18n, replica, &value));
            (said, None, Action::CorrectProfile { customer: id, value })
        });
        held.contenders().map(rival).chain(sum).collect()
    };

    view! {
        <For each=move || fields.get() key=|field| *field let:field>
            <Conflict what=field_word(i18n, field) values=Signal::derive(move || values(field))/>
        </For>
    }
}
