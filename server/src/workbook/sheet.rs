//! A file as rows of cells. Only cells with content are kept, so a sheet costs what it holds, not what it claims.

use std::collections::BTreeMap;

use super::{
    csv_file,
    error::ImportError,
    guard::{self, Format},
    xlsx,
};

pub const ROW_LIMIT: u64 = 50_000;
pub const COLUMN_LIMIT: u16 = 200;
/// As many characters as Excel allows in one cell.
pub const TEXT_LIMIT: usize = 32_767;
const ALL_TEXT_LIMIT: usize = 64 * 1024 * 1024;

#[derive(Debug, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Made on an old Mac: day numbers count from 1904.
    pub is_1904: bool,
}

#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    pub rows: BTreeMap<u32, Row>,
    text_length: usize,
}

/// The cells of a row by column, the first column being 0.
#[derive(Debug, Default)]
pub struct Row {
    pub cells: BTreeMap<u16, Cell>,
    pub is_cut: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// A number that the sheet shows as a date.
    Date {
        serial: f64,
        is_1904: bool,
    },
    Flag(bool),
    Fault(String),
    Formula(String),
}

pub fn open(bytes: &[u8], name: &str) -> Result<Book, ImportError> {
    match guard::inspect(bytes, name)? {
        Format::Xlsx => xlsx::read(bytes),
        Format::Text => csv_file::read(bytes, name),
    }
}

impl Sheet {
    pub fn new(name: String, is_hidden: bool) -> Self {
        Self { name, is_hidden, ..Self::default() }
    }

    /// `row` counts from 1, as the sheet shows it; `column` from 0.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), ImportError> {
        self.check_row(u64::from(row))?;
        if cell.is_blank() {
            return Ok(());
        }
        self.text_length += cell.length();
        if self.text_length > ALL_TEXT_LIMIT {
            return Err(ImportError::TooMuchText { limit: (ALL_TEXT_LIMIT / 1024 / 1024) as u64 });
        }
        let row = self.rows.entry(row).or_default();
        match u16::try_from(column) {
            Ok(column) if column < COLUMN_LIMIT => drop(row.cells.insert(column, cell)),
            _ => row.is_cut = true,
        }
        Ok(())
    }

    pub fn check_row(&self, row: u64) -> Result<(), ImportError> {
        if row > ROW_LIMIT {
            return Err(ImportError::TooManyRows { sheet: self.name.clone(), row, limit: ROW_LIMIT });
        }
        Ok(())
    }
}

impl Row {
    pub fn text(&self, column: u16) -> String {
        self.cells.get(&column).map(Cell::text).unwrap_or_default()
    }
}

impl Cell {
    /// What the cell says, as a person would type it.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Formula(formula) => format!("={formula}"),
            Self::Number(number) => plain(*number),
            Self::Date { serial, is_1904 } => {
                super::cells::date::of_serial(*serial, *is_1904).map_or_else(|| plain(*serial), |date| date.to_string())
            }
            Self::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    fn length(&self) -> usize {
        match self {
            Self::Text(text) | Self::Fault(text) | Self::Formula(text) => text.len(),
            Self::Number(_) | Self::Date { .. } | Self::Flag(_) => 0,
        }
    }
}

/// Rust writes floats without an exponent and as short as they can be read back.
fn plain(number: f64) -> String {
    format!("{number}")
}
