//! Whole workbooks.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::workbook::{Field, ImportError, NoTable, Override, Reason, Role, Why, cells::answer::Answer, read};

use super::{csv, day, options, sheet, workbook};

const HEAD: &[&str] = &["会员编号", "姓名", "手机", "生日", "过敏史", "备注"];

#[test]
fn two_people_who_share_a_phone_stay_two() {
    let reading = sheet(&[
        HEAD,
        &["V001", "陶桂英", "19970000026", "1970-7-11"],
        &["V002", "傅桂珍", "19970000026", "1988-6-2", "", "同一手机号是她妈妈"],
    ]);
    assert_eq!(reading.people.len(), 2);
    assert!(reading.merges.is_empty());
    assert_ne!(reading.people[0].key, reading.people[1].key);
}

#[test]
fn the_same_person_twice_is_one_and_is_listed() {
    let reading = sheet(&[
        HEAD,
        &["V001", "郭志强", "19970000061", "1979-1-4", "不详"],
        &["V002", "郭女士", "+86 199 7000 0061", "79-1-4", "酒精"],
    ]);
    let person = reading.person(2);
    assert_eq!(reading.merges.len(), 1);
    assert_eq!((reading.merges[0].row, reading.merges[0].first.row), (3, 2));
    assert_eq!((person.name.as_str(), person.also_named.as_slice()), ("郭志强", &["郭女士".to_owned()][..]));
    assert_eq!((person.card.as_deref(), person.other_cards.as_slice()), (Some("V001"), &["V002".to_owned()][..]));
    assert_eq!(person.allergy_answer, Answer::Yes);
}

#[test]
fn a_title_with_the_same_phone_but_no_birthday_is_only_perhaps_the_same() {
    let reading = sheet(&[HEAD, &["", "郭志强", "19970000061"], &["", "郭女士", "19970000061"]]);
    assert_eq!(reading.people.len(), 2);
    assert!(reading.reasons(3).contains(&&Reason::PerhapsSamePerson { row: 2 }));
}

#[test]
fn namesakes_with_two_birthdays_stay_two() {
    let reading = sheet(&[
        HEAD,
        &["", "王芳", "19970000001", "1980-1-1"],
        &["", "王芳", "19970000001", "1990-1-1"],
        &["", "王芳", "", "1985-1-1"],
    ]);
    assert_eq!(reading.people.len(), 3);
    let keys: std::collections::BTreeSet<_> = reading.people.iter().map(|person| &person.key).collect();
    assert_eq!(keys.len(), 3);
}

#[test]
fn merging_never_loses_an_allergy() {
    let reading =
        sheet(&[HEAD, &["", "王芳", "19970000001", "", "无", "甲"], &["", "王芳", "19970000001", "1990-1-1", "海鲜", "乙"]]);
    let person = reading.person(2);
    assert_eq!(person.allergies[0].substance, "海鲜");
    assert_eq!(
        (person.allergy_answer, person.birthday, person.note.as_deref()),
        (Answer::Yes, Some(day(1990, 1, 1)), Some("甲\n乙"))
    );
    assert!(reading.reasons(3).contains(&&Reason::AnswersDisagree));
}

#[test]
fn columns_are_found_by_meaning_in_any_order() {
    let reading = sheet(&[
        &["某某美容院贵宾档案"],
        &["制表人：前台", "2026年"],
        &[],
        &[
            "过敏原（必填）",
            "联系电话*",
            "贵宾姓名",
            "出生年月日",
            "做过的项目",
            "美容师姓名",
            "卡内余额(元)",
            "赠送余额",
            "宠物",
            "农历生日",
        ],
        &["酒精", "199 7000 0001", "张姐", "1990.5.3", "做过镭射", "王芳", "¥1,200", "50", "猫", "四月初九"],
    ]);
    let person = reading.person(5);
    assert_eq!(
        (person.name.as_str(), person.phone.as_deref(), person.birthday),
        ("张姐", Some("19970000001"), Some(day(1990, 5, 3)))
    );
    assert_eq!((person.consultant.as_deref(), person.balance_cents, person.history.len()), (Some("王芳"), Some(120_000), 1));
    let kept: Vec<_> = person.kept.iter().map(|kept| (kept.head.as_str(), kept.text.as_str())).collect();
    assert_eq!(kept, [("赠送余额", "50"), ("宠物", "猫"), ("农历生日", "四月初九")]);
    assert!(reading.reasons(5).contains(&&Reason::NoRealName));
}

#[test]
fn the_mapping_can_be_changed() {
    let rows = workbook(&[&["姓名", "电话", "特殊", "编号"], &["张三", "19970000001", "海鲜", "7"]]);
    let reading = read(&rows, "顾客.xlsx", &options(&["特殊=过敏史", "D=-"])).unwrap();
    assert_eq!(reading.people[0].allergies[0].substance, "海鲜");
    assert_eq!(reading.people[0].card, None);
    assert_eq!(reading.mapping[3].role, Role::LeftOut);
    assert_eq!(
        read(&rows, "顾客.xlsx", &options(&["没有这列=phone"])).unwrap_err(),
        ImportError::NoSuchColumn { column: "没有这列".to_owned() }
    );
    assert!(matches!(Override::parse("电话=天气"), Err(ImportError::UnknownOverride { .. })));
}

#[test]
fn rows_keep_the_numbers_of_the_sheet() {
    let reading = sheet(&[
        &["标题"],
        HEAD,
        &["1", "甲一"],
        &[],
        &[],
        &["2", "乙二", "12"],
        &["合 计：", "2人"],
        &["", "", "", "", "", "以上由前台登记"],
        HEAD,
        &["3", "丙三"],
    ]);
    let rows: Vec<_> = reading.people.iter().map(|person| person.place.row).collect();
    assert_eq!(rows, [3, 6, 10]);
    let skipped: Vec<_> = reading.skipped.iter().map(|skipped| (skipped.row, skipped.why)).collect();
    assert_eq!(skipped, [(7, Why::Total), (8, Why::Remark), (9, Why::HeadAgain)]);
    assert_eq!(reading.reasons(6), [&Reason::PhoneLength { digits: 2 }]);
    assert_eq!(reading.person(6).unread(Field::Phone), Some("12"));
}

#[test]
fn a_row_without_a_name_is_told_and_not_guessed() {
    let reading = sheet(&[HEAD, &["V1", "", "19970000001", "", "青霉素"], &["V2", "李四"]]);
    assert_eq!(reading.people.len(), 1);
    assert_eq!(reading.problems[0].original, "V1 | 19970000001 | 青霉素");
    assert_eq!(reading.reasons(2), [&Reason::MissingName]);
}

#[test]
fn a_note_stays_a_note_and_asks_to_be_asked() {
    let notes = [
        "孕8周,勿用精油",
        "哺乳期",
        "欠费280未结",
        "=HYPERLINK(\"http://x\",\"点我\")",
        "<script>alert(1)</script>",
        "第一行\n第二行",
        "\u{202e}反向文字",
    ];
    let rows: Vec<Vec<&str>> = notes.iter().map(|note| vec!["", "张三丰", "", "", "", *note]).collect();
    let mut all: Vec<&[&str]> = vec![HEAD];
    all.extend(rows.iter().map(Vec::as_slice));
    let reading = sheet(&all);
    for (person, note) in reading.people.iter().zip(notes) {
        assert_eq!(person.note.as_deref(), Some(note));
        assert_eq!(person.pregnancy.answer, Answer::NotAsked);
    }
    assert_eq!(reading.reasons(2), [&Reason::NoteOfPregnancy]);
    assert_eq!(reading.reasons(3), [&Reason::NoteOfNursing]);
    assert!(reading.problems.iter().all(|problem| problem.reason.is_hint()));
}

#[test]
fn importing_the_same_file_twice_finds_the_same_people() {
    let rows: &[&[&str]] = &[HEAD, &["V1", "张三", "19970000001"], &["", "李四"], &["", "李四"], &["V2", "王五", "", "1990-1-1"]];
    let ids =
        |reading: &crate::workbook::Reading| reading.people.iter().map(|person| person.key.digest("branch")).collect::<Vec<_>>();
    let (once, twice) = (sheet(rows), sheet(rows));
    assert_eq!(ids(&once), ids(&twice));
    assert_eq!(ids(&once).into_iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    // Her phone corrected, rows in another order: the card still says who she is.
    let later = sheet(&[HEAD, &["V2", "王五", "", "1990-1-1"], &["V1", "张三", "13800000000"]]);
    let known = &once.person(2).keys;
    assert!(later.person(3).keys.iter().any(|key| known.contains(key)));
}

#[test]
fn other_sheets_are_told() {
    let mut book = Workbook::new();
    let staff = book.add_worksheet().set_name("员工").unwrap();
    ["姓名", "电话", "职位"].iter().enumerate().for_each(|(column, head)| drop(staff.write_string(0, column as u16, *head)));
    ["王芳", "19970000009", "店长"]
        .iter()
        .enumerate()
        .for_each(|(column, cell)| drop(staff.write_string(1, column as u16, *cell)));
    book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "本表由前台每日更新").unwrap();
    let customers = book.add_worksheet().set_name("顾客").unwrap();
    ["姓名", "电话"].iter().enumerate().for_each(|(column, head)| drop(customers.write_string(0, column as u16, *head)));
    customers.write_string(1, 0, "张三").unwrap();
    customers.write_number(1, 1, 19_970_000_001.0).unwrap();
    let reading = read(&book.save_to_buffer().unwrap(), "顾客.xlsx", &options(&[])).unwrap();
    assert_eq!(reading.people.len(), 1);
    assert_eq!(reading.people[0].phone.as_deref(), Some("19970000001"));
    assert_eq!(reading.ignored_sheets, [("员工".to_owned(), NoTable::AboutStaff), ("说明".to_owned(), NoTable::NoName)]);
}

#[test]
fn dates_are_dates_whether_shown_as_such_or_not() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    HEAD.iter().enumerate().for_each(|(column, head)| drop(sheet.write_string(0, column as u16, *head)));
    let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    sheet.write_string(1, 1, "甲一").unwrap();
    sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(1997, 12, 24).unwrap(), &format).unwrap();
    sheet.write_string(2, 1, "乙二").unwrap();
    sheet.write_number(2, 3, 35788.0).unwrap();
    sheet.write_string(3, 1, "丙三").unwrap();
    sheet.write_formula(3, 3, "=1/0").unwrap();
    let reading = read(&book.save_to_buffer().unwrap(), "顾客.xlsx", &options(&[])).unwrap();
    assert_eq!(reading.person(2).birthday, Some(day(1997, 12, 24)));
    assert_eq!(reading.person(3).birthday, Some(day(1997, 12, 24)));
    assert_eq!(reading.person(4).birthday, None);
}

#[test]
fn csv_comes_in_many_kinds() {
    let text = "贵宾档案\n\n姓名;手机;过敏史;备注\n张三;19970000001;海鲜;\"一\n二; \"\"三\"\"\"\n\n李四;;无;\n";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    let crlf = text.replace('\n', "\r\n");
    let tabs = text.replace("; \"", "\t \"").replace(';', "\t");
    for bytes in [text.as_bytes(), &gbk, &utf16, &marked, crlf.as_bytes(), tabs.as_bytes()] {
        let reading = csv(bytes);
        assert_eq!((reading.person(4).name.as_str(), reading.person(4).phone.as_deref()), ("张三", Some("19970000001")));
        assert!(reading.person(4).note.as_deref().is_some_and(|note| note.starts_with("一\n二") && note.ends_with("\"三\"")));
        assert_eq!((reading.person(6).name.as_str(), reading.person(6).allergy_answer), ("李四", Answer::No));
    }
    let big5 = encoding_rs::BIG5.encode("姓名,電話,過敏史\n陳小姐,19970000001,無\n").0.into_owned();
    assert_eq!(csv(&big5).person(2).allergy_answer, Answer::No);
    assert_eq!(csv("sep=;\r\n姓名;手机\r\n张三;19970000001\r\n".as_bytes()).person(3).name, "张三");
}

#[test]
fn an_open_quote_does_not_swallow_the_customers() {
    let mut text = "姓名,手机,备注\n张三,19970000001,\"怕痛\n".to_owned();
    (0..300).for_each(|number| text.push_str(&format!("顾客{number},,\n")));
    let refusal = read(text.as_bytes(), "顾客.csv", &options(&[])).unwrap_err();
    assert_eq!(refusal, ImportError::QuoteLeftOpen { row: 2 });
}

#[test]
fn a_head_may_stand_in_two_lines() {
    let reading = sheet(&[
        &["姓名", "联系方式", "", "消费"],
        &["", "手机", "家庭电话", "累计消费", "余额"],
        &["张三", "19970000001", "0571-87654321", "100", "5"],
    ]);
    let person = reading.person(3);
    assert_eq!(
        (person.phone.as_deref(), person.spent_cents, person.balance_cents),
        (Some("19970000001"), Some(10_000), Some(500))
    );
    assert_eq!(person.details.get(&Field::HomePhone).map(String::as_str), Some("0571-87654321"));
}

#[test]
fn two_columns_about_allergies_are_one_answer() {
    let head: &[&str] = &["姓名", "手机", "是否过敏", "过敏原"];
    let reading = sheet(&[
        head,
        &["甲一", "", "是", "海鲜"],
        &["乙二", "", "否", ""],
        &["丙三", "", "是", ""],
        &["丁四", "", "", ""],
        &["戊五", "", "否", "酒精"],
    ]);
    let answers: Vec<_> = reading.people.iter().map(|person| person.allergy_answer).collect();
    assert_eq!(answers, [Answer::Yes, Answer::No, Answer::Yes, Answer::NotAsked, Answer::Yes]);
    assert_eq!(reading.reasons(4), [&Reason::AllergyUnnamed]);
    assert_eq!(reading.reasons(6), [&Reason::AnswersDisagree]);
}

#[test]
fn the_report_names_everything() {
    let reading = sheet(&[HEAD, &["V1", "张三", "1997", "保密", "/"], &["V2", "张三丰", "19970000001", "66-6-12", "无"]]);
    let json = reading.to_json();
    assert_eq!((&json["rows"], &json["merged"]), (&2.into(), &0.into()));
    assert_eq!((json["customers"][0]["row"].as_u64(), json["customers"][0]["phone"].as_str()), (Some(2), None));
    assert_eq!(
        (json["customers"][1]["birthday"].as_str(), json["customers"][1]["allergy_answer"].as_str()),
        (Some("1966-06-12"), Some("no"))
    );
    assert_eq!(json["problems"][0]["original"], "1997");
    assert_eq!(
        json["mapping"][2],
        serde_json::json!({ "sheet": "Sheet1", "column": "C", "head": "手机", "role": "field", "field": "phone", "is_chosen": false })
    );
    assert!(reading.to_text(10).contains("第 2 行 手机「1997」：手机号应有 11 位"));
}
