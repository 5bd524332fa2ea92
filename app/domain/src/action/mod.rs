//! What people do, in the salon's words. Variants are only ever added; each has a golden line in the tests of `sync`.

mod about;

use crate::{
    AllergyTag, Answer, Batch, BatchId, CareEvent, Concern, Consent, ContactId, Copied, CustomerId, Dot, Doubt, EventId,
    Instrument, InstrumentId, Judgement, Measurement, MeasurementId, Moment, Name, NoteId, PatchTestId, PatchTried, Prescription,
    PrescriptionId, Product, ProductId, ProfileValue, Purpose, Question, Room, RoomId, Service, ServiceId, Settings, SkinFinding,
    StaffId, Talk, Text, TreatmentId, UseId, Used, Version, VisitId,
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
        /// Worked out where it is decided first, see `settled`: nobody else could have.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_alone: bool,
    },
    /// A little of a product was tried on her skin, and somebody has looked what came of it (S8).
    TryPatch {
        customer: CustomerId,
        test: PatchTestId,
        is: PatchTried,
    },
    /// What an instrument said of her skin (M5-07, M7-02).
    Measure {
        customer: CustomerId,
        measurement: MeasurementId,
        is: Box<Measurement>,
    },
    /// The two-part slip (M5-13): what will be done, and what she does at home.
    Prescribe {
        customer: CustomerId,
        prescription: PrescriptionId,
        is: Box<Prescription>,
    },
    /// Something happened in a treatment of hers (M6-08): its record is a log, and only ever added to.
    Care {
        customer: CustomerId,
        treatment: TreatmentId,
        event: EventId,
        is: Box<CareEvent>,
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
    /// What the server records where a jar of a batch was opened for somebody.
    OpenBatch {
        batch: BatchId,
        on: NaiveDate,
    },
    KeepInstrument {
        instrument: InstrumentId,
        is: Instrument,
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
