//! Two hundred invented customers, and what was written about them over half a year.

use super::{
    consents, contacts,
    dice::{Dice, id, lasting_id},
    history, names, salon, twice,
};
use chrono::{Days, NaiveDate};
use domain::{
    Action, Cents, ClockOffset, CustomerId, Moment, Name, NewCustomer, NoteId, Phone, ProfileValue as V, Role, SkinType,
    SpendingMark, StaffId, Text,
};

pub const COUNT: usize = 200;
/// How far back the first file was opened, in days, and the days between two that somebody wrote on.
const OLDEST: u64 = 196;
const STEP: u64 = 14;

const SOURCES: [&str; 6] = ["朋友介绍", "路过", "大众点评", "小红书", "老客户带来", "周边小区传单"];
const NOTES: [&str; 14] = [
    "洁面后两颊略红，冷敷十分钟退。未用含酒精的产品。",
    "做了补水护理，感觉舒服，说水温刚好。",
    "颈部敏感，力度要轻。",
    "额头有新闭口，建议先做清洁，不做去角质。",
    "今天比较累，没有介绍产品，让她休息。",
    "护理前后各测一次水分，上升明显。",
    "她说上次回去以后没有发红。",
    "眼周干纹，家里用的眼霜快用完了。",
    "出差两周回来，皮肤偏干。",
    "T区出油，两颊紧绷，分区做。",
    "换了新的洁面，用后有点痒，已让她停用，三天后回访。",
    "约了下个月同一时间，想要安静的房间。",
    "不喜欢太浓的香味，芳香沐浴用无香的。",
    "晒后第二天，只做舒缓，提醒防晒。",
];

/// Something that somebody did on a day in the past.
pub struct Deed {
    pub on: NaiveDate,
    pub author: StaffId,
    pub action: Action,
}

/// What consents and contacts go by.
pub struct Visitor {
    pub number: usize,
    pub consultant: StaffId,
    pub birthday: Option<NaiveDate>,
    /// Never empty: the first one opened her file.
    pub visits: Vec<NaiveDate>,
}

pub fn customer(number: usize) -> CustomerId {
    CustomerId::new(lasting_id("customer", number))
}

/// 1997 is given to nobody as the beginning of a mobile number.
pub fn phone(number: usize) -> Option<Phone> {
    Phone::new(&format!("1997{:07}", 1_000_003 + number * 43_117)).ok()
}

/// Everything up to yesterday, in order.
pub fn deeds(today: NaiveDate, offset: ClockOffset) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = (0..COUNT).flat_map(|number| of_one(number, today, offset)).collect();
    deeds.sort_by_key(|deed| (deed.on, !matches!(deed.action, Action::AddCustomer { .. }), deed.author));
    deeds
}

fn of_one(number: usize, today: NaiveDate, offset: ClockOffset) -> Vec<Deed> {
    let Ok(name) = Name::new(&names::of_customer(number)) else { return Vec::new() };
    if let Some(deeds) = twice::of(number, name.clone(), today, offset) {
        return deeds;
    }
    let mut dice = Dice::new("customer", number);
    let steps = OLDEST / STEP;
    let first = dice.below(usize::try_from(steps).unwrap_or(1)) as u64;
    let day = |step: u64| today.checked_sub_days(Days::new(OLDEST - step * STEP)).unwrap_or(today);
    let moment = |step: u64| Moment(offset.start_of(day(step)).0 + 10 * 3_600_000);
    let consultants = salon::with_role(Role::Consultant);
    let beauticians = salon::with_role(Role::Beautician);
    let consultant = dice.pick(&consultants);

    let mut card = NewCustomer::named(name);
    card.profile = profile(&mut dice, number, consultant, day(first));
    let later = history::take(&mut card, number, today, day(first), moment(first));
    // Nobody tells of a treatment before it was done.
    let told = later.into_iter().map(|(question, answer)| {
        let done = answer.courses.iter().filter_map(|course| course.on).max().unwrap_or(day(first));
        let action = Action::AnswerQuestion { customer: customer(number), question, answer };
        Deed { on: done.succ_opt().unwrap_or(done), author: salon::person(consultant), action }
    });
    let mut deeds: Vec<Deed> = told.collect();
    let mut visits = vec![day(first)];
    for step in first + 1..steps {
        if number == 0 || dice.percent(22) {
            let note = NoteId::new(id("note", number * 100 + usize::try_from(step).unwrap_or_default(), moment(step)));
            let Ok(text) = Text::new(dice.pick(&NOTES)) else { continue };
            let action = Action::WriteCareNote { customer: customer(number), note, text };
            deeds.push(Deed { on: day(step), author: salon::person(dice.pick(&beauticians)), action });
            visits.push(day(step));
        }
    }
    card.profile.push(V::LastVisit(visits.last().copied()));
    let birthday = card.profile.iter().find_map(|value| if let V::Birthday(born) = value { *born } else { None });
    let opened = Action::AddCustomer { customer: customer(number), card: Box::new(card) };
    deeds.insert(0, Deed { on: day(first), author: salon::person(consultant), action: opened });
    let visitor = Visitor { number, consultant: salon::person(consultant), birthday, visits };
    let consents = consents::of(&visitor, today);
    deeds.extend(contacts::of(&visitor, &consents, today, offset));
    deeds.extend(consents);
    deeds
}

fn profile(dice: &mut Dice, number: usize, consultant: usize, first: NaiveDate) -> Vec<V> {
    let text = |words: &str| Name::new(words).ok();
    let mut profile = vec![
        V::Phone(phone(number)),
        V::Gender(text(if dice.percent(94) { "女" } else { "男" })),
        V::Consultant(text(salon::PEOPLE[consultant].0)),
        V::FirstVisit(Some(first)),
    ];
    if dice.percent(88) {
        let (year, day) = (1960 + dice.below(46), 1 + dice.below(365));
        let birthday = i32::try_from(year).ok().zip(u32::try_from(day).ok()).and_then(|(y, d)| NaiveDate::from_yo_opt(y, d));
        profile.push(V::Birthday(birthday));
    }
    if number == 0 || dice.percent(72) {
        profile.push(V::SkinType(Some(if number == 0 { SkinType::Sensitive } else { dice.pick(&SkinType::ALL) })));
    }
    if dice.percent(55) {
        profile.push(V::Card(text(&format!("A{:04}", 1001 + number))));
        profile.push(V::BalanceBefore(Some(Cents((dice.below(60) as i64 - 3) * 10_000))));
    }
    if dice.percent(80) {
        profile.push(V::Source(text(dice.pick(&SOURCES))));
    }
    if dice.percent(30) {
        profile.push(V::SpendingMark(Some(dice.pick(&[SpendingMark::A, SpendingMark::B, SpendingMark::C]))));
    }
    profile
}
