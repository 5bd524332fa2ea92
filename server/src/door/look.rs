//! What a browser is shown before anybody has signed in: as little as will do.

use crate::{caller::Caller, fault};
use app::api::{Door, DoorDevice, DoorSalon, Fault, Tile};
use domain::{Person, Role, may_work_on};
use store::{Device, DeviceStatus};
use sync::ApiFault;

pub async fn look(caller: &Caller) -> Result<Door, Fault> {
    let house = caller.house();
    let salon = house.store.salon().await.map_err(fault::of_store)?.map(|(salon, _)| salon);
    let device = caller.any_device().await?;
    if device.as_ref().is_some_and(|device| device.status == DeviceStatus::Stolen) {
        return Err(Fault(ApiFault::Wipe));
    }
    let at_work = device.as_ref().filter(|device| device.status == DeviceStatus::Active);
    let signed_in = match at_work {
        Some(device) => caller.standing(device).await?.map(|(session, _)| session.person),
        None => None,
    };
    let may_enrol_here = salon.as_ref().is_some_and(|salon| salon.is_demo) && caller.may_enrol_here();
    let may_see_people = at_work.is_some() || may_enrol_here;
    let people = salon.iter().filter(|_| may_see_people).flat_map(|salon| salon.staff.values());
    Ok(Door {
        needs_set_up: salon.is_none(),
        people: in_order(people.filter(|person| person.is_active && works_on(person, device.as_ref()))),
        salon: salon.as_ref().map(|salon| DoorSalon { name: salon.name.clone(), is_demo: salon.is_demo }),
        device: device.map(shown),
        may_enrol_here,
        signed_in,
        server_time: house.clock.now(),
        needs_secure: !caller.is_secure(),
    })
}

/// Only those who may sign in here are shown.
fn works_on(person: &Person, device: Option<&Device>) -> bool {
    device.is_none_or(|device| may_work_on(person, device.scope))
}

fn shown(device: Device) -> DoorDevice {
    let is_revoked = device.status != DeviceStatus::Active;
    DoorDevice { id: device.id, label: device.label, scope: device.scope, is_revoked }
}

/// By role as the salon counts them, then by name.
fn in_order<'a>(people: impl Iterator<Item = &'a Person>) -> Vec<Tile> {
    let mut tiles: Vec<Tile> =
        people.map(|person| Tile { id: person.id, name: person.name.clone(), roles: person.roles.clone() }).collect();
    let first = |tile: &Tile| -> Option<Role> { tile.roles.first().copied() };
    tiles.sort_by(|a, b| (first(a), &a.name, a.id).cmp(&(first(b), &b.name, b.id)));
    tiles
}
