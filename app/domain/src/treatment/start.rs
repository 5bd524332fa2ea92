//! The gate at the door of the room: may this service be given to her here today?

use crate::{
    Because, Case, CustomerFile, Door, Facts, Finding, Judgement, Rule, Salon, ServiceId, ServiceOf, Verdict, Zone, judge,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What is about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartOf {
    pub service: Option<ServiceId>,
    pub zones: BTreeSet<Zone>,
}

impl StartOf {
    /// As the rules see it.
    pub(crate) fn as_known(&self, salon: &Salon) -> Option<ServiceOf> {
        let id = self.service?;
        let known = salon.services.get(&id)?;
        let min_interval_days = known.min_interval_days.map(u32::from);
        Some(ServiceOf { id: id.to_string(), min_interval_days, uses_current: known.uses_current })
    }
}

/// Asked of every zone; where none is named, of all.
pub fn judge_start(salon: &Salon, file: &CustomerFile, is: &StartOf, on: NaiveDate) -> Judgement {
    let (service, her) = (is.as_known(salon), Facts::of(file, salon, on));
    let at = |zone| {
        let (service, her) = (service.clone(), her.clone());
        judge(&salon.rules, &Case { on, door: Door::Room, zone, product: None, service, her })
    };
    let zones = is.zones.iter().copied().map(Some);
    let all = zones.map(at).reduce(Judgement::with).unwrap_or_else(|| at(None));
    match is.as_known(salon) {
        Some(_) => all,
        None => all.and(Finding { verdict: Verdict::AskFirst, rule: Rule::S0, why: Because::ServiceUnknown }),
    }
}
