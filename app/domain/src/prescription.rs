//! 处方, the two-part slip (二联单, M5-06 to M5-19): what will be done, zone by zone, and what she does at home; what it should do, what it
//! may do, and that she agreed.

use crate::{
    Case, CustomerFile, Door, Facts, HowGiven, Judgement, ProductId, Salon, ServiceId, StartOf, Text, UseOf, Written, Zone, judge,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    /// 疗程
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub course: Vec<CourseLine>,
    /// 家居
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub home: Vec<HomeLine>,
    /// What it should do (M5-10, M5-18).
    pub expected: Text,
    /// What it may do (M5-19).
    pub risks: Text,
    /// How she said that she agrees; `None`: she has not said so yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<HowGiven>,
}

/// One service in its zones (区格处方, M5-12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourseLine {
    pub service: ServiceId,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub zones: BTreeSet<Zone>,
    /// How often in all, 1 to 99.
    pub times: u8,
    /// Days from one to the next, 1 to 90: seven, or three for problem skin (M5-16).
    pub every_days: u8,
    /// What will be put on her skin in it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub products: BTreeSet<ProductId>,
    /// What the gate said while it was being written.
    pub judged: Judgement,
}

/// What she uses at home, and how (M5-13, M5-15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeLine {
    pub product: ProductId,
    pub zone: Option<Zone>,
    /// How, when, and what to take care of.
    pub how: Text,
    pub judged: Judgement,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prescribed {
    pub is: Prescription,
    pub written: Written,
}

impl Prescription {
    /// Something is prescribed, in numbers that can be meant.
    pub fn is_in_range(&self) -> bool {
        let course = self.course.iter().all(|line| (1..=99).contains(&line.times) && (1..=90).contains(&line.every_days));
        course && !(self.course.is_empty() && self.home.is_empty())
    }
}

/// Asks the gate at the door of the prescription about a service with what is put on her skin in it, in each of its zones.
pub fn judge_course(
    salon: &Salon,
    file: &CustomerFile,
    is: &StartOf,
    products: &BTreeSet<ProductId>,
    on: NaiveDate,
) -> Judgement {
    let service = is.as_known(salon);
    let zones: Vec<Option<Zone>> = if is.zones.is_empty() { vec![None] } else { is.zones.iter().copied().map(Some).collect() };
    let her = Facts::of(file, salon, on);
    let at = |zone, product| {
        judge(&salon.rules, &Case { on, door: Door::Prescription, zone, product, service: service.clone(), her: her.clone() })
    };
    let with_each = |zone| {
        let each = products.iter().map(move |product| (zone, Some(*product)));
        std::iter::once((zone, None)).chain(each).collect::<Vec<_>>()
    };
    let all = zones.into_iter().flat_map(with_each).map(|(zone, product)| match product {
        None => at(zone, None),
        Some(id) => judge_product(salon, &her, id, zone, on).with(at(zone, None)),
    });
    all.reduce(Judgement::with).unwrap_or_else(|| at(None, None))
}

/// The same about a product that she takes home.
pub fn judge_home(salon: &Salon, file: &CustomerFile, product: ProductId, zone: Option<Zone>, on: NaiveDate) -> Judgement {
    judge_product(salon, &Facts::of(file, salon, on), product, zone, on)
}

fn judge_product(salon: &Salon, her: &Facts, product: ProductId, zone: Option<Zone>, on: NaiveDate) -> Judgement {
    let of = UseOf { product, batch: None, zone: zone.unwrap_or(Zone::Body), opens: false };
    let known = of.known(salon, on);
    let is_known = known.is_some();
    let case = Case { on, door: Door::Prescription, zone, product: known, service: None, her: her.clone() };
    let judgement = judge(&salon.rules, &case);
    if is_known { judgement } else { judgement.with_unknown_product() }
}
