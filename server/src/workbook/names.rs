//! Names as one text field, and what 张姐 and 张女士 say about a surname.

use super::text;

const TITLES: &[&str] = &[
    "女士",
    "小姐",
    "先生",
    "太太",
    "夫人",
    "大姐",
    "姐姐",
    "阿姨",
    "老师",
    "医生",
    "经理",
    "老板",
    "老板娘",
    "美女",
    "奶奶",
    "妈妈",
    "大妈",
    "姐",
    "哥",
    "姨",
    "总",
    "嫂",
    "妈",
    "婶",
];
const TITLES_BEFORE: &[&str] = &["小", "老", "阿"];
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木", "南宫", "长孙",
    "宇文", "轩辕", "独孤", "闻人", "申屠", "澹台", "第五",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    Equal,
    /// 郭女士 and 郭志强: nothing speaks against one person, but nothing is sure.
    Compatible,
    Different,
}

pub fn likeness(a: &str, b: &str) -> Likeness {
    let (a, b) = (text::key(a), text::key(b));
    if a == b {
        return Likeness::Equal;
    }
    let fits = |title: &str, name: &str| {
        surname_of_title(title).is_some_and(|surname| surname == surname_of_title(name).unwrap_or_else(|| surname_of(name)))
    };
    if fits(&a, &b) || fits(&b, &a) { Likeness::Compatible } else { Likeness::Different }
}

/// 张姐, 欧阳女士, 小王: a form of address, not a name.
pub fn is_title(name: &str) -> bool {
    surname_of_title(&text::key(name)).is_some()
}

fn surname_of_title(name: &str) -> Option<String> {
    let after = TITLES.iter().find_map(|title| name.strip_suffix(title).filter(|rest| is_surname(rest)));
    let before = || {
        TITLES_BEFORE
            .iter()
            .find_map(|title| name.strip_prefix(title).filter(|rest| rest.chars().count() == 1 && rest.chars().all(text::is_cjk)))
    };
    after.or_else(before).map(str::to_owned)
}

fn is_surname(text: &str) -> bool {
    DOUBLE_SURNAMES.contains(&text) || (text.chars().count() == 1 && text.chars().all(text::is_cjk))
}

fn surname_of(name: &str) -> String {
    let double = DOUBLE_SURNAMES.iter().find(|surname| name.starts_with(**surname)).map(|surname| (*surname).to_owned());
    double.unwrap_or_else(|| name.chars().take(1).collect())
}
