//! What the gate is asked: where, when, with what, and what is known of her. What is absent is not known, or there is none of it.

use crate::{Ingredient, PastCourse, ProductClass, Said, Zone};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where the gate stands (`decisions`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    Booking,
    /// 处方
    Prescription,
    /// The start in the room.
    Room,
    /// A product is opened.
    Product,
}

impl Door {
    /// Her skin must have been looked at that day (S6).
    pub(super) const fn is_at_her_skin(self) -> bool {
        matches!(self, Self::Room | Self::Product)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The day in the branch's time.
    pub on: NaiveDate,
    pub door: Door,
    /// `None`: anywhere, so that what holds for any zone holds.
    pub zone: Option<Zone>,
    pub product: Option<ProductOf>,
    pub service: Option<ServiceOf>,
    pub her: Facts,
}

/// What the file says of her, as of that day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub answers: Answers,
    /// Courses that may have damaged the skin.
    pub history: Vec<PastCourse>,
    /// Those that stand.
    pub allergies: Vec<Ingredient>,
    pub medication: Vec<TakenMedicine>,
    pub skin_now: Vec<SkinFinding>,
    pub measurements: Vec<Measured>,
    pub reactions: Vec<Reaction>,
    pub patch_tests: Vec<PatchTest>,
    pub last_services: Vec<LastService>,
}

/// What the rules ask. An answer that is too old, contested or in doubt counts as not asked before it comes here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyQuestion {
    PregnantOrNursing,
    ImplantOrPacemaker,
    Allergies,
    Medication,
    SkinNow,
    DestructiveHistory,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    pub pregnant_or_nursing: Said,
    pub implant_or_pacemaker: Said,
    pub allergies: Said,
    pub medication: Said,
    /// Answered: looked at on that day.
    pub skin_now: Said,
    pub destructive_history: Said,
}

impl Default for Answers {
    fn default() -> Self {
        Self::all(Said::NotAsked)
    }
}

impl Answers {
    pub const fn all(said: Said) -> Self {
        Self {
            pregnant_or_nursing: said,
            implant_or_pacemaker: said,
            allergies: said,
            medication: said,
            skin_now: said,
            destructive_history: said,
        }
    }

    pub const fn to(&self, question: SafetyQuestion) -> Said {
        match question {
            SafetyQuestion::PregnantOrNursing => self.pregnant_or_nursing,
            SafetyQuestion::ImplantOrPacemaker => self.implant_or_pacemaker,
            SafetyQuestion::Allergies => self.allergies,
            SafetyQuestion::Medication => self.medication,
            SafetyQuestion::SkinNow => self.skin_now,
            SafetyQuestion::DestructiveHistory => self.destructive_history,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medicine {
    /// 异维A酸
    Isotretinoin,
    /// 光敏药
    Photosensitising,
    /// 抗凝血药
    BloodThinning,
    /// Any other, by her own words.
    Other,
}

impl Medicine {
    pub const ALL: [Self; 4] = [Self::Isotretinoin, Self::Photosensitising, Self::BloodThinning, Self::Other];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenMedicine {
    pub what: Medicine,
    /// The last day; `None`: she still takes it.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkinTrouble {
    OpenWound,
    Infection,
    Sunburn,
}

impl SkinTrouble {
    pub const ALL: [Self; 3] = [Self::OpenWound, Self::Infection, Self::Sunburn];
}

/// As seen on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkinFinding {
    pub what: SkinTrouble,
    /// `None`: not said where, so everywhere.
    #[serde(default)]
    pub zone: Option<Zone>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    pub on: NaiveDate,
    pub zone: Zone,
    pub in_recovery_range: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    pub class: ProductClass,
    pub outcome: ReactionOutcome,
    pub on: NaiveDate,
    #[serde(default)]
    pub resolved: bool,
}

/// What she said some days later (M12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReactionOutcome {
    Redness,
    Swelling,
    Worse,
    /// Whatever else was said: no rule speaks of it.
    #[serde(other)]
    Other,
}

impl ReactionOutcome {
    pub const ALL: [Self; 4] = [Self::Redness, Self::Swelling, Self::Worse, Self::Other];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatchResult {
    Negative,
    Positive,
}

impl PatchResult {
    pub const ALL: [Self; 2] = [Self::Negative, Self::Positive];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatchTest {
    /// The product's id.
    pub product: String,
    pub on: NaiveDate,
    pub result: PatchResult,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastService {
    /// The service's id.
    pub service: String,
    /// `None`: not known where, so it counts for every zone.
    #[serde(default)]
    pub zone: Option<Zone>,
    pub on: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOf {
    pub id: String,
    pub class: ProductClass,
    #[serde(default)]
    pub tags: BTreeSet<Ingredient>,
    #[serde(default)]
    pub needs_patch_test: bool,
    /// `None` where none has been taken from the shelf yet.
    #[serde(default)]
    pub batch: Option<BatchOf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchOf {
    /// The last day on which it is good.
    pub expires_on: NaiveDate,
    /// `None`: not opened before.
    #[serde(default)]
    pub opened_on: Option<NaiveDate>,
    /// How long it keeps once it is open, in months; `None`: as long as unopened.
    #[serde(default)]
    pub months_after_opening: Option<u32>,
    #[serde(default)]
    pub recalled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOf {
    pub id: String,
    /// Days from one to the next in the same zone; `None` where it may be given at any time.
    #[serde(default)]
    pub min_interval_days: Option<u32>,
    /// Current or radio frequency.
    #[serde(default)]
    pub uses_current: bool,
}
