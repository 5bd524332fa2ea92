//! A treatment as a tablet keeps it once it is a while ago: what the safety rules read of it, and nothing else.

use super::{Begun, CareEvent, Happened, Treatment};
use crate::{CustomerFile, EventId, Judgement, MeasurementId, ServiceId, TreatmentId};
use std::collections::BTreeSet;

/// The latest ones, which are kept as they are.
const WHOLE: usize = 3;
/// Of those before, so many are told in short.
const SHORT: usize = 40;
const MEASUREMENTS: usize = 24;

impl Treatment {
    fn is_settled(&self) -> bool {
        let is_settled = |id: EventId| {
            self.events.iter().any(|happened| matches!(happened.is, CareEvent::Settle { reaction, .. } if reaction == id))
        };
        self.events.iter().all(|happened| !matches!(happened.is, CareEvent::React(_)) || is_settled(happened.id))
    }

    /// Somebody will begin it or goes on with it, or a senior has to look at it.
    fn is_needed(&self) -> bool {
        let run = self.run();
        run.finished.is_none() || run.to_confirm().next().is_some()
    }

    fn service(&self) -> Option<ServiceId> {
        self.run().begun.and_then(|(begun, _)| begun.service)
    }

    /// Without what nobody reads from afar.
    fn in_short(&self) -> Self {
        let is_read = |is: &CareEvent| match is {
            CareEvent::Begin(_) | CareEvent::Overtake { .. } | CareEvent::Confirm { .. } => true,
            CareEvent::React(_) | CareEvent::Settle { .. } | CareEvent::Finish(_) => true,
            CareEvent::HandOver(_)
            | CareEvent::TakeOver {}
            | CareEvent::BeginStep { .. }
            | CareEvent::FinishStep(_)
            | CareEvent::Pause {}
            | CareEvent::Resume {}
            | CareEvent::Adjust(_)
            | CareEvent::Feel(_)
            | CareEvent::HandBack(_)
            | CareEvent::Add(_) => false,
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
        // By when something happened in it last: an appointment may have been made long before others.
        let mut latest: Vec<(&TreatmentId, &Treatment)> = self.treatments.iter().collect();
        latest.sort_by_key(|(id, treatment)| std::cmp::Reverse((treatment.version(), **id)));
        let mut services = BTreeSet::new();
        let mut kept = Vec::new();
        let mut behind = 0;
        for (at, (id, treatment)) in latest.into_iter().enumerate() {
            let is_last_of_service = treatment.service().is_some_and(|service| services.insert(service));
            if at < WHOLE || treatment.is_needed() {
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
