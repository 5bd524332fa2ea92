//! All purposes, one line each: what she said, who heard it and when.

use super::consent_line::ConsentLine;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::use_i18n;
use domain::{Action, Consent, CustomerId, HowGiven, Purpose};
use leptos::prelude::*;

#[component]
pub fn ConsentsTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let may = Memo::new(move |_| {
        let consent = Consent { is_given: false, how: HowGiven::InPerson, said_on: None, remark: None };
        replica.may(&Action::RecordConsent { customer: id, purpose: Purpose::HealthRecord, consent })
    });

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, consents.title)}</h2>
                    <p class="section-head__note">{td_string!(i18n, consents.said)}</p>
                </div>
                <ul class="consent-list" aria-label=td_string!(i18n, consents.title)>
                    {Purpose::ALL.map(|purpose| view! { <ConsentLine id purpose file may=may.into()/> }).collect_view()}
                </ul>
            </section>
        </div>
    }
}
