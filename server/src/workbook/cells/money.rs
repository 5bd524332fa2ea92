//! Money in cents, through its decimal digits; no float is ever reckoned with.

use super::Read;
use crate::workbook::{
    problem::Reason,
    said::{Said, said},
    sheet::Cell,
    text,
};

pub fn read(cell: &Cell) -> Read<i64> {
    let written = match cell {
        Cell::Date { serial, .. } => format!("{serial}"),
        other => other.text(),
    };
    match said(&written) {
        Said::Blank => Read::blank(),
        Said::Something => read_words(&text::key(&written)),
        Said::Yes | Said::No | Said::NotAsked | Said::Refused => Read::unread(Reason::NotGiven),
    }
}

fn read_words(written: &str) -> Read<i64> {
    let (bare, is_negative, is_debt) = sign(written);
    let (bare, factor) = unit(&bare);
    let cents = cents(&bare, factor).map(|cents| if is_negative { -cents } else { cents });
    match cents {
        Some(cents) if is_debt => Read::noted(cents, Reason::MoneyDebt),
        Some(cents) => Read::plain(cents),
        None => Read::unread(Reason::MoneyUnreadable),
    }
}

/// "-280", "¥-280", "280-", "(280)" and "欠280" are all below zero.
fn sign(written: &str) -> (String, bool, bool) {
    let is_debt = written.contains('欠');
    let in_brackets = written.starts_with('(') && written.ends_with(')');
    let has_minus = written.contains(['-', '−', '–']);
    let minuses = written.chars().filter(|c| matches!(c, '-' | '−' | '–')).count();
    let marks =
        ["人民币", "rmb", "cny", "欠费", "欠款", "欠", "元整", "元", "圆", "块钱", "块", "¥", "$", "+", "(", ")", "-", "−", "–"];
    let bare = marks.iter().fold(written.to_owned(), |text, mark| text.replace(mark, ""));
    // "100-200" is a range, not a number.
    let bare = if minuses > 1 || is_range(written) { String::new() } else { without_groups(&bare).unwrap_or_default() };
    (bare, is_debt || in_brackets || has_minus, is_debt)
}

/// `1,234.50` stands in groups of three. `12,50` may be a decimal, and `1,23,456` nobody knows what: read as neither.
fn without_groups(written: &str) -> Option<String> {
    let (whole, rest) = written.split_once('.').unwrap_or((written, ""));
    let mut groups = whole.split(',');
    let is_first = |group: &str| !whole.contains(',') || (1..=3).contains(&group.len());
    let is_grouped = groups.next().is_some_and(is_first) && groups.all(|group| digits_in(group) == 3);
    (is_grouped && !rest.contains(',')).then(|| written.replace(',', ""))
}

/// Behind the last group stands the unit.
fn digits_in(group: &str) -> usize {
    group.trim_end_matches(|c: char| !c.is_ascii_digit()).len()
}

fn is_range(written: &str) -> bool {
    let mut sides = written.splitn(2, ['-', '−', '–']);
    let has_digit = |side: Option<&str>| side.is_some_and(|side| side.contains(|c: char| c.is_ascii_digit()));
    has_digit(sides.next()) && has_digit(sides.next())
}

fn unit(written: &str) -> (String, i64) {
    let units = [("万", 10_000), ("w", 10_000), ("千", 1_000), ("k", 1_000)];
    let found = units.iter().find_map(|(unit, factor)| Some((written.strip_suffix(unit)?.to_owned(), *factor)));
    found.unwrap_or_else(|| (written.to_owned(), 1))
}

fn cents(digits: &str, factor: i64) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || whole.len() > 12 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    // Six digits after the point are enough for 1.2345万 and for the dust that formulas leave.
    let micros: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let all = whole.checked_mul(1_000_000)?.checked_add(micros)?.checked_mul(factor)?;
    Some((all + 5_000) / 10_000)
}
