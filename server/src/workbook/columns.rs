//! Which column is about what: found by the meaning of its head, changed by a person where that is wrong.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    cells::mark,
    error::ImportError,
    fields::{Field, Strength},
    head::Head,
    sheet::Sheet,
    text,
};

/// A column and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub sheet: String,
    #[serde(skip)]
    pub index: u16,
    #[serde(rename = "column")]
    pub letter: String,
    pub head: String,
    #[serde(flatten)]
    pub role: Role,
    /// A person has said so.
    pub is_chosen: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "role", content = "field", rename_all = "snake_case")]
pub enum Role {
    Field(Field),
    /// Nobody knows what it is about: its content is kept as text beside the note.
    Kept,
    /// Not taken over: a running number, an identity card number, or what a person has left out.
    LeftOut,
}

/// "D=手机", "手机=phone", "电话2=-": what a person says about one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub column: String,
    pub role: Role,
}

impl Override {
    pub fn parse(written: &str) -> Result<Self, ImportError> {
        let unknown = || ImportError::UnknownOverride { written: written.to_owned(), known: known_roles() };
        let (column, role) = written.rsplit_once('=').ok_or_else(unknown)?;
        let role = match role.trim() {
            "-" | "不导入" | "ignore" | "leave_out" => Role::LeftOut,
            "+" | "保留" | "keep" | "kept" => Role::Kept,
            field => Role::Field(Field::parse(field).ok_or_else(unknown)?),
        };
        Ok(Self { column: column.trim().to_owned(), role })
    }

    pub(super) fn is_about(&self, letter: &str, head: &str) -> bool {
        text::key(&self.column) == text::key(head) || self.column.eq_ignore_ascii_case(letter)
    }
}

fn known_roles() -> String {
    let fields = Field::ALL.iter().map(|field| format!("{} {}", field.slug(), field.label()));
    fields.chain(["+ 保留原文".to_owned(), "- 不导入".to_owned()]).collect::<Vec<_>>().join("、")
}

/// The columns of one sheet, in the sheet's order.
#[derive(Debug, Default)]
pub struct Mapping {
    pub columns: Vec<Column>,
    by_field: BTreeMap<Field, usize>,
}

impl Mapping {
    pub fn of(sheet: &str, heads: &[Head], overrides: &[Override]) -> Self {
        let mut mapping = Self { columns: heads.iter().map(|head| column(sheet, head, overrides)).collect(), ..Self::default() };
        mapping.choose(heads);
        mapping
    }

    pub fn column(&self, field: Field) -> Option<&Column> {
        self.by_field.get(&field).map(|place| &self.columns[*place])
    }

    pub fn has(&self, field: Field) -> bool {
        self.by_field.contains_key(&field)
    }

    /// The number of things that the sheet tells about a person.
    pub fn breadth(&self) -> usize {
        self.by_field.keys().filter(|field| !matches!(field, Field::Serial | Field::IdNumber)).count()
    }

    /// 会员等级 may hold 金卡 and 银卡: a column that is hardly ever A, B or C is kept as text.
    pub fn keep_what_is_no_kind(&mut self, sheet: &Sheet, head_row: u32) {
        let Some(place) = self.by_field.get(&Field::Kind).copied().filter(|place| !self.columns[*place].is_chosen) else {
            return;
        };
        let index = self.columns[place].index;
        let reads = sheet.rows.range(head_row + 1..).map(|(_, row)| mark::kind(&row.text(index)));
        let (kinds, others) =
            reads.fold((0, 0), |(kinds, others), read| (kinds + usize::from(read.value.is_some()), others + read.reasons.len()));
        if others > kinds {
            self.columns[place].role = Role::Kept;
            self.by_field.remove(&Field::Kind);
        }
    }

    /// Gives each field to one column: to the one that a person chose, else to the head that says it wholly, else to the first.
    fn choose(&mut self, heads: &[Head]) {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|place| {
            let strength = heads[*place].meaning.map(|(_, strength)| strength);
            (!self.columns[*place].is_chosen, std::cmp::Reverse(strength), *place)
        });
        for place in order {
            if let Role::Field(field) = self.columns[place].role {
                self.columns[place].role = self.claim(field, place);
            }
        }
    }

    /// A second telephone column is the home phone; a second column for anything else is kept as text.
    fn claim(&mut self, field: Field, place: usize) -> Role {
        let wanted = match field {
            Field::Phone if self.has(Field::Phone) => Field::HomePhone,
            Field::Serial | Field::IdNumber => return Role::LeftOut,
            _ => field,
        };
        if self.has(wanted) {
            return Role::Kept;
        }
        self.by_field.insert(wanted, place);
        Role::Field(wanted)
    }
}

fn column(sheet: &str, head: &Head, overrides: &[Override]) -> Column {
    let letter = letter(head.column);
    let chosen = overrides.iter().rev().find(|wish| wish.is_about(&letter, &head.text));
    let recognised = || head.meaning.map_or(Role::Kept, |(field, _): (Field, Strength)| Role::Field(field));
    Column {
        sheet: sheet.to_owned(),
        index: head.column,
        head: head.text.clone(),
        role: chosen.map_or_else(recognised, |wish| wish.role),
        is_chosen: chosen.is_some(),
        letter,
    }
}

/// 0 → A, 25 → Z, 26 → AA.
pub fn letter(index: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(index) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
