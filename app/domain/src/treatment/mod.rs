//! 护理 (M6): one treatment as it happened. Its record is a log that is only ever added to: whoever takes over, comes back after a power cut
//! or holds another tablet reads from it where they are.

mod event;
mod run;
mod short;
mod start;

pub use event::{
    Adjustment, AfterCare, Begun, Brought, CareEvent, Comfort, Emergency, HandedOver, Precaution, Reacted, StepDone,
};
pub use run::{AtTheDoor, Run, Took, lasted};
pub use start::{StartOf, judge_start};

use crate::{
    ClockOffset, CustomerFile, EventId, LastService, MeasurementId, ProductClass, ProfileField, ProfileValue, Reaction, Stamp,
    Taken, TreatmentId, Version, Written,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In the order in which the salon heard of it: a clock that is set back in the middle of it turns nothing around.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Treatment {
    events: Vec<Happened>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub id: EventId,
    pub is: CareEvent,
    pub written: Written,
    /// In the branch's count.
    #[serde(default)]
    pub version: Version,
    /// What whoever recorded it had before her.
    #[serde(default)]
    pub seen: Version,
}

impl Treatment {
    /// The same once more is the same.
    pub(crate) fn add(&mut self, id: EventId, is: &CareEvent, stamp: &Stamp) {
        let (written, version, seen) = (stamp.into(), stamp.version, stamp.base);
        self.take(Happened { id, is: is.clone(), written, version, seen });
    }

    fn take(&mut self, happened: Happened) {
        if !self.events.iter().any(|known| known.id == happened.id) {
            self.events.push(happened);
        }
    }

    pub(crate) fn unite(&mut self, theirs: &Self) {
        theirs.events.iter().for_each(|happened| self.take(happened.clone()));
        self.events.sort_by_key(|happened| happened.version);
    }

    /// Of the last that happened in it.
    fn version(&self) -> Version {
        self.events.iter().map(|happened| happened.version).max().unwrap_or_default()
    }

    /// With what has come to a copy of it since.
    pub fn with_news(mut self, known: Option<&Self>) -> Self {
        if let Some(known) = known {
            self.unite(known);
        }
        self
    }

    /// What is left of it here is the short of it.
    pub fn is_short(&self) -> bool {
        self.run().begun.is_some_and(|(begun, _)| begun.plan.is_empty())
    }

    pub fn events(&self) -> &[Happened] {
        &self.events
    }
}

/// All of them, of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareOf {
    pub treatments: BTreeMap<TreatmentId, Treatment>,
    pub measurements: BTreeMap<MeasurementId, Taken>,
}

impl CustomerFile {
    /// Whether she was treated before that one, here or by what an old card says: on a first visit nothing is sold in the room (M6-11).
    pub fn has_been_here(&self, before: TreatmentId, today: NaiveDate) -> bool {
        let treated = self.treatments.iter().any(|(id, treatment)| *id != before && treatment.run().begun.is_some());
        let told = [ProfileField::FirstVisit, ProfileField::LastVisit].into_iter().any(|field| match self.profile.value(field) {
            Some(ProfileValue::FirstVisit(Some(day)) | ProfileValue::LastVisit(Some(day))) => *day < today,
            _ => false,
        });
        treated || told
    }

    /// The treatments of which a beginning waits for a senior.
    pub fn treatments_to_confirm(&self) -> impl Iterator<Item = TreatmentId> {
        let waits = |treatment: &Treatment| treatment.run().to_confirm().next().is_some();
        self.treatments.iter().filter(move |(_, treatment)| waits(treatment)).map(|(id, _)| *id)
    }

    /// Which services were begun where, for the interval between two (S7).
    pub(crate) fn services_given(&self, offset: ClockOffset) -> Vec<LastService> {
        let begun = self.treatments.values().flat_map(|treatment| &treatment.events).filter_map(|happened| match &happened.is {
            CareEvent::Begin(begun) => Some((begun, offset.day(happened.written.at))),
            _ => None,
        });
        let given = begun.flat_map(|(begun, on)| {
            let zones: Vec<_> = match begun.zones.is_empty() {
                true => vec![None],
                false => begun.zones.iter().copied().map(Some).collect(),
            };
            let service = begun.service.map(|service| service.to_string()).unwrap_or_default();
            zones.into_iter().map(move |zone| LastService { service: service.clone(), zone, on })
        });
        given.collect()
    }

    /// What her skin answered, by the class of what was on it (S11).
    pub(crate) fn reactions(&self, offset: ClockOffset) -> Vec<Reaction> {
        let all = || self.treatments.values().flat_map(|treatment| &treatment.events);
        let is_settled =
            |id: EventId| all().any(|happened| matches!(&happened.is, CareEvent::Settle { reaction, .. } if *reaction == id));
        let reacted = all().filter_map(|happened| match &happened.is {
            CareEvent::React(reacted) => Some((reacted, offset.day(happened.written.at), is_settled(happened.id))),
            _ => None,
        });
        let of_classes = reacted.flat_map(|(reacted, on, resolved)| {
            // Where nobody could say what it came from, it may be anything.
            let any: &[ProductClass] = if reacted.classes.is_empty() { &ProductClass::ALL } else { &[] };
            let classes = reacted.classes.iter().chain(any);
            classes.map(move |class| Reaction { class: *class, outcome: reacted.outcome, on, resolved })
        });
        of_classes.collect()
    }
}
