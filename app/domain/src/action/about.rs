//! What is to be known of an action before it is decided: whose it is, who may have recorded it, what it is called.

use super::Action;
use crate::{CareEvent, CustomerId};

impl Action {
    /// Whose file it concerns; `None` for the salon's standing data.
    pub fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::AddCustomer { customer, .. }
            | Self::CorrectProfile { customer, .. }
            | Self::AnswerQuestion { customer, .. }
            | Self::AddAllergy { customer, .. }
            | Self::ResolveAllergy { customer, .. }
            | Self::WriteCareNote { customer, .. }
            | Self::ExpectVisit { customer, .. }
            | Self::AskDeletion { customer, .. }
            | Self::DeclineDeletion { customer, .. }
            | Self::OpenFile { customer }
            | Self::JoinFiles { customer, .. }
            | Self::PartFiles { customer, .. }
            | Self::DoubtWhose { customer, .. }
            | Self::SettleDoubts { customer, .. }
            | Self::RecordConsent { customer, .. }
            | Self::LogContact { customer, .. }
            | Self::LookAtSkin { customer, .. }
            | Self::UseProduct { customer, .. }
            | Self::OvertakeUse { customer, .. }
            | Self::ConfirmUse { customer, .. }
            | Self::TryPatch { customer, .. }
            | Self::Measure { customer, .. }
            | Self::Care { customer, .. }
            | Self::Prescribe { customer, .. }
            | Self::EraseFile { customer, .. }
            | Self::SetAside { customer, .. } => Some(*customer),
            Self::TakeIn { action, .. } => action.customer(),
            Self::LeaveOut { customer, .. } => *customer,
            Self::FurnishRoom { .. }
            | Self::OfferService { .. }
            | Self::ChangeSettings { .. }
            | Self::StockProduct { .. }
            | Self::StockBatch { .. }
            | Self::OpenBatch { .. }
            | Self::KeepInstrument { .. } => None,
        }
    }

    /// A second file that deciding looks at.
    pub fn other(&self) -> Option<CustomerId> {
        match self {
            Self::JoinFiles { other, .. } | Self::PartFiles { other, .. } => Some(*other),
            Self::TakeIn { action, .. } => action.other(),
            _ => None,
        }
    }

    /// Nobody writes it: it is left behind by reading.
    pub const fn is_trace(&self) -> bool {
        matches!(self, Self::OpenFile { .. })
    }

    /// What is done with whole files, by a manager who sees them.
    pub const fn is_about_files(&self) -> bool {
        matches!(self, Self::JoinFiles { .. } | Self::PartFiles { .. } | Self::EraseFile { .. })
    }

    /// What only the server itself records: about what it set aside, as it holds it, and what follows from what others did.
    pub fn is_of_server(&self) -> bool {
        matches!(self, Self::SetAside { .. } | Self::TakeIn { .. } | Self::LeaveOut { .. }) || self.is_follow_up()
    }

    /// It follows from what others did, and needs no right of theirs: what two files ask that were taken apart, what the salon knew.
    pub fn is_follow_up(&self) -> bool {
        match self {
            Self::DoubtWhose { .. } | Self::OvertakeUse { .. } | Self::OpenBatch { .. } => true,
            Self::Care { is, .. } => matches!(**is, CareEvent::Overtake { .. }),
            _ => false,
        }
    }

    /// Its name on the wire, for the audit: never its contents.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AddCustomer { .. } => "add_customer",
            Self::CorrectProfile { .. } => "correct_profile",
            Self::AnswerQuestion { .. } => "answer_question",
            Self::AddAllergy { .. } => "add_allergy",
            Self::ResolveAllergy { .. } => "resolve_allergy",
            Self::WriteCareNote { .. } => "write_care_note",
            Self::ExpectVisit { .. } => "expect_visit",
            Self::AskDeletion { .. } => "ask_deletion",
            Self::DeclineDeletion { .. } => "decline_deletion",
            Self::OpenFile { .. } => "open_file",
            Self::JoinFiles { .. } => "join_files",
            Self::PartFiles { .. } => "part_files",
            Self::DoubtWhose { .. } => "doubt_whose",
            Self::SettleDoubts { .. } => "settle_doubts",
            Self::RecordConsent { .. } => "record_consent",
            Self::LogContact { .. } => "log_contact",
            Self::EraseFile { .. } => "erase_file",
            Self::SetAside { .. } => "set_aside",
            Self::TakeIn { .. } => "take_in",
            Self::LeaveOut { .. } => "leave_out",
            Self::FurnishRoom { .. } => "furnish_room",
            Self::OfferService { .. } => "offer_service",
            Self::ChangeSettings { .. } => "change_settings",
            Self::LookAtSkin { .. } => "look_at_skin",
            Self::UseProduct { .. } => "use_product",
            Self::OvertakeUse { .. } => "overtake_use",
            Self::ConfirmUse { .. } => "confirm_use",
            Self::TryPatch { .. } => "try_patch",
            Self::Measure { .. } => "measure",
            Self::Care { .. } => "care",
            Self::Prescribe { .. } => "prescribe",
            Self::StockProduct { .. } => "stock_product",
            Self::StockBatch { .. } => "stock_batch",
            Self::OpenBatch { .. } => "open_batch",
            Self::KeepInstrument { .. } => "keep_instrument",
        }
    }
}
