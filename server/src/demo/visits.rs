//! Who is expected: whenever the demo is started, some customers come that day.

use super::{
    customers::{self, customer},
    dice::{Dice, id},
    salon,
};
use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::{Action, ClockOffset, Role, VisitId};

/// On which days around today, and how many.
pub const DAYS: [(i64, usize); 3] = [(-1, 6), (0, 12), (1, 7)];

const TIMES: [(u32, u32); 12] =
    [(10, 0), (10, 0), (10, 30), (11, 30), (13, 0), (13, 30), (14, 0), (15, 0), (15, 30), (16, 30), (18, 0), (19, 0)];

/// Those of one day; the same ids whenever they are worked out again.
pub fn of_day(day: NaiveDate, count: usize, offset: ClockOffset) -> Vec<Action> {
    let beauticians = salon::with_role(Role::Beautician);
    (0..count)
        .map(|which| {
            let mut dice = Dice::new(&format!("visit {day}"), which);
            let (hour, minute) = TIMES[which % TIMES.len()];
            Action::ExpectVisit {
                customer: customer(who(day, which)),
                visit: visit(day, which, offset),
                on: day,
                // Some come when it suits them.
                at: (which == 0 || dice.percent(85)).then(|| NaiveTime::from_hms_opt(hour, minute, 0)).flatten(),
                beautician: salon::person(beauticians[which % beauticians.len()]),
                room: dice.percent(85).then(|| salon::room(which % salon::ROOMS.len())),
                service: dice.percent(90).then(|| salon::service(dice.below(salon::SERVICES.len()))),
            }
        })
        .collect()
}

/// The day's first visit: where it is known, all of that day are.
pub fn first_of(day: NaiveDate, offset: ClockOffset) -> (domain::CustomerId, VisitId) {
    (customer(who(day, 0)), visit(day, 0, offset))
}

fn visit(day: NaiveDate, which: usize, offset: ClockOffset) -> VisitId {
    VisitId::new(id(&format!("visit {day}"), which, offset.start_of(day)))
}

/// 林晓雨 comes every day, so that whoever tries the program out finds her; the others change from day to day.
fn who(day: NaiveDate, which: usize) -> usize {
    let others = customers::COUNT - 1;
    match which {
        0 => 0,
        _ => 1 + (usize::try_from(day.num_days_from_ce()).unwrap_or_default() * 7 + which * 13) % others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_expected_twice_on_a_day() {
        let start = NaiveDate::from_ymd_opt(2026, 2, 27).unwrap();
        for day in start.iter_days().take(400) {
            let mut who: Vec<usize> = (0..12).map(|which| super::who(day, which)).collect();
            who.sort_unstable();
            who.dedup();
            assert_eq!(who.len(), 12, "{day}");
        }
    }
}
