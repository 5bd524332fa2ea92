//! What was recorded, in a few words; and why it was not taken, in a sentence.

use crate::care::{findings_words, patch_words, use_words};
use crate::consents::consent_words;
use crate::contacts::talk_words;
use crate::customer_files::{answer_words, value_words};
use crate::i18n::td_string;
use crate::replica::Replica;
use crate::skin::measurement_words;
use crate::treatment::event_words;
use crate::ui::{I18n, field_word, joined, purpose_name, question_name, refusal_words, said_word, short_day, unfit_words};
use domain::Action;
use sync::Outcome;

pub fn action_words(i18n: I18n, replica: Replica, action: Option<&Action>) -> String {
    let Some(action) = action else {
        return td_string!(i18n, did.something).to_owned();
    };
    match action {
        Action::AddCustomer { .. } => td_string!(i18n, did.add_customer).to_owned(),
        Action::CorrectProfile { value, .. } => td_string!(i18n, did.correct, what = field_word(i18n, value.field())),
        Action::AnswerQuestion { question, .. } => td_string!(i18n, did.answer, what = question_name(i18n, *question)),
        Action::AddAllergy { what, .. } => td_string!(i18n, did.add_allergy, what = what.as_str()),
        Action::ResolveAllergy { .. } => td_string!(i18n, did.resolve_allergy).to_owned(),
        Action::WriteCareNote { .. } => td_string!(i18n, did.note).to_owned(),
        Action::ExpectVisit { on, .. } => td_string!(i18n, did.expect, day = short_day(i18n, *on, replica.today())),
        Action::AskDeletion { .. } => td_string!(i18n, did.ask_deletion).to_owned(),
        Action::DeclineDeletion { .. } => td_string!(i18n, did.decline_deletion).to_owned(),
        Action::OpenFile { .. } => td_string!(i18n, did.open).to_owned(),
        Action::JoinFiles { .. } => td_string!(i18n, did.join).to_owned(),
        Action::PartFiles { .. } => td_string!(i18n, did.part).to_owned(),
        Action::DoubtWhose { .. } => td_string!(i18n, did.doubt).to_owned(),
        Action::SettleDoubts { .. } => td_string!(i18n, did.settle).to_owned(),
        Action::RecordConsent { purpose, .. } => td_string!(i18n, did.consent, what = purpose_name(i18n, *purpose)),
        Action::LogContact { is, .. } => td_string!(i18n, did.contact, what = talk_words(i18n, is)),
        Action::EraseFile { .. } => td_string!(i18n, did.erase).to_owned(),
        Action::TakeIn { action, .. } => action_words(i18n, replica, Some(action)),
        Action::SetAside { .. } | Action::LeaveOut { .. } => td_string!(i18n, did.set_aside).to_owned(),
        Action::FurnishRoom { .. } => td_string!(i18n, did.room).to_owned(),
        Action::OfferService { .. } => td_string!(i18n, did.service).to_owned(),
        Action::ChangeSettings { .. } => td_string!(i18n, did.settings).to_owned(),
        Action::LookAtSkin { findings, .. } => td_string!(i18n, did.skin, what = findings_words(i18n, findings)),
        Action::UseProduct { is, .. } => match replica.salon() {
            Some(salon) => td_string!(i18n, did.used, what = use_words(i18n, &salon, is)),
            None => td_string!(i18n, did.something).to_owned(),
        },
        Action::OvertakeUse { .. } => td_string!(i18n, did.overtaken).to_owned(),
        Action::ConfirmUse { .. } => td_string!(i18n, did.confirm_use).to_owned(),
        Action::StockProduct { is, .. } => td_string!(i18n, did.product, what = is.name.as_str()),
        Action::TryPatch { is, .. } => td_string!(i18n, did.patch, what = patch_words(i18n, replica, is)),
        Action::Measure { is, .. } => td_string!(i18n, did.measure, what = measurement_words(i18n, replica, is)),
        Action::Care { is, .. } => td_string!(i18n, did.care, what = event_words(i18n, replica, is)),
        Action::OpenBatch { .. } => td_string!(i18n, did.opened).to_owned(),
        Action::Prescribe { .. } => td_string!(i18n, did.prescribe).to_owned(),
        Action::KeepInstrument { is, .. } => td_string!(i18n, did.instrument, what = is.name.as_str()),
        Action::StockBatch { is, .. } => td_string!(i18n, did.batch, what = is.number.as_str()),
    }
}

/// What it says, for whoever has to judge it without the file: her words, the value, the answer.
pub fn action_detail(i18n: I18n, replica: Replica, action: &Action) -> Option<String> {
    let text = match action {
        Action::CorrectProfile { value, .. } => value_words(i18n, replica, value),
        Action::AnswerQuestion { answer, .. } => {
            joined(i18n, [said_word(i18n, answer.said), &answer_words(i18n, replica, answer)])
        }
        Action::AddAllergy { remark, .. } => remark.as_ref()?.as_str().to_owned(),
        Action::ResolveAllergy { reason, .. } | Action::AskDeletion { reason, .. } | Action::DeclineDeletion { reason, .. } => {
            reason.as_str().to_owned()
        }
        Action::RecordConsent { consent, .. } => consent_words(i18n, consent),
        Action::LogContact { is, .. } => is.text.as_ref()?.as_str().to_owned(),
        Action::WriteCareNote { text, .. } => text.as_str().to_owned(),
        Action::AddCustomer { card, .. } => card.name.as_str().to_owned(),
        Action::TakeIn { action, .. } => return action_detail(i18n, replica, action),
        _ => return None,
    };
    Some(text)
}

pub fn objection_words(i18n: I18n, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Quarantined { reason } => td_string!(i18n, entries.set_aside, why = unfit_words(i18n, *reason)),
        Outcome::Refused { refusal } => refusal_words(i18n, refusal).to_owned(),
        Outcome::Applied { .. } | Outcome::RetryLater | Outcome::Gap { .. } | Outcome::Forked => String::new(),
    }
}
