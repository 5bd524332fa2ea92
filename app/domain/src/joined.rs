//! Two files of one person: each stays what it is, and they are shown as one. So what a tablet that has not heard of it still writes into
//! either is never lost from sight, and taking them apart again leaves each with what was written into it.

use crate::{
    Action, Allergy, AllergyTag, Change, ContactId, CustomerFile, CustomerId, Field, NoteId, Past, Purpose, Question, Version,
    Why, Written, field::by_time,
};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// When another file was joined to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub written: Written,
    pub version: Version,
    /// The allergies that stood in either: which came later is told by this, and by nobody's clock.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub known: BTreeSet<AllergyTag>,
}

/// Something that was recorded while two files were shown as one, and may be either customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    pub what: Doubtful,
    /// By whom, and when: where it was copied into the other file, a manager's name stands there.
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
}

impl Doubtful {
    /// What an entry leaves in a file that may be somebody else's, where it was made by somebody who saw two files as one.
    fn of(action: &Action) -> Option<Self> {
        match action {
            Action::AddAllergy { tag, .. } => Some(Self::Allergy(*tag)),
            Action::AnswerQuestion { question, .. } if question.is_for_safety() => Some(Self::Answer(*question)),
            Action::RecordConsent { purpose, .. } => Some(Self::Consent(*purpose)),
            Action::WriteCareNote { note, .. } => Some(Self::Note(*note)),
            Action::LogContact { contact, .. } => Some(Self::Contact(*contact)),
            _ => None,
        }
    }
}

/// Until when another file was shown in this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    since: Version,
    until: Version,
}

impl CustomerFile {
    /// Whether it stands for itself: neither joined to another file, nor with others joined to it.
    pub fn is_single(&self) -> bool {
        self.joined.is_empty() && self.joined_to.is_none()
    }

    /// Nothing is left of it but that it was.
    pub const fn is_erased(&self) -> bool {
        self.erased.is_some()
    }

    /// As it is shown: with everything in the files that are joined to it. Where both say something different this one's counts, the
    /// other's is kept beside it and asks to be checked, as if two people had written them without knowing of one another.
    pub fn united<'a>(mut self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        for other in others {
            if let Some(since) = self.joined.get(&other.id).map(|joined| joined.version) {
                self.take_from(other, since);
            }
        }
        // While they are one, nobody asks whose anything is.
        self.in_doubt.retain(|with, _| !self.joined.contains_key(with));
        self
    }

    /// What takes the other file apart from this one, in this order: what was said of her safety meanwhile is recorded there as well, so that
    /// it is never only with somebody else; both ask whose it is; then each stands for itself.
    pub fn parting_from(&self, other: CustomerId) -> Vec<Action> {
        let mut actions = self.asking(other, &self.doubts_about(other));
        actions.push(Action::PartFiles { customer: self.id, other });
        actions
    }

    /// The same for an entry of somebody who still saw the two as one when the salon had taken them apart: this file holds it already.
    pub fn late_for_both(&self, action: &Action, base: Version) -> Vec<Action> {
        if let Action::TakeIn { action, base, .. } = action {
            return self.late_for_both(action, *base);
        }
        let Some(doubt) = Doubtful::of(action).and_then(|what| Some(Doubt { what, said: self.written_of(what)? })) else {
            return Vec::new();
        };
        let is_seen = |apart: &Apart| apart.since <= base && base < apart.until;
        let others = self.parted.iter().filter(|(other, apart)| is_seen(apart) && !self.joined.contains_key(other));
        others.flat_map(|(other, _)| self.asking(*other, &[doubt].into())).collect()
    }

    /// No longer shown here; entries of those who have not heard of it are still to come.
    pub(crate) fn part_from(&mut self, other: CustomerId, now: Version) {
        if let Some(joined) = self.joined.remove(&other) {
            let since = self.parted.get(&other).map_or(joined.version, |earlier| earlier.since.min(joined.version));
            self.parted.insert(other, Apart { since, until: now });
        }
    }

    /// What was recorded here since the other file was joined, and may be that one's.
    fn doubts_about(&self, other: CustomerId) -> BTreeSet<Doubt> {
        let Some(joined) = self.joined.get(&other) else { return BTreeSet::new() };
        let allergies = self.allergies.active().map(|(tag, _)| tag).filter(|tag| !joined.known.contains(tag));
        let answers =
            self.answers.iter().filter(|(question, field)| question.is_for_safety() && field.version() > joined.version);
        let consents = self.consents.iter().filter(|(_, field)| field.version() > joined.version);
        let is_later = |written: Written| written.at >= joined.written.at;
        let notes = self.notes.iter().filter(|(_, note)| is_later(note.written));
        let contacts = self.contacts.iter().filter(|(_, contact)| is_later(contact.written));
        let all = allergies
            .map(Doubtful::Allergy)
            .chain(answers.map(|(question, _)| Doubtful::Answer(*question)))
            .chain(consents.map(|(purpose, _)| Doubtful::Consent(*purpose)))
            .chain(notes.map(|(note, _)| Doubtful::Note(*note)))
            .chain(contacts.map(|(contact, _)| Doubtful::Contact(*contact)));
        all.filter_map(|what| Some(Doubt { what, said: self.written_of(what)? })).collect()
    }

    fn written_of(&self, what: Doubtful) -> Option<Written> {
        match what {
            Doubtful::Allergy(tag) => {
                self.allergies.active().find(|(known, _)| *known == tag).map(|(_, allergy)| allergy.written)
            }
            Doubtful::Answer(question) => self.answers.get(&question).map(|field| field.written),
            Doubtful::Consent(purpose) => self.consents.get(&purpose).map(|field| field.written),
            Doubtful::Note(note) => self.notes.get(&note).map(|note| note.written),
            Doubtful::Contact(contact) => self.contacts.get(&contact).map(|contact| contact.written),
        }
    }

    /// Records in the other file what must not be with somebody else only, and has both ask whose it is.
    fn asking(&self, other: CustomerId, doubts: &BTreeSet<Doubt>) -> Vec<Action> {
        let copies = doubts.iter().filter_map(|doubt| Some((*doubt, self.copy_of(doubt.what, other)?))).collect::<Vec<_>>();
        let copied = copies.iter().map(|(doubt, _)| *doubt).collect::<BTreeSet<_>>();
        let asked = [(other, self.id, copied), (self.id, other, doubts.clone())].into_iter();
        let asked = asked.filter(|(.., doubts)| !doubts.is_empty());
        let asked = asked.map(|(customer, with, doubts)| Action::DoubtWhose { customer, with, doubts });
        copies.into_iter().map(|(_, copy)| copy).chain(asked).collect()
    }

    /// Allergies, answers that a safety rule reads, and what she takes back. What she lets the salon do is nobody's but hers who said it, and
    /// notes and contacts stay where they were written.
    fn copy_of(&self, what: Doubtful, customer: CustomerId) -> Option<Action> {
        match what {
            Doubtful::Allergy(tag) => {
                let (_, Allergy { what, remark, .. }) = self.allergies.active().find(|(known, _)| *known == tag)?;
                Some(Action::AddAllergy { customer, tag, what: what.clone(), remark: remark.clone() })
            }
            Doubtful::Answer(question) => {
                let answer = self.answers.get(&question)?.value.clone();
                Some(Action::AnswerQuestion { customer, question, answer })
            }
            Doubtful::Consent(purpose) => {
                let consent = self.consents.get(&purpose).map(|field| field.value.clone()).filter(|consent| !consent.is_given)?;
                Some(Action::RecordConsent { customer, purpose, consent })
            }
            Doubtful::Note(_) | Doubtful::Contact(_) => None,
        }
    }

    /// Whoever wrote into a file that is joined to this one had that one before her.
    pub fn as_seen_by(&self, action: &Action) -> Cow<'_, Self> {
        match action.customer().filter(|id| self.joined.contains_key(id)) {
            Some(id) => {
                let mut seen = self.clone();
                seen.id = id;
                Cow::Owned(seen)
            }
            None => Cow::Borrowed(self),
        }
    }

    /// What changes in a file that is joined to this one is shown in this one.
    pub fn shows(&self, change: Change) -> Change {
        match change {
            Change::File(id, change) if self.joined.contains_key(&id) => Change::File(self.id, change),
            change => change,
        }
    }

    fn take_from(&mut self, other: &Self, since: Version) {
        self.profile.unite(&other.profile, since);
        // *Not asked* beside an answer is two people saying different things: nothing here is blank.
        unite_all(&mut self.answers, &other.answers, |own, theirs| own.unite(theirs, since, |_| false));
        unite_all(&mut self.consents, &other.consents, |own, theirs| own.unite_with(theirs, since));
        self.allergies.unite(&other.allergies);
        self.notes.extend(other.notes.iter().map(|(id, note)| (*id, note.clone())));
        self.contacts.extend(other.contacts.iter().map(|(id, contact)| (*id, contact.clone())));
        self.visits.extend(other.visits.iter().map(|(id, visit)| (*id, visit.clone())));
        self.deletion_asked.extend(other.deletion_asked.iter().cloned());
        self.deletion_declined = self.deletion_declined.take().or_else(|| other.deletion_declined.clone());
        self.set_aside.extend(other.set_aside.iter().cloned());
        let in_doubt = other.in_doubt.iter().filter(|(with, _)| **with != self.id);
        self.in_doubt.extend(in_doubt.map(|(with, doubts)| (*with, doubts.clone())));
        self.come_to(other);
    }
}

fn unite_all<K: Copy + Ord, T: Clone>(
    own: &mut BTreeMap<K, Field<T>>,
    other: &BTreeMap<K, Field<T>>,
    unite: impl Fn(&mut Field<T>, &Field<T>),
) {
    for (key, theirs) in other {
        match own.get_mut(key) {
            Some(own) => unite(own, theirs),
            None => {
                own.insert(*key, theirs.clone());
            }
        }
    }
}

impl<T: Clone + PartialEq> Field<T> {
    /// `since` is when the two files became one: who wrote this value having seen a later state has seen both. A blank value says
    /// nothing that could be contradicted.
    pub(crate) fn unite(&mut self, theirs: &Self, since: Version, is_blank: impl Fn(&T) -> bool) {
        let has_seen_both = self.seen_joined.is_some_and(|seen| seen >= since && seen >= theirs.version());
        let own_is_blank = is_blank(&self.value) && !is_blank(&theirs.value) && !has_seen_both;
        let former = |why| Past { value: theirs.value.clone(), written: theirs.written, why };
        let mut past = theirs.past.clone();
        if has_seen_both {
            past.iter_mut().filter(|past| past.why == Why::Overruled).for_each(|past| past.why = Why::Settled);
        }
        if own_is_blank {
            let own = std::mem::replace(self, theirs.clone());
            past = own.past;
            past.push(Past { value: own.value, written: own.written, why: Why::Replaced });
        } else if is_blank(&theirs.value) {
            past.push(former(Why::Replaced));
        } else if theirs.value != self.value {
            past.push(former(if has_seen_both { Why::Settled } else { Why::Overruled }));
        }
        self.past.extend(past);
        by_time(&mut self.past);
    }
}
