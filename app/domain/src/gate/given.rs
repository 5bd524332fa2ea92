//! A case as somebody writes it down, to try the rules out: what is absent was not asked, or there is none of it.

use super::{
    Answers, Case, Door, Facts, LastService, Measured, PatchTest, ProductOf, Reaction, Rule, SafetyRules, ServiceOf, SkinFinding,
    TakenMedicine, Verdict, judge,
};
use crate::{Ingredient, PastCourse, Zone};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
pub struct GivenCase<Id> {
    /// As whoever wrote it calls it.
    pub id: Id,
    on: NaiveDate,
    door: Door,
    zone: Option<Zone>,
    product: Option<ProductOf>,
    service: Option<ServiceOf>,
    #[serde(default)]
    answers: Answers,
    #[serde(default)]
    history: Vec<PastCourse>,
    #[serde(default)]
    allergies: Vec<Ingredient>,
    #[serde(default)]
    medication: Vec<TakenMedicine>,
    #[serde(default)]
    skin_now: Vec<SkinFinding>,
    #[serde(default)]
    measurements: Vec<Measured>,
    #[serde(default)]
    reactions: Vec<Reaction>,
    #[serde(default)]
    patch_tests: Vec<PatchTest>,
    #[serde(default)]
    last_services: Vec<LastService>,
}

/// The verdict on it, with every rule that found something.
#[derive(Clone, Debug, Serialize)]
pub struct Judged<Id> {
    id: Id,
    verdict: Verdict,
    rules: Vec<Rule>,
}

impl<Id: Clone> GivenCase<Id> {
    pub fn judged(self, rules: &SafetyRules) -> Judged<Id> {
        let id = self.id.clone();
        let judgement = judge(rules, &Case::from(self));
        Judged { id, verdict: judgement.verdict, rules: judgement.rules() }
    }
}

impl<Id> From<GivenCase<Id>> for Case {
    fn from(given: GivenCase<Id>) -> Self {
        let her = Facts {
            answers: given.answers,
            history: given.history,
            allergies: given.allergies,
            medication: given.medication,
            skin_now: given.skin_now,
            measurements: given.measurements,
            reactions: given.reactions,
            patch_tests: given.patch_tests,
            last_services: given.last_services,
        };
        Self { on: given.on, door: given.door, zone: given.zone, product: given.product, service: given.service, her }
    }
}
