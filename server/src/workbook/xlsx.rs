//! xlsx through calamine, cell by cell: a dense range of what a sheet claims to be is never made.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};

use super::{
    error::ImportError,
    sheet::{Book, Cell, Sheet, TEXT_LIMIT},
};

/// A hostile file may overflow a cell address inside calamine; that is a damaged file, not the end of the program.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    catch_unwind(AssertUnwindSafe(|| read_book(bytes))).unwrap_or(Err(ImportError::Damaged))
}

fn read_book(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
    let mut book = Book { is_1904: xlsx.has_1904_epoch(), ..Book::default() };
    for meta in xlsx.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::new(meta.name, meta.visible != SheetVisible::Visible);
        if !sheet.is_hidden {
            fill(&mut sheet, &mut xlsx, book.is_1904)?;
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn fill(sheet: &mut Sheet, xlsx: &mut Xlsx<Cursor<&[u8]>>, is_1904: bool) -> Result<(), ImportError> {
    let name = sheet.name.clone();
    let mut cells = xlsx.worksheet_cells_reader(&name).map_err(|_| ImportError::Damaged)?;
    sheet.check_row(u64::from(cells.dimensions().end.0) + 1)?;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|_| ImportError::Damaged)? {
        let (row, column) = record.pos;
        sheet.check_row(u64::from(row) + 1)?;
        if let Some(cell) = cell(&record.value, record.formula, is_1904) {
            sheet.put(row + 1, column, cell)?;
        }
    }
    Ok(())
}

fn cell(value: &DataRef<'_>, formula: Option<XlsxFormulaMetadata>, is_1904: bool) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => Cell::Formula(text_of(formula?)),
        DataRef::String(text) => Cell::Text(bounded(text)),
        DataRef::SharedString(text) => Cell::Text(bounded(text)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(bounded(text)),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(date) => Cell::Date { serial: date.as_f64(), is_1904 },
        DataRef::Error(error) => Cell::Fault(error.to_string()),
    })
}

fn text_of(formula: XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => bounded(&formula),
        _ => "?".to_owned(),
    }
}

/// One character over the limit is let through, so that whoever reads the cell can tell that it was cut.
fn bounded(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').take(TEXT_LIMIT + 1).collect()
}
