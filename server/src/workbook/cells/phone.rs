//! A mobile number of eleven digits, however it was typed.

use super::Read;
use crate::workbook::{
    problem::Reason,
    said::{Said, said},
    sheet::Cell,
    text,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phones {
    pub mobile: String,
    /// Further numbers in the same cell.
    pub others: Vec<String>,
}

pub fn read(cell: &Cell) -> Read<Phones> {
    let written = match cell {
        // A number column that someone has formatted as dates still holds the number.
        Cell::Date { serial, .. } => format!("{serial}"),
        other => other.text(),
    };
    match said(&written) {
        Said::Blank => Read::blank(),
        Said::Something => read_text(text::half_width(&text::tidy(&written)).trim()),
        Said::Yes | Said::No | Said::NotAsked | Said::Refused => Read::unread(Reason::NotGiven),
    }
}

fn read_text(written: &str) -> Read<Phones> {
    let written = match expanded(written) {
        Ok(expanded) => expanded,
        Err(reason) => return Read::unread(reason),
    };
    let numbers = numbers(&written);
    let mut mobiles: Vec<String> = Vec::new();
    let mut others = Vec::new();
    for number in &numbers {
        match mobile(number) {
            Some(mobile) if mobiles.contains(&mobile) => {}
            Some(mobile) => mobiles.push(mobile),
            None => others.push(number.clone()),
        }
    }
    if mobiles.is_empty() {
        return Read::unread(why_not(&written, &numbers));
    }
    let mobile = mobiles.remove(0);
    let others: Vec<String> = mobiles.into_iter().chain(others).collect();
    let has_words = written.chars().any(|c| c.is_alphabetic());
    let mut reasons = Vec::new();
    if !others.is_empty() {
        reasons.push(Reason::PhoneSeveral);
    } else if has_words {
        reasons.push(Reason::PhoneWithWords);
    }
    Read { value: Some(Phones { mobile, others }), reasons }
}

/// "19970000001.0" and "1.9970000001E+10" are whole numbers; "1.997E+10" has lost its end.
fn expanded(written: &str) -> Result<String, Reason> {
    if let Some((digits, zeros)) = written.split_once('.')
        && digits.len() >= 11
        && digits.bytes().chain(zeros.bytes()).all(|byte| byte.is_ascii_digit())
        && zeros.bytes().all(|byte| byte == b'0')
    {
        return Ok(digits.to_owned());
    }
    let Some((mantissa, exponent)) = written.split_once(['e', 'E']) else { return Ok(written.to_owned()) };
    let exponent: usize = match exponent.trim_start_matches('+').parse() {
        Ok(exponent) => exponent,
        Err(_) => return Ok(written.to_owned()),
    };
    let digits = mantissa.replace('.', "");
    if !mantissa.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(written.to_owned());
    }
    if digits.len() == exponent + 1 { Ok(digits) } else { Err(Reason::PhoneRounded) }
}

/// The runs of digits with what stands between the digits of one number; two whole numbers side by side are two.
fn numbers(written: &str) -> Vec<String> {
    let belongs =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '·' | '(' | ')' | '+' | '_' | '–' | '—' | '\'' | '*');
    let runs = written.split(|c| !belongs(c)).filter(|run| run.contains(|c: char| c.is_ascii_digit()));
    runs.flat_map(|run| {
        let words: Vec<&str> = run.split_whitespace().collect();
        let are_whole = words.len() > 1 && words.iter().all(|word| mobile(word).is_some());
        if are_whole { words.into_iter().map(str::to_owned).collect() } else { vec![run.trim().to_owned()] }
    })
    .collect()
}

fn mobile(number: &str) -> Option<String> {
    if number.contains('*') {
        return None;
    }
    let digits = digits(number);
    let local = ["0086", "086", "86", "0"].iter().filter_map(|prefix| digits.strip_prefix(prefix)).find(|rest| rest.len() == 11);
    let local = local.unwrap_or(&digits);
    let has_shape = local.len() == 11 && local.starts_with('1') && matches!(local.as_bytes()[1], b'3'..=b'9');
    let is_foreign = number.trim_start().starts_with('+') && !digits.starts_with("86");
    (has_shape && !is_foreign).then(|| local.to_owned())
}

fn why_not(written: &str, numbers: &[String]) -> Reason {
    let first = numbers.first().map(|number| digits(number)).unwrap_or_default();
    match first.len() {
        _ if written.contains(['*', '＊']) => Reason::PhoneMasked,
        _ if written.trim_start().starts_with('+') && !first.starts_with("86") => Reason::PhoneForeign,
        0 => Reason::PhoneNotMobile,
        10..=12 if first.starts_with('0') => Reason::PhoneLandline,
        7 | 8 => Reason::PhoneLandline,
        11 => Reason::PhoneNotMobile,
        digits => Reason::PhoneLength { digits },
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}
