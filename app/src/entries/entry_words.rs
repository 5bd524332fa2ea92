//! What was recorded, in a few words; and why it was not taken, in a sentence.

use crate::i18n::td_string;
use crate::replica::Replica;
use crate::ui::{I18n, field_word, question_name, refusal_words, short_day, unfit_words};
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
        Action::EraseFile { .. } => td_string!(i18n, did.erase).to_owned(),
        Action::TakeIn { action, .. } => action_words(i18n, replica, Some(action)),
        Action::SetAside { .. } | Action::LeaveOut { .. } => td_string!(i18n, did.set_aside).to_owned(),
        Action::FurnishRoom { .. } => td_string!(i18n, did.room).to_owned(),
        Action::OfferService { .. } => td_string!(i18n, did.service).to_owned(),
        Action::ChangeSettings { .. } => td_string!(i18n, did.settings).to_owned(),
    }
}

pub fn objection_words(i18n: I18n, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Quarantined { reason } => td_string!(i18n, entries.set_aside, why = unfit_words(i18n, *reason)),
        Outcome::Refused { refusal } => refusal_words(i18n, refusal).to_owned(),
        Outcome::Applied { .. } | Outcome::RetryLater | Outcome::Gap { .. } | Outcome::Forked => String::new(),
    }
}
