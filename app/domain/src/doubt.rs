//! Two files that were shown as one were taken apart. What was recorded meanwhile by somebody who saw one person may be either's: it stands
//! in both, so that nothing that was said of her safety is only with somebody else, and both ask whose it is.

use crate::{
    Action, AllergyTag, Answer, CareEvent, Concern, Consent, ContactId, CustomerFile, CustomerId, FileChange, MeasurementId,
    Name, NoteId, PatchTestId, Purpose, Question, Said, SetAside, Text, Treatment, TreatmentId, UseId, Version, Written,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Something that may be this customer's or the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    pub what: Doubtful,
    /// Who heard it, and when.
    pub said: Written,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubtful {
    Allergy(AllergyTag),
    Answer(Question),
    Consent(Purpose),
    Note(NoteId),
    Contact(ContactId),
    /// What was put on her skin, tried on it, measured of it, or done in a treatment: it stays where it was recorded.
    Use(UseId),
    Patch(PatchTestId),
    Measurement(MeasurementId),
    Treatment(TreatmentId),
}

/// What the other file takes over of it. What she lets the salon do is nobody's but hers who said it, a *no* is no answer of somebody
/// else's, and notes and contacts stay where they were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Copied {
    Allergy {
        tag: AllergyTag,
        what: Name,
        remark: Option<Text>,
    },
    /// Where the file has no answer of its own.
    Answer(Question, Answer),
    Withdrawn(Purpose, Consent),
}

/// From when until when another file was shown in this one, in the branch's versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    since: Version,
    until: Version,
}

pub type Partings = BTreeMap<CustomerId, Apart>;

impl Apart {
    /// Taken apart once more, or for the first time.
    pub fn again(earlier: Option<&Self>, since: Version, until: Version) -> Self {
        Self { since: earlier.map_or(since, |earlier| earlier.since.min(since)), until }
    }

    /// Whoever had seen so much, and no more, saw the two as one.
    fn was_seen_at(&self, base: Version) -> bool {
        self.since <= base && base < self.until
    }
}

/// One thing as this file and the other one know it.
struct Item {
    here: Doubtful,
    there: Doubtful,
    said: Written,
    copy: Option<Copied>,
}

impl Item {
    fn same(what: Doubtful, said: Written) -> Self {
        Self { here: what, there: what, said, copy: None }
    }

    /// A copy is an entry of its own: what resolves the one does not touch the other.
    fn allergy(tag: AllergyTag, other: CustomerId, said: Written, what: &Name, remark: Option<&Text>) -> Self {
        let own = AllergyTag::new(Uuid::from_u128(tag.uuid().as_u128().rotate_left(64) ^ other.uuid().as_u128()));
        let copy = Copied::Allergy { tag: own, what: what.clone(), remark: remark.cloned() };
        Self { here: Doubtful::Allergy(tag), there: Doubtful::Allergy(own), said, copy: Some(copy) }
    }

    fn answer(question: Question, answer: &Answer, said: Written) -> Self {
        let copy = (answer.said == Said::Yes).then(|| Copied::Answer(question, answer.clone()));
        Self { copy, ..Self::same(Doubtful::Answer(question), said) }
    }

    fn consent(purpose: Purpose, consent: &Consent, said: Written) -> Self {
        let copy = (!consent.is_given).then(|| Copied::Withdrawn(purpose, consent.clone()));
        Self { copy, ..Self::same(Doubtful::Consent(purpose), said) }
    }

    /// What an entry says, whatever becomes of it.
    fn of(action: &Action, other: CustomerId, said: Written) -> Option<Self> {
        match action {
            Action::AddAllergy { tag, what, remark, .. } => Some(Self::allergy(*tag, other, said, what, remark.as_ref())),
            Action::AnswerQuestion { question, answer, .. } if question.is_for_safety() => {
                Some(Self::answer(*question, answer, said))
            }
            Action::RecordConsent { purpose, consent, .. } => Some(Self::consent(*purpose, consent, said)),
            Action::WriteCareNote { note, .. } => Some(Self::same(Doubtful::Note(*note), said)),
            Action::LogContact { contact, .. } => Some(Self::same(Doubtful::Contact(*contact), said)),
            Action::UseProduct { usage, .. } => Some(Self::same(Doubtful::Use(*usage), said)),
            Action::TryPatch { test, .. } => Some(Self::same(Doubtful::Patch(*test), said)),
            Action::Measure { measurement, .. } => Some(Self::same(Doubtful::Measurement(*measurement), said)),
            Action::Care { treatment, is, .. } if matches!(**is, CareEvent::Begin(_)) => {
                Some(Self::same(Doubtful::Treatment(*treatment), said))
            }
            _ => None,
        }
    }
}

fn asking(of: CustomerId, other: CustomerId, items: Vec<Item>) -> Vec<Action> {
    if items.is_empty() {
        return Vec::new();
    }
    let doubts = |what: fn(&Item) -> Doubtful| items.iter().map(|item| Doubt { what: what(item), said: item.said }).collect();
    let (here, there) = (doubts(|item| item.here), doubts(|item| item.there));
    let copies = items.iter().filter_map(|item| item.copy.clone()).collect();
    vec![
        Action::DoubtWhose { customer: other, with: of, doubts: there, copies },
        Action::DoubtWhose { customer: of, with: other, doubts: here, copies: Vec::new() },
    ]
}

/// What both files ask about an entry of somebody who still saw them as one when the salon had taken them apart: as if it had come before.
/// Also where the entry is set aside, or the file is no more: the other's may be hers.
pub fn asked_late(of: CustomerId, partings: &Partings, action: &Action, said: Written, base: Version) -> Vec<Action> {
    if let Action::TakeIn { action, author, at, base, .. } = action {
        return asked_late(of, partings, action, Written { by: *author, at: *at, is_clock_off: false }, *base);
    }
    let seen = partings.iter().filter(|(_, apart)| apart.was_seen_at(base));
    seen.flat_map(|(other, _)| asking(of, *other, Item::of(action, *other, said).into_iter().collect())).collect()
}

impl CustomerFile {
    /// What follows from an entry about this file, as it was before it. What comes while they are one again is asked about at the next parting.
    pub fn follows(&self, action: &Action, is_applied: bool, said: Written, base: Version) -> Vec<Action> {
        match action {
            Action::PartFiles { other, .. } if is_applied => self.asked_on_parting(*other),
            _ => {
                let apart = self.parted.iter().filter(|(other, _)| !self.joined.contains_key(other));
                asked_late(self.id, &apart.map(|(other, apart)| (*other, *apart)).collect(), action, said, base)
            }
        }
    }

    /// What both files ask once they are taken apart. Of the row as it is stored: what stands in the other one is that one's.
    pub fn asked_on_parting(&self, other: CustomerId) -> Vec<Action> {
        let Some(joined) = self.joined.get(&other) else { return Vec::new() };
        let allergies = self.allergies.active().filter(|(tag, _)| !joined.known.contains(tag));
        let allergies =
            allergies.map(|(tag, allergy)| Item::allergy(tag, other, allergy.written, &allergy.what, allergy.remark.as_ref()));
        let answers =
            self.answers.iter().filter(|(question, field)| question.is_for_safety() && field.version() > joined.version);
        let answers = answers.map(|(question, field)| Item::answer(*question, &field.value, field.written));
        let consents = self.consents.iter().filter(|(_, field)| field.version() > joined.version);
        let consents = consents.map(|(purpose, field)| Item::consent(*purpose, &field.value, field.written));
        let is_later = |written: Written| written.at >= joined.written.at;
        let notes = self.notes.iter().filter(|(_, note)| is_later(note.written));
        let notes = notes.map(|(id, note)| Item::same(Doubtful::Note(*id), note.written));
        let contacts = self.contacts.iter().filter(|(_, contact)| is_later(contact.written));
        let contacts = contacts.map(|(id, contact)| Item::same(Doubtful::Contact(*id), contact.written));
        let uses = self.uses.iter().map(|(id, used)| (Doubtful::Use(*id), used.written));
        let patches = self.patches.iter().map(|(id, patch)| (Doubtful::Patch(*id), patch.written));
        let measured = self.measurements.iter().map(|(id, taken)| (Doubtful::Measurement(*id), taken.written));
        let begun = |treatment: &Treatment| treatment.run().begun.map(|(_, written)| written);
        let treated = self.treatments.iter().filter_map(|(id, one)| Some((Doubtful::Treatment(*id), begun(one)?)));
        let care = uses.chain(patches).chain(measured).chain(treated).filter(|(_, written)| is_later(*written));
        let care = care.map(|(what, written)| Item::same(what, written));
        let aside = self.set_aside.iter().filter(|aside| is_later(aside.written));
        let aside = aside.flat_map(|aside| aside.concerns.iter().filter_map(|concern| set_aside(aside, concern, other)));
        let items = allergies.chain(answers).chain(consents).chain(notes).chain(contacts).chain(care).chain(aside);
        asking(self.id, other, items.collect())
    }

    pub(crate) fn part_from(&mut self, other: CustomerId, now: Version) {
        if let Some(joined) = self.joined.remove(&other) {
            let apart = Apart::again(self.parted.get(&other), joined.version, now);
            self.parted.insert(other, apart);
        }
    }

    /// What becomes of a copy here, where this file may know more by itself.
    pub(crate) fn takes_over(&self, copied: &Copied) -> Option<FileChange> {
        match copied {
            Copied::Allergy { tag, what, remark } => {
                Some(FileChange::Allergy { tag: *tag, what: what.clone(), remark: remark.clone() })
            }
            Copied::Answer(question, answer) => {
                (self.said(*question) == Said::NotAsked).then(|| FileChange::Answer(*question, answer.clone()))
            }
            Copied::Withdrawn(purpose, consent) => Some(FileChange::Consent(*purpose, consent.clone())),
        }
    }

    /// Whether an answer may be somebody else's: it is none until somebody has asked.
    pub fn is_in_doubt(&self, question: Question) -> bool {
        self.in_doubt.values().flatten().any(|doubt| doubt.what == Doubtful::Answer(question))
    }
}

/// Until a manager has decided, the warning stands in one file only: the other one gets the allergy itself, or the question.
fn set_aside(aside: &SetAside, concern: &Concern, other: CustomerId) -> Option<Item> {
    match concern {
        Concern::Allergy(what) => {
            let entry = aside.entry.device.uuid().as_u128() ^ u128::from(aside.entry.seq.0.unsigned_abs());
            Some(Item::allergy(AllergyTag::new(Uuid::from_u128(entry)), other, aside.written, what, None))
        }
        Concern::Answer(question) => Some(Item::same(Doubtful::Answer(*question), aside.written)),
        Concern::Withdrawal(purpose) => Some(Item::same(Doubtful::Consent(*purpose), aside.written)),
        Concern::Note | Concern::Patch(_) | Concern::Reaction(_) => None,
    }
}
