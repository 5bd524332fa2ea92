//! The one place where an action becomes changes: the same on the tablet and on the server.

use crate::{
    Action, AllergyTag, Answer, Change, Contact, CustomerFile, CustomerId, FileChange, Measurement, NewCustomer, Patch,
    Prescribed, Prescription, ProfileField, ProfileValue, Question, Said, Salon, SalonChange, Stamp, Taken, Use, Used, Visit,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a decision may look at: one customer's file and the salon's standing data.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub salon: &'a Salon,
    pub file: Option<&'a CustomerFile>,
    /// Where the action names a second file.
    pub other: Option<&'a CustomerFile>,
}

/// Why an action did not become changes. What happened is never dropped: it is refused to the face, or kept for a manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    /// Requests only: something scarce was asked for and can't be had.
    Refuse(Refusal),
    /// A record that can't be taken in as it is; a manager looks at it.
    Quarantine(Unfit),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Hours or days outside what the setting can mean.
    SettingOutOfRange,
    /// A service takes 1 to 600 minutes, a step of it 1 to 240; between two of them are 1 to 365 days.
    MinutesOutOfRange,
    /// A product keeps 1 to 60 months once it is open.
    MonthsOutOfRange,
    /// An instrument shows each of its lines once, from less to more.
    RangeUpsideDown,
    /// A slip has at least one line, 1 to 99 times, every 1 to 90 days.
    NothingPrescribed,
    /// One of the two is joined to another file already, or is no more.
    CannotJoin,
    /// Two files are shown as one: they are taken apart first, then each can go.
    IsJoined,
    /// Something was written into the file that whoever wants to erase it has not seen.
    ChangedMeanwhile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    UnknownAuthor,
    AuthorLeft,
    /// Not allowed to this role, field or kind of device.
    NotAllowed,
    UnknownCustomer,
    /// A file of that id exists, with other contents.
    CustomerExists,
    /// Her file was done away with; what is still said of her waits for a manager.
    Erased,
    /// The bytes are not what the author sealed.
    Forged,
    /// It could not be read, or carries a field that does not exist.
    Unreadable,
    /// A resolve that names no entry.
    NothingToResolve,
    /// The program itself fell over it; the entry is kept for whoever mends that.
    ProgramFailed,
}

impl Scope<'_> {
    fn known(&self, customer: CustomerId) -> Result<&CustomerFile, Objection> {
        match self.file.filter(|file| file.id == customer) {
            Some(file) if file.erased.is_some() => Err(Objection::Quarantine(Unfit::Erased)),
            Some(file) => Ok(file),
            None => Err(Objection::Quarantine(Unfit::UnknownCustomer)),
        }
    }
}

/// Turns an action into changes. Rights are checked before, by `authorise`, because they depend on the day.
pub fn decide(scope: Scope<'_>, stamp: &Stamp, action: &Action) -> Result<Vec<Change>, Objection> {
    let of_file = |customer: CustomerId, changes: Vec<FileChange>| {
        scope.known(customer)?;
        Ok(changes.into_iter().map(|change| Change::File(customer, change)).collect())
    };
    match action {
        Action::AddCustomer { customer, card } => match scope.file {
            Some(_) => Err(Objection::Quarantine(Unfit::CustomerExists)),
            None => Ok(open_file(card).into_iter().map(|change| Change::File(*customer, change)).collect()),
        },
        Action::CorrectProfile { customer, value } => of_file(*customer, vec![FileChange::Profile(value.clone())]),
        Action::AnswerQuestion { customer, question, answer } => {
            of_file(*customer, vec![FileChange::Answer(*question, answer.clone())])
        }
        Action::AddAllergy { customer, tag, what, remark } => {
            let mut changes = vec![FileChange::Allergy { tag: *tag, what: what.clone(), remark: remark.clone() }];
            // Naming an allergy answers the question.
            if scope.known(*customer)?.said(Question::Allergies) != Said::Yes {
                changes.push(FileChange::Answer(Question::Allergies, Answer::just(Said::Yes)));
            }
            of_file(*customer, changes)
        }
        Action::ResolveAllergy { customer, tags, reason } => match tags.is_empty() {
            true => Err(Objection::Quarantine(Unfit::NothingToResolve)),
            // A tag that is not in the file may still be on its way: the set takes both in any order.
            false => of_file(*customer, vec![FileChange::Resolution { tags: tags.clone(), reason: reason.clone() }]),
        },
        Action::WriteCareNote { customer, note, text } => of_file(*customer, vec![FileChange::CareNote(*note, text.clone())]),
        Action::ExpectVisit { customer, visit, on, at, beautician, room, service } => {
            let expected =
                Visit { on: *on, at: *at, beautician: *beautician, room: *room, service: *service, written: stamp.into() };
            of_file(*customer, vec![FileChange::Visit(*visit, expected)])
        }
        Action::SetAside { customer, concerns, entry } => {
            of_file(*customer, vec![FileChange::SetAside(entry.unwrap_or(stamp.dot), concerns.clone())])
        }
        // Nobody vouches for what only the server records.
        Action::TakeIn { action, .. } if action.is_of_server() => Err(Objection::Quarantine(Unfit::NotAllowed)),
        // Decided on files as they are now: whoever still wants it does it anew.
        Action::TakeIn { action, .. } if action.is_about_files() => Err(Objection::Refuse(Refusal::ChangedMeanwhile)),
        Action::TakeIn { entry, author, at, base, action } => {
            let theirs = Stamp { author: *author, dot: *entry, base: *base, happened_at: *at, ..*stamp };
            let taken_in = decide(scope, &theirs, action)?.into_iter().map(|change| match change {
                Change::File(id, change) => Change::File(id, FileChange::TakenIn(Box::new(change), theirs)),
                Change::Salon(change) => Change::Salon(change),
            });
            let noted = action.customer().filter(|id| scope.known(*id).is_ok() || matches!(**action, Action::AddCustomer { .. }));
            Ok(taken_in.chain(noted.map(|id| Change::File(id, FileChange::Decided(*entry)))).collect())
        }
        Action::LeaveOut { entry, customer, .. } => match customer.filter(|id| scope.known(*id).is_ok()) {
            Some(id) => of_file(id, vec![FileChange::Decided(*entry)]),
            None => Ok(Vec::new()),
        },
        Action::AskDeletion { customer, reason } => of_file(*customer, vec![FileChange::DeletionAsked(reason.clone())]),
        Action::DeclineDeletion { customer, reason } => of_file(*customer, vec![FileChange::DeletionDeclined(reason.clone())]),
        Action::RecordConsent { customer, purpose, consent } => {
            of_file(*customer, vec![FileChange::Consent(*purpose, consent.clone())])
        }
        Action::LogContact { customer, contact, is } => {
            let logged = Contact { talk: is.clone(), written: stamp.into() };
            of_file(*customer, vec![FileChange::Contact(*contact, logged)])
        }
        Action::LookAtSkin { customer, findings } => of_file(*customer, vec![FileChange::SkinLook(findings.clone())]),
        Action::UseProduct { customer, usage, is } => {
            let used = Use { is: Used::clone(is), written: stamp.into(), overtaken: None };
            of_file(*customer, vec![FileChange::Used(*usage, Box::new(used))])
        }
        Action::OpenBatch { batch, on } => {
            // A clock that is ahead opens nothing tomorrow.
            let today = scope.salon.settings.offset.day(stamp.received_at.unwrap_or(stamp.happened_at));
            Ok(vec![Change::Salon(SalonChange::Opened(*batch, today.min(*on)))])
        }
        Action::OvertakeUse { customer, usage, known } => {
            of_file(*customer, vec![FileChange::UseOvertaken(*usage, known.clone())])
        }
        Action::ConfirmUse { customer, usage, is_alone } => of_file(*customer, vec![FileChange::UseConfirmed(*usage, *is_alone)]),
        Action::TryPatch { customer, test, is } => {
            of_file(*customer, vec![FileChange::Patch(*test, Patch { is: is.clone(), written: stamp.into() })])
        }
        Action::Measure { customer, measurement, is } => {
            let taken = Taken { is: Measurement::clone(is), written: stamp.into() };
            of_file(*customer, vec![FileChange::Measured(*measurement, Box::new(taken))])
        }
        Action::Prescribe { customer, prescription, is } => match is.is_in_range() {
            true => {
                let prescribed = Prescribed { is: Prescription::clone(is), written: stamp.into() };
                of_file(*customer, vec![FileChange::Prescribed(*prescription, Box::new(prescribed))])
            }
            false => Err(Objection::Refuse(Refusal::NothingPrescribed)),
        },
        Action::Care { customer, treatment, event, is } => {
            of_file(*customer, vec![FileChange::Care(*treatment, *event, is.clone())])
        }
        Action::OpenFile { .. } => Ok(Vec::new()),
        Action::JoinFiles { customer, other } => {
            let may_show = scope.known(*customer)?.joined_to.is_none() && customer != other;
            let free = scope.other.filter(|file| file.id == *other && file.is_single() && !file.is_erased());
            match free.filter(|_| may_show) {
                Some(file) => Ok(joining(*customer, *other, file.allergies.tags().collect())),
                None => Err(Objection::Refuse(Refusal::CannotJoin)),
            }
        }
        Action::PartFiles { customer, other } => match scope.known(*customer)?.joined.contains_key(other) {
            true => Ok(parting(*customer, *other)),
            false => Err(Objection::Refuse(Refusal::ChangedMeanwhile)),
        },
        Action::DoubtWhose { customer, with, doubts, copies } => {
            let file = scope.known(*customer)?;
            let copies = copies.iter().filter_map(|copied| file.takes_over(copied));
            of_file(*customer, copies.chain([FileChange::InDoubt(*with, doubts.clone())]).collect())
        }
        Action::SettleDoubts { customer, with, doubts } => {
            of_file(*customer, vec![FileChange::DoubtsSettled(*with, doubts.clone())])
        }
        Action::EraseFile { customer, .. } if !scope.known(*customer)?.is_single() => Err(Objection::Refuse(Refusal::IsJoined)),
        Action::EraseFile { customer, why } => match scope.known(*customer)?.has_more_than(stamp) {
            true => Err(Objection::Refuse(Refusal::ChangedMeanwhile)),
            false => of_file(*customer, vec![FileChange::Erased(*why)]),
        },
        Action::FurnishRoom { room, is } => Ok(vec![Change::Salon(SalonChange::Room(*room, is.clone()))]),
        Action::OfferService { service, is } => match is.is_in_range() {
            true => Ok(vec![Change::Salon(SalonChange::Service(*service, is.clone()))]),
            false => Err(Objection::Refuse(Refusal::MinutesOutOfRange)),
        },
        Action::StockProduct { product, is } => match is.is_in_range() {
            true => Ok(vec![Change::Salon(SalonChange::Product(*product, is.clone()))]),
            false => Err(Objection::Refuse(Refusal::MonthsOutOfRange)),
        },
        Action::KeepInstrument { instrument, is } => match is.is_in_range() {
            true => Ok(vec![Change::Salon(SalonChange::Instrument(*instrument, is.clone()))]),
            false => Err(Objection::Refuse(Refusal::RangeUpsideDown)),
        },
        Action::StockBatch { batch, is } => Ok(vec![Change::Salon(SalonChange::Batch(*batch, is.clone()))]),
        Action::ChangeSettings { settings } => match settings.is_in_range() {
            true => Ok(vec![Change::Salon(SalonChange::Settings(settings.clone()))]),
            false => Err(Objection::Refuse(Refusal::SettingOutOfRange)),
        },
    }
}

/// Both files know of it; only the one that shows the other has changed. `known` are the allergies that stand in the other.
pub fn joining(customer: CustomerId, other: CustomerId, known: BTreeSet<AllergyTag>) -> Vec<Change> {
    vec![Change::File(customer, FileChange::Joined(other, known)), Change::File(other, FileChange::JoinedTo(Some(customer)))]
}

pub fn parting(customer: CustomerId, other: CustomerId) -> Vec<Change> {
    vec![Change::File(customer, FileChange::Parted(other)), Change::File(other, FileChange::JoinedTo(None))]
}

/// The first entries of a new file. A name in `profile` would be a second one and is passed over.
fn open_file(card: &NewCustomer) -> Vec<FileChange> {
    let name = FileChange::Profile(ProfileValue::Name(card.name.clone()));
    let profile = card.profile.iter().filter(|value| value.field() != ProfileField::Name).cloned().map(FileChange::Profile);
    let answers = card.answers.iter().cloned().map(|(question, answer)| FileChange::Answer(question, answer));
    let allergies = card.allergies.iter().cloned().map(|(tag, what, remark)| FileChange::Allergy { tag, what, remark });
    let notes = card.notes.iter().cloned().map(|(note, text)| FileChange::CareNote(note, text));
    [FileChange::Added, name].into_iter().chain(profile).chain(answers).chain(allergies).chain(notes).collect()
}

impl Salon {
    /// Takes in the changes that concern the salon itself.
    pub fn absorb_all(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Salon(change) => self.absorb(change),
                Change::File(..) => {}
            }
        }
    }
}

impl CustomerFile {
    /// The file after those of these changes that are about it. Where there is none yet it is opened by the first of them; `None` when
    /// nothing in them concerns a file.
    pub fn after(file: Option<Self>, changes: &[Change], stamp: &Stamp) -> Option<Self> {
        let id = file.as_ref().map(|file| file.id).or_else(|| changes.iter().find_map(Change::file))?;
        changes.iter().fold(file, |file, change| match change {
            Change::File(of, change) if *of == id => {
                let mut file = file.unwrap_or_else(|| Self::new(id, stamp));
                file.absorb(change, stamp);
                Some(file)
            }
            Change::File(..) | Change::Salon(_) => file,
        })
    }
}
