//! Who works here: added, given other roles, dismissed and taken back, helped where she has forgotten her password.

use super::devices::manager;
use crate::{caller::Caller, fault, session, token};
use app::api::{DoorRefusal, Fault, FirstPassword, PersonCard};
use domain::{Name, Person, Role, StaffId, may_manage};
use std::collections::BTreeSet;
use store::{Act, NewPerson};
use uuid::Uuid;

pub async fn people(caller: &Caller) -> Result<Vec<PersonCard>, Fault> {
    if manager(caller).await?.is_none() {
        return Ok(Vec::new());
    }
    let store = &caller.house().store;
    let salon = store.salon().await.map_err(fault::of_store)?;
    let mut cards = Vec::new();
    for (id, person) in salon.map(|(salon, _)| salon.staff).unwrap_or_default() {
        let known = store.credentials(id).await.map_err(fault::of_store)?;
        cards.push(PersonCard { person, has_pin: known.is_some_and(|known| known.pin_hash.is_some()) });
    }
    Ok(cards)
}

pub async fn add_person(caller: &Caller, name: Name, roles: BTreeSet<Role>) -> Result<Result<FirstPassword, DoorRefusal>, Fault> {
    if roles.is_empty() {
        return Ok(Err(DoorRefusal::BadForm));
    }
    let id = StaffId::new(Uuid::now_v7());
    let Some(act) = act(caller, id, &[&roles]).await? else { return Ok(Err(DoorRefusal::NotAllowed)) };
    let (password, hash) = first_password(caller).await?;
    let new = NewPerson { id, name, roles, password_hash: Some(hash) };
    caller.house().store.add_person(new, act).await.map_err(fault::of_store)?;
    Ok(Ok(password))
}

pub async fn set_roles(caller: &Caller, id: StaffId, roles: BTreeSet<Role>) -> Result<Result<(), DoorRefusal>, Fault> {
    if roles.is_empty() {
        return Ok(Err(DoorRefusal::BadForm));
    }
    let held = roles_of(caller, id).await?;
    let Some(act) = act(caller, id, &[&held, &roles]).await? else { return Ok(Err(DoorRefusal::NotAllowed)) };
    caller.house().store.set_roles(id, roles, act).await.map_err(fault::of_store)?;
    Ok(Ok(()))
}

pub async fn set_at_work(caller: &Caller, id: StaffId, is_at_work: bool) -> Result<Result<(), DoorRefusal>, Fault> {
    let held = roles_of(caller, id).await?;
    let Some(act) = act(caller, id, &[&held]).await? else { return Ok(Err(DoorRefusal::NotAllowed)) };
    let store = &caller.house().store;
    let done = if is_at_work { store.enable_person(id, act).await } else { store.disable_person(id, act).await };
    done.map_err(fault::of_store)?;
    Ok(Ok(()))
}

pub async fn reset_password(caller: &Caller, id: StaffId) -> Result<Result<FirstPassword, DoorRefusal>, Fault> {
    let held = roles_of(caller, id).await?;
    let Some(act) = act(caller, id, &[&held]).await? else { return Ok(Err(DoorRefusal::NotAllowed)) };
    let (password, hash) = first_password(caller).await?;
    caller.house().store.set_password(id, &hash, act).await.map_err(fault::of_store)?;
    Ok(Ok(password))
}

async fn first_password(caller: &Caller) -> Result<(FirstPassword, String), Fault> {
    let password = token::new_password();
    let hash = caller.house().passwords.hash(password.clone()).await?;
    Ok((FirstPassword(password), hash))
}

/// By whoever is signed in, now; `None` where it is not for her to do.
async fn act(caller: &Caller, whom: StaffId, roles: &[&BTreeSet<Role>]) -> Result<Option<Act>, Fault> {
    let by = signed_in(caller).await?.filter(|by| roles.iter().all(|roles| may_manage(by, whom, roles)));
    Ok(by.map(|by| Act { by: Some(by.id), at: caller.house().clock.now() }))
}

async fn signed_in(caller: &Caller) -> Result<Option<Person>, Fault> {
    match manager(caller).await? {
        Some(by) => Ok(session::credentials(caller.house(), by).await?.map(|known| known.person)),
        None => Ok(None),
    }
}

async fn roles_of(caller: &Caller, id: StaffId) -> Result<BTreeSet<Role>, Fault> {
    let known = caller.house().store.credentials(id).await.map_err(fault::of_store)?;
    Ok(known.map(|known| known.person.roles).unwrap_or_default())
}
