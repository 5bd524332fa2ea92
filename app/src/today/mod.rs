//! 今日: who comes today, to me or to anybody; the next one large.

mod day_list;
mod next_visit;
mod today_page;

pub use today_page::TodayPage;

use crate::replica::{Replica, TodayVisit};
use chrono::NaiveDate;
use domain::{Person, Role};

/// A beautician sees her own visits; whoever plans or leads sees all.
fn sees_all(person: &Person) -> bool {
    person.roles.iter().any(|role| *role != Role::Beautician)
}

fn visits_of_mine(replica: Replica, day: NaiveDate) -> Vec<TodayVisit> {
    let Some(person) = replica.person() else {
        return Vec::new();
    };
    let mut visits = replica.visits_on(day);
    visits.retain(|visit| sees_all(&person) || visit.visit.beautician == person.id);
    visits
}

/// What is done, where and by whom, in the words of the salon's own lists.
fn about(replica: Replica, visit: &crate::replica::NearVisit) -> [String; 3] {
    let Some(salon) = replica.salon() else {
        return Default::default();
    };
    let service = visit.service.and_then(|id| salon.services.get(&id)).map(|service| service.name.as_str().to_owned());
    let room = visit.room.and_then(|id| salon.rooms.get(&id)).map(|room| room.name.as_str().to_owned());
    let beautician = salon.person(visit.beautician).map(|person| person.name.as_str().to_owned());
    [service.unwrap_or_default(), room.unwrap_or_default(), beautician.unwrap_or_default()]
}
