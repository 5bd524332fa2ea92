//! What an action comes to, once decided: the smallest facts that a file or the salon takes in.

use crate::{
    AllergyTag, Answer, Batch, BatchId, CareEvent, Concern, Consent, Contact, ContactId, CustomerId, Dot, Doubt, EventId,
    Instrument, InstrumentId, Judgement, MeasurementId, Name, NoteId, Patch, PatchTestId, Prescribed, PrescriptionId, Product,
    ProductId, ProfileValue, Purpose, Question, Room, RoomId, Service, ServiceId, Settings, SkinFinding, Stamp, Taken, Text,
    TreatmentId, Use, UseId, Visit, VisitId, WhyErased,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    File(CustomerId, FileChange),
    Salon(SalonChange),
}

impl Change {
    /// Whose file it concerns.
    pub const fn file(&self) -> Option<CustomerId> {
        match self {
            Self::File(id, _) => Some(*id),
            Self::Salon(_) => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    Added,
    Profile(ProfileValue),
    Answer(Question, Answer),
    Allergy {
        tag: AllergyTag,
        what: Name,
        remark: Option<Text>,
    },
    Resolution {
        tags: BTreeSet<AllergyTag>,
        reason: Text,
    },
    CareNote(NoteId, Text),
    Visit(VisitId, Visit),
    DeletionAsked(Text),
    DeletionDeclined(Text),
    /// Another file is of the same person, and these allergies stand in it.
    Joined(CustomerId, BTreeSet<AllergyTag>),
    Parted(CustomerId),
    /// The same, as the other file knows it: that it is shown in this one, or by itself again.
    JoinedTo(Option<CustomerId>),
    /// Whether it is hers or the other's, nobody has asked yet.
    InDoubt(CustomerId, BTreeSet<Doubt>),
    DoubtsSettled(CustomerId, BTreeSet<Doubt>),
    Consent(Purpose, Consent),
    Contact(ContactId, Contact),
    /// What was seen of her skin on that day.
    SkinLook(Vec<SkinFinding>),
    Used(UseId, Box<Use>),
    UseOvertaken(UseId, Judgement),
    /// Whether nobody else could have.
    UseConfirmed(UseId, bool),
    Patch(PatchTestId, Patch),
    Measured(MeasurementId, Box<Taken>),
    Care(TreatmentId, EventId, Box<CareEvent>),
    Prescribed(PrescriptionId, Box<Prescribed>),
    Erased(WhyErased),
    SetAside(Dot, Vec<Concern>),
    /// Somebody else's change, as of when she recorded it.
    TakenIn(Box<Self>, Stamp),
    /// A manager has decided about an entry that was set aside.
    Decided(Dot),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SalonChange {
    Settings(Settings),
    Room(RoomId, Room),
    Service(ServiceId, Service),
    Product(ProductId, Product),
    Batch(BatchId, Batch),
    /// A jar of it was opened on that day.
    Opened(BatchId, NaiveDate),
    Instrument(InstrumentId, Instrument),
}
