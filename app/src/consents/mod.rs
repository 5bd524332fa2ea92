//! 同意: what she lets the salon do, purpose by purpose, and what stops where she has taken it back.

mod consent_dialog;
mod consent_line;
mod consents_tab;
mod withdrawn;

pub use consents_tab::ConsentsTab;
pub use withdrawn::{HealthWithdrawn, Withdrawn, use_permission};

use crate::i18n::td_string;
use crate::ui::{I18n, full_day, how_given_word, joined};
use domain::Consent;

/// Given, or not: what she said first was no withdrawal.
pub fn consent_word(i18n: I18n, consent: &Consent) -> &'static str {
    if consent.is_given { td_string!(i18n, consents.given) } else { td_string!(i18n, consents.not_given) }
}

/// How she said it, on which day where that was earlier, and what was remarked.
fn consent_way(i18n: I18n, consent: &Consent) -> String {
    let remark = consent.remark.as_ref().map(|remark| remark.as_str()).unwrap_or_default();
    let on = consent.said_on.map(|on| td_string!(i18n, consents.said_on_day, day = full_day(i18n, on))).unwrap_or_default();
    joined(i18n, [how_given_word(i18n, consent.how), on.as_str(), remark])
}

/// All of it on one line.
pub fn consent_words(i18n: I18n, consent: &Consent) -> String {
    joined(i18n, [consent_word(i18n, consent), consent_way(i18n, consent).as_str()])
}
