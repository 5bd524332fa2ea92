//! One woman with two files: 张敏, a customer for months, and 张姐, as she was written down again on a busy afternoon. Nobody has joined
//! them: whoever tries the program out may.

use super::{
    contacts,
    customers::{Deed, customer, phone},
    dice::id,
    occasions::CARE_CALL,
    salon,
};
use chrono::{Days, NaiveDate};
use domain::{
    Action, AllergyTag, Answer, Channel, ClockOffset, Consent, HowGiven, Moment, Name, NewCustomer, NoteId, ProfileValue as V,
    Purpose, Question, Role, Said, SkinType, Text,
};

const HURRIED: usize = 1;
const PROPER: usize = 8;

/// `None` for everybody else.
pub fn of(number: usize, name: Name, today: NaiveDate, offset: ClockOffset) -> Option<Vec<Deed>> {
    let day = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let at = |on: NaiveDate| Moment(offset.start_of(on).0 + 10 * 3_600_000);
    match number {
        PROPER => Some(proper(name, day(154), day(56), at(day(154)), offset)),
        HURRIED => Some(hurried(name, day(28), at(day(28)), offset)),
        _ => None,
    }
}

fn proper(name: Name, first: NaiveDate, last: NaiveDate, at: Moment, offset: ClockOffset) -> Vec<Deed> {
    let consultant = salon::with_role(Role::Consultant)[0];
    let text = |words: &str| Name::new(words).ok();
    let mut card = NewCustomer::named(name);
    card.profile = vec![
        V::Phone(phone(PROPER)),
        V::Gender(text("女")),
        V::Birthday(NaiveDate::from_ymd_opt(1981, 9, 12)),
        V::Consultant(text(salon::PEOPLE[consultant].0)),
        V::SkinType(Some(SkinType::Dry)),
        V::Card(text("A1009")),
        V::FirstVisit(Some(first)),
        V::LastVisit(Some(last)),
    ];
    let no = [Question::PregnantOrNursing, Question::ImplantOrPacemaker, Question::Medication, Question::DestructiveHistory];
    card.answers = no.map(|question| (question, Answer::just(Said::No))).to_vec();
    card.answers.push((Question::Allergies, Answer::just(Said::Yes)));
    card.allergies = allergy(PROPER, "水杨酸", "医院查过", at).into_iter().collect();
    let author = salon::person(consultant);
    let mut deeds =
        vec![Deed { on: first, author, action: Action::AddCustomer { customer: customer(PROPER), card: Box::new(card) } }];
    for purpose in [Purpose::HealthRecord, Purpose::CareContact, Purpose::Offers] {
        let consent = Consent { is_given: true, how: HowGiven::OnPaper, said_on: None, remark: None };
        deeds.push(Deed { on: first, author, action: Action::RecordConsent { customer: customer(PROPER), purpose, consent } });
    }
    deeds.extend(note(PROPER, last, "颈部也一起做了，说很放松，下个月再来。", offset));
    let called = CARE_CALL.talk((Channel::Phone, true, "她说做完皮肤没那么干了，这阵子家里忙，忙完再约。"));
    deeds.push(contacts::deed(PROPER, 0, days_after(last, 3), author, called, offset));
    deeds
}

/// She has begun to take something since she was asked first.
fn hurried(name: Name, on: NaiveDate, at: Moment, offset: ClockOffset) -> Vec<Deed> {
    let author = salon::person(salon::with_role(Role::Clerk)[0]);
    let mut card = NewCustomer::named(name);
    card.profile = vec![V::Phone(phone(PROPER))];
    card.allergies = allergy(HURRIED, "香精", "闻着就头晕，用了会发痒", at).into_iter().collect();
    let medicine = Answer { words: Text::new("阿司匹林，每天一片").ok(), ..Answer::just(Said::Yes) };
    card.answers = vec![(Question::Allergies, Answer::just(Said::Yes)), (Question::Medication, medicine)];
    let mut deeds = vec![Deed { on, author, action: Action::AddCustomer { customer: customer(HURRIED), card: Box::new(card) } }];
    deeds.extend(note(HURRIED, on, "人多，先做了肩颈。她说以前来过，档案没找到。", offset));
    let called = CARE_CALL.talk((Channel::WeChat, true, "问她肩颈还酸不酸，她回“好多了，周末再来”。"));
    deeds.push(contacts::deed(HURRIED, 0, days_after(on, 3), author, called, offset));
    deeds
}

fn allergy(number: usize, what: &str, remark: &str, at: Moment) -> Option<(AllergyTag, Name, Option<Text>)> {
    let tag = AllergyTag::new(id("allergy", number * 10, at));
    Some((tag, Name::new(what).ok()?, Text::new(remark).ok()))
}

fn note(number: usize, on: NaiveDate, words: &str, offset: ClockOffset) -> Option<Deed> {
    let beautician = salon::with_role(Role::Beautician)[1];
    let note = NoteId::new(id("note", number * 100, Moment(offset.start_of(on).0 + 10 * 3_600_000)));
    let action = Action::WriteCareNote { customer: customer(number), note, text: Text::new(words).ok()? };
    Some(Deed { on, author: salon::person(beautician), action })
}

fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
