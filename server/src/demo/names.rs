//! Invented names, as mixed as a salon's are.

use super::dice::Dice;

const SURNAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗", "郑",
    "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁", "潘", "欧阳", "上官", "司徒",
];

const GIVEN: [&str; 48] = [
    "丽", "敏", "静", "婷", "雪", "颖", "倩", "琳", "晓雨", "雅婷", "思琪", "梦瑶", "诗涵", "欣怡", "佳慧", "美玲", "秀英",
    "桂芳", "淑珍", "海燕", "春梅", "冬梅", "玉兰", "丽丽", "婷婷", "娟娟", "若曦", "语嫣", "子涵", "可欣", "雨桐", "紫萱",
    "晓彤", "嘉欣", "红霞", "艳红", "爱华", "文静", "慧敏", "彩云", "小燕", "月娥", "云霞", "翠花", "建平", "志强", "乐怡",
    "清照",
];

/// The first ones are as they are in every test; 张姐 is a whole name, and two of them have the same one.
const KNOWN: [&str; 9] = ["林晓雨", "张姐", "欧阳若曦", "刘丽丽", "刘丽丽", "Marie Dubois", "单丹", "解晓雪", "张敏"];

/// Nobody has asked them for a consent or called them yet: what a test writes there, or whoever tries the program out, is the first.
const STILL_TO_BE_ASKED: [&str; 7] = ["林晓雨", "欧阳若曦", "刘丽丽", "Marie Dubois", "单丹", "解晓雪", "袁春梅"];

pub fn is_still_to_be_asked(number: usize) -> bool {
    STILL_TO_BE_ASKED.contains(&of_customer(number).as_str())
}

pub fn of_customer(number: usize) -> String {
    match KNOWN.get(number) {
        Some(name) => (*name).to_owned(),
        None => {
            let mut dice = Dice::new("name", number);
            format!("{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN))
        }
    }
}
