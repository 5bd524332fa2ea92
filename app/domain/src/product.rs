//! What the salon puts on a skin: products as the safety rules see them, and the batches that stand on its shelf.

use crate::{BadText, Name, ProductId};
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
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Hydrating => &["hydrating", "补水", "補水", "保湿", "保濕"],
            Self::Repairing => &["repairing", "修复", "修復"],
            Self::Cleansing => &["cleansing", "清洁", "清潔", "洁面", "潔面"],
            Self::Sunscreen => &["sunscreen", "防晒", "防曬"],
            Self::Whitening => &["whitening", "美白"],
            Self::Acid => &["acid", "酸类", "酸類", "刷酸"],
            Self::Retinoid => &["retinoid", "维a", "維a", "维a酸", "維a酸", "维甲酸", "視黃醇", "视黄醇", "retinol"],
            Self::Exfoliant => &["exfoliant", "去角质", "去角質", "磨砂"],
            Self::EssentialOil => &["essential_oil", "精油", "essential oil"],
            Self::Depilatory => &["depilatory", "脱毛", "脫毛"],
            Self::Other => &[],
        }
    }
}

/// One thing in a product's list, or that somebody reacts to. Usual ones are known by any of their names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Ingredient {
    Usual(UsualIngredient),
    /// As somebody wrote it.
    Other(Name),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsualIngredient {
    Alcohol,
    Fragrance,
    SalicylicAcid,
    FruitAcid,
    Preservative,
    EssentialOil,
    Latex,
    Nickel,
}

impl UsualIngredient {
    pub const ALL: [Self; 8] = [
        Self::Alcohol,
        Self::Fragrance,
        Self::SalicylicAcid,
        Self::FruitAcid,
        Self::Preservative,
        Self::EssentialOil,
        Self::Latex,
        Self::Nickel,
    ];

    /// The first is its own word.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Alcohol => &["alcohol", "酒精", "乙醇", "ethanol"],
            Self::Fragrance => &["fragrance", "香精", "香料", "香水", "perfume"],
            Self::SalicylicAcid => &["salicylic_acid", "水杨酸", "水楊酸", "salicylic acid", "bha"],
            Self::FruitAcid => &["fruit_acid", "果酸", "fruit acid", "aha"],
            Self::Preservative => &["preservative", "防腐剂", "防腐劑", "尼泊金", "paraben"],
            Self::EssentialOil => &["essential_oil", "精油", "essential oil"],
            Self::Latex => &["latex", "乳胶", "乳膠"],
            Self::Nickel => &["nickel", "金属镍", "金屬鎳", "镍", "鎳"],
        }
    }
}

impl Ingredient {
    /// A word of the rules and of product lists, in snake case; otherwise what somebody wrote.
    pub fn word(&self) -> &str {
        match self {
            Self::Usual(usual) => usual.words()[0],
            Self::Other(name) => name.as_str(),
        }
    }

    /// Whether somebody who reacts to `self` may react to `other`. Where either is in somebody's own words, one that names the other
    /// counts: *酒精类* and *酒精*, *蜂胶* and *蜂胶提取物*. Rather once too often than once too seldom.
    pub fn is_in(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Usual(own), Self::Usual(other)) => own == other,
            (Self::Usual(usual), Self::Other(name)) | (Self::Other(name), Self::Usual(usual)) => {
                names_one_of(name.as_str(), usual.words())
            }
            (Self::Other(own), Self::Other(other)) => {
                let (own, other) = (folded(own.as_str()), folded(other.as_str()));
                own.contains(&other) || other.contains(&own)
            }
        }
    }

    /// Whether somebody who reacts to it may react to anything of that class.
    pub fn is_class(&self, class: ProductClass) -> bool {
        match self {
            Self::Usual(usual) => class.words().contains(&usual.words()[0]),
            Self::Other(name) => class.words().contains(&folded(name.as_str()).as_str()),
        }
    }
}

impl From<Name> for Ingredient {
    fn from(name: Name) -> Self {
        let said = folded(name.as_str());
        let is_meant = |usual: &UsualIngredient| usual.words().contains(&said.as_str());
        UsualIngredient::ALL.into_iter().find(is_meant).map_or(Self::Other(name), Self::Usual)
    }
}

impl TryFrom<String> for Ingredient {
    type Error = BadText;

    fn try_from(said: String) -> Result<Self, BadText> {
        Name::new(&said).map(Self::from)
    }
}

impl From<Ingredient> for String {
    fn from(ingredient: Ingredient) -> Self {
        ingredient.word().to_owned()
    }
}

fn folded(said: &str) -> String {
    said.trim().to_lowercase()
}

/// Latin words stand alone, *aha* is not in *Bahama*; of Chinese ones either may hold the other, *酸* is in *水杨酸*.
fn names_one_of(said: &str, words: &[&str]) -> bool {
    let said = folded(said);
    let is_apart = |word: &str| said.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word);
    words.iter().any(|word| match word.is_ascii() {
        true if word.contains(' ') => said.contains(word),
        true => is_apart(word),
        false => said.contains(word) || word.contains(&said),
    })
}
