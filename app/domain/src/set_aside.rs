//! Entries that could not be taken in as they were. What they say of her safety counts until a manager has decided.

use crate::{Action, CareEvent, Dot, Name, PatchResult, ProductClass, ProductId, Purpose, Question, Written};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One of them, about this customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub entry: Dot,
    pub written: Written,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Concern>,
}

/// What an entry says that is read before something is put on her skin, or that stops something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Concern {
    Allergy(Name),
    Answer(Question),
    /// Words that may say anything.
    Note,
    /// She takes back what she had let the salon do.
    Withdrawal(Purpose),
    /// A little of that product did not agree with her.
    Patch(ProductId),
    /// Her skin answered to products of these classes; where none is named, nobody knows to which.
    Reaction(BTreeSet<ProductClass>),
}

impl Action {
    /// What of it would be read before something is put on her skin, or would stop something, were it taken in.
    pub fn concerns(&self) -> Vec<Concern> {
        match self {
            Self::AddAllergy { what, .. } => vec![Concern::Allergy(what.clone())],
            Self::AnswerQuestion { question, .. } if question.is_for_safety() => vec![Concern::Answer(*question)],
            Self::AddCustomer { card, .. } => {
                let allergies = card.allergies.iter().map(|(_, what, _)| Concern::Allergy(what.clone()));
                let answers = card.answers.iter().filter(|(question, _)| question.is_for_safety());
                allergies.chain(answers.map(|(question, _)| Concern::Answer(*question))).collect()
            }
            Self::WriteCareNote { .. } => vec![Concern::Note],
            Self::LookAtSkin { findings, .. } if !findings.is_empty() => vec![Concern::Note],
            Self::UseProduct { .. } => vec![Concern::Note],
            Self::TryPatch { is, .. } if is.result == PatchResult::Positive => vec![Concern::Patch(is.product)],
            Self::Care { is, .. } => match &**is {
                CareEvent::React(reacted) => vec![Concern::Reaction(reacted.classes.clone())],
                _ => vec![Concern::Note],
            },
            Self::LogContact { is, .. } if is.text.is_some() => vec![Concern::Note],
            Self::RecordConsent { purpose, consent, .. } if !consent.is_given => vec![Concern::Withdrawal(*purpose)],
            Self::TakeIn { action, .. } => action.concerns(),
            Self::CorrectProfile { .. }
            | Self::AnswerQuestion { .. }
            | Self::ResolveAllergy { .. }
            | Self::ExpectVisit { .. }
            | Self::AskDeletion { .. }
            | Self::DeclineDeletion { .. }
            | Self::OpenFile { .. }
            | Self::JoinFiles { .. }
            | Self::PartFiles { .. }
            | Self::DoubtWhose { .. }
            | Self::SettleDoubts { .. }
            | Self::RecordConsent { .. }
            | Self::LogContact { .. }
            | Self::LookAtSkin { .. }
            | Self::OvertakeUse { .. }
            | Self::ConfirmUse { .. }
            | Self::EraseFile { .. }
            | Self::SetAside { .. }
            | Self::LeaveOut { .. }
            | Self::FurnishRoom { .. }
            | Self::OfferService { .. }
            | Self::ChangeSettings { .. }
            | Self::StockProduct { .. }
            | Self::StockBatch { .. }
            | Self::TryPatch { .. }
            | Self::Measure { .. }
            | Self::Prescribe { .. }
            | Self::OpenBatch { .. }
            | Self::KeepInstrument { .. } => Vec::new(),
        }
    }
}
