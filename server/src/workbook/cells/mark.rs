//! Marks of one letter or one word: women and men, A, B and C.

use super::Read;
use crate::workbook::{
    person::{Gender, Kind},
    problem::Reason,
    said::{Said, said},
    text,
};

pub fn gender(written: &str) -> Read<Gender> {
    match text::key(written).as_str() {
        "女" | "女性" | "女士" | "f" | "female" | "♀" | "w" | "woman" => Read::plain(Gender::Female),
        "男" | "男性" | "先生" | "m" | "male" | "♂" | "man" => Read::plain(Gender::Male),
        other if matches!(said(other), Said::Blank | Said::NotAsked) => Read::blank(),
        _ => Read::unread(Reason::GenderUnknown),
    }
}

/// A, b, C类, A级客户.
pub fn kind(written: &str) -> Read<Kind> {
    let key = text::key(written);
    let letter = ["客户", "顾客", "会员", "类", "级", "型", "等", "客", "档"]
        .iter()
        .fold(key.clone(), |text, word| text.replace(word, ""));
    match letter.as_str() {
        "a" => Read::plain(Kind::A),
        "b" => Read::plain(Kind::B),
        "c" => Read::plain(Kind::C),
        _ if matches!(said(&key), Said::Blank | Said::NotAsked | Said::No) => Read::blank(),
        _ => Read::unread(Reason::KindUnknown),
    }
}
