//! Why a whole file can't be read: each sentence says what happened and what to do.

use thiserror::Error;

#[derive(Debug, Error, PartialEq, Eq)]
pub enum ImportError {
    #[error("打不开文件「{name}」。请检查文件名和位置，并先在 Excel 或 WPS 里关闭它。")]
    NotOpened { name: String },
    #[error("文件是空的。请选择有顾客资料的 xlsx 或 csv 文件。")]
    Empty,
    #[error("文件有 {megabytes} MB，最多能读 {limit} MB。请删去图片和无关的工作表，或分成几个文件导入。")]
    TooLarge { megabytes: u64, limit: u64 },
    #[error("文件解压后超过 {limit} MB，不像是顾客资料，没有打开。请把顾客资料复制到一个新的工作簿，另存为 xlsx 再导入。")]
    Bomb { limit: u64 },
    #[error("文件里有宏，没有打开。请在 Excel 里另存为「Excel 工作簿 (*.xlsx)」，再导入那个文件。")]
    Macros,
    #[error(
        "文件有密码保护，读不了。请在 Excel 里打开，去掉密码（文件 → 信息 → 保护工作簿 → 用密码进行加密，清空），保存后再导入。"
    )]
    Password,
    #[error("这是旧的 .xls 格式，读不了。请在 Excel 或 WPS 里打开它，另存为「Excel 工作簿 (*.xlsx)」，再导入那个文件。")]
    OldExcel,
    #[error("这是{kind}，读不了。请在 Excel 或 WPS 里打开它，另存为「Excel 工作簿 (*.xlsx)」，再导入那个文件。")]
    OtherFormat { kind: &'static str },
    #[error("文件损坏，读不完整。请在 Excel 或 WPS 里打开它，另存为新的 xlsx，再导入那个文件。")]
    Damaged,
    #[error("工作表「{sheet}」占到第 {row} 行，最多能读 {limit} 行。请只把有顾客的行复制到一个新的工作簿，再导入。")]
    TooManyRows { sheet: String, row: u64, limit: u64 },
    #[error("工作簿里的文字超过 {limit} MB。请分成几个文件导入。")]
    TooMuchText { limit: u64 },
    #[error("第 {row} 行有一个引号 \" 没有配对，后面的行都读不出来。请改好这一行，或用 Excel 另存为 xlsx 再导入。")]
    QuoteLeftOpen { row: u32 },
    #[error("看不出文字编码。请在 Excel 里另存为「CSV UTF-8」或 xlsx，再导入那个文件。")]
    UnknownEncoding,
    #[error(
        "没有找到顾客资料：没有一个工作表的表头里有「姓名」和至少另一列（手机、会员编号、生日……）。看过：{looked_at}。请在表头写上列名，或指明哪一列是姓名。"
    )]
    NoCustomers { looked_at: String },
    #[error("文件里没有「{column}」这一列。请写表头里的字，或列的字母（如 D）。")]
    NoSuchColumn { column: String },
    #[error("不认识「{written}」。请写成「列=内容」，内容可以是：{known}。")]
    UnknownOverride { written: String, known: String },
}
