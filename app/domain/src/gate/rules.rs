//! The safety rules as data: a manager edits them, and each edit is a version of its own.

use super::{Medicine, TakenMedicine, Verdict};
use crate::{Ingredient, ProductClass, UsualIngredient};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// By their names in `decisions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rule {
    /// A question has not been asked.
    S0,
    /// 安全处方 (M5-11): soon after a course that may have damaged the skin.
    S1,
    /// The same, until it has been measured that the skin has recovered.
    #[serde(rename = "S1b")]
    S1b,
    /// 过敏
    S2,
    /// 怀孕或哺乳
    S3,
    /// 用药
    S4,
    /// 起搏器或植入物
    S5,
    /// 皮肤现状
    S6,
    /// 两次间隔
    S7,
    /// 皮试
    S8,
    /// 效期
    S9,
    /// 召回
    S10,
    /// 上次反应
    S11,
}

/// The products of which a rule speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    #[serde(default)]
    pub classes: BTreeSet<ProductClass>,
    #[serde(default)]
    pub ingredients: BTreeSet<Ingredient>,
}

impl Kinds {
    fn of(classes: &[ProductClass], ingredients: &[UsualIngredient]) -> Self {
        let ingredients = ingredients.iter().copied().map(Ingredient::Usual).collect();
        Self { classes: classes.iter().copied().collect(), ingredients }
    }

    /// A list that names the class itself says as much as the class.
    pub fn include(&self, class: ProductClass, tags: &BTreeSet<Ingredient>) -> bool {
        let is_named = |tag: &Ingredient| self.classes.iter().any(|class| tag.names_class(*class));
        let is_listed = |what: &Ingredient| tags.iter().any(|tag| what.is_in(tag));
        self.classes.contains(&class) || tags.iter().any(is_named) || self.ingredients.iter().any(is_listed)
    }
}

/// All days are calendar days in the branch's time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyRules {
    pub version: u32,
    /// S1, S1b
    pub after_course: Kinds,
    /// S1: forbidden while the course is fewer days ago than these.
    pub forbidden_days: u32,
    /// S1b: a senior decides up to and with this day.
    pub senior_days: u32,
    /// S1b: after that, so many measurements in a row inside the recovery range end it.
    pub recovered_after: u32,
    /// S3
    pub in_pregnancy: Kinds,
    /// S4
    pub on_medication: Kinds,
    /// S4: isotretinoin counts for so many days after it was ended, with the last.
    pub isotretinoin_days: u32,
    /// S8: a patch test counts from the day after up to and with this day.
    pub patch_test_days: u32,
    /// S0: an answer counts up to and with this day.
    pub answer_days: u32,
}

impl SafetyRules {
    pub fn is_first(&self) -> bool {
        *self == Self::default()
    }

    /// S4: what follows from a medicine, on that day, for the products of that rule.
    pub fn on(&self, medicine: TakenMedicine, today: NaiveDate) -> Verdict {
        let days_over = medicine.until.map_or(0, |until| today.signed_duration_since(until).num_days());
        match medicine.what {
            Medicine::Isotretinoin if days_over <= i64::from(self.isotretinoin_days) => Verdict::Forbid,
            Medicine::Photosensitising | Medicine::BloodThinning if days_over <= 0 => Verdict::NeedsSenior,
            // Nobody here knows what it does: a senior looks at its name.
            Medicine::Other if days_over <= 0 => Verdict::NeedsSenior,
            Medicine::Isotretinoin | Medicine::Photosensitising | Medicine::BloodThinning | Medicine::Other => Verdict::Allow,
        }
    }
}

/// Version 1 (`decisions`).
impl Default for SafetyRules {
    fn default() -> Self {
        use ProductClass::{Acid, Depilatory, EssentialOil, Exfoliant, Retinoid, Whitening};
        Self {
            version: 1,
            after_course: Kinds::of(&[Whitening, Acid, Retinoid, Exfoliant], &[]),
            forbidden_days: 30,
            senior_days: 90,
            recovered_after: 2,
            in_pregnancy: Kinds::of(&[Retinoid, EssentialOil, Depilatory], &[UsualIngredient::SalicylicAcid]),
            on_medication: Kinds::of(&[Acid, Exfoliant, Depilatory], &[]),
            isotretinoin_days: 180,
            patch_test_days: 180,
            answer_days: 180,
        }
    }
}
