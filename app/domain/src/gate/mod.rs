//! The safety gate (`decisions`, safety rules; M5-11): may this be put on that skin today? One pure function, the same on the tablet and
//! on the server, asked at every door through which something comes onto a skin.

mod case;
pub(crate) mod facts;
mod given;
mod judge;
mod rules;

pub use case::{
    Answers, BatchOf, Case, Door, Facts, LastService, Measured, Medicine, PatchResult, PatchTest, ProductOf, Reaction,
    ReactionOutcome, SafetyQuestion, ServiceOf, SkinFinding, SkinTrouble, TakenMedicine,
};
pub use given::{GivenCase, Judged};
pub use judge::judge;
pub use rules::{Kinds, Rule, SafetyRules};

use crate::{Course, Ingredient};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// From the mildest to the worst: the worst one wins. An unasked question can't be released by a senior, so it is the worse of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Allow,
    /// The consultant in charge or a manager may release it, with a reason.
    NeedsSenior,
    /// Something has not been asked, looked at or tried.
    AskFirst,
    Forbid,
}

/// What a rule found, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    pub verdict: Verdict,
    pub rule: Rule,
    pub why: Because,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Never asked, refused, or too long ago.
    Unasked(SafetyQuestion),
    /// She said yes; of what is not written down.
    Untold(SafetyQuestion),
    Course {
        what: Course,
        on: Option<NaiveDate>,
    },
    Allergy(Ingredient),
    PregnantOrNursing,
    Medicine(Medicine),
    Implant,
    Skin(SkinTrouble),
    /// The service was given in that zone on that day.
    TooSoon {
        last: NaiveDate,
    },
    /// None that counts: too old, or of the same day.
    PatchTest,
    PatchTestPositive {
        on: NaiveDate,
    },
    Expired {
        on: NaiveDate,
    },
    /// Open for longer than it keeps.
    OpenTooLong {
        since: NaiveDate,
    },
    Recalled,
    LastReaction(ReactionOutcome),
    /// Not in the salon's list: nobody knows what is in it.
    ProductUnknown,
    /// Nobody looked which batch it was.
    BatchUnknown,
    /// Nobody knows since when that batch is open.
    OpeningUnknown,
    /// Not in the salon's list, or not said: nobody knows what is done to her.
    ServiceUnknown,
}

/// The answer of the gate, with every reason for it, the worst first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    /// Of the rules it was found by.
    pub rules_version: u32,
}

impl Judgement {
    /// Of two places at once: what is found at either.
    pub(crate) fn with(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.put_in_order();
        self
    }

    /// It has a reason that the other one did not know.
    pub(crate) fn has_more_than(&self, other: &Self) -> bool {
        self.findings.iter().any(|finding| !other.findings.contains(finding))
    }

    /// Nobody knows what is in it.
    pub(crate) fn with_unknown_product(self) -> Self {
        self.and(Finding { verdict: Verdict::AskFirst, rule: Rule::S0, why: Because::ProductUnknown })
    }

    /// With one more finding, where it belongs.
    pub(crate) fn and(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self.put_in_order();
        self
    }

    /// The worst finding first; it is the verdict.
    fn put_in_order(&mut self) {
        self.findings.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.cmp(b)));
        self.findings.dedup();
        self.verdict = self.findings.first().map_or(Verdict::Allow, |worst| worst.verdict);
    }

    /// Each rule once, in the order of their numbers.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.findings.iter().map(|finding| finding.rule).collect();
        rules.sort();
        rules.dedup();
        rules
    }
}
