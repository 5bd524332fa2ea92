//! The gate at the door of the room: may this service be given to her here today?

use crate::{Case, CustomerFile, Door, Facts, Judgement, Salon, ServiceId, ServiceOf, Zone, judge};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What is about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartOf {
    pub service: Option<ServiceId>,
    pub zones: BTreeSet<Zone>,
}

/// Asked of every zone; where none is named, of all.
pub fn judge_start(salon: &Salon, file: &CustomerFile, is: &StartOf, on: NaiveDate) -> Judgement {
    let known = is.service.and_then(|id| Some((id, salon.services.get(&id)?)));
    let service = known.map(|(id, service)| ServiceOf {
        id: id.to_string(),
        min_interval_days: service.min_interval_days.map(u32::from),
        uses_current: service.uses_current,
    });
    let at = |zone| {
        let her = Facts::of(file, salon, on);
        judge(&salon.rules, &Case { on, door: Door::Room, zone, product: None, service: service.clone(), her })
    };
    let zones = is.zones.iter().copied().map(Some);
    let all = zones.map(at).reduce(Judgement::with);
    all.unwrap_or_else(|| at(None))
}
