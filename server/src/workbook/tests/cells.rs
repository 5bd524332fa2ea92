//! Single cells.

use crate::workbook::{
    Reason,
    cells::{allergy, answer::Answer, date, history, history::Destructive, money, phone},
    sheet::Cell,
};

use super::{day, today};

fn text(written: &str) -> Cell {
    Cell::Text(written.to_owned())
}

fn phone_of(written: &str) -> Option<String> {
    phone::read(&text(written)).value.map(|phones| phones.mobile)
}

fn birthday(written: &str) -> Result<chrono::NaiveDate, Reason> {
    let calendar = date::Calendar { today: today(), is_1904: false };
    let read = date::read(&text(written), date::Kind::Birthday, calendar);
    read.value.ok_or_else(|| read.reasons.first().cloned().unwrap_or(Reason::NotGiven))
}

#[test]
fn a_phone_is_read_however_it_was_typed() {
    let ways = [
        "19970000001",
        "199 7000 0001",
        "199-7000-0001",
        "+86 19970000001",
        "8619970000001",
        "０８６-１９９７００００００１",
        "１９９７０００ ０００１",
        " 19970000001 ",
        "19970000001.0",
        "1.9970000001E+10",
        "'19970000001",
        "(+86)199.7000.0001",
    ];
    for way in ways {
        assert_eq!(phone_of(way).as_deref(), Some("19970000001"), "{way}");
    }
    assert_eq!(phone::read(&Cell::Number(19_970_000_001.0)).value.unwrap().mobile, "19970000001");
}

#[test]
fn a_phone_that_is_none_is_never_made_up() {
    let ways = [
        ("1997000000", Reason::PhoneLength { digits: 10 }),
        ("199****0001", Reason::PhoneMasked),
        ("0571-87654321", Reason::PhoneLandline),
        ("010-62345678", Reason::PhoneLandline),
        ("1.997E+10", Reason::PhoneRounded),
        ("+852 9123 4567", Reason::PhoneForeign),
        ("12345678901", Reason::PhoneNotMobile),
        ("无", Reason::NotGiven),
        ("没留", Reason::PhoneNotMobile),
    ];
    for (way, reason) in ways {
        let read = phone::read(&text(way));
        assert_eq!((read.value, read.reasons), (None, vec![reason]), "{way}");
    }
}

#[test]
fn a_second_number_in_the_cell_is_kept() {
    let phones = phone::read(&text("19970000001/13800000000")).value.unwrap();
    assert_eq!((phones.mobile.as_str(), phones.others.as_slice()), ("19970000001", &["13800000000".to_owned()][..]));
    assert_eq!(phone::read(&text("19970000001(妈妈)")).reasons, [Reason::PhoneWithWords]);
}

#[test]
fn a_birthday_is_read_in_many_hands() {
    let ways = [
        "1966-6-12",
        "66-6-12",
        "1966/06/12",
        "1966.6.12",
        "1966年6月12日",
        "1966年06月12号",
        "19660612",
        "660612",
        "24270",
        "1966-06-12 00:00:00",
        "1966-06-12T00:00:00",
        "１９６６．６．１２",
        "一九六六年六月十二日",
        "June 12, 1966",
        "12-Jun-66",
        "公历1966-6-12",
        "1966、6、12",
        "'66.6.12",
    ];
    for way in ways {
        assert_eq!(birthday(way), Ok(day(1966, 6, 12)), "{way}");
    }
    assert_eq!(birthday("02-10-28"), Ok(day(2002, 10, 28)));
    assert_eq!(birthday("25/12/1990"), Ok(day(1990, 12, 25)));
}

#[test]
fn a_day_that_could_be_two_is_none() {
    let ways = [
        ("5/3/1990", Reason::DateAmbiguous),
        ("5-6-12", Reason::DateAmbiguous),
        ("8月15日", Reason::DateIncomplete),
        ("1990", Reason::DateIncomplete),
        ("1990年5月", Reason::DateIncomplete),
        ("199005", Reason::DateIncomplete),
        ("1990-02-30", Reason::DateImpossible),
        ("农历1990年8月15", Reason::DateLunar),
        ("八月初三", Reason::DateLunar),
        ("2030-1-1", Reason::DateFuture),
        ("1790-1-1", Reason::DateImplausible),
        ("保密", Reason::NotGiven),
        ("属马", Reason::DateUnreadable),
    ];
    for (way, reason) in ways {
        assert_eq!(birthday(way), Err(reason), "{way}");
    }
}

#[test]
fn excel_counts_days() {
    assert_eq!(date::of_serial(35788.0, false), Some(day(1997, 12, 24)));
    assert_eq!(date::of_serial(34326.0, true), Some(day(1997, 12, 24)));
    assert_eq!(date::of_serial(1.0, false), Some(day(1900, 1, 1)));
}

#[test]
fn money_is_cents() {
    let ways = [
        ("¥38115", 3_811_500),
        ("10810元", 1_081_000),
        ("39,723.00", 3_972_300),
        ("-280元", -28_000),
        ("¥-280", -28_000),
        ("(280)", -28_000),
        ("0.00", 0),
        ("1.2万", 1_200_000),
        ("￥１，０００．５", 100_050),
        ("欠280", -28_000),
        (".5", 50),
    ];
    for (way, cents) in ways {
        assert_eq!(money::read(&text(way)).value, Some(cents), "{way}");
    }
    assert_eq!(money::read(&Cell::Number(0.1 + 0.2)).value, Some(30));
    for way in ["100-200", "不少", "1.2.3", "两千", "12,50", "1,5", "1.234,56", "1,23,456"] {
        assert_eq!(money::read(&text(way)).reasons, [Reason::MoneyUnreadable], "{way}");
    }
}

fn allergies(written: &str) -> (Answer, String) {
    let read = allergy::read(written);
    (read.answer, read.items.iter().map(|item| item.substance.clone()).collect::<Vec<_>>().join(","))
}

#[test]
fn an_allergy_is_found_in_free_text() {
    let ways = [
        ("海鲜,青霉素", "海鲜,青霉素"),
        ("香精;防腐剂", "香精,防腐剂"),
        ("花粉、芒果", "花粉,芒果"),
        ("染发剂/金属镍", "染发剂,金属镍"),
        ("果酸(刷酸后红肿3天)", "果酸"),
        ("精油（薰衣草、玫瑰）", "精油"),
        ("对酒精过敏", "酒精"),
        ("酒精过敏，对花粉也过敏", "酒精,花粉"),
        ("海鲜 青霉素", "海鲜,青霉素"),
        ("1.海鲜 2.青霉素", "海鲜,青霉素"),
        ("酒精,会起红疹", "酒精"),
        ("海鲜和芒果", "海鲜,芒果"),
        ("疑似花粉", "花粉"),
        ("无，海鲜除外", "海鲜"),
        ("无（海鲜过敏）", "海鲜过敏"),
        ("没有(酒精过敏)", "酒精过敏"),
        ("否（但香精）", "但香精"),
        ("忌酒精", "酒精"),
        ("不能用水杨酸", "水杨酸"),
        ("有酒精过敏史", "酒精"),
        ("過敏:海鮮", "海鮮"),
        ("vitamin C", "vitamin C"),
    ];
    for (way, substances) in ways {
        assert_eq!(allergies(way), (Answer::Yes, substances.to_owned()), "{way}");
    }
    assert_eq!(allergy::read("果酸(刷酸后红肿3天)").items[0].remark.as_deref(), Some("刷酸后红肿3天"));
}

#[test]
fn no_and_not_asked_are_two_answers() {
    for way in [
        "无",
        "没有",
        "否",
        "不过敏",
        "无过敏",
        "无过敏史",
        "没有过敏史",
        "未发现过敏",
        "從無",
        "無",
        "None",
        "×",
        "暂无",
        "没有任何过敏",
    ] {
        assert_eq!(allergies(way), (Answer::No, String::new()), "{way}");
    }
    for way in ["", " ", "不详", "待确认", "/", "-", "？", "未问", "不清楚", "N/A", "不詳", "无酒精过敏", "对酒精不过敏"]
    {
        assert_eq!(allergies(way), (Answer::NotAsked, String::new()), "{way}");
    }
    assert_eq!(allergies("有").0, Answer::Yes);
    assert_eq!(allergies("保密").0, Answer::Refused);
}

fn treatments(written: &str) -> (Answer, String) {
    let read = history::read(written);
    (read.answer, read.items.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(","))
}

#[test]
fn treatments_that_wear_the_skin_thin_are_found() {
    let ways = [
        ("做过镭射", "激光"),
        ("激光祛斑 2023年", "激光"),
        ("光子嫩肤 去年冬天", "嫩肤"),
        ("磨皮2次", "磨皮"),
        ("中药换肤", "换肤"),
        ("刷酸(外院)", "刷酸"),
        ("用过快速美白霜3个月,脱皮", "快速美白"),
        ("没做过激光,但做过磨皮", "磨皮"),
        ("没做过激光但做过磨皮", "磨皮"),
        ("激光、磨皮都做过", "激光,磨皮"),
        ("做過鐳射", "激光"),
        ("做过激光，没有不适", "激光"),
        ("果酸一次", "刷酸"),
        ("无痛激光", "激光"),
    ];
    for (way, kinds) in ways {
        assert_eq!(treatments(way), (Answer::Yes, kinds.to_owned()), "{way}");
    }
}

#[test]
fn what_does_no_harm_or_was_never_done_is_a_no() {
    for way in ["无", "没做过", "否", "从未做过", "祛痘针清", "补水", "没做过任何医美"] {
        assert_eq!(treatments(way), (Answer::No, String::new()), "{way}");
    }
    for way in ["", "不详", "/", "在外面做过项目", "没做过激光", "想做激光", "用过激素面膜"] {
        assert_eq!(treatments(way), (Answer::NotAsked, String::new()), "{way}");
    }
    assert_eq!(history::read("磨皮,没做过激光").items, [Destructive::Abrasion]);
}
