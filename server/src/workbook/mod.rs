//! Reads a salon's customer workbook (xlsx or csv) into people, and tells everything that a person should check before they are taken over.
//! It changes nothing anywhere: what is done with the people is decided elsewhere.
//!
//! A file is inspected (`guard`) before it is opened (`sheet`: `xlsx`, `csv_file`); a head is found (`head`) and its columns are understood
//! (`fields`, `columns`); each customer's row (`rows`) becomes a person (`row`, `cells`), and rows about the same person become one (`merge`,
//! `absorb`, `names`) whom a second import finds again (`identity`).

use std::{fs, path::Path};

use chrono::NaiveDate;

mod absorb;
pub mod cells;
mod columns;
mod csv_file;
mod error;
mod fields;
mod guard;
mod head;
mod identity;
mod merge;
mod names;
mod person;
mod problem;
mod report;
mod row;
mod rows;
mod said;
mod sheet;
#[cfg(test)]
mod tests;
pub mod text;
mod xlsx;

pub use columns::{Column, Override, Role};
pub use error::ImportError;
pub use fields::Field;
pub use head::NoTable;
pub use identity::PersonKey;
pub use merge::Merge;
pub use person::{Gender, Kept, Kind, Person, Place, Unread};
pub use problem::{Problem, Reason};
pub use rows::{Skipped, Why};

/// What the reader can't know by itself.
#[derive(Debug, Clone)]
pub struct Options {
    /// The branch's day: two-digit years and days to come are told by it.
    pub today: NaiveDate,
    /// What a person has said about columns; the last word about a column counts.
    pub overrides: Vec<Override>,
}

/// A workbook, read.
#[derive(Debug, Default)]
pub struct Reading {
    /// Customers' rows, duplicates included.
    pub rows: usize,
    pub mapping: Vec<Column>,
    /// Everyone once, in the order of her first row.
    pub people: Vec<Person>,
    pub merges: Vec<Merge>,
    /// Problems and hints, in the order of rows.
    pub problems: Vec<Problem>,
    pub skipped: Vec<Skipped>,
    pub ignored_sheets: Vec<(String, NoTable)>,
}

pub fn read_file(path: &Path, options: &Options) -> Result<Reading, ImportError> {
    let not_opened = |_| ImportError::NotOpened { name: path.display().to_string() };
    let meta = fs::metadata(path).map_err(not_opened)?;
    if !meta.is_file() {
        return Err(ImportError::NotOpened { name: path.display().to_string() });
    }
    guard::check_length(meta.len())?;
    let bytes = fs::read(path).map_err(not_opened)?;
    read(&bytes, &path.file_name().unwrap_or_default().to_string_lossy(), options)
}

/// `name` is the file's name: macro workbooks are told by it too, and a csv's only sheet is called by it.
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Result<Reading, ImportError> {
    let book = sheet::open(bytes, name)?;
    let tables: Vec<_> = book.sheets.iter().map(|sheet| (sheet, head::find(sheet, &options.overrides))).collect();
    check_overrides(&tables, &options.overrides)?;
    let calendar = cells::date::Calendar { today: options.today, is_1904: book.is_1904 };
    let mut reading = Reading::default();
    let mut people = Vec::new();
    for (sheet, table) in tables {
        match table {
            Ok(table) => people.extend(reading.read_sheet(sheet, table, calendar)),
            Err(why) => reading.ignored_sheets.push((sheet.name.clone(), why)),
        }
    }
    if reading.mapping.is_empty() {
        return Err(no_customers(&reading.ignored_sheets));
    }
    reading.take_in(people);
    Ok(reading)
}

fn check_overrides(tables: &[(&sheet::Sheet, Result<head::Table, NoTable>)], overrides: &[Override]) -> Result<(), ImportError> {
    let is_anywhere = |wish: &Override| tables.iter().any(|(sheet, table)| head::has_column(sheet, table.as_ref().ok(), wish));
    match overrides.iter().find(|wish| !is_anywhere(wish)) {
        Some(wish) => Err(ImportError::NoSuchColumn { column: wish.column.clone() }),
        None => Ok(()),
    }
}

fn no_customers(looked_at: &[(String, NoTable)]) -> ImportError {
    let sheets: Vec<String> = looked_at.iter().map(|(name, why)| format!("「{name}」（{why}）")).collect();
    ImportError::NoCustomers { looked_at: sheets.join("、") }
}

impl Reading {
    fn read_sheet(&mut self, sheet: &sheet::Sheet, mut table: head::Table, calendar: cells::date::Calendar) -> Vec<Person> {
        table.mapping.keep_what_is_no_kind(sheet, table.head_row);
        let mut people = Vec::new();
        for (number, row) in sheet.rows.range(table.head_row + 1..) {
            let place = Place { sheet: sheet.name.clone(), row: *number };
            match rows::look_at(row, &table.mapping) {
                rows::Found::Blank => {}
                rows::Found::Other(why) => self.skip(place, row, why),
                rows::Found::Customer => {
                    let (person, problems) = row::RowReader::new(place, row, &table.mapping, calendar).read();
                    self.problems.extend(problems);
                    people.extend(person);
                }
            }
        }
        self.mapping.extend(table.mapping.columns);
        people
    }

    fn skip(&mut self, place: Place, row: &sheet::Row, why: Why) {
        let text = row.cells.values().map(sheet::Cell::text).collect::<Vec<_>>().join(" | ");
        self.skipped.push(Skipped { sheet: place.sheet, row: place.row, text, why });
    }

    fn take_in(&mut self, people: Vec<Person>) {
        self.rows = people.len();
        let merged = merge::merge(people);
        self.people = merged.people;
        self.merges = merged.merges;
        self.problems.extend(merged.problems);
        // Within a sheet by row; sheets stay in the order of the workbook.
        let sheets: Vec<String> = self.mapping.iter().map(|column| column.sheet.clone()).collect();
        self.problems.sort_by_key(|problem| (sheets.iter().position(|sheet| *sheet == problem.sheet), problem.row));
    }
}
