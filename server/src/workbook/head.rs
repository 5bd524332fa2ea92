//! Where the head of a table stands: below title rows, sometimes in two lines, in a sheet that is about customers.

use std::{collections::BTreeSet, fmt};

use super::{
    columns::{Mapping, Override, letter},
    fields::{self, Field, Strength},
    sheet::{Row, Sheet},
    text,
};

const ROWS_LOOKED_AT: usize = 40;

/// The head of one column.
#[derive(Debug, Clone)]
pub struct Head {
    pub column: u16,
    pub text: String,
    /// What it speaks of: the lower line of a head in two lines may say it alone.
    pub meaning: Option<(Field, Strength)>,
}

impl Head {
    fn new(column: u16, upper: &str, lower: &str) -> Self {
        let lower = text::tidy(lower);
        let text = text::tidy(&format!("{upper} {lower}"));
        let meaning = (!lower.is_empty()).then(|| fields::recognise(&lower)).flatten().or_else(|| fields::recognise(&text));
        Self { column, text, meaning }
    }
}

pub struct Table {
    pub mapping: Mapping,
    /// The last row of the head: customers follow.
    pub head_row: u32,
}

/// Why a sheet is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTable {
    Hidden,
    Empty,
    NoName,
    OnlyName,
    AboutStaff,
    AboutSales,
}

impl fmt::Display for NoTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hidden => "工作表是隐藏的，没有读",
            Self::Empty => "工作表是空的",
            Self::NoName => "表头里没有姓名",
            Self::OnlyName => "只有姓名，没有别的顾客资料",
            Self::AboutStaff => "看起来是员工名单，没有读",
            Self::AboutSales => "看起来是消费或预约记录，没有读",
        })
    }
}

pub fn find(sheet: &Sheet, overrides: &[Override]) -> Result<Table, NoTable> {
    if sheet.is_hidden {
        return Err(NoTable::Hidden);
    }
    let best = candidates(sheet).into_iter().map(|(row, heads)| (Mapping::of(&sheet.name, &heads, overrides), row, heads));
    // Of equally good rows the first is the head; a head in two lines must beat both of its lines.
    let best = best.reduce(|best, next| if merit(&next.0) > merit(&best.0) { next } else { best });
    let (_, head_row, mut heads) = best.ok_or(NoTable::Empty)?;
    heads.extend(without_head(sheet, head_row, &heads));
    let mapping = Mapping::of(&sheet.name, &heads, overrides);
    if !mapping.has(Field::Name) {
        return Err(NoTable::NoName);
    }
    if mapping.columns.iter().any(|column| column.is_chosen) {
        return Ok(Table { mapping, head_row });
    }
    about_others(&mapping, &heads)?;
    if mapping.breadth() < 2 {
        return Err(NoTable::OnlyName);
    }
    Ok(Table { mapping, head_row })
}

/// A row with a name column is worth more than any without.
fn merit(mapping: &Mapping) -> (bool, usize) {
    (mapping.has(Field::Name), mapping.breadth())
}

fn candidates(sheet: &Sheet) -> Vec<(u32, Vec<Head>)> {
    let rows: Vec<(&u32, &Row)> = sheet.rows.iter().take(ROWS_LOOKED_AT).collect();
    let single = rows.iter().map(|(number, row)| (**number, heads(row, &Row::default())));
    let double = rows.windows(2).filter(|pair| *pair[0].0 + 1 == *pair[1].0 && is_second_line(pair[0].1, pair[1].1));
    let double = double.map(|pair| (*pair[1].0, heads(pair[0].1, pair[1].1)));
    single.chain(double).collect()
}

fn heads(upper: &Row, lower: &Row) -> Vec<Head> {
    let columns: BTreeSet<u16> = upper.cells.keys().chain(lower.cells.keys()).copied().collect();
    columns.into_iter().map(|column| Head::new(column, &upper.text(column), &lower.text(column))).collect()
}

/// Columns that have content but nothing above it.
fn without_head(sheet: &Sheet, head_row: u32, heads: &[Head]) -> Vec<Head> {
    let filled: BTreeSet<u16> = sheet.rows.range(head_row + 1..).flat_map(|(_, row)| row.cells.keys().copied()).collect();
    let bare = filled.into_iter().filter(|column| !heads.iter().any(|head| head.column == *column));
    bare.map(|column| Head::new(column, "", "")).collect()
}

/// Every filled cell of a second line means something as a head.
fn is_second_line(upper: &Row, lower: &Row) -> bool {
    let means = |column: &u16| {
        let lower = lower.text(*column);
        fields::recognise(&lower).is_some() || fields::recognise(&format!("{}{lower}", upper.text(*column))).is_some()
    };
    lower.cells.len() > 1 && lower.cells.keys().all(means)
}

const OF_STAFF: &[&str] = &["职位", "职务", "岗位", "工资", "底薪", "入职", "工号", "提成", "排班"];
const OF_SALES: &[&str] = &["项目", "产品", "单价", "数量", "金额", "日期", "时间", "预约", "房间", "支付", "实收", "应收"];
const OF_CUSTOMERS: &[Field] = &[
    Field::Birthday,
    Field::Skin,
    Field::Allergies,
    Field::HasAllergy,
    Field::History,
    Field::Kind,
    Field::Balance,
    Field::FirstVisit,
    Field::LastVisit,
    Field::Source,
];

/// A list of staff and a day's sales have names and telephone numbers too.
fn about_others(mapping: &Mapping, heads: &[Head]) -> Result<(), NoTable> {
    if OF_CUSTOMERS.iter().any(|field| mapping.has(*field)) {
        return Ok(());
    }
    let unknown = heads.iter().filter(|head| head.meaning.is_none()).map(|head| text::key(&head.text));
    let unknown: Vec<String> = unknown.collect();
    let count = |words: &[&str]| unknown.iter().filter(|head| words.iter().any(|word| head.contains(word))).count();
    match () {
        () if count(OF_STAFF) > 0 => Err(NoTable::AboutStaff),
        () if count(OF_SALES) > 1 => Err(NoTable::AboutSales),
        () => Ok(()),
    }
}

/// A long sheet repeats its head on every printed page.
pub fn is_head_again(row: &Row, mapping: &Mapping) -> bool {
    let filled = row.cells.len();
    let same = mapping
        .columns
        .iter()
        .filter(|column| !column.head.is_empty() && text::key(&row.text(column.index)) == text::key(&column.head));
    filled > 1 && same.count() * 2 > filled
}

/// The names of columns by letter, for a person who looks for one that isn't there.
pub fn has_column(sheet: &Sheet, table: Option<&Table>, wish: &Override) -> bool {
    let by_head =
        table.is_some_and(|table| table.mapping.columns.iter().any(|column| wish.is_about(&column.letter, &column.head)));
    let by_letter =
        || sheet.rows.values().any(|row| row.cells.keys().any(|index| letter(*index).eq_ignore_ascii_case(&wish.column)));
    by_head || by_letter()
}
