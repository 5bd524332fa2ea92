//! csv as it comes out of Excel, WPS and cash desks: UTF-8 with or without a mark, UTF-16, GBK or Big5; comma, semicolon, tab or bar.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{
    error::ImportError,
    fields,
    sheet::{Book, COLUMN_LIMIT, Cell, Sheet, TEXT_LIMIT},
};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// A quote that is never closed swallows the rest of the file into one cell.
const LINES_IN_A_CELL: usize = 100;

pub fn read(bytes: &[u8], name: &str) -> Result<Book, ImportError> {
    let text = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    let sheet_name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let mut sheet = Sheet::new(sheet_name, false);
    let (body, first_row, named) = without_separator_line(&text);
    let delimiter = named.unwrap_or_else(|| delimiter_of(body));
    fill(&mut sheet, body, first_row, delimiter)?;
    Ok(Book { sheets: vec![sheet], is_1904: false })
}

fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decoded(bytes, encoding).ok_or(ImportError::UnknownEncoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(bytes, encoding).ok_or(ImportError::UnknownEncoding);
    }
    if let Some(text) = decoded(bytes, UTF_8) {
        return Ok(text);
    }
    // GBK and Big5 accept much of each other: the one in which heads can be recognised is right.
    let simplified = decoded(bytes, GB18030);
    let has_heads = |text: &String| heads_in(text) > 1;
    if simplified.as_ref().is_some_and(has_heads) {
        return simplified.ok_or(ImportError::UnknownEncoding);
    }
    decoded(bytes, BIG5).filter(has_heads).or(simplified).ok_or(ImportError::UnknownEncoding)
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let (text, _, has_errors) = encoding.decode(bytes);
    (!has_errors).then(|| text.replace('\0', ""))
}

/// ASCII letters and line ends in UTF-16 leave every other byte zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(2000)];
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd > 4 && even == 0 => Some(UTF_16LE),
        () if even > 4 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

fn heads_in(text: &str) -> usize {
    let cells = text.lines().take(10).flat_map(|line| line.split([',', ';', '\t', '|']));
    cells.filter(|cell| fields::recognise(cell.trim_matches('"')).is_some()).count()
}

/// Excel writes `sep=;` as a first line of its own; it counts as a row.
fn without_separator_line(text: &str) -> (&str, u32, Option<u8>) {
    match text.split_once('\n') {
        Some((first, rest)) if first.len() == 5 && first.to_lowercase().starts_with("sep=") => (rest, 2, first.bytes().last()),
        _ => (text, 1, None),
    }
}

/// The delimiter that cuts most of the first rows into the same number of cells.
fn delimiter_of(text: &str) -> u8 {
    let score = |delimiter: &u8| {
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        let records = reader(text, *delimiter).into_records().take(100).flatten();
        records.filter(|record| record.len() > 1).for_each(|record| *widths.entry(record.len()).or_default() += 1);
        widths.into_iter().map(|(width, count)| (count * width.min(40), width)).max().unwrap_or_default()
    };
    DELIMITERS.into_iter().rev().max_by_key(score).unwrap_or(b',')
}

fn fill(sheet: &mut Sheet, text: &str, first_row: u32, delimiter: u8) -> Result<(), ImportError> {
    let mut reader = reader(text, delimiter);
    let mut record = csv::StringRecord::new();
    let mut next_row = first_row;
    let mut line = 1;
    while reader.read_record(&mut record).map_err(|_| ImportError::Damaged)? {
        let inner_lines = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>() as u64;
        let read_lines = reader.position().line() - line;
        line = reader.position().line();
        // Empty lines are rows too; the reader skips them without a word.
        let row = next_row + read_lines.saturating_sub(1 + inner_lines) as u32;
        next_row = row + 1;
        put(sheet, row, &record)?;
    }
    Ok(())
}

fn put(sheet: &mut Sheet, row: u32, record: &csv::StringRecord) -> Result<(), ImportError> {
    for (column, text) in record.iter().enumerate() {
        if text.matches('\n').count() > LINES_IN_A_CELL {
            return Err(ImportError::QuoteLeftOpen { row });
        }
        let column = u32::try_from(column).unwrap_or(u32::from(COLUMN_LIMIT));
        sheet.put(row, column, Cell::Text(text.chars().take(TEXT_LIMIT + 1).collect()))?;
    }
    Ok(())
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}
