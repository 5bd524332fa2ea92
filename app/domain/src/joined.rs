//! Two files of one person: each stays what it is, and they are shown as one. So what a tablet that has not heard of it still writes into
//! either is never lost from sight, and taking them apart again leaves each with what was written into it.

use crate::{Action, AllergyTag, Change, CustomerFile, Field, Past, Version, Why, Written, field::by_time};
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
        self.uses.extend(other.uses.iter().map(|(id, used)| (*id, used.clone())));
        for (id, seen) in &other.uses_seen {
            self.uses_seen.entry(*id).or_default().extend(seen);
        }
        self.patches.extend(other.patches.iter().map(|(id, patch)| (*id, patch.clone())));
        self.measurements.extend(other.measurements.iter().map(|(id, taken)| (*id, taken.clone())));
        self.prescriptions.extend(other.prescriptions.iter().map(|(id, prescribed)| (*id, prescribed.clone())));
        for (id, treatment) in &other.treatments {
            self.treatments.entry(*id).or_default().unite(treatment);
        }
        match (&mut self.skin, &other.skin) {
            (Some(own), Some(theirs)) => {
                own.unite(theirs, since, |_| false);
                // The same was seen again: it counts on the later day.
                if own.value == theirs.value && own.written.at < theirs.written.at {
                    own.written = theirs.written;
                }
            }
            (own, theirs) => *own = own.take().or_else(|| theirs.clone()),
        }
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
