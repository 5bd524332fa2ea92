//! Which rows of a sheet are customers: not the titles, totals, repeated heads and remarks around them.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{
    columns::{Mapping, Role},
    fields::Field,
    head::is_head_again,
    sheet::Row,
    text,
};

/// A row that is no customer, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    pub sheet: String,
    pub row: u32,
    pub text: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Total,
    HeadAgain,
    Remark,
}

pub enum Found {
    Customer,
    /// Nothing but a running number that was filled in ahead.
    Blank,
    Other(Why),
}

pub fn look_at(row: &Row, mapping: &Mapping) -> Found {
    let is_number = |index: u16| mapping.columns.iter().any(|column| column.index == index && column.role == Role::LeftOut);
    let filled: Vec<u16> = row.cells.keys().copied().filter(|index| !is_number(*index)).collect();
    let name = mapping.column(Field::Name).map(|column| row.text(column.index)).unwrap_or_default();
    match () {
        () if is_total(row, mapping) => Found::Other(Why::Total),
        () if filled.is_empty() => Found::Blank,
        () if is_head_again(row, mapping) => Found::Other(Why::HeadAgain),
        () if filled.len() == 1 && name.trim().is_empty() => Found::Other(Why::Remark),
        () => Found::Customer,
    }
}

const TOTALS: &[&str] = &[
    "本页合计",
    "本页小计",
    "本月合计",
    "合计",
    "总计",
    "小计",
    "共计",
    "总共",
    "累计",
    "总数",
    "总人数",
    "平均",
    "共",
    "total",
    "subtotal",
    "grandtotal",
    "sum",
    "average",
];

/// 合计, 合 计：, 总计3000人: in the first filled cell, or where a name or a card stands.
fn is_total(row: &Row, mapping: &Mapping) -> bool {
    let named =
        [Field::Name, Field::Card].into_iter().filter_map(|field| mapping.column(field)).map(|column| row.text(column.index));
    let first = row.cells.values().next().map(|cell| cell.text());
    named.chain(first).any(|cell| says_total(&text::key(&cell)))
}

fn says_total(cell: &str) -> bool {
    let rest = TOTALS.iter().find_map(|word| cell.strip_prefix(word).map(|rest| (*word, rest)));
    rest.is_some_and(|(word, rest)| {
        let counts = rest.chars().all(|c| c.is_ascii_digit() || "人位名条个元行户客会员顾:.,¥=()".contains(c));
        counts && (word != "共" || rest.contains(|c: char| c.is_ascii_digit()))
    })
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Total => "合计行",
            Self::HeadAgain => "重复的表头",
            Self::Remark => "说明文字",
        })
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
