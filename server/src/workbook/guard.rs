//! What is looked at before a workbook is opened: which format it really is, and how large it is once unpacked.
//! Sizes are counted while unpacking, a block at a time: the sizes that a zip file states can be lies.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::error::ImportError;

const MIB: u64 = 1024 * 1024;
pub const FILE_LIMIT: u64 = 32 * MIB;
const UNPACKED_LIMIT: u64 = 64 * MIB;
const ENTRY_LIMIT: usize = 2_000;
const SHARED_STRING_LIMIT: u64 = 4_000_000;
/// No cell of Excel's holds this much text in one piece; whoever reads it holds it in memory.
const TEXT_STRETCH_LIMIT: usize = 1024 * 1024;
const BLOCK: usize = 64 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Text,
}

/// The format by content, never by file name alone; everything that is not a plain workbook or text is refused.
pub fn inspect(bytes: &[u8], name: &str) -> Result<Format, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    check_length(bytes.len() as u64)?;
    if has_macro_extension(name) {
        return Err(ImportError::Macros);
    }
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => inspect_zip(bytes, UNPACKED_LIMIT).map(|()| Format::Xlsx),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(inside_compound_file(bytes)),
        _ => inspect_text(bytes),
    }
}

pub fn check_length(length: u64) -> Result<(), ImportError> {
    if length > FILE_LIMIT {
        return Err(ImportError::TooLarge { megabytes: length.div_ceil(MIB), limit: FILE_LIMIT / MIB });
    }
    Ok(())
}

fn has_macro_extension(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsm", ".xltm", ".xlam"].iter().any(|extension| name.ends_with(extension))
}

/// A compound file is either an encrypted workbook or one of Excel 97.
fn inside_compound_file(bytes: &[u8]) -> ImportError {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if contains(bytes, &encrypted) { ImportError::Password } else { ImportError::OldExcel }
}

fn inspect_text(bytes: &[u8]) -> Result<Format, ImportError> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let other = if start.starts_with("%pdf") {
        Some("PDF 文件")
    } else if start.starts_with("<?xml")
        || start.starts_with("<!doctype")
        || start.starts_with("<html")
        || start.starts_with("<table")
    {
        Some("网页或 XML 文件（即使名字是 .xls）")
    } else if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"GIF8") {
        Some("图片")
    } else if bytes.starts_with(b"Rar!") || bytes.starts_with(b"7z\xbc\xaf") || bytes.starts_with(b"\x1f\x8b") {
        Some("压缩包")
    } else {
        None
    };
    other.map_or(Ok(Format::Text), |kind| Err(ImportError::OtherFormat { kind }))
}

pub(super) fn inspect_zip(bytes: &[u8], limit: u64) -> Result<(), ImportError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
    let bomb = ImportError::Bomb { limit: limit / MIB };
    if zip.len() > ENTRY_LIMIT {
        return Err(bomb);
    }
    let mut names = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|_| ImportError::Damaged)?;
        if entry.encrypted() {
            return Err(ImportError::Password);
        }
        names.push(entry.name().map_err(|_| ImportError::Damaged)?.to_lowercase().replace('\\', "/"));
    }
    inspect_names(&names)?;
    let mut left = limit;
    for (index, name) in names.iter().enumerate() {
        let entry = zip.by_index(index).map_err(|_| ImportError::Damaged)?;
        left = match unpack(entry, name, left)? {
            Unpacked::Left(left) => left,
            Unpacked::TooMuch => return Err(bomb),
        };
    }
    Ok(())
}

enum Unpacked {
    Left(u64),
    TooMuch,
}

fn inspect_names(names: &[String]) -> Result<(), ImportError> {
    let has = |part: &str| names.iter().any(|name| name == part || name.ends_with(&format!("/{part}")));
    if has("vbaproject.bin") || names.iter().any(|name| name.contains("/macrosheets/")) {
        return Err(ImportError::Macros);
    }
    let kind = if has("workbook.bin") {
        "二进制工作簿 (.xlsb)"
    } else if has("content.xml") && has("mimetype") {
        "OpenDocument 表格 (.ods)"
    } else if !has("[content_types].xml") {
        "压缩包"
    } else if !has("workbook.xml") {
        "别的 Office 文件"
    } else {
        return Ok(());
    };
    Err(ImportError::OtherFormat { kind })
}

/// Unpacks one entry into nothing, and tells what is left of the budget.
fn unpack(mut entry: impl Read, name: &str, mut left: u64) -> Result<Unpacked, ImportError> {
    let mut window = vec![0; BLOCK];
    let (mut kept, mut stretch) = (0, 0);
    loop {
        let count = entry.read(&mut window[kept..]).map_err(|_| ImportError::Damaged)?;
        if count == 0 {
            return Ok(Unpacked::Left(left));
        }
        let filled = kept + count;
        let block = &window[..filled];
        stretch = block[kept..].iter().rposition(|byte| *byte == b'<').map_or(stretch + count, |at| count - at);
        let is_endless = name.ends_with(".xml") && stretch > TEXT_STRETCH_LIMIT;
        left = match left.checked_sub(count as u64) {
            Some(left) if !is_endless && !promises_too_many_strings(block, name) => left,
            _ => return Ok(Unpacked::TooMuch),
        };
        if name.ends_with("[content_types].xml") && (contains(block, b"vbaProject") || contains(block, b"macroEnabled")) {
            return Err(ImportError::Macros);
        }
        // The end of a block is looked at again with the next one, so that nothing hides across the border.
        kept = filled.min(128);
        window.copy_within(filled - kept..filled, 0);
    }
}

/// calamine reserves memory for as many strings as the file promises.
fn promises_too_many_strings(block: &[u8], name: &str) -> bool {
    if !name.ends_with("sharedstrings.xml") {
        return false;
    }
    let Some(at) = find(block, b"uniqueCount") else { return false };
    let rest = &block[at + b"uniqueCount".len()..];
    let digits: String =
        rest.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
    digits.len() > 19 || digits.parse::<u64>().is_ok_and(|count| count > SHARED_STRING_LIMIT)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    find(bytes, wanted).is_some()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
