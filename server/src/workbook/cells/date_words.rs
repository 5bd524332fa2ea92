//! The words around and inside a date, turned into digits.

/// A day of the moon calendar can't be told without a table of its years; it is asked for instead.
pub fn is_lunar(written: &str) -> bool {
    ["农历", "農曆", "阴历", "陰曆", "旧历", "舊曆", "腊月", "正月", "初", "闰", "廿", "lunar"]
        .iter()
        .any(|word| written.contains(word))
}

/// 公历一九九〇年五月三日 00:00 → 1990年5月3日.
pub fn in_digits(written: &str) -> String {
    let solar = ["公历", "公曆", "阳历", "陽曆", "新历", "國曆", "国历"]
        .iter()
        .fold(written.to_owned(), |text, word| text.replace(word, ""));
    without_time(&from_chinese_digits(solar.trim_matches([' ', ':'])))
}

/// "3-May-90" → "90-5-3", "May 3, 1990" → "1990-5-3".
pub fn with_month_number(written: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<&str> = written.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month = |word: &&str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (names, numbers): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| month(word));
    let ([name], [day, year]) = (&names[..], &numbers[..]) else { return None };
    let month = MONTHS.iter().position(|month| name.starts_with(month))? + 1;
    let (year, day) = if day.len() == 4 { (day, year) } else { (year, day) };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Some(format!("{year}-{month}-{day}"))
}

/// "1990-05-03 00:00:00" and "1990-05-03T00:00:00Z" → "1990-05-03".
fn without_time(written: &str) -> String {
    let Some(colon) = written.find(':') else { return written.to_owned() };
    let before = &written[..colon];
    let cut = before.rfind([' ', 't']).unwrap_or(colon);
    written[..cut].trim().to_owned()
}

/// 一九九〇年五月三日 → 1990年5月3日.
fn from_chinese_digits(written: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = written.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let value = |c: Option<&char>| {
            c.and_then(|c| "〇一二三四五六七八九".chars().position(|digit| digit == *c || (*c == '零' && digit == '〇')))
        };
        match (value(Some(c)), *c) {
            (Some(digit), _) => out.push_str(&digit.to_string()),
            (None, '十') => {
                let tens = at.checked_sub(1).is_some_and(|before| value(chars.get(before)).is_some());
                let units = value(chars.get(at + 1)).is_some();
                out.push_str(match (tens, units) {
                    (true, true) => "",
                    (true, false) => "0",
                    (false, true) => "1",
                    (false, false) => "10",
                });
            }
            (None, other) => out.push(other),
        }
    }
    out
}
