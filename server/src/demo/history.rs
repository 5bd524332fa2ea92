//! What the demo's customers said when they were asked, and what nobody asked them.

use super::dice::{Dice, id};
use chrono::{Days, NaiveDate};
use domain::{AllergyTag, Answer, Course, Moment, Name, NewCustomer, PastCourse, Question, Said, Text, Zone};

const ALLERGENS: [&str; 10] = ["酒精", "香精", "水杨酸", "果酸", "防腐剂", "花粉", "蜂胶", "乳胶", "薰衣草精油", "阿司匹林"];
const REMARKS: [&str; 4] = ["用后发红、发痒", "她自己说的，没有就医", "医院查过", "小时候有过，最近没试"];
const MEDICINES: [&str; 4] = ["维A酸，外用，晚上", "阿司匹林，每天一片", "口服异维A酸，上个月停的", "记不清名字，皮肤科开的"];
const PRODUCTS: [&str; 5] =
    ["药妆店的保湿乳", "朋友送的美白精华，没有标签", "只用清水和面霜", "玻尿酸面膜，每周两次", "含烟酰胺的精华"];
const CARE: [&str; 4] = ["以前在商场里的店做，半年前停了", "没有做过", "在家附近的小店，做过三次", "单位旁边的店，办过年卡"];
const SYMPTOMS: [&str; 4] = ["换季时两颊发红起皮", "夏天额头长闭口", "冬天干痒", "熬夜以后下巴长痘"];
const HOW_LONG: [&str; 4] = ["两三年了", "半年左右", "生完孩子以后", "上大学起就这样"];
const BODY: [&str; 4] = ["睡得不好，常熬夜", "胃不太好", "血压偏高，在吃药", "没有特别的"];
/// Days ago: both sides of thirty and ninety, and some that nobody remembers.
const COURSE_AGES: [Option<u64>; 11] =
    [Some(3), Some(12), Some(20), Some(29), Some(30), Some(45), Some(75), Some(90), Some(91), Some(200), None];

/// Adds to a new file what was asked on the day it was opened; answers what she told later, of what was done since.
pub fn take(card: &mut NewCustomer, number: usize, today: NaiveDate, opened: NaiveDate, at: Moment) -> Vec<(Question, Answer)> {
    let mut dice = Dice::new("history", number);
    for question in Question::ALL {
        // One in four questions was not asked at all: the strip says so.
        if dice.percent(75) {
            card.answers.push((question, answer(&mut dice, question, today)));
        }
    }
    let has_allergies = number == 0 || dice.percent(25);
    if has_allergies {
        allergies(card, &mut dice, number, at);
    }
    if number == 0 {
        let peel = PastCourse { what: Course::Peel, zone: Some(Zone::Cheeks), on: today.checked_sub_days(Days::new(20)) };
        card.answers.retain(|(question, _)| !matches!(question, Question::DestructiveHistory | Question::PregnantOrNursing));
        card.answers.push((Question::DestructiveHistory, Answer { courses: vec![peel], ..Answer::just(Said::Yes) }));
    }
    let is_later = |(_, answer): &(Question, Answer)| answer.courses.iter().any(|course| course.on.is_some_and(|on| on > opened));
    let later = card.answers.iter().filter(|told| is_later(told)).cloned().collect();
    card.answers.retain(|told| !is_later(told));
    later
}

fn allergies(card: &mut NewCustomer, dice: &mut Dice, number: usize, at: Moment) {
    let first = if number == 0 { 0 } else { dice.below(ALLERGENS.len()) };
    let count = 1 + usize::from(dice.percent(30));
    for which in 0..count {
        let tag = AllergyTag::new(id("allergy", number * 10 + which, at));
        let remark = dice.percent(60).then(|| dice.pick(&REMARKS)).and_then(|words| Text::new(words).ok());
        if let Ok(what) = Name::new(ALLERGENS[(first + which * 3) % ALLERGENS.len()]) {
            card.allergies.push((tag, what, remark));
        }
    }
    card.answers.retain(|(question, _)| *question != Question::Allergies);
    card.answers.push((Question::Allergies, Answer::just(Said::Yes)));
}

fn answer(dice: &mut Dice, question: Question, today: NaiveDate) -> Answer {
    let said = |dice: &mut Dice, yes: usize| match dice.below(100) {
        roll if roll < yes => Said::Yes,
        roll if roll < 95 => Said::No,
        _ => Said::Refused,
    };
    let worded = |said: Said, words: &str| match said {
        Said::Yes => Answer { words: Text::new(words).ok(), ..Answer::just(said) },
        Said::No | Said::NotAsked | Said::Refused => Answer::just(said),
    };
    match question {
        Question::PregnantOrNursing => Answer::just(said(dice, 7)),
        Question::ImplantOrPacemaker => Answer::just(said(dice, 3)),
        Question::Allergies => Answer::just(Said::No),
        Question::Medication => worded(said(dice, 12), dice.pick(&MEDICINES)),
        Question::DestructiveHistory => courses(dice, 30, today),
        Question::QuickProducts => courses(dice, 10, today),
        Question::ProductsNow => worded(Said::Yes, dice.pick(&PRODUCTS)),
        Question::CareBefore => worded(said(dice, 60), dice.pick(&CARE)),
        Question::PastSymptoms => worded(said(dice, 60), dice.pick(&SYMPTOMS)),
        Question::HowLong => worded(said(dice, 70), dice.pick(&HOW_LONG)),
        Question::BodyCondition => worded(said(dice, 50), dice.pick(&BODY)),
    }
}

fn courses(dice: &mut Dice, yes: usize, today: NaiveDate) -> Answer {
    if !dice.percent(yes) {
        return Answer::just(Said::No);
    }
    let mut course = || PastCourse {
        what: dice.pick(&Course::ALL),
        zone: dice.percent(70).then(|| dice.pick(&Zone::ALL)),
        on: dice.pick(&COURSE_AGES).and_then(|days| today.checked_sub_days(Days::new(days))),
    };
    Answer { courses: vec![course()], ..Answer::just(Said::Yes) }
}
