//! Small workbooks as salons keep them, and the big one beside the repository.

mod cells;
mod hostile;
mod salon;
mod truth;

use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;

use super::{ImportError, Options, Override, Person, Reading, Reason, read};

pub fn today() -> NaiveDate {
    day(2026, 11, 21)
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn options(overrides: &[&str]) -> Options {
    Options { today: today(), overrides: overrides.iter().map(|written| Override::parse(written).unwrap()).collect() }
}

/// A workbook of texts with one sheet.
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

pub fn sheet(rows: &[&[&str]]) -> Reading {
    read(&workbook(rows), "顾客.xlsx", &options(&[])).unwrap()
}

pub fn csv(text: &[u8]) -> Reading {
    read(text, "顾客.csv", &options(&[])).unwrap()
}

pub fn refusal(bytes: &[u8], name: &str) -> ImportError {
    read(bytes, name, &options(&[])).unwrap_err()
}

impl Reading {
    pub fn person(&self, row: u32) -> &Person {
        self.people
            .iter()
            .find(|person| person.place.row == row)
            .unwrap_or_else(|| panic!("nobody in row {row}: {:#?}", self.people))
    }

    pub fn reasons(&self, row: u32) -> Vec<&Reason> {
        self.problems.iter().filter(|problem| problem.row == row).map(|problem| &problem.reason).collect()
    }
}
