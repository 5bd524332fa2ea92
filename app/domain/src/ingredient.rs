//! What is in a product, and what somebody reacts to: two lists that people write in many ways, and that must find one another.

use crate::{BadText, Name, ProductClass};
use serde::{Deserialize, Serialize};

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

    /// What it is called; the first is its own word.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Alcohol => &["alcohol", "酒精", "乙醇", "ethanol"],
            Self::Fragrance => &["fragrance", "香精", "香料", "香水", "perfume", "parfum"],
            Self::SalicylicAcid => &["salicylic_acid", "水杨酸", "柳酸", "salicylic acid", "bha", "beta hydroxy acid"],
            Self::FruitAcid => &["fruit_acid", "果酸", "fruit acid", "aha", "alpha hydroxy acid"],
            Self::Preservative => &["preservative", "防腐剂"],
            Self::EssentialOil => &["essential_oil", "精油", "essential oil"],
            Self::Latex => &["latex", "乳胶"],
            Self::Nickel => &["nickel", "金属镍", "镍"],
        }
    }

    /// Things of its kind, as ingredient lists name them.
    const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::FruitAcid => &["甘醇酸", "羟基乙酸", "乳酸", "杏仁酸", "glycolic acid", "lactic acid", "mandelic acid"],
            Self::Preservative => &["尼泊金", "苯甲酯", "paraben", "苯氧乙醇", "phenoxyethanol", "异噻唑啉酮", "isothiazolinone"],
            Self::Alcohol | Self::Fragrance | Self::SalicylicAcid | Self::EssentialOil | Self::Latex | Self::Nickel => &[],
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

    /// Whether somebody who reacts to `self` may react to `listed`. Where either is in somebody's own words, one that names the other
    /// counts: *酒精类* and *酒精*, *蜂胶* and *蜂胶提取物*. Rather once too often than once too seldom, but never because of what a list
    /// says that it is without.
    pub fn is_in(&self, listed: &Self) -> bool {
        match (self, listed) {
            (Self::Usual(own), Self::Usual(listed)) => own == listed,
            (Self::Usual(usual), Self::Other(listed)) => names(listed.as_str(), usual.words(), usual.kinds()),
            (Self::Other(own), Self::Usual(usual)) => parts(own.as_str()).iter().any(|part| means(part, *usual)),
            (Self::Other(own), Self::Other(listed)) => {
                let whole = without_denied(&folded(listed.as_str()));
                parts(own.as_str()).iter().any(|part| holds(&whole, part) || parts(&whole).iter().any(|one| holds(part, one)))
            }
        }
    }

    /// Whether somebody who reacts to it may react to anything of that class.
    pub fn is_class(&self, class: ProductClass) -> bool {
        let Self::Other(name) = self else { return self.names_class(class) };
        let is_said = |part: &String| class.words().iter().any(|word| part == word || !word.is_ascii() && holds(part, word));
        parts(name.as_str()).iter().any(is_said)
    }

    /// Whether a list that has it says as much as the class does.
    pub fn names_class(&self, class: ProductClass) -> bool {
        class.words().iter().any(|word| folded(self.word()) == folded(word))
    }
}

impl From<Name> for Ingredient {
    fn from(name: Name) -> Self {
        let said = folded(name.as_str());
        let is_meant = |usual: &UsualIngredient| usual.words().iter().any(|word| *word == said || folded(word) == said);
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

/// As it is compared: half width, small letters, simplified characters, one space between words.
fn folded(said: &str) -> String {
    let narrow = said.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '_' | '-' => ' ',
        c => c,
    });
    let simple: String = narrow.map(simplified).collect::<String>().to_lowercase();
    simple.split_whitespace().map(singular).collect::<Vec<_>>().join(" ")
}

/// Of the words that stand on cards and in lists: each character, and how it is written simplified.
const TRADITIONAL: &str =
    "膚蘆薈膠楊劑鎳濕補復潔曬質維脫視類過對產無醯黃屬異羥護煥鹼鹽鉛銅鋅鋁鈦氫環圓檸蘋麥蘭凍乾殺髮蠶絲奧爾萊賴鈉鈣鎂";
const SIMPLIFIED: &str =
    "肤芦荟胶杨剂镍湿补复洁晒质维脱视类过对产无酰黄属异羟护焕碱盐铅铜锌铝钛氢环圆柠苹麦兰冻干杀发蚕丝奥尔莱赖钠钙镁";

fn simplified(c: char) -> char {
    let known = TRADITIONAL.chars().zip(SIMPLIFIED.chars()).find(|(traditional, _)| *traditional == c);
    known.map_or(c, |(_, simple)| simple)
}

fn singular(word: &str) -> &str {
    let is_plural = word.is_ascii() && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    if is_plural { &word[..word.len() - 1] } else { word }
}

/// The things that somebody named in one line, without what she said around them.
fn parts(said: &str) -> Vec<String> {
    let said = folded(said);
    let one = |part: &str| {
        let mut part = part.trim().trim_start_matches('对');
        for around in ["过敏", "不耐受", "类", "产品", "成分", "提取物"] {
            part = part.strip_suffix(around).unwrap_or(part);
        }
        part.trim().to_owned()
    };
    said.split(['、', '，', ',', ';', '；', '/', '和', '及']).map(one).filter(|part| !part.is_empty()).collect()
}

/// Not of the kind that their names hold.
const NO_ALCOHOL: [&str; 8] = [
    "苯氧乙醇",
    "乙醇胺",
    "phenoxyethanol",
    "ethanolamine",
    "cetearyl alcohol",
    "cetyl alcohol",
    "stearyl alcohol",
    "behenyl alcohol",
];

/// What a list says that it is without is not in it: *无酒精*, *fragrance free*.
fn without_denied(listed: &str) -> String {
    let is_denied = |part: &&str| ["无", "不含", "零"].iter().any(|word| part.starts_with(word)) || part.ends_with(" free");
    listed.split(['、', '，', ',', ';', '；', '/']).filter(|part| !is_denied(part)).collect::<Vec<_>>().join("、")
}

/// Whether a list, in its own words, names one of these.
fn names(listed: &str, words: &[&str], kinds: &[&str]) -> bool {
    let listed = without_denied(&folded(listed));
    let strict = NO_ALCOHOL.iter().fold(listed.clone(), |listed, other| listed.replace(other, " "));
    words.iter().any(|word| holds(&strict, &folded(word))) || kinds.iter().any(|kind| holds(&listed, kind))
}

/// Whether one thing, in somebody's own words, is that one or of its kind.
fn means(part: &str, usual: UsualIngredient) -> bool {
    let words = usual.words().iter().chain(usual.kinds());
    // *酸* alone is any of them.
    let is_any_acid = part == "酸" && matches!(usual, UsualIngredient::SalicylicAcid | UsualIngredient::FruitAcid);
    let part_without = NO_ALCOHOL.iter().fold(part.to_owned(), |part, other| part.replace(other, " "));
    is_any_acid || words.into_iter().any(|word| holds(&part_without, &folded(word)) || holds(word, part))
}

/// Latin words stand apart, *aha* is not in *Bahama*, but *paraben* is at the end of *methylparaben*; a single Chinese character says too
/// little to be looked for in another word.
fn holds(whole: &str, word: &str) -> bool {
    if whole == word {
        return true;
    }
    match word.is_ascii() {
        true => {
            let (whole, wanted) = (format!(" {whole} "), format!(" {word} "));
            let is_ending = word.len() >= 6 && whole.contains(&format!("{word} "));
            let is_apart = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
            word.len() > 1 && (whole.chars().map(is_apart).collect::<String>().contains(&wanted) || is_ending)
        }
        false => word.chars().count() > 1 && whole.contains(word),
    }
}
