//! Earlier treatments that have worn the skin thin. Everything else that stands there stays text.

use serde::Serialize;

use super::answer::Answer;
use crate::workbook::{
    problem::Reason,
    said::{Said, said},
    text,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Destructive {
    #[serde(rename = "激光")]
    Laser,
    #[serde(rename = "嫩肤")]
    Rejuvenation,
    #[serde(rename = "磨皮")]
    Abrasion,
    #[serde(rename = "换肤")]
    Resurfacing,
    #[serde(rename = "刷酸")]
    AcidPeel,
    #[serde(rename = "快速美白")]
    QuickWhitening,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    pub answer: Answer,
    pub items: Vec<Destructive>,
    pub reasons: Vec<Reason>,
}

use Destructive::{Abrasion, AcidPeel, Laser, QuickWhitening, Rejuvenation, Resurfacing};

const WORDS: &[(Destructive, &[&str])] = &[
    (Laser, &["激光", "镭射", "镭雕", "laser", "皮秒", "点阵", "黑脸娃娃", "热玛吉", "超声刀"]),
    (Rejuvenation, &["嫩肤", "光子", "ipl", "dpl", "彩光", "e光"]),
    (Abrasion, &["磨皮", "微晶"]),
    (Resurfacing, &["换肤", "焕肤", "脱皮项目", "peeling"]),
    (AcidPeel, &["刷酸", "刷过酸", "酸焕", "杏仁酸", "做酸", "acidpeel"]),
    (QuickWhitening, &["快速美白", "速效美白", "急速美白", "极速美白", "速白", "瞬白", "快速祛斑", "天美白", "quickwhitening"]),
];
/// Only counted where nothing plainer stands in the same clause.
const ACIDS: &[&str] = &["果酸", "水杨酸", "甘醇酸"];
const HARMLESS: &[&str] = &[
    "针清",
    "清洁",
    "补水",
    "保湿",
    "面膜",
    "按摩",
    "spa",
    "刮痧",
    "拔罐",
    "小气泡",
    "水光",
    "导入",
    "基础护理",
    "祛痘",
    "淋巴",
    "艾灸",
    "纹眉",
    "美甲",
    "睫毛",
];
/// Not on the list of what wears the skin thin, but nothing to wave through either.
const DOUBTFUL: &[&str] = &["激素", "铅", "汞", "三无", "烂脸", "针剂", "注射", "去角质"];
const NEGATIONS: &[&str] = &["没", "无", "未", "不曾", "否", "不做", "不是", "从不", "拒绝"];
const PLANS: &[&str] = &["想做", "打算", "准备", "计划", "考虑", "咨询", "预约", "想去", "想试"];

enum Clause {
    Had(Vec<Destructive>),
    Denied,
    /// 没做过激光: says nothing about the others.
    DeniedOne,
    Planned,
    Harmless,
    Unclear,
    NotAsked,
}

pub fn read(written: &str) -> History {
    match said(written) {
        Said::Blank | Said::NotAsked => return History::default(),
        Said::No => return History { answer: Answer::No, ..History::default() },
        Said::Refused => return History { answer: Answer::Refused, reasons: vec![Reason::AnswerRefused], ..History::default() },
        Said::Yes | Said::Something => {}
    }
    let lower = text::half_width(written).to_lowercase();
    let clauses = text::split_outside_brackets(&lower, |c| matches!(c, ',' | ';' | '。' | '\n' | '\r' | '|'));
    together(clauses.iter().map(|clause| read_clause(&text::key(clause))).collect())
}

fn read_clause(clause: &str) -> Clause {
    match said(clause) {
        Said::No => return Clause::Denied,
        Said::Blank | Said::NotAsked | Said::Refused => return Clause::NotAsked,
        Said::Yes | Said::Something => {}
    }
    let named = named(clause);
    if named.is_empty() {
        return match () {
            () if is_general_denial(clause) => Clause::Denied,
            () if DOUBTFUL.iter().any(|word| clause.contains(word)) => Clause::Unclear,
            () if HARMLESS.iter().any(|word| clause.contains(word)) => Clause::Harmless,
            () => Clause::Unclear,
        };
    }
    let first = named.iter().map(|(_, at)| *at).min().unwrap_or_default();
    let before = &clause[..first];
    if PLANS.iter().any(|word| before.contains(word)) {
        return Clause::Planned;
    }
    let had: Vec<Destructive> = named.iter().filter(|(_, at)| !is_denied(clause, *at)).map(|(kind, _)| *kind).collect();
    if had.is_empty() { Clause::DeniedOne } else { Clause::Had(had) }
}

/// Which words stand where.
fn named(clause: &str) -> Vec<(Destructive, usize)> {
    let place = |words: &[&str]| words.iter().filter_map(|word| clause.find(word)).min();
    let mut named: Vec<(Destructive, usize)> = WORDS.iter().filter_map(|(kind, words)| Some((*kind, place(words)?))).collect();
    if named.is_empty()
        && let Some(at) = place(ACIDS)
    {
        named.push((AcidPeel, at));
    }
    named
}

/// 没做过激光、磨皮 denies both; 激光:无 and 激光没做过 deny the one before; 做过激光没有不适 denies nothing.
fn is_denied(clause: &str, at: usize) -> bool {
    let before = &clause[..at];
    let before = &["无痛", "无创", "无针"].iter().fold(before.to_owned(), |text, word| text.replace(word, ""));
    let negation = NEGATIONS.iter().filter_map(|word| before.rfind(word)).max();
    let assertion = ["有过", "做过", "用过", "打过", "但", "只", "除"].iter().filter_map(|word| before.rfind(word)).max();
    if let Some(negation) = negation {
        let is_lifted = assertion.is_some_and(|assertion| assertion > negation + 6);
        return !is_lifted;
    }
    let denied_after = ["没做过", "没有做过", "未做过", "没有", "没有过", "没做", "未做", "无", "否", "没用过", "×", "没"];
    let ends_with_no = denied_after.iter().any(|word| clause.ends_with(word));
    ends_with_no && !before.contains("做过")
}

fn is_general_denial(clause: &str) -> bool {
    let is_about_all = ["任何", "医美", "类似", "项目", "做过", "护理", "什么", "美容", "史", "以上", "这些"]
        .iter()
        .any(|word| clause.contains(word));
    NEGATIONS.iter().any(|word| clause.starts_with(word)) && is_about_all
}

/// What she had counts above all; a denial counts as a no only where nothing is left unclear.
fn together(clauses: Vec<Clause>) -> History {
    let mut read = History::default();
    let (mut denied, mut unclear, mut harmless, mut not_asked) = (false, false, false, false);
    for clause in clauses {
        match clause {
            Clause::Had(kinds) => read.items.extend(kinds),
            Clause::Denied => denied = true,
            Clause::Harmless => harmless = true,
            Clause::DeniedOne | Clause::Planned | Clause::Unclear => unclear = true,
            Clause::NotAsked => not_asked = true,
        }
    }
    read.items.sort();
    read.items.dedup();
    read.answer = match () {
        () if !read.items.is_empty() => Answer::Yes,
        () if unclear || not_asked => Answer::NotAsked,
        () if denied || harmless => Answer::No,
        () => Answer::NotAsked,
    };
    if unclear && read.items.is_empty() {
        read.reasons.push(Reason::HistoryUnclear);
    }
    read
}

impl Destructive {
    pub fn label(self) -> &'static str {
        match self {
            Laser => "激光",
            Rejuvenation => "嫩肤",
            Abrasion => "磨皮",
            Resurfacing => "换肤",
            AcidPeel => "刷酸",
            QuickWhitening => "快速美白",
        }
    }
}
