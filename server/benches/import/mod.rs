//! Taking over a workbook: the program itself, as it is started by hand.

use crate::{
    found,
    table::{Table, short},
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

const ROWS: usize = 3_000;
/// Where it lies beside this repository; otherwise a plainer one is made up.
const WORKBOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/customers.xlsx");

pub async fn measure(folder: &Path, table: &mut Table) {
    found(folder).await.0.close().await;
    let workbook = match Path::new(WORKBOOK).exists() {
        true => PathBuf::from(WORKBOOK),
        false => made_up(folder),
    };
    let mut program = Command::new(env!("CARGO_BIN_EXE_xinyan"));
    program.args(["import", "customers"]).arg(&workbook).arg("--data").arg(folder).stdout(Stdio::null());
    let start = Instant::now();
    assert!(program.status().unwrap().success());
    table.add(format!("import of a workbook of {ROWS} rows"), short(start.elapsed()), "<= 3 s");
}

fn made_up(folder: &Path) -> PathBuf {
    let (mut workbook, file) = (rust_xlsxwriter::Workbook::new(), folder.join("customers.xlsx"));
    let sheet = workbook.add_worksheet();
    for (column, head) in (0..).zip(["姓名", "手机", "会员卡号", "过敏史", "备注"]) {
        sheet.write(0, column, head).unwrap();
    }
    for row in 1..=u32::try_from(ROWS).unwrap() {
        let cells = [format!("林晓{row}"), format!("1997{row:07}"), format!("VIP-{row:06}"), "酒精".into(), "喜欢轻手法".into()];
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    workbook.save(&file).unwrap();
    file
}
