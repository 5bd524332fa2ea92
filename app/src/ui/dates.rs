//! Days and times as the salon writes them.

use super::I18n;
use crate::i18n::{Locale, td_string};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use domain::{ClockOffset, Moment};

const WEEKDAYS_CN: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const WEEKDAYS_TW: [&str; 7] = ["週一", "週二", "週三", "週四", "週五", "週六", "週日"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `14:05`
pub fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `11月21日 周六`; with the year where it is not this one.
pub fn day(i18n: I18n, day: NaiveDate, today: NaiveDate) -> String {
    let weekday = day.weekday().num_days_from_monday() as usize;
    let short = short_day(i18n, day, today);
    match i18n {
        Locale::zh_CN => format!("{short} {}", WEEKDAYS_CN[weekday]),
        Locale::zh_TW => format!("{short} {}", WEEKDAYS_TW[weekday]),
        Locale::en => format!("{} {short}", WEEKDAYS_EN[weekday]),
    }
}

/// `11月21日`
pub fn short_day(i18n: I18n, day: NaiveDate, today: NaiveDate) -> String {
    let is_this_year = day.year() == today.year();
    match i18n {
        _ if !is_this_year => full_day(i18n, day),
        Locale::zh_CN | Locale::zh_TW => format!("{}月{}日", day.month(), day.day()),
        Locale::en => format!("{} {}", day.day(), MONTHS_EN[day.month0() as usize]),
    }
}

/// `2026年11月21日`: for paper, which is read in another year.
pub fn full_day(i18n: I18n, day: NaiveDate) -> String {
    match i18n {
        Locale::zh_CN | Locale::zh_TW => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Locale::en => format!("{} {} {}", day.day(), MONTHS_EN[day.month0() as usize], day.year()),
    }
}

/// `今天 14:05`, `昨天 22:10`, `11月14日 15:20`
pub fn moment(i18n: I18n, offset: ClockOffset, at: Moment, now: Moment) -> String {
    let (local, today) = (offset.local(at), offset.day(now));
    let on = match today.signed_duration_since(local.date()).num_days() {
        0 => td_string!(i18n, date.today).to_owned(),
        1 => td_string!(i18n, date.yesterday).to_owned(),
        _ => short_day(i18n, local.date(), today),
    };
    format!("{on} {}", clock(local.time()))
}

/// `今天`, `14 天前`
pub fn age_in_days(i18n: I18n, offset: ClockOffset, at: Moment, now: Moment) -> String {
    match offset.day(now).signed_duration_since(offset.day(at)).num_days() {
        ..=0 => td_string!(i18n, date.today).to_owned(),
        1 => td_string!(i18n, date.yesterday).to_owned(),
        days => td_string!(i18n, date.days_ago, days = days),
    }
}

/// Whole years from a birthday until today.
pub fn years_old(birthday: NaiveDate, today: NaiveDate) -> Option<u32> {
    today.years_since(birthday)
}
