use rust_xlsxwriter::Workbook;
use std::{
    fs::{self, File},
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};
use uuid::Uuid;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

const MIB: usize = 1024 * 1024;
const SHEET: &str = "xl/worksheets/sheet1.xml";
const PICTURE: &str = "xl/media/image1.png";

/// H32
#[test]
fn half_a_gigabyte_of_zeros_in_a_small_workbook_is_refused_with_little_memory() {
    let folder = Folder::new();
    let plain = folder.import(&folder.workbook(None));
    assert!(plain.is_good && plain.said.contains("试运行"), "{}", plain.said);
    for part in [SHEET, PICTURE] {
        let bomb = folder.workbook(Some(part));
        assert!(fs::metadata(&bomb).unwrap().len() < MIB as u64);

        let run = folder.import(&bomb);

        assert!(!run.is_good, "{part}: {}", run.said);
        assert!(run.said.contains("文件解压后超过 64 MB"), "{part}: {}", run.said);
        assert!((1..64 * 1024).contains(&run.most_kib), "{part} took {} KiB", run.most_kib);
    }
    assert!(!folder.0.join("data").exists());
}

struct Folder(PathBuf);

struct Run {
    is_good: bool,
    said: String,
    most_kib: u64,
}

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("xinyan-it-{}", Uuid::now_v7()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    /// One customer, and in this part half a gigabyte of zeros.
    fn workbook(&self, part: Option<&str>) -> PathBuf {
        let mut book = Workbook::new();
        book.add_worksheet().write_row_matrix(0, 0, [["姓名", "手机"], ["林晓雨", "19970001234"]]).unwrap();
        let mut plain = ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
        let mut sheet = String::new();
        plain.by_name(SHEET).unwrap().read_to_string(&mut sheet).unwrap();
        let (head, rows) = sheet.split_at(sheet.find("<row").unwrap());

        let file = self.0.join(format!("{}.xlsx", part.is_some()));
        let mut zip = ZipWriter::new(File::create(&file).unwrap());
        for index in 0..plain.len() {
            let entry = plain.by_index_raw(index).unwrap();
            if entry.name().unwrap() != SHEET {
                zip.raw_copy_file(entry).unwrap();
            }
        }
        let mut write = |name: &str, parts: [&str; 2]| {
            zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
            zip.write_all(parts[0].as_bytes()).unwrap();
            for _ in 0..if part == Some(name) { 512 } else { 0 } {
                zip.write_all(&[0; MIB]).unwrap();
            }
            zip.write_all(parts[1].as_bytes()).unwrap();
        };
        write(SHEET, [head, rows]);
        write(PICTURE, ["", ""]);
        zip.finish().unwrap();
        file
    }

    /// By the program itself, as somebody types it.
    fn import(&self, file: &Path) -> Run {
        let mut program = Command::new(env!("CARGO_BIN_EXE_xinyan"));
        program.args(["import", "customers", "--dry-run", "--data"]).arg(self.0.join("data")).arg(file);
        program.env_remove("XINYAN_DATABASE").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = program.spawn().unwrap();
        let mut most_kib = 0;
        while running.try_wait().unwrap().is_none() {
            most_kib = most_kib.max(peak_kib(running.id()));
            thread::sleep(Duration::from_micros(500));
        }
        let done = running.wait_with_output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        Run { is_good: done.status.success(), said: String::from_utf8(said).unwrap(), most_kib }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The most memory it has ever held; nothing is said of one that has ended.
fn peak_kib(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().map_or(0, |kib| kib.parse().unwrap())
}
