//! What people do on a file that they have before them.

use crate::chance::Chance;
use domain::{
    Action, AllergyTag, Answer, Channel, Consent, ContactId, CustomerId, Direction, HowGiven, Matter, Moment, Name, NoteId,
    ProfileValue, Purpose, Question, Release, Said, Salon, SkinFinding, SkinTrouble, StaffId, Talk, Text, UseId, UseOf, Used,
    Zone, judge_use,
};
use sync::CustomerRow;

/// What somebody has before her.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    pub salon: &'a Salon,
    pub view: &'a CustomerRow,
    /// Files that may be joined to this one.
    pub others: &'a [CustomerId],
    pub now: Moment,
}

pub fn choose(chance: &mut Chance, customer: CustomerId, screen: Screen<'_>) -> Vec<Action> {
    match chance.below(14) {
        12.. if !screen.others.is_empty() => about_who_is_who(chance, screen.view, screen.others),
        thing @ 8..12 => vec![treatment(chance, thing, customer, screen)],
        thing => vec![one(chance, thing, customer, screen.view)],
    }
}

/// What is seen of her skin and put on it, and who has seen that it was.
fn treatment(chance: &mut Chance, thing: u64, customer: CustomerId, screen: Screen<'_>) -> Action {
    let Screen { salon, view, now, .. } = screen;
    let words = format!("第{}次", chance.below(1_000_000));
    let to_confirm = view.file.uses_to_confirm().next();
    match (thing, to_confirm) {
        (8, _) => {
            let what = SkinTrouble::ALL[chance.below(3) as usize];
            let findings = if chance.is(60) { vec![] } else { vec![SkinFinding { what, zone: Some(Zone::Cheeks) }] };
            Action::LookAtSkin { customer, findings }
        }
        (9, Some(usage)) => Action::ConfirmUse { customer, usage, is_alone: false },
        _ => {
            let known = salon.batches.iter().next().map(|(batch, is)| (*batch, is.product));
            let (Some((batch, product)), Some(by)) = (known, senior(salon)) else { return note(chance, customer, &words) };
            let batch = (!chance.is(20)).then_some(batch);
            let (zone, opens) = (Zone::Cheeks, false);
            let day = salon.settings.offset.day(now);
            let judged = judge_use(salon, &view.file, UseOf { product, batch, zone, opens }, day);
            let release = chance.is(50).then(|| Release { by, reason: Text::new("皮肤状况良好").unwrap() });
            let is = Box::new(Used { product, batch, zone, judged, release, known: None, opens, during: None });
            Action::UseProduct { customer, usage: UseId::new(chance.uuid()), is }
        }
    }
}

fn senior(salon: &Salon) -> Option<StaffId> {
    salon.seniors().next().map(|person| person.id)
}

fn one(chance: &mut Chance, thing: u64, customer: CustomerId, view: &CustomerRow) -> Action {
    let words = format!("第{}次", chance.below(1_000_000));
    match thing {
        0 => Action::CorrectProfile { customer, value: ProfileValue::Hobbies(Text::new(&words).ok()) },
        1 => Action::AddAllergy { customer, tag: AllergyTag::new(chance.uuid()), what: Name::new(&words).unwrap(), remark: None },
        2 => match view.file.allergies.active().next() {
            Some((tag, _)) => {
                Action::ResolveAllergy { customer, tags: [tag].into(), reason: Text::new("复测无反应").unwrap() }
            }
            None => note(chance, customer, &words),
        },
        3 => Action::AnswerQuestion {
            customer,
            question: Question::Medication,
            answer: match chance.is(50) {
                true => Answer { words: Text::new(&words).ok(), ..Answer::just(Said::Yes) },
                false => Answer::just(Said::No),
            },
        },
        4 => consent(chance, customer, &words),
        5 => contact(chance, customer, &words),
        6 => Action::OpenFile { customer },
        _ => note(chance, customer, &words),
    }
}

fn note(chance: &mut Chance, customer: CustomerId, words: &str) -> Action {
    Action::WriteCareNote { customer, note: NoteId::new(chance.uuid()), text: Text::new(words).unwrap() }
}

fn consent(chance: &mut Chance, customer: CustomerId, words: &str) -> Action {
    let purpose = Purpose::ALL[chance.below(Purpose::ALL.len() as u64) as usize];
    let consent = Consent { is_given: chance.is(50), how: HowGiven::ByPhone, said_on: None, remark: Text::new(words).ok() };
    Action::RecordConsent { customer, purpose, consent }
}

fn contact(chance: &mut Chance, customer: CustomerId, words: &str) -> Action {
    let about = Matter::ALL[chance.below(Matter::ALL.len() as u64) as usize];
    let text = Text::new(words).ok();
    let is = Talk { channel: Channel::Phone, direction: Direction::ByUs, about, is_reached: chance.is(50), on: None, text };
    Action::LogContact { customer, contact: ContactId::new(chance.uuid()), is }
}

/// Two files are of one person, or were not.
fn about_who_is_who(chance: &mut Chance, view: &CustomerRow, others: &[CustomerId]) -> Vec<Action> {
    let customer = view.file.id;
    match view.file.joined.keys().next().copied() {
        Some(other) if chance.is(60) => vec![Action::PartFiles { customer, other }],
        _ => vec![Action::JoinFiles { customer, other: others[chance.below(others.len() as u64) as usize] }],
    }
}
