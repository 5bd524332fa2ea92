//! Letters as people type them in a sheet, made comparable. The original is always kept elsewhere.

use std::sync::LazyLock;

/// The text without what doesn't matter when two are compared: width, script, case, spaces, invisible marks.
pub fn key(text: &str) -> String {
    half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(simplified)
        .flat_map(char::to_lowercase)
        .collect()
}

/// １９９ → 199, （ → (, ￥ → ¥, ideographic space → space.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' => ' ',
            '￥' => '¥',
            _ => c,
        })
        .collect()
}

/// A name or another short text: trimmed, inner runs of white space made one space, invisible marks taken out.
pub fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '\u{3000}' { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Splits at the characters that `is_split` names, but not inside brackets.
pub fn split_outside_brackets(text: &str, is_split: impl Fn(char) -> bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '{' | '〔' => depth += 1,
            ')' | ']' | '】' | '}' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && is_split(c) {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.into_iter().map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect()
}

/// "果酸(刷酸后红肿)" → "果酸" and "刷酸后红肿".
pub fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), Vec::<String>::new(), 0usize);
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '{' | '〔' => {
                depth += 1;
                inside.push(String::new());
            }
            ')' | ']' | '】' | '}' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.iter_mut().last().into_iter().for_each(|text| text.push(c)),
        }
    }
    (outside.trim().to_owned(), inside.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect())
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

const TRADITIONAL: &str = "會員編號電話過敏護來顧類備註儲餘額費歷聯繫機單職業養質無沒詳鐳嫩換膚磨酸藥體賓檔簡陽陰農曆癢紅腫說書門點計總數僅確認問關係齡興趣飲習懷藝險產級別標導購師責專屬戶開辦貴處當億萬圓對應顏氣號訪從暫發現並樣嗎";
const SIMPLIFIED: &str = "会员编号电话过敏护来顾类备注储余额费历联系机单职业养质无没详镭嫩换肤磨酸药体宾档简阳阴农历痒红肿说书门点计总数仅确认问关系龄兴趣饮习怀艺险产级别标导购师责专属户开办贵处当亿万圆对应颜气号访从暂发现并样吗";

static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs: Vec<(char, char)> = TRADITIONAL.chars().zip(SIMPLIFIED.chars()).collect();
    pairs.sort_unstable();
    pairs
});

/// Only the characters that heads and answers are written with; names are never converted.
fn simplified(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    PAIRS.binary_search_by_key(&c, |(traditional, _)| *traditional).map_or(c, |place| PAIRS[place].1)
}
