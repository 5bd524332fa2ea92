//! Who got in touch with whom around the demo's visits: reminders, care calls, greetings, and what customers said by themselves.

use super::{
    consents,
    customers::{Deed, Visitor, customer},
    dice::{Dice, id},
    names,
    occasions::{BIRTHDAY, CARE_CALL, COMPLAINT, OFFER, Occasion, REMINDER, REQUEST},
    salon,
};
use chrono::{Datelike, Days, NaiveDate};
use domain::{Action, ClockOffset, ContactId, Direction, Matter, Moment, Purpose, Role, StaffId, Talk};

/// Up to yesterday. Nobody is called about what she does not want.
pub fn of(visitor: &Visitor, consents: &[Deed], today: NaiveDate, offset: ClockOffset) -> Vec<Deed> {
    if names::is_still_to_be_asked(visitor.number) {
        return Vec::new();
    }
    let mut dice = Dice::new("contact", visitor.number);
    let mut talks = around_visits(visitor, &mut dice);
    talks.extend(birthdays(visitor, today).filter(|_| dice.percent(50)).map(|on| (on, visitor.consultant, BIRTHDAY)));
    let talks = talks.into_iter().map(|(on, author, occasion)| (on, author, occasion.talk(dice.pick(occasion.lines))));
    let is_so = |(on, _, talk): &(NaiveDate, StaffId, Talk)| {
        visitor.visits.first().is_some_and(|first| first <= on) && *on < today && is_welcome(consents, *on, talk)
    };
    let logged =
        talks.filter(is_so).enumerate().map(|(which, (on, author, is))| deed(visitor.number, which, on, author, is, offset));
    logged.collect()
}

pub fn deed(number: usize, which: usize, on: NaiveDate, author: StaffId, is: Talk, offset: ClockOffset) -> Deed {
    let at = Moment(offset.start_of(on).0 + 11 * 3_600_000);
    let contact = ContactId::new(id("contact", number * 100 + which, at));
    Deed { on, author, action: Action::LogContact { customer: customer(number), contact, is } }
}

fn around_visits(visitor: &Visitor, dice: &mut Dice) -> Vec<(NaiveDate, StaffId, Occasion)> {
    let clerk = salon::person(salon::with_role(Role::Clerk)[0]);
    let beauticians = salon::with_role(Role::Beautician);
    let before = |day: NaiveDate, days| day.checked_sub_days(Days::new(days)).unwrap_or(day);
    let after = |day: NaiveDate, days| day.checked_add_days(Days::new(days)).unwrap_or(day);
    let mut talks = Vec::new();
    for visit in &visitor.visits {
        match dice.below(100) {
            ..12 => talks.push((before(*visit, 1), clerk, REQUEST)),
            12..42 => talks.push((before(*visit, 1), clerk, REMINDER)),
            _ => {}
        }
        if dice.percent(5) {
            talks.push((*visit, salon::person(dice.pick(&beauticians)), COMPLAINT));
        }
        if dice.percent(40) {
            talks.push((after(*visit, 3), visitor.consultant, CARE_CALL));
        }
        if dice.percent(15) {
            talks.push((after(*visit, 13), clerk, OFFER));
        }
    }
    talks
}

fn birthdays(visitor: &Visitor, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let born = visitor.birthday;
    (today.year() - 1..=today.year()).filter_map(move |year| born?.with_year(year))
}

/// Offers go only to those who agreed to them. A greeting is as unwelcome as a care call to whoever wants no calls.
fn is_welcome(consents: &[Deed], on: NaiveDate, talk: &Talk) -> bool {
    match (talk.direction, talk.about) {
        (Direction::ByHer, _) => true,
        (Direction::ByUs, Matter::Offer) => consents::said(consents, Purpose::Offers, on) == Some(true),
        (Direction::ByUs, _) => consents::said(consents, Purpose::CareContact, on) != Some(false),
    }
}
