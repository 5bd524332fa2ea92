//! What people do, in the salon's words. Variants are only ever added; each has a golden line in the tests of `sync`.

use crate::{
    AllergyTag, Answer, Batch, BatchId, Concern, Consent, ContactId, Copied, CustomerId, Dot, Doubt, Judgement, Moment, Name,
    NoteId, Product, ProductId, ProfileValue, Purpose, Question, Room, RoomId, Service, ServiceId, Settings, SkinFinding,
    StaffId, Talk, Text, UseId, Used, Version, VisitId,
};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// A new file, by hand or from the salon's workbook (M2-08).
    AddCustomer {
        customer: CustomerId,
        card: Box<NewCustomer>,
    },
    /// One field of the profile, so that two people who correct different fields don't meet.
    CorrectProfile {
        customer: CustomerId,
        value: ProfileValue,
    },
    /// An answer of the history taking (M2-11 to M2-17).
    AnswerQuestion {
        customer: CustomerId,
        question: Question,
        answer: Answer,
    },
    AddAllergy {
        customer: CustomerId,
        tag: AllergyTag,
        what: Name,
        remark: Option<Text>,
    },
    /// `tags` are the entries she saw when she judged that it no longer holds.
    ResolveAllergy {
        customer: CustomerId,
        tags: BTreeSet<AllergyTag>,
        reason: Text,
    },
    WriteCareNote {
        customer: CustomerId,
        note: NoteId,
        text: Text,
    },
    ExpectVisit {
        customer: CustomerId,
        visit: VisitId,
        on: NaiveDate,
        at: Option<NaiveTime>,
        beautician: StaffId,
        room: Option<RoomId>,
        service: Option<ServiceId>,
    },
    /// The file should go; a manager decides.
    AskDeletion {
        customer: CustomerId,
        reason: Text,
    },
    /// A manager has looked, and it stays (M2-08).
    DeclineDeletion {
        customer: CustomerId,
        reason: Text,
    },
    /// Somebody has her file before her: who has read it is hers to know (M2-07, PIPL 45). Changes nothing, and nobody is kept from
    /// having it recorded.
    OpenFile {
        customer: CustomerId,
    },
    /// Two files are of one person: from now on `customer` shows what is in `other` as well.
    JoinFiles {
        customer: CustomerId,
        other: CustomerId,
    },
    /// They were not, or it can't be told: each is again what it was, with what was written into it since.
    PartFiles {
        customer: CustomerId,
        other: CustomerId,
    },
    /// What the server records when two files are taken apart: said of one person, it may be either's.
    DoubtWhose {
        customer: CustomerId,
        with: CustomerId,
        doubts: BTreeSet<Doubt>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        copies: Vec<Copied>,
    },
    /// Somebody has asked whose these are, and what was not hers has been set right.
    SettleDoubts {
        customer: CustomerId,
        with: CustomerId,
        doubts: BTreeSet<Doubt>,
    },
    /// What she lets the salon do, or no longer lets it do, for one purpose (M17-05).
    RecordConsent {
        customer: CustomerId,
        purpose: Purpose,
        consent: Consent,
    },
    /// Who got in touch with whom, about what (M2-29, M8-08).
    LogContact {
        customer: CustomerId,
        contact: ContactId,
        is: Talk,
    },
    /// Somebody has looked at her skin, today: what must not be treated there, if anything (S6).
    LookAtSkin {
        customer: CustomerId,
        findings: Vec<SkinFinding>,
    },
    /// A product was opened for her and put on her skin, with what the gate said (M6-08).
    UseProduct {
        customer: CustomerId,
        usage: UseId,
        is: Box<Used>,
    },
    /// What the server records where it knew more of her when it heard of a use than the screen did on which the gate was asked.
    OvertakeUse {
        customer: CustomerId,
        usage: UseId,
        known: Judgement,
    },
    /// Whoever had to see it has seen it: a release by word of mouth, or what the salon knew and the screen did not.
    ConfirmUse {
        customer: CustomerId,
        usage: UseId,
    },
    /// A manager has her file done away with (M2-08, PIPL 47): what it held is gone everywhere but in backups until they end.
    EraseFile {
        customer: CustomerId,
        why: WhyErased,
    },
    /// What the server records in place of an entry about her that it could not take in: nobody else may.
    SetAside {
        customer: CustomerId,
        concerns: Vec<Concern>,
        /// Where it is recorded later than the entry came: her file was not there then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<Dot>,
    },
    /// A manager vouches for an entry that was set aside: it counts as its author's, and as of then.
    TakeIn {
        entry: Dot,
        author: StaffId,
        at: Moment,
        base: Version,
        action: Box<Self>,
    },
    /// A manager has looked at it, and it stays out of the file.
    LeaveOut {
        entry: Dot,
        customer: Option<CustomerId>,
        reason: Text,
    },
    FurnishRoom {
        room: RoomId,
        is: Room,
    },
    OfferService {
        service: ServiceId,
        is: Service,
    },
    ChangeSettings {
        settings: Settings,
    },
    StockProduct {
        product: ProductId,
        is: Product,
    },
    StockBatch {
        batch: BatchId,
        is: Batch,
    },
}

/// Chosen from a list: a reason in words would say something of her again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyErased {
    HerRequest,
    NoLongerNeeded,
    Mistake,
}

impl WhyErased {
    pub const ALL: [Self; 3] = [Self::HerRequest, Self::NoLongerNeeded, Self::Mistake];
}

/// A new file's first entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    pub name: Name,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profile: Vec<ProfileValue>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<(Question, Answer)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allergies: Vec<(AllergyTag, Name, Option<Text>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<(NoteId, Text)>,
}

impl NewCustomer {
    pub const fn named(name: Name) -> Self {
        Self { name, profile: Vec::new(), answers: Vec::new(), allergies: Vec::new(), notes: Vec::new() }
    }
}

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
            | Self::EraseFile { customer, .. }
            | Self::SetAside { customer, .. } => Some(*customer),
            Self::TakeIn { action, .. } => action.customer(),
            Self::LeaveOut { customer, .. } => *customer,
            Self::FurnishRoom { .. }
            | Self::OfferService { .. }
            | Self::ChangeSettings { .. }
            | Self::StockProduct { .. }
            | Self::StockBatch { .. } => None,
        }
    }

    /// A second file that deciding looks at.
    pub fn other(&self) -> Option<CustomerId> {
        match self {
            Self::JoinFiles { other, .. } | Self::PartFiles { other, .. } => Some(*other),
            Self::TakeIn { action, .. } => action.other(),
            Self::AddCustomer { .. }
            | Self::CorrectProfile { .. }
            | Self::AnswerQuestion { .. }
            | Self::AddAllergy { .. }
            | Self::ResolveAllergy { .. }
            | Self::WriteCareNote { .. }
            | Self::ExpectVisit { .. }
            | Self::AskDeletion { .. }
            | Self::DeclineDeletion { .. }
            | Self::DoubtWhose { .. }
            | Self::SettleDoubts { .. }
            | Self::RecordConsent { .. }
            | Self::LogContact { .. }
            | Self::OpenFile { .. }
            | Self::LookAtSkin { .. }
            | Self::UseProduct { .. }
            | Self::OvertakeUse { .. }
            | Self::ConfirmUse { .. }
            | Self::EraseFile { .. }
            | Self::SetAside { .. }
            | Self::LeaveOut { .. }
            | Self::FurnishRoom { .. }
            | Self::OfferService { .. }
            | Self::ChangeSettings { .. }
            | Self::StockProduct { .. }
            | Self::StockBatch { .. } => None,
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
    pub const fn is_of_server(&self) -> bool {
        matches!(self, Self::SetAside { .. } | Self::TakeIn { .. } | Self::LeaveOut { .. }) || self.is_follow_up()
    }

    /// It follows from what others did, and needs no right of theirs: what two files ask that were taken apart, what the salon knew.
    pub const fn is_follow_up(&self) -> bool {
        matches!(self, Self::DoubtWhose { .. } | Self::OvertakeUse { .. })
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
            Self::StockProduct { .. } => "stock_product",
            Self::StockBatch { .. } => "stock_batch",
        }
    }
}
