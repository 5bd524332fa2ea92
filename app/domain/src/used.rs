//! What was put on her skin: by whom, where, and what the gate said to it at the door (M6-08, M6-09).

use crate::{
    BatchId, BatchOf, Because, Case, CustomerFile, Door, Facts, Finding, Judgement, ProductId, ProductOf, Rule, Salon, StaffId,
    Text, Verdict, Written, Zone, judge,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// As whoever did it records it. What happened is recorded whatever the gate said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Used {
    pub product: ProductId,
    /// `None`: nobody looked which.
    pub batch: Option<BatchId>,
    pub zone: Zone,
    /// What the gate said on that screen, by what that device knew.
    pub judged: Judgement,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Release>,
}

/// A senior said that it may be: by word of mouth, so it stays marked until she has confirmed it (`decisions`, needs senior).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    pub by: StaffId,
    pub reason: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    pub is: Used,
    pub written: Written,
    /// What the salon knew when it heard of it, where that was worse than what the screen had said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overtaken: Option<Judgement>,
    /// Whoever had to see it has seen it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Written>,
}

impl Use {
    /// Somebody has to look: it was put on although it should not have been, on somebody's word, or the salon knew more.
    pub const fn is_to_confirm(&self) -> bool {
        let is_doubtful = self.overtaken.is_some() || !matches!(self.is.judged.verdict, Verdict::Allow);
        is_doubtful && self.confirmed.is_none()
    }

    /// Whether she may confirm it: whoever is said to have released it, where nothing worse came to light; otherwise any senior, but not
    /// about her own act.
    pub fn may_be_confirmed_by(&self, person: StaffId) -> bool {
        match &self.is.release {
            Some(release) if self.overtaken.is_none() => release.by == person,
            Some(_) | None => self.written.by != person,
        }
    }
}

/// Asks the gate at the door at which a product is opened. What nobody knows of the product is asked about as well.
pub fn judge_use(salon: &Salon, file: &CustomerFile, is: (ProductId, Option<BatchId>, Zone), on: NaiveDate) -> Judgement {
    let (id, batch, zone) = is;
    let known = salon.products.get(&id);
    let batch = batch.and_then(|batch| salon.batches.get(&batch)).filter(|batch| batch.product == id);
    let product = known.map(|known| ProductOf {
        id: id.to_string(),
        class: known.class,
        tags: known.ingredients.clone(),
        needs_patch_test: false,
        batch: batch.map(|batch| BatchOf {
            expires_on: batch.expires_on,
            opened_on: batch.opened_on,
            months_after_opening: known.months_after_opening.map(u32::from),
            recalled: batch.is_recalled,
        }),
    });
    let her = Facts::of(file, &salon.rules, salon.settings.offset, on);
    let judgement = judge(&salon.rules, &Case { on, door: Door::Product, zone: Some(zone), product, service: None, her });
    match (known, batch) {
        (None, _) => judgement.and(Finding { verdict: Verdict::AskFirst, rule: Rule::S0, why: Because::ProductUnknown }),
        (Some(_), None) => judgement.and(Finding { verdict: Verdict::AskFirst, rule: Rule::S9, why: Because::BatchUnknown }),
        (Some(_), Some(_)) => judgement,
    }
}

impl Used {
    /// The gate's word by what is known now, where it is worse than what the screen said.
    pub(crate) fn overtaken(&self, salon: &Salon, file: &CustomerFile, on: NaiveDate) -> Option<Judgement> {
        let now = judge_use(salon, file, (self.product, self.batch, self.zone), on);
        (now.verdict > self.judged.verdict).then_some(now)
    }
}
