//! How people write what somebody is allergic to, or that there is nothing.

use crate::workbook::text;

/// At commas, slashes and line ends outside brackets; at blanks and 和 only between words that can stand alone.
pub fn pieces(written: &str) -> Vec<String> {
    let pieces = text::split_outside_brackets(written, |c| {
        matches!(c, ',' | '、' | ';' | '/' | '|' | '。' | '\n' | '\r' | '\t' | '+' | '&' | '\\' | '·')
    });
    let pieces = pieces.iter().flat_map(|piece| split_at_blanks(piece));
    pieces.flat_map(|piece| split_at_and(&piece)).collect()
}

fn split_at_blanks(piece: &str) -> Vec<String> {
    if piece.chars().any(|c| c.is_ascii_alphabetic()) {
        vec![piece.to_owned()]
    } else {
        text::split_outside_brackets(piece, char::is_whitespace)
    }
}

fn split_at_and(piece: &str) -> Vec<String> {
    let (outside, _) = text::without_brackets(piece);
    for and in ["以及", "还有", "和", "及", "跟", "与"] {
        let Some((left, right)) = outside.split_once(and) else { continue };
        let is_inside_a_word = left.ends_with(['中', '饱', '温', '调', '缓', '柔', '普', '涉', '参']);
        if left.chars().count() > 1 && right.chars().count() > 1 && !is_inside_a_word {
            // Brackets belong to the word before them, so the original is cut, not the bare text.
            let at = piece.find(and).unwrap_or(piece.len());
            return [vec![piece[..at].to_owned()], split_at_and(piece[at..].trim_start_matches(and))].concat();
        }
    }
    vec![piece.to_owned()]
}

pub fn without_number(piece: &str) -> &str {
    let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if rest.len() < piece.len() { rest.strip_prefix(['.', ')', ':']).unwrap_or(piece) } else { piece };
    rest.trim()
}

const DENIALS: &[&str] = &[
    "没有",
    "未发现",
    "未见",
    "未有",
    "从不",
    "从未",
    "从没",
    "暂无",
    "目前无",
    "目前没有",
    "目前不",
    "均无",
    "均不",
    "否认",
    "并无",
    "无",
    "没",
    "不会",
    "不",
    "非",
    "否",
];

/// 不过敏, 无过敏史, 没有任何过敏: a no to the whole question.
pub fn is_plain_no(bare: &str) -> bool {
    let rests = [
        "",
        "过敏",
        "过敏史",
        "过敏过",
        "过敏现象",
        "过敏反应",
        "过敏源",
        "过敏原",
        "过敏体质",
        "过敏情况",
        "敏感",
        "发现",
        "易过敏",
    ];
    let rest = DENIALS.iter().find_map(|denial| bare.strip_prefix(denial));
    rest.is_some_and(|rest| {
        let rest = ["任何", "已知", "明显", "特殊", "什么", "有", "出现", "发生", "发现"]
            .iter()
            .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        rests.contains(&rest)
    })
}

pub fn is_denial(bare: &str) -> bool {
    let may_not_use =
        ["不能", "不可", "不宜", "不耐受", "不要", "不适", "不用", "不吃", "不良"].iter().any(|word| bare.contains(word));
    let starts = DENIALS.iter().any(|denial| bare.starts_with(denial)) && bare.contains("过敏");
    !may_not_use
        && (starts
            || (bare.starts_with('对')
                && ["不过敏", "没有过敏", "没过敏", "无过敏", "未过敏"].iter().any(|end| bare.ends_with(end))))
}

pub fn is_reaction(bare: &str) -> bool {
    let tells = [
        "红肿", "发红", "泛红", "红疹", "皮疹", "起疹", "起痘", "发痒", "瘙痒", "很痒", "会痒", "脱皮", "刺痛", "肿胀", "轻微",
        "轻度", "严重", "中度", "会红", "会肿", "起泡",
    ];
    tells.iter().any(|word| bare.contains(word)) && !bare.contains("过敏") && !bare.starts_with('对')
}

/// 对酒精过敏 → 酒精; 疑似花粉过敏 → 花粉, 疑似.
pub fn substance(outside: &str) -> (String, Option<String>) {
    let outside = outside.replace("過敏", "过敏").replace('對', "对");
    let mut rest = outside.trim();
    let doubt = ["可能", "疑似", "好像", "似乎", "怀疑", "也许", "应该"]
        .iter()
        .find_map(|word| rest.strip_prefix(word).map(|after| (*word, after)));
    let is_asked = rest.ends_with('?');
    rest = doubt.map_or(rest, |(_, after)| after).trim_end_matches('?');
    for label in ["过敏源", "过敏原", "过敏物", "过敏史", "过敏", "食物", "药物", "护肤品", "化妆品", "其他", "其它"]
    {
        rest = rest.strip_prefix(label).and_then(|after| after.strip_prefix(':')).unwrap_or(rest).trim();
    }
    for start in [
        "除了",
        "曾经",
        "曾",
        "有",
        "也",
        "会",
        "容易",
        "主要",
        "对于",
        "对",
        "忌用",
        "禁用",
        "不能用",
        "不可用",
        "不能吃",
        "不宜用",
        "避免",
        "忌",
    ] {
        rest = rest.strip_prefix(start).filter(|after| after.chars().count() > 1).unwrap_or(rest).trim();
    }
    for end in [
        "过敏史",
        "过敏者",
        "过敏过",
        "过敏反应",
        "过敏",
        "不耐受",
        "除外",
        "以外",
        "类过敏",
        "有",
        "会",
        "也",
        "很",
        "容易",
        "严重",
    ] {
        rest = rest.strip_suffix(end).filter(|before| before.chars().count() > 1).unwrap_or(rest).trim();
    }
    let doubt = doubt.map(|(word, _)| word.to_owned()).or_else(|| is_asked.then(|| "不确定".to_owned()));
    (rest.trim_matches(|c: char| c == ':' || c.is_whitespace()).to_owned(), doubt)
}
