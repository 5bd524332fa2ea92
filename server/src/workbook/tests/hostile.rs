//! Files that mean harm, or are not what they are called.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::workbook::{ImportError, guard::inspect_zip};

use super::{csv, refusal, sheet, workbook};

const MIB: usize = 1024 * 1024;
const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="顾客" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn package(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, content) in parts.into_iter().map(|(name, content)| (name, content.as_bytes())).chain(more.iter().copied()) {
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet_xml(dimension: &str, rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>"#
    )
}

const TWO_ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>手机</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c><c r="B2"><v>19970000001</v></c></row>"#;

#[test]
fn a_zip_bomb_is_refused_unopened() {
    let package = package(&sheet_xml("A1:B2", TWO_ROWS), &[("xl/media/image1.png", &vec![b' '; 3 * MIB])]);
    assert!(package.len() < MIB / 10);
    assert_eq!(inspect_zip(&package, 2 * MIB as u64), Err(ImportError::Bomb { limit: 2 }));
    assert_eq!(inspect_zip(&package, 4 * MIB as u64), Ok(()));
}

#[test]
fn a_bomb_that_lies_about_its_size_is_refused_too() {
    let mut package = package(&sheet_xml("A1:B2", TWO_ROWS), &[("xl/media/image1.png", &vec![b' '; 3 * MIB])]);
    let true_size = (3 * MIB as u32).to_le_bytes();
    while let Some(at) = package.windows(4).position(|window| window == true_size) {
        package[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    assert!(matches!(inspect_zip(&package, 2 * MIB as u64), Err(ImportError::Bomb { .. } | ImportError::Damaged)));
}

#[test]
fn a_cell_without_end_is_refused() {
    let endless =
        sheet_xml("A1:B2", &format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "A".repeat(2 * MIB)));
    assert!(matches!(refusal(&package(&endless, &[]), "顾客.xlsx"), ImportError::Bomb { .. }));
}

#[test]
fn a_million_rows_that_are_only_claimed_cost_nothing() {
    assert!(matches!(
        refusal(&package(&sheet_xml("A1:XFD1048576", TWO_ROWS), &[]), "顾客.xlsx"),
        ImportError::TooManyRows { row: 1_048_576, .. }
    ));
    let lone = format!(r#"{TWO_ROWS}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert!(matches!(
        refusal(&package(&sheet_xml("A1:B2", &lone), &[]), "顾客.xlsx"),
        ImportError::TooManyRows { row: 1_048_576, .. }
    ));
}

#[test]
fn macros_are_refused_by_any_name() {
    let sheet = sheet_xml("A1:B2", TWO_ROWS);
    assert_eq!(refusal(&package(&sheet, &[("xl/vbaProject.bin", b"x")]), "顾客.xlsx"), ImportError::Macros);
    assert_eq!(refusal(&package(&sheet, &[("XL\\VBAPROJECT.BIN", b"x")]), "顾客.xlsx"), ImportError::Macros);
    assert_eq!(refusal(&package(&sheet, &[]), "顾客.XLSM"), ImportError::Macros);
}

#[test]
fn a_promise_of_countless_strings_is_not_believed() {
    let strings =
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="99999999999999"></sst>"#;
    let package = package(&sheet_xml("A1:B2", TWO_ROWS), &[("xl/sharedStrings.xml", strings.as_bytes())]);
    assert!(matches!(refusal(&package, "顾客.xlsx"), ImportError::Bomb { .. }));
}

#[test]
fn broken_addresses_are_a_damaged_file() {
    for address in ["A99999999999999", "ZZZZZZZZZZZZZZ1", "11", "A"] {
        let rows = format!(r#"{TWO_ROWS}<row r="3"><c r="{address}"><v>1</v></c></row>"#);
        let refusal = refusal(&package(&sheet_xml("A1:B2", &rows), &[]), "顾客.xlsx");
        assert!(matches!(refusal, ImportError::Damaged | ImportError::TooManyRows { .. }), "{address}: {refusal:?}");
    }
}

#[test]
fn other_files_are_told_what_to_become() {
    let encrypted: Vec<u8> =
        [0xD0, 0xCF, 0x11, 0xE0].into_iter().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(refusal(&encrypted, "顾客.xlsx"), ImportError::Password);
    assert_eq!(refusal(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0], "顾客.xls"), ImportError::OldExcel);
    assert!(matches!(refusal(b"<html><table></table></html>", "顾客.xls"), ImportError::OtherFormat { .. }));
    assert!(matches!(refusal(b"%PDF-1.7", "顾客.pdf"), ImportError::OtherFormat { .. }));
    assert_eq!(refusal(b"", "顾客.xlsx"), ImportError::Empty);
    assert_eq!(refusal(b"PK\x03\x04broken", "顾客.xlsx"), ImportError::Damaged);
    assert!(matches!(refusal("天气,晴\n今天,好\n".as_bytes(), "天气.csv"), ImportError::NoCustomers { .. }));
}

#[test]
fn a_truncated_workbook_is_damaged() {
    let whole = workbook(&[&["姓名", "手机"], &["张三", "19970000001"]]);
    assert_eq!(refusal(&whole[..whole.len() / 2], "顾客.xlsx"), ImportError::Damaged);
}

#[test]
fn a_wide_row_and_a_long_text_are_cut_and_told() {
    let long = "长".repeat(40_000);
    let reading = csv(format!("姓名,手机,备注\n张三,19970000001,{long}\n李四,,{}x\n", ",".repeat(300)).as_bytes());
    assert_eq!(reading.person(2).note.as_ref().map(|note| note.chars().count()), Some(32_767));
    assert_eq!(reading.reasons(2).len(), 1);
    assert_eq!(reading.reasons(3).len(), 1);
}

#[test]
fn what_stands_in_cells_is_only_text() {
    let reading = sheet(&[
        &["姓名", "手机", "备注"],
        &["<img src=x onerror=alert(1)>", "19970000001", "=cmd|' /C calc'!A0"],
        &["O'Brien; DROP TABLE customer;--", "", "\u{1b}[31m红"],
    ]);
    assert_eq!(reading.person(2).name, "<img src=x onerror=alert(1)>");
    assert!(!reading.to_text(10).contains('\u{1b}'));
}
