//! The words for yes, no, *not asked* and *refused*; no and not asked are never the same.

use super::text::key;

/// What a cell says where a yes, a no or a fact could stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Blank,
    Yes,
    No,
    /// 不详, 待确认, a lone slash: nobody has asked, or nobody remembers.
    NotAsked,
    Refused,
    Something,
}

const YES: &[&str] = &["有", "是", "是的", "有的", "对", "yes", "y", "true", "√", "✓", "✔", "☑", "有过敏", "有过敏史"];
const NO: &[&str] = &[
    "无",
    "没有",
    "没",
    "否",
    "不",
    "不是",
    "不会",
    "no",
    "none",
    "n",
    "false",
    "×",
    "x",
    "✗",
    "✘",
    "╳",
    "暂无",
    "暂时没有",
    "目前没有",
    "目前无",
    "均无",
    "都没有",
    "都无",
    "全无",
    "从无",
    "从没有",
    "从未",
    "无的",
    "没有的",
    "没做过",
    "未做过",
    "没有做过",
    "从没做过",
    "从未做过",
    "没做",
    "未做",
    "没用过",
    "未用过",
    "没有用过",
    "未曾做过",
    "不曾做过",
    "未怀孕",
    "没怀孕",
    "没有怀孕",
    "未孕",
    "未服药",
    "没吃药",
    "没有服药",
    "未服用",
    "不吃药",
];
const NOT_ASKED: &[&str] = &[
    "不详",
    "不祥",
    "未详",
    "不清楚",
    "不太清楚",
    "不清",
    "未知",
    "不知道",
    "不知",
    "不明",
    "不确定",
    "待确认",
    "待定",
    "待问",
    "待询问",
    "待补",
    "待补充",
    "待填",
    "待查",
    "待核实",
    "未问",
    "没问",
    "没问过",
    "未询问",
    "未确认",
    "需确认",
    "需询问",
    "要问",
    "未填",
    "未填写",
    "没填",
    "未登记",
    "未记录",
    "未提供",
    "未告知",
    "忘了",
    "忘记",
    "不记得",
    "记不清",
    "记不得",
    "n/a",
    "na",
    "null",
    "nil",
    "unknown",
    "notasked",
    "#n/a",
];
const REFUSED: &[&str] = &[
    "保密",
    "拒绝",
    "拒答",
    "拒绝回答",
    "拒绝透露",
    "不便透露",
    "不愿透露",
    "不方便",
    "不方便说",
    "不愿说",
    "不愿意",
    "不愿意说",
    "不肯说",
    "不想说",
    "隐私",
    "secret",
    "refused",
    "private",
];

pub fn said(text: &str) -> Said {
    // No answer is a sentence.
    if text.len() > 200 {
        return Said::Something;
    }
    let key = key(text);
    if key.is_empty() {
        return Said::Blank;
    }
    let word = key.trim_end_matches(['。', '.', '!', '?', ',', ';', '、', '~', '…']);
    match word {
        _ if YES.contains(&word) => Said::Yes,
        _ if NO.contains(&word) => Said::No,
        _ if NOT_ASKED.contains(&word) => Said::NotAsked,
        _ if REFUSED.contains(&word) => Said::Refused,
        _ if word.chars().all(|c| !c.is_alphanumeric()) => Said::NotAsked,
        _ => Said::Something,
    }
}
