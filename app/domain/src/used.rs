//! What was put on her skin: by whom, where, and what the gate said to it at the door (M6-08, M6-09).

use crate::{
    Act, Action, BatchId, BatchOf, Because, CareEvent, Case, CustomerFile, Door, Facts, Finding, Judgement, ProductId, ProductOf,
    Rule, Salon, StaffId, Text, TreatmentId, UseId, Verdict, Version, Written, Zone, judge, time::months_later,
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
    /// What that device knew of product and batch: what the verdict was found by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Box<ProductOf>>,
    /// A jar or tube of that batch was opened for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opens: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<TreatmentId>,
}

/// What is about to be put where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseOf {
    pub product: ProductId,
    pub batch: Option<BatchId>,
    pub zone: Zone,
    pub opens: bool,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overtaken: Option<Overtaken>,
}

/// The salon knew more when it heard of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overtaken {
    pub known: Judgement,
    /// Whoever had not seen this has not seen what was to be seen.
    pub version: Version,
}

/// Somebody says that she has seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub written: Written,
    /// What she had before her.
    pub version: Version,
    /// Nobody else could have: the salon has no second person for it, or whoever released it has left (`decisions`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_alone: bool,
}

impl Use {
    /// Somebody has to look: it was put on although it should not have been, on somebody's word, or the salon knew more.
    const fn is_doubtful(&self) -> bool {
        self.overtaken.is_some() || !matches!(self.is.judged.verdict, Verdict::Allow)
    }

    pub const fn act(&self) -> Act<'_> {
        Act { by: self.written.by, release: self.is.release.as_ref(), is_overtaken: self.overtaken.is_some() }
    }

    fn is_confirmed_by(&self, seen: &Seen) -> bool {
        let had_it_all = self.overtaken.as_ref().is_none_or(|overtaken| overtaken.version <= seen.version);
        had_it_all && (seen.is_alone || self.act().may_be_confirmed_by(seen.written.by))
    }
}

impl CustomerFile {
    /// Who has confirmed that use, where somebody had to.
    pub fn use_confirmed(&self, usage: UseId) -> Option<Written> {
        let used = self.uses.get(&usage)?;
        let seen = self.uses_seen.get(&usage).into_iter().flatten();
        seen.filter(|seen| used.is_confirmed_by(seen)).map(|seen| seen.written).min_by_key(|written| written.at)
    }

    /// It waits for somebody.
    pub fn is_use_to_confirm(&self, usage: UseId) -> bool {
        self.uses.get(&usage).is_some_and(Use::is_doubtful) && self.use_confirmed(usage).is_none()
    }

    /// Those that do.
    pub fn uses_to_confirm(&self) -> impl Iterator<Item = UseId> {
        self.uses.keys().copied().filter(|usage| self.is_use_to_confirm(*usage))
    }
}

/// Asks the gate at the door at which a product is opened. What nobody knows of the product is asked about as well.
pub fn judge_use(salon: &Salon, file: &CustomerFile, is: UseOf, on: NaiveDate) -> Judgement {
    let product = is.known(salon, on);
    let is_known = product.is_some();
    let has_batch = product.as_ref().is_none_or(|product| product.batch.is_some());
    let her = Facts::of(file, salon, on);
    let judgement = judge(&salon.rules, &Case { on, door: Door::Product, zone: Some(is.zone), product, service: None, her });
    match () {
        () if !is_known => judgement.with_unknown_product(),
        () if !has_batch => judgement.and(Finding { verdict: Verdict::AskFirst, rule: Rule::S9, why: Because::BatchUnknown }),
        () => match is.opened(salon, on) {
            Some((verdict, why)) => judgement.and(Finding { verdict, rule: Rule::S9, why }),
            None => judgement,
        },
    }
}

impl UseOf {
    /// What asks for somebody about the day on which that batch was opened, where it keeps only so many months.
    fn opened(&self, salon: &Salon, on: NaiveDate) -> Option<(Verdict, Because)> {
        let months = salon.products.get(&self.product)?.months_after_opening?;
        let opened_on = salon.batches.get(&self.batch?)?.opened_on;
        match (opened_on, self.opens) {
            (None, false) => Some((Verdict::AskFirst, Because::OpeningUnknown)),
            // Another jar of it stands open for longer than it keeps: a senior sees to it that it was not that one.
            (Some(since), true) if months_later(since, months.into()) < on => {
                Some((Verdict::NeedsSenior, Because::OpenTooLong { since }))
            }
            (Some(_), _) | (None, true) => None,
        }
    }
    /// As the rules see it: what the salon knows of the product and of that batch; `None` where it is not in the list.
    pub fn known(&self, salon: &Salon, on: NaiveDate) -> Option<ProductOf> {
        let known = salon.products.get(&self.product)?;
        let batch = self.batch.and_then(|batch| salon.batches.get(&batch)).filter(|batch| batch.product == self.product);
        Some(ProductOf {
            id: self.product.to_string(),
            class: known.class,
            tags: known.ingredients.clone(),
            needs_patch_test: known.needs_patch_test,
            batch: batch.map(|batch| BatchOf {
                expires_on: batch.expires_on,
                opened_on: if self.opens { Some(on) } else { batch.opened_on },
                months_after_opening: known.months_after_opening.map(u32::from),
                recalled: batch.is_recalled,
            }),
        })
    }
}

impl Used {
    pub const fn of(&self) -> UseOf {
        UseOf { product: self.product, batch: self.batch, zone: self.zone, opens: self.opens }
    }

    /// What the gate says by what is known now, where it finds something that the screen did not.
    fn overtaken(&self, salon: &Salon, file: &CustomerFile, on: NaiveDate) -> Option<Judgement> {
        let now = judge_use(salon, file, self.of(), on);
        now.has_more_than(&self.judged).then_some(now)
    }
}

/// What follows from what was done at a door, for the salon to record, where it knew more than the screen. `her` as she was before it, with every
/// file that is hers.
pub fn overtaking(salon: &Salon, her: &CustomerFile, action: &Action, said: Written) -> Option<Action> {
    match action {
        Action::TakeIn { action, at, .. } => overtaking(salon, her, action, Written { at: *at, ..said }),
        Action::UseProduct { customer, usage, is } => {
            let known = is.overtaken(salon, her, salon.settings.offset.day(said.at))?;
            Some(Action::OvertakeUse { customer: *customer, usage: *usage, known })
        }
        Action::Care { customer, treatment, event, is } => {
            let CareEvent::Begin(begun) = &**is else { return None };
            let known = begun.overtaken(salon, her, salon.settings.offset.day(said.at))?;
            let is = Box::new(CareEvent::Overtake { begun: *event, known });
            Some(Action::Care { customer: *customer, treatment: *treatment, event: event.followed(), is })
        }
        _ => None,
    }
}

/// What a use says of the shelf, for the salon to record by itself: it stays where her file goes.
pub fn opening(salon: &Salon, action: &Action, said: Written) -> Option<Action> {
    match action {
        Action::TakeIn { action, at, .. } => opening(salon, action, Written { at: *at, ..said }),
        Action::UseProduct { is, .. } if is.opens => {
            Some(Action::OpenBatch { batch: is.batch?, on: salon.settings.offset.day(said.at) })
        }
        _ => None,
    }
}
