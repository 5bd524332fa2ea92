//! Allergies and contraindications: an observed-remove set. Add wins; nothing is deleted; a *resolve* names what it saw.

use crate::{AllergyTag, Dot, Name, Stamp, Text, Written};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    /// 酒精, 香精, 水杨酸 … as it will be looked for in a product's list.
    pub what: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
    pub written: Written,
}

/// Somebody with the right to do so found that it no longer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    pub tags: BTreeSet<AllergyTag>,
    pub reason: Text,
    pub written: Written,
    pub dot: Dot,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergies {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    added: BTreeMap<AllergyTag, Allergy>,
    /// Kept apart from what was added, so that the two may arrive in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    resolutions: Vec<Resolution>,
}

impl Allergies {
    pub fn add(&mut self, tag: AllergyTag, what: Name, remark: Option<Text>, stamp: &Stamp) {
        self.added.entry(tag).or_insert(Allergy { what, remark, written: stamp.into() });
    }

    pub fn resolve(&mut self, tags: BTreeSet<AllergyTag>, reason: Text, stamp: &Stamp) {
        if self.resolutions.iter().all(|earlier| earlier.dot != stamp.dot) {
            self.resolutions.push(Resolution { tags, reason, written: stamp.into(), dot: stamp.dot });
            self.resolutions.sort_by_key(|resolution| resolution.dot);
        }
    }

    /// Those of a file that is joined to this one count as well, until they are resolved.
    pub(crate) fn unite(&mut self, other: &Self) {
        self.added.extend(other.added.iter().map(|(tag, allergy)| (*tag, allergy.clone())));
        for theirs in &other.resolutions {
            if self.resolutions.iter().all(|own| own.dot != theirs.dot) {
                self.resolutions.push(theirs.clone());
            }
        }
        self.resolutions.sort_by_key(|resolution| resolution.dot);
    }

    pub fn active(&self) -> impl Iterator<Item = (AllergyTag, &Allergy)> {
        self.added.iter().filter(|(tag, _)| self.resolution_of(**tag).is_none()).map(|(tag, allergy)| (*tag, allergy))
    }

    /// Of every entry that was ever added.
    pub fn tags(&self) -> impl Iterator<Item = AllergyTag> {
        self.added.keys().copied()
    }

    /// Those that were resolved, each with the resolution that did it.
    pub fn resolved(&self) -> impl Iterator<Item = (&Allergy, &Resolution)> {
        self.added.iter().filter_map(|(tag, allergy)| Some((allergy, self.resolution_of(*tag)?)))
    }

    /// The tags of every active entry of that name: what a *resolve* made here has seen.
    pub fn tags_of(&self, what: &Name) -> BTreeSet<AllergyTag> {
        self.active().filter(|(_, allergy)| allergy.what == *what).map(|(tag, _)| tag).collect()
    }

    fn resolution_of(&self, tag: AllergyTag) -> Option<&Resolution> {
        self.resolutions.iter().find(|resolution| resolution.tags.contains(&tag))
    }
}
