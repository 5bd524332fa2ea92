//! A day, in the ways that salons write one. What could be two different days is none.

use chrono::{Datelike, Days, NaiveDate};

use super::{Read, date_words};
use crate::workbook::{
    problem::Reason,
    said::{Said, said},
    sheet::Cell,
    text,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Birthday,
    Visit,
}

/// What the reader of a day has to know: two-digit years are told apart by it.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    pub today: NaiveDate,
    /// Bare numbers count from 1904 in workbooks made on old Macs.
    pub is_1904: bool,
}

pub fn read(cell: &Cell, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    let found = match cell {
        Cell::Date { serial, is_1904 } => of_serial(*serial, *is_1904).map(Read::plain),
        Cell::Number(number) if number.fract() != 0.0 => serial(number.trunc(), calendar).map(Read::plain),
        Cell::Number(_) | Cell::Text(_) | Cell::Flag(_) | Cell::Fault(_) | Cell::Formula(_) => {
            Some(read_words(&cell.text(), kind, calendar))
        }
    };
    plausible(found.unwrap_or_else(|| Read::unread(Reason::DateUnreadable)), kind, calendar)
}

/// Excel's day number; it believes in a 29th of February 1900.
pub fn of_serial(serial: f64, is_1904: bool) -> Option<NaiveDate> {
    let day = serial.floor();
    if !(1.0..=2_958_465.0).contains(&day) {
        return None;
    }
    let (year, month, dom) = match (is_1904, day < 60.0) {
        (true, _) => (1904, 1, 1),
        (false, true) => (1899, 12, 31),
        (false, false) => (1899, 12, 30),
    };
    NaiveDate::from_ymd_opt(year, month, dom)?.checked_add_days(Days::new(day as u64))
}

/// Five digits are a day number (1927 to 2173); fewer could be a year.
fn serial(number: f64, calendar: Calendar) -> Option<NaiveDate> {
    (10_000.0..100_000.0).contains(&number).then(|| of_serial(number, calendar.is_1904)).flatten()
}

fn plausible(read: Read<NaiveDate>, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    let Some(date) = read.value else { return read };
    let oldest = match kind {
        Kind::Birthday => calendar.today.year() - 120,
        Kind::Visit => 1980,
    };
    if date.year() < oldest {
        return Read::unread(Reason::DateImplausible);
    }
    match kind {
        Kind::Birthday if date > calendar.today => Read::unread(Reason::DateFuture),
        Kind::Visit if date > calendar.today => Read::noted(date, Reason::VisitFuture),
        Kind::Birthday | Kind::Visit => read,
    }
}

fn read_words(written: &str, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    match said(written) {
        Said::Blank => return Read::blank(),
        Said::Something => {}
        Said::Yes | Said::No | Said::NotAsked | Said::Refused => return Read::unread(Reason::NotGiven),
    }
    let written = text::half_width(&text::tidy(written)).to_lowercase();
    if date_words::is_lunar(&written) {
        return Read::unread(Reason::DateLunar);
    }
    let (outside, remarks) = text::without_brackets(&written);
    let mut read = read_numbers(&date_words::in_digits(&outside), kind, calendar);
    if !remarks.is_empty() && read.value.is_some() {
        read.reasons.push(Reason::DateWithWords);
    }
    read
}

fn read_numbers(written: &str, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    let spelled = date_words::with_month_number(written);
    let written = spelled.as_deref().unwrap_or(written);
    let is_date_letter = |c: char| c.is_ascii_digit() || c.is_whitespace() || "年月日号號./-\\,、_–—'".contains(c);
    if !written.chars().all(is_date_letter) {
        return Read::unread(Reason::DateUnreadable);
    }
    let groups: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    match groups[..] {
        [year, month, day] => of_three(year, month, day, kind, calendar),
        [a, b] if a.len() <= 4 && b.len() <= 4 => Read::unread(Reason::DateIncomplete),
        [digits] => of_one(digits, kind, calendar),
        _ => Read::unread(Reason::DateUnreadable),
    }
}

fn of_three(a: &str, b: &str, c: &str, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => whole(number(a), number(b), number(c)),
        (2, 1..=2, 1..=2) => two_digit_year(number(a), number(b), number(c), kind, calendar),
        (1..=2, 1..=2, 4) => year_last(number(a), number(b), number(c)),
        (1, 1..=2, 1..=2) => Read::unread(Reason::DateAmbiguous),
        _ => Read::unread(Reason::DateUnreadable),
    }
}

/// Day and month can only be told apart where one of them is over twelve, or both are the same.
fn year_last(a: u32, b: u32, year: u32) -> Read<NaiveDate> {
    match (a, b) {
        _ if a == b || b > 12 => whole(year, a, b),
        _ if a > 12 => whole(year, b, a),
        _ => Read::unread(Reason::DateAmbiguous),
    }
}

fn of_one(digits: &str, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    let part = |range: std::ops::Range<usize>| number(&digits[range]);
    match digits.len() {
        8 => whole(part(0..4), part(4..6), part(6..8)),
        6 => match (
            is_month(part(4..6)) && (1900..2100).contains(&part(0..4)),
            is_month(part(2..4)) && (1..=31).contains(&part(4..6)),
        ) {
            (false, true) => two_digit_year(part(0..2), part(2..4), part(4..6), kind, calendar),
            (true, false) => Read::unread(Reason::DateIncomplete),
            (true, true) => Read::unread(Reason::DateAmbiguous),
            (false, false) => Read::unread(Reason::DateUnreadable),
        },
        5 => serial(f64::from(part(0..5)), calendar).map_or_else(|| Read::unread(Reason::DateUnreadable), Read::plain),
        4 | 2 | 1 => Read::unread(Reason::DateIncomplete),
        _ => Read::unread(Reason::DateUnreadable),
    }
}

fn whole(year: u32, month: u32, day: u32) -> Read<NaiveDate> {
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    date.map_or_else(|| Read::unread(Reason::DateImpossible), Read::plain)
}

/// The century in which the person would be a customer of today, or the visit in the past; both possible is ambiguous.
fn two_digit_year(year: u32, month: u32, day: u32, kind: Kind, calendar: Calendar) -> Read<NaiveDate> {
    let today = calendar.today;
    let fits = |date: &NaiveDate| match kind {
        Kind::Birthday => (6..=100).contains(&(today.year() - date.year())),
        // A visit that is booked may stand there already.
        Kind::Visit => (1980..=today.year() + 2).contains(&date.year()),
    };
    let dates =
        [1900, 2000].map(|century| i32::try_from(century + year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)));
    if dates.iter().all(Option::is_none) {
        return Read::unread(Reason::DateImpossible);
    }
    let mut fitting = dates.into_iter().flatten().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(date), None) => Read::noted(date, Reason::DateTwoDigitYear { read: date }),
        (Some(_), Some(_)) => Read::unread(Reason::DateAmbiguous),
        (None, _) => Read::unread(Reason::DateImplausible),
    }
}

fn is_month(number: u32) -> bool {
    (1..=12).contains(&number)
}

/// Callers have counted the digits; a number that doesn't fit is no date either.
fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}
