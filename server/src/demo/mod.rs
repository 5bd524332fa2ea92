//! `serve --demo`: a salon with invented customers, the same in every demo, in which it is always today.

mod consents;
mod contacts;
mod customers;
mod dice;
mod history;
mod names;
mod occasions;
mod passwords;
mod salon;
mod services;
mod stock;
mod twice;
mod visits;

use crate::{house::House, place::DataPlace, say, trouble::Trouble};
use chrono::{Days, NaiveDate};
use domain::{Action, ClockOffset, DeviceScope, Moment, Name, Role, Room, Settings, StaffId, may_work_on};
use passwords::Passwords;
use salon::{OWNER, PEOPLE, person};
use std::{collections::BTreeSet, path::Path};
use store::{Extent, NewPerson, NewSalon, Store};
use sync::Outcome;

/// One of the demo's people, as shown to whoever tries it out.
pub struct Shown {
    pub name: &'static str,
    pub role: Role,
    pub password: String,
    /// There is a kind of device that she may work on.
    pub may_work_here: bool,
}

/// Founds the demo salon where there is none, and sees to it that customers are expected today.
pub async fn ensure(house: &House, data: &Path) -> Result<Vec<Shown>, Trouble> {
    let store = &house.store;
    let founded = store.salon().await?.map(|(salon, _)| salon);
    if founded.as_ref().is_some_and(|salon| !salon.is_demo) {
        return Err(Trouble::NotADemo);
    }
    let passwords = Passwords::of_directory(data)?;
    let now = house.clock.now();
    let offset = founded.as_ref().map(|salon| salon.settings.offset).unwrap_or_default();
    let today = offset.day(now);
    if founded.is_none() {
        found(house, &passwords, Moment(now.0 - 200 * 24 * 3_600_000)).await?;
        furnish(store, today, Moment(now.0 - 199 * 24 * 3_600_000)).await?;
        live_through(store, today, offset).await?;
    } else if passwords.is_new {
        for number in 0..PEOPLE.len() {
            store.set_password(person(number), &hash(house, passwords.of(number)).await?, now).await?;
        }
    }
    expect(store, today, offset, now).await?;
    let staff = store.salon().await?.map(|(salon, _)| salon.staff).unwrap_or_default();
    let may_work = |number| {
        let person = staff.get(&person(number));
        person.is_some_and(|person| DeviceScope::ALL.into_iter().any(|device| may_work_on(person, device)))
    };
    let shown = PEOPLE.iter().enumerate().map(|(number, (name, role))| {
        let (password, may_work_here) = (passwords.of(number).to_owned(), may_work(number));
        Shown { name, role: *role, password, may_work_here }
    });
    Ok(shown.collect())
}

/// Takes the demo away, with its keys and passwords; never a real salon.
pub async fn wipe(place: &DataPlace) -> Result<(), Trouble> {
    if place.database.is_some() {
        return Err(Trouble::Demo("数据库由它的管理员删除。A PostgreSQL database is dropped by whoever runs it"));
    }
    if !place.sqlite_file().exists() {
        return Err(Trouble::NotFounded);
    }
    let _in_use = place.take()?;
    let (store, _) = place.open_founded().await?;
    let salon = store.salon().await;
    store.close().await;
    if salon?.is_none_or(|(salon, _)| !salon.is_demo) {
        return Err(Trouble::NotADemo);
    }
    let database = place.sqlite_file();
    let beside = ["db-wal", "db-shm"].map(|extension| database.with_extension(extension));
    for file in
        [database, place.data.join("in-use"), place.data.join("key"), place.data.join(passwords::FILE)].into_iter().chain(beside)
    {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Trouble::File(file, error)),
            Ok(()) | Err(_) => {}
        }
    }
    say::line("演示数据已删除。The demo salon is gone.");
    Ok(())
}

async fn found(house: &House, passwords: &Passwords, at: Moment) -> Result<(), Trouble> {
    let settings = Settings {
        offset: ClockOffset::default(),
        confirm_hours_before: 24,
        complaint_follow_up_days: 3,
        may_restart_offline: true,
    };
    let manager = new_person(house, passwords, OWNER).await?;
    let salon = NewSalon { name: Name::new(salon::NAME)?, is_demo: true, settings, manager };
    house.store.found(salon, at).await?;
    for number in (0..PEOPLE.len()).filter(|number| *number != OWNER) {
        let person = new_person(house, passwords, number).await?;
        house.store.add_person(person, at).await?;
    }
    Ok(())
}

async fn new_person(house: &House, passwords: &Passwords, number: usize) -> Result<NewPerson, Trouble> {
    let (name, role) = PEOPLE[number];
    let password_hash = Some(hash(house, passwords.of(number)).await?);
    Ok(NewPerson { id: person(number), name: Name::new(name)?, roles: BTreeSet::from([role]), password_hash })
}

async fn hash(house: &House, password: &str) -> Result<String, Trouble> {
    house.passwords.hash(password.to_owned()).await.map_err(|_| Trouble::Busy)
}

async fn furnish(store: &Store, today: NaiveDate, at: Moment) -> Result<(), Trouble> {
    let mut actions = Vec::new();
    for (number, name) in salon::ROOMS.into_iter().enumerate() {
        actions.push(Action::FurnishRoom { room: salon::room(number), is: Room { name: Name::new(name)? } });
    }
    actions.extend(services::actions()?);
    actions.extend(stock::actions(today)?);
    perform(store, person(OWNER), actions, at).await
}

/// Day by day, each person's records of the day in one go.
async fn live_through(store: &Store, today: NaiveDate, offset: ClockOffset) -> Result<(), Trouble> {
    let deeds = customers::deeds(today, offset);
    for together in deeds.chunk_by(|a, b| (a.on, a.author) == (b.on, b.author)) {
        let at = Moment(offset.start_of(together[0].on).0 + 11 * 3_600_000);
        let actions = together.iter().map(|deed| deed.action.clone()).collect();
        perform(store, together[0].author, actions, at).await?;
    }
    Ok(())
}

/// Asked at every start: the demo may have been founded days ago.
async fn expect(store: &Store, today: NaiveDate, offset: ClockOffset, now: Moment) -> Result<(), Trouble> {
    let clerk = person(salon::with_role(Role::Clerk)[0]);
    for (days, count) in visits::DAYS {
        let day = match days {
            ..0 => today.checked_sub_days(Days::new(days.unsigned_abs())),
            _ => today.checked_add_days(Days::new(days.unsigned_abs())),
        };
        let Some(day) = day else { continue };
        let (customer, visit) = visits::first_of(day, offset);
        let file = store.customer(customer).await?;
        if !file.is_some_and(|file| file.visits.contains_key(&visit)) {
            perform(store, clerk, visits::of_day(day, count, offset), now).await?;
        }
    }
    Ok(())
}

async fn perform(store: &Store, author: StaffId, actions: Vec<Action>, at: Moment) -> Result<(), Trouble> {
    let outcomes = store.perform_here(author, actions, Extent::AllOrNothing, at, |_| ()).await?;
    match outcomes.iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })) {
        true => Ok(()),
        false => Err(Trouble::Demo("有记录没有被接受。A record was not taken in")),
    }
}
