//! What a person should look at in a row: a problem left a field empty, a hint tells how something was read.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub sheet: String,
    pub row: u32,
    /// The column's head as the sheet has it.
    pub column: String,
    pub original: String,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    NotGiven,
    PhoneLength { digits: usize },
    PhoneNotMobile,
    PhoneLandline,
    PhoneForeign,
    PhoneMasked,
    PhoneRounded,
    PhoneSeveral,
    PhoneWithWords,
    DateUnreadable,
    DateIncomplete,
    DateAmbiguous,
    DateImpossible,
    DateLunar,
    DateFuture,
    VisitFuture,
    DateImplausible,
    DateTwoDigitYear { read: NaiveDate },
    DateWithWords,
    VisitsReversed,
    MoneyUnreadable,
    MoneyDebt,
    KindUnknown,
    GenderUnknown,
    AllergyUnnamed,
    AllergyMixed,
    AllergyPartlyDenied,
    HistoryUnclear,
    AnswerUnclear,
    AnswerRefused,
    AnswersDisagree,
    NoteOfPregnancy,
    NoteOfNursing,
    MissingName,
    NoRealName,
    CellFault,
    FormulaWithoutValue,
    TextCut { limit: usize },
    ColumnBeyond { limit: u16 },
    SameCardOtherPerson { row: u32 },
    PerhapsSamePerson { row: u32 },
    MergedDiffers { row: u32, kept: String },
}

impl Reason {
    /// A hint doesn't stand beside an empty field; it asks a person to check what was read.
    pub fn is_hint(&self) -> bool {
        use Reason::*;
        matches!(
            self,
            PhoneSeveral
                | PhoneWithWords
                | DateTwoDigitYear { .. }
                | DateWithWords
                | VisitFuture
                | VisitsReversed
                | MoneyDebt
                | AllergyMixed
                | NoteOfPregnancy
                | NoteOfNursing
                | NoRealName
                | FormulaWithoutValue
                | PerhapsSamePerson { .. }
        )
    }

    /// The sentence that all reasons of this kind share, for counting them.
    pub fn without_facts(&self) -> String {
        let text = self.to_string();
        let is_fact = |c: char| c.is_ascii_digit() || c == '-';
        let clause = text.split(['，', '；', '「']).find(|clause| !clause.contains(is_fact)).unwrap_or(&text);
        clause.to_owned()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGiven => f.write_str("表里写明没有填，此项留空"),
            Self::PhoneLength { digits } => write!(f, "手机号应有 11 位，这里有 {digits} 位；电话留空，请向顾客核对"),
            Self::PhoneNotMobile => f.write_str("不是手机号码；电话留空，请向顾客核对"),
            Self::PhoneLandline => f.write_str("是座机号码，不是手机；手机留空，原号码保留"),
            Self::PhoneForeign => f.write_str("不是中国大陆的手机号码；手机留空，原号码保留"),
            Self::PhoneMasked => f.write_str("号码被遮住了几位；电话留空，请向顾客核对"),
            Self::PhoneRounded => f.write_str("Excel 把号码存成了科学计数，末几位已经丢失；电话留空，请向顾客核对"),
            Self::PhoneSeveral => f.write_str("写了几个号码，用第一个手机号，其余的保留；请核对哪个是她的"),
            Self::PhoneWithWords => f.write_str("号码旁边有别的字；请核对号码是谁的"),
            Self::DateUnreadable => f.write_str("看不出是哪一天；日期留空，请核对"),
            Self::DateIncomplete => f.write_str("日期不完整（缺年、月或日）；日期留空，请补全"),
            Self::DateAmbiguous => f.write_str("日期可以读成几个不同的日子；日期留空，请核对"),
            Self::DateImpossible => f.write_str("没有这一天；日期留空，请核对"),
            Self::DateLunar => f.write_str("是农历；日期留空，请问公历日期"),
            Self::DateFuture => f.write_str("日期在今天以后；日期留空，请核对"),
            Self::VisitFuture => f.write_str("日期在今天以后；请核对"),
            Self::DateImplausible => f.write_str("年份不合理；日期留空，请核对"),
            Self::DateTwoDigitYear { read } => write!(f, "年份只有两位，读作 {read}；请核对"),
            Self::DateWithWords => f.write_str("日期旁边有别的字；请核对"),
            Self::VisitsReversed => f.write_str("首次到店晚于最近到店；请核对"),
            Self::MoneyUnreadable => f.write_str("看不出是多少钱；金额留空，请核对"),
            Self::MoneyDebt => f.write_str("写的是欠款，读作负数；请核对"),
            Self::KindUnknown => f.write_str("不是 A、B、C；类型留空，原文保留"),
            Self::GenderUnknown => f.write_str("看不出是男是女；性别留空"),
            Self::AllergyUnnamed => f.write_str("写了有过敏，没写对什么过敏；请问顾客"),
            Self::AllergyMixed => f.write_str("又写了过敏的东西，又写了没有或不详；按有过敏处理，请问顾客"),
            Self::AllergyPartlyDenied => f.write_str("只说明对某一样不过敏，别的没有说；按没有问过处理，请问顾客"),
            Self::HistoryUnclear => f.write_str("看不出做没做过激光、嫩肤、磨皮、换肤、刷酸或快速美白；请问顾客"),
            Self::AnswerUnclear => f.write_str("看不出是有还是没有；按没有问过处理，请问顾客"),
            Self::AnswerRefused => f.write_str("顾客不愿回答；按没有问过处理"),
            Self::AnswersDisagree => f.write_str("两处写的不一样，一处说有、一处说没有；按有处理，请问顾客"),
            Self::NoteOfPregnancy => f.write_str("备注提到怀孕；没有自动填写，请问顾客后记下"),
            Self::NoteOfNursing => f.write_str("备注提到哺乳；没有自动填写，请问顾客后记下"),
            Self::MissingName => f.write_str("这一行没有姓名，没有导入；请补上姓名再导入"),
            Self::NoRealName => f.write_str("只有称呼，没有名字"),
            Self::CellFault => f.write_str("单元格里是 Excel 的错误值；此项留空"),
            Self::FormulaWithoutValue => f.write_str("公式没有算出的值，保留公式原文"),
            Self::TextCut { limit } => write!(f, "文字超过 {limit} 字，后面的没有读入"),
            Self::ColumnBeyond { limit } => write!(f, "第 {limit} 列以后的内容没有读入"),
            Self::SameCardOtherPerson { row } => write!(f, "会员编号与第 {row} 行相同，姓名不同；没有合并，请核对"),
            Self::PerhapsSamePerson { row } => write!(f, "可能与第 {row} 行是同一人；没有合并，请核对"),
            Self::MergedDiffers { row, kept } => write!(f, "与第 {row} 行合并，两行不同，保留「{kept}」；请核对"),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
