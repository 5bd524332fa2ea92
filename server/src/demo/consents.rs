//! What the demo's customers let the salon do: most signed a form at their first visit, some were never asked, a few took something back.

use super::{
    customers::{Deed, Visitor, customer},
    dice::Dice,
    names,
};
use chrono::{Days, NaiveDate};
use domain::{Action, Consent, HowGiven, Purpose, Text};

/// Who took back what she had signed, how, and why.
const TAKEN_BACK: [(usize, Purpose, HowGiven, &str); 3] = [
    (17, Purpose::Offers, HowGiven::ByMessage, "消息太多，不想再收。"),
    (43, Purpose::PhotosShown, HowGiven::InPerson, "朋友认出她来了，请不要再给别人看。"),
    (88, Purpose::CareContact, HowGiven::ByPhone, "上班不方便接电话，要来她自己约。"),
];

pub fn of(visitor: &Visitor, today: NaiveDate) -> Vec<Deed> {
    let (Some(first), Some(last)) = (visitor.visits.first().copied(), visitor.visits.last().copied()) else { return Vec::new() };
    if names::is_still_to_be_asked(visitor.number) {
        return Vec::new();
    }
    let mut dice = Dice::new("consent", visitor.number);
    let taken_back = TAKEN_BACK.into_iter().find(|(whose, ..)| *whose == visitor.number);
    let (on, how) = match taken_back.is_some() || dice.percent(82) {
        true => (first, if dice.percent(88) { HowGiven::OnPaper } else { HowGiven::InPerson }),
        false if last > first && dice.percent(50) => (last, dice.pick(&[HowGiven::InPerson, HowGiven::ByMessage])),
        false => return Vec::new(),
    };
    let mut said = form(&mut dice);
    if let Some((_, purpose, ..)) = taken_back {
        said.retain(|(about, _)| *about != purpose);
        said.push((purpose, true));
    }
    let asked = said.into_iter().map(|(purpose, is_given)| {
        let remark = if is_given || dice.percent(40) { None } else { Text::new(why_not(purpose)).ok() };
        // She signs what she agrees to.
        let how = if !is_given && how == HowGiven::OnPaper { HowGiven::InPerson } else { how };
        deed(visitor, on, purpose, Consent { is_given, how, said_on: None, remark })
    });
    let mut deeds: Vec<Deed> = asked.collect();
    if let Some((_, purpose, how, why)) = taken_back {
        let half = today.signed_duration_since(first).num_days().unsigned_abs() / 2;
        let on = first.checked_add_days(Days::new(half)).unwrap_or(first);
        deeds.push(deed(visitor, on, purpose, Consent { is_given: false, how, said_on: None, remark: Text::new(why).ok() }));
    }
    deeds
}

/// What she had said for a purpose by the end of that day; `None` while nobody had asked her.
pub fn said(deeds: &[Deed], about: Purpose, on: NaiveDate) -> Option<bool> {
    deeds.iter().rev().filter(|deed| deed.on <= on).find_map(|deed| match &deed.action {
        Action::RecordConsent { purpose, consent, .. } if *purpose == about => Some(consent.is_given),
        _ => None,
    })
}

/// Nobody reads out all of it: what comes late in the form is asked less often.
fn form(dice: &mut Dice) -> Vec<(Purpose, bool)> {
    let mut said = vec![(Purpose::HealthRecord, true)];
    let mut ask = |purpose, yes: usize, no: usize| {
        let roll = dice.below(100);
        if roll < yes + no {
            said.push((purpose, roll < yes));
        }
        roll < yes
    };
    ask(Purpose::CareContact, 92, 3);
    ask(Purpose::Offers, 58, 9);
    if ask(Purpose::Photos, 45, 5) {
        ask(Purpose::PhotosShown, 20, 15);
    }
    said
}

const fn why_not(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::HealthRecord => "不想让店里记这些。",
        Purpose::CareContact => "要来她自己会打电话。",
        Purpose::Offers => "各家店的消息太多了。",
        Purpose::Photos => "不习惯拍照。",
        Purpose::PhotosShown => "自己看可以，别人不行。",
    }
}

fn deed(visitor: &Visitor, on: NaiveDate, purpose: Purpose, consent: Consent) -> Deed {
    Deed {
        on,
        author: visitor.consultant,
        action: Action::RecordConsent { customer: customer(visitor.number), purpose, consent },
    }
}
