//! A treatment as a tablet keeps it once it is a while ago: what the safety rules read of it, and nothing else.

use super::{Begun, CareEvent, Happened, Treatment};
use crate::{CustomerFile, Judgement, MeasurementId, ServiceId, TreatmentId};
use std::collections::BTreeSet;

/// The latest ones, which are kept as they are.
const WHOLE: usize = 3;
/// Of those before, so many are told in short.
const SHORT: usize = 40;
const MEASUREMENTS: usize = 24;

impl Treatment {
    fn is_settled(&self) -> bool {
        let events = self.events.iter();
        let reactions = events.clone().filter(|happened| matches!(happened.is, CareEvent::React(_))).count();
        let settled = events.filter(|happened| matches!(happened.is, CareEvent::Settle { .. })).count();
        reactions <= settled
    }

    fn service(&self) -> Option<ServiceId> {
        self.run().begun.and_then(|(begun, _)| begun.service)
    }

    /// Without what nobody reads from afar.
    fn in_short(&self) -> Self {
        let is_read = |is: &CareEvent| {
            matches!(is, CareEvent::Begin(_) | CareEvent::React(_) | CareEvent::Settle { .. } | CareEvent::Finish(_))
        };
        let events = self.events.iter().filter(|happened| is_read(&happened.is));
        let shorter = |happened: &Happened| match &happened.is {
            CareEvent::Begin(begun) => {
                let judged = Judgement { findings: Vec::new(), ..begun.judged.clone() };
                let begun = Begun { plan: Vec::new(), judged, ..begun.clone() };
                Happened { is: CareEvent::Begin(begun), ..*happened }
            }
            _ => happened.clone(),
        };
        Self { events: events.map(shorter).collect() }
    }
}

impl CustomerFile {
    /// For a device. Answers how much of treatments and measurements stays behind: the rest is asked for while online.
    pub fn shorten_care(&mut self) -> usize {
        // Somebody may go on with it, or has to look at it.
        let is_needed = |treatment: &Treatment| {
            let run = treatment.run();
            run.is_open() || run.to_confirm().next().is_some()
        };
        let latest = |id: &TreatmentId| self.treatments.keys().rev().position(|one| one == id).unwrap_or(usize::MAX);
        let mut services = BTreeSet::new();
        let mut kept = Vec::new();
        let mut behind = 0;
        for (id, treatment) in self.treatments.iter().rev() {
            let is_last_of_service = treatment.service().is_some_and(|service| services.insert(service));
            let at = latest(id);
            if at < WHOLE || is_needed(treatment) {
                kept.push((*id, treatment.clone()));
                continue;
            }
            behind += 1;
            if at < WHOLE + SHORT || is_last_of_service || !treatment.is_settled() {
                kept.push((*id, treatment.in_short()));
            }
        }
        self.treatments = kept.into_iter().collect();
        let too_many = self.measurements.len().saturating_sub(MEASUREMENTS);
        if let Some(first) = self.measurements.keys().nth(too_many).copied() {
            self.measurements = self.measurements.split_off::<MeasurementId>(&first);
        }
        behind + too_many
    }
}
