//! One customer's file (顾客档案, M2): everything the salon knows of her, and how it takes in what comes.

use crate::{
    Allergies, Answer, Consent, Contact, ContactId, CustomerId, DeviceId, Doubt, Field, FileChange, Joined, MeasurementId, Name,
    NoteId, Overtaken, Partings, Patch, PatchTestId, Phone, Prescribed, PrescriptionId, Profile, ProfileField, ProfileValue,
    Purpose, Question, Said, Seen, SetAside, SkinFinding, Stamp, Taken, Text, Treatment, TreatmentId, Use, UseId, Version, Visit,
    VisitId, WhyErased, Written,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFile {
    pub id: CustomerId,
    /// Of the last change, in the branch's count.
    pub version: Version,
    pub added: Written,
    pub profile: Profile,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<Question, Field<Answer>>,
    #[serde(default)]
    pub allergies: Allergies,
    /// By id, which is by the time they were begun.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<NoteId, CareNote>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub visits: BTreeMap<VisitId, Visit>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deletion_asked: Vec<DeletionRequest>,
    /// The last time a manager said that it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion_declined: Option<DeletionDeclined>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub consents: BTreeMap<Purpose, Field<Consent>>,
    /// By id, which is by the time they were begun.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contacts: BTreeMap<ContactId, Contact>,
    /// What was last seen of her skin; it counts on the day on which somebody looked (S6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skin: Option<Field<Vec<SkinFinding>>>,
    /// What was put on her skin, by the time it was begun.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub uses: BTreeMap<UseId, Use>,
    /// Who has seen which of them, in this file or one that is shown with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub uses_seen: BTreeMap<UseId, Vec<Seen>>,
    /// What came of a little of a product on her skin.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub patches: BTreeMap<PatchTestId, Patch>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measurements: BTreeMap<MeasurementId, Taken>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prescriptions: BTreeMap<PrescriptionId, Prescribed>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub treatments: BTreeMap<TreatmentId, Treatment>,
    /// Entries about her safety that are not in this file, until a manager has decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
    /// What was here is gone; the rest of the file is empty, and stays so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Erased>,
    /// Other files of the same person, shown in this one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub joined: BTreeMap<CustomerId, Joined>,
    /// The file that shows this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_to: Option<CustomerId>,
    /// Files that were shown in this one, and are no more.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parted: Partings,
    /// What was recorded while it was shown as one with another file: somebody asks whose it is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_doubt: BTreeMap<CustomerId, BTreeSet<Doubt>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<Latest>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    pub why: WhyErased,
    pub written: Written,
}

/// Which device wrote last, and the last version that another one wrote: what somebody wrote herself she has seen, although the
/// row that her tablet showed does not count it yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Latest {
    device: DeviceId,
    by_others: Version,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareNote {
    pub text: Text,
    pub written: Written,
}

/// Never carried out by itself: whoever decides sees what was written after it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionRequest {
    pub reason: Text,
    pub written: Written,
    /// Something else was written that its author had not seen, or has been written since.
    pub is_contested: bool,
    seen: Version,
}

/// She wanted it gone, or somebody did, and it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionDeclined {
    pub reason: Text,
    pub written: Written,
}

impl CustomerFile {
    /// An empty file, before anything was absorbed.
    pub fn new(id: CustomerId, stamp: &Stamp) -> Self {
        Self {
            id,
            version: stamp.version,
            added: stamp.into(),
            profile: Profile::default(),
            answers: BTreeMap::new(),
            allergies: Allergies::default(),
            notes: BTreeMap::new(),
            visits: BTreeMap::new(),
            deletion_asked: Vec::new(),
            deletion_declined: None,
            consents: BTreeMap::new(),
            contacts: BTreeMap::new(),
            skin: None,
            uses: BTreeMap::new(),
            uses_seen: BTreeMap::new(),
            patches: BTreeMap::new(),
            measurements: BTreeMap::new(),
            prescriptions: BTreeMap::new(),
            treatments: BTreeMap::new(),
            set_aside: Vec::new(),
            erased: None,
            joined: BTreeMap::new(),
            joined_to: None,
            parted: Partings::new(),
            in_doubt: BTreeMap::new(),
            latest: None,
        }
    }

    /// Takes one change in. Sets and logs absorb in any order to the same file; a single value goes to the later arrival.
    pub fn absorb(&mut self, change: &FileChange, stamp: &Stamp) {
        match change {
            FileChange::Added => self.added = stamp.into(),
            FileChange::Profile(value) => {
                self.profile.set(value.clone(), stamp);
                if !self.joined.is_empty() {
                    self.profile.note_seen(value.field(), stamp.base);
                }
            }
            FileChange::Answer(question, answer) => {
                set(&mut self.answers, *question, answer, stamp, !self.joined.is_empty(), Field::set);
            }
            FileChange::Allergy { tag, what, remark } => self.allergies.add(*tag, what.clone(), remark.clone(), stamp),
            FileChange::Resolution { tags, reason } => self.allergies.resolve(tags.clone(), reason.clone(), stamp),
            FileChange::CareNote(id, text) => {
                self.notes.entry(*id).or_insert(CareNote { text: text.clone(), written: stamp.into() });
            }
            FileChange::Visit(id, visit) => {
                self.visits.entry(*id).or_insert(visit.clone());
            }
            FileChange::DeletionAsked(reason) => self.deletion_asked.push(DeletionRequest {
                reason: reason.clone(),
                written: stamp.into(),
                is_contested: self.has_more_than(stamp),
                seen: stamp.version,
            }),
            FileChange::DeletionDeclined(reason) => {
                self.deletion_asked.clear();
                self.deletion_declined = Some(DeletionDeclined { reason: reason.clone(), written: stamp.into() });
            }
            FileChange::Joined(other, known) => {
                let known = known.iter().copied().chain(self.allergies.tags()).collect();
                self.joined.insert(*other, Joined { written: stamp.into(), version: stamp.version, known });
            }
            FileChange::Parted(other) => self.part_from(*other, stamp.version),
            FileChange::InDoubt(with, doubts) => self.in_doubt.entry(*with).or_default().extend(doubts),
            FileChange::DoubtsSettled(with, settled) => {
                let doubts = self.in_doubt.entry(*with).or_default();
                doubts.retain(|doubt| !settled.contains(doubt));
                self.in_doubt.retain(|_, doubts| !doubts.is_empty());
            }
            // Nothing of hers has changed: where it is shown is noted in the other file.
            FileChange::JoinedTo(shown_in) => {
                self.joined_to = *shown_in;
                return;
            }
            FileChange::Consent(purpose, consent) => {
                set(&mut self.consents, *purpose, consent, stamp, !self.joined.is_empty(), Field::hear);
            }
            FileChange::Contact(id, contact) => {
                self.contacts.entry(*id).or_insert(contact.clone());
            }
            FileChange::SkinLook(findings) => {
                let mut skin = self.skin.take().map_or_else(
                    || Field::new(findings.clone(), stamp),
                    |mut skin| {
                        skin.set(findings.clone(), stamp);
                        skin
                    },
                );
                // Whoever looked has what the others say before her as well.
                skin.seen_joined = (!self.joined.is_empty()).then_some(stamp.base);
                self.skin = Some(skin);
            }
            FileChange::Used(id, used) => {
                self.uses.entry(*id).or_insert_with(|| Use::clone(used));
            }
            FileChange::UseOvertaken(id, known) => {
                if let Some(used) = self.uses.get_mut(id) {
                    used.overtaken = Some(Overtaken { known: known.clone(), version: stamp.version });
                }
            }
            FileChange::UseConfirmed(id, is_alone) => {
                let seen = Seen { written: stamp.into(), version: stamp.base, is_alone: *is_alone };
                self.uses_seen.entry(*id).or_default().push(seen);
            }
            FileChange::Patch(id, patch) => {
                self.patches.entry(*id).or_insert_with(|| patch.clone());
            }
            FileChange::Measured(id, taken) => {
                self.measurements.entry(*id).or_insert_with(|| Taken::clone(taken));
            }
            FileChange::Prescribed(id, prescribed) => {
                self.prescriptions.entry(*id).or_insert_with(|| Prescribed::clone(prescribed));
            }
            FileChange::Care(id, event, is) => self.treatments.entry(*id).or_default().add(*event, is, stamp),
            FileChange::SetAside(entry, concerns) => {
                self.set_aside.push(SetAside { entry: *entry, written: stamp.into(), concerns: concerns.clone() });
            }
            // Nothing that was known before is in it: the same comes of it where nothing of that is left.
            FileChange::Erased(why) => {
                let erased = Erased { why: *why, written: stamp.into() };
                *self = Self { erased: Some(erased), ..Self::new(self.id, stamp) };
                return;
            }
            FileChange::TakenIn(change, theirs) => return self.absorb(change, theirs),
            FileChange::Decided(entry) => self.set_aside.retain(|aside| aside.entry != *entry),
        }
        for request in &mut self.deletion_asked {
            request.is_contested |= request.seen != stamp.version;
        }
        self.latest = Some(Latest { device: stamp.dot.device, by_others: self.version_by_others(stamp.dot.device) });
        self.version = stamp.version;
    }

    /// Somebody else has written something that the stamp's author had not seen.
    pub fn has_more_than(&self, stamp: &Stamp) -> bool {
        self.version_by_others(stamp.dot.device) > stamp.base
    }

    /// What has changed last, of it and of a file that it shows.
    pub(crate) fn come_to(&mut self, other: &Self) {
        if other.version > self.version {
            (self.version, self.latest) = (other.version, other.latest);
        }
    }

    fn version_by_others(&self, device: DeviceId) -> Version {
        match self.latest {
            Some(latest) if latest.device == device => latest.by_others,
            Some(_) => self.version,
            None => Version::default(),
        }
    }

    /// For a device: of each field the latest former values, so many, and all that still ask to be checked. Of consents all: what was done
    /// against one is told from them there as well.
    pub fn shorten(&mut self, most: usize) {
        self.profile.shorten(most);
        self.answers.values_mut().for_each(|field| field.shorten(most));
    }

    pub fn name(&self) -> Option<&Name> {
        match self.profile.value(ProfileField::Name) {
            Some(ProfileValue::Name(name)) => Some(name),
            _ => None,
        }
    }

    pub fn phone(&self) -> Option<&Phone> {
        match self.profile.value(ProfileField::Phone) {
            Some(ProfileValue::Phone(phone)) => phone.as_ref(),
            _ => None,
        }
    }

    pub fn card(&self) -> Option<&Name> {
        match self.profile.value(ProfileField::Card) {
            Some(ProfileValue::Card(card)) => card.as_ref(),
            _ => None,
        }
    }

    /// What counts as answered now; `NotAsked` where nothing was.
    pub fn said(&self, question: Question) -> Said {
        self.answers.get(&question).map_or(Said::NotAsked, |field| field.value.said)
    }

    /// The latest day she is known to have been here or is expected on.
    pub fn latest_day(&self) -> Option<NaiveDate> {
        let told = match self.profile.value(ProfileField::LastVisit) {
            Some(ProfileValue::LastVisit(day)) => *day,
            _ => None,
        };
        self.visits.values().map(|visit| visit.on).max().max(told)
    }

    /// Something in it waits for a person to choose between two values, to ask whose they are, or to see what was put on her skin.
    pub fn is_to_check(&self) -> bool {
        let profile = self.profile.iter().any(|(_, shown)| matches!(shown, crate::Shown::Known(field) if field.is_to_check()));
        profile
            || !self.in_doubt.is_empty()
            || self.uses_to_confirm().next().is_some()
            || self.treatments_to_confirm().next().is_some()
            || self.answers.values().any(Field::is_to_check)
            || self.consents.values().any(Field::is_to_check)
    }
}

/// `shows_others`: whoever writes it has seen what they say of it as well, as far as her screen had come.
fn set<K: Ord, T: Clone + PartialEq>(
    fields: &mut BTreeMap<K, Field<T>>,
    key: K,
    value: &T,
    stamp: &Stamp,
    shows_others: bool,
    set: impl Fn(&mut Field<T>, T, &Stamp),
) {
    let field = match fields.entry(key) {
        Entry::Occupied(known) => {
            let field = known.into_mut();
            set(field, value.clone(), stamp);
            field
        }
        Entry::Vacant(place) => place.insert(Field::new(value.clone(), stamp)),
    };
    if shows_others {
        field.seen_joined = Some(stamp.base);
    }
}
