//! What the salon puts on a skin: products as the safety rules see them, and the batches that stand on its shelf.

use crate::{Ingredient, Name, ProductId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One product of the salon's list; a manager's word (M14-02).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub name: Name,
    pub class: ProductClass,
    /// What its list names that somebody may react to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub ingredients: BTreeSet<Ingredient>,
    /// How long it keeps once it is open, 1 to 60 months; `None`: as long as unopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months_after_opening: Option<u8>,
    /// A little of it is tried on her skin first (S8).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_patch_test: bool,
}

impl Product {
    pub fn is_in_range(&self) -> bool {
        self.months_after_opening.is_none_or(|months| (1..=60).contains(&months))
    }
}

/// What came in together, under one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    pub product: ProductId,
    /// As it stands on the package.
    pub number: Name,
    /// The last day on which it is good (M14-02).
    pub expires_on: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_on: Option<NaiveDate>,
    /// Called back: nobody gets it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_recalled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductClass {
    /// 补水
    Hydrating,
    /// 修复
    Repairing,
    /// 清洁
    Cleansing,
    /// 防晒
    Sunscreen,
    /// 美白
    Whitening,
    /// 酸类 (AHA, BHA)
    Acid,
    /// 维A
    Retinoid,
    /// 去角质
    Exfoliant,
    /// 精油
    EssentialOil,
    /// 脱毛
    Depilatory,
    Other,
}

impl ProductClass {
    pub const ALL: [Self; 11] = [
        Self::Hydrating,
        Self::Repairing,
        Self::Cleansing,
        Self::Sunscreen,
        Self::Whitening,
        Self::Acid,
        Self::Retinoid,
        Self::Exfoliant,
        Self::EssentialOil,
        Self::Depilatory,
        Self::Other,
    ];

    /// What it may be called on a card or in a list; the first is its own word.
    pub(crate) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Hydrating => &["hydrating", "补水", "保湿"],
            Self::Repairing => &["repairing", "修复", "修护"],
            Self::Cleansing => &["cleansing", "清洁", "洁面"],
            Self::Sunscreen => &["sunscreen", "防晒"],
            Self::Whitening => &["whitening", "美白"],
            Self::Acid => &["acid", "酸类", "酸", "刷酸", "焕肤"],
            Self::Retinoid => &["retinoid", "维a", "维他命a", "维甲酸", "a酸", "a醇", "视黄醇", "retinol"],
            Self::Exfoliant => &["exfoliant", "去角质", "磨砂"],
            Self::EssentialOil => &["essential_oil", "精油", "essential oil"],
            Self::Depilatory => &["depilatory", "脱毛", "除毛"],
            Self::Other => &[],
        }
    }
}
