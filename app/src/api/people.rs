//! Who works here, for managers.

use super::{DoorRefusal, Fault};
use domain::{Name, Person, Role, StaffId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;
use std::{collections::BTreeSet, fmt};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    pub person: Person,
    pub has_pin: bool,
}

/// Said once, to be read out or written down; nobody can look it up again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPassword(pub String);

impl fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FirstPassword(…)")
    }
}

/// Everybody who ever worked here; empty for those who don't manage.
#[server(name = ListPeople, endpoint = "people/list", input = Json)]
pub async fn people() -> Result<Vec<PersonCard>, Fault> {
    super::back_office::ask()?.people().await
}

#[server(name = AddPerson, endpoint = "people/add", input = Json)]
pub async fn add_person(name: Name, roles: BTreeSet<Role>) -> Result<Result<FirstPassword, DoorRefusal>, Fault> {
    super::back_office::ask()?.add_person(name, roles).await
}

/// Her sessions end: with other rights she comes in anew.
#[server(name = SetRoles, endpoint = "people/set-roles", input = Json)]
pub async fn set_roles(person: StaffId, roles: BTreeSet<Role>) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.set_roles(person, roles).await
}

/// Whoever left is signed out at once; her records keep her name. She may come back.
#[server(name = SetAtWork, endpoint = "people/set-at-work", input = Json)]
pub async fn set_at_work(person: StaffId, is_at_work: bool) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.set_at_work(person, is_at_work).await
}

/// For a forgotten password or PIN: both go, and she is signed out everywhere.
#[server(name = ResetPassword, endpoint = "people/reset-password", input = Json)]
pub async fn reset_password(person: StaffId) -> Result<Result<FirstPassword, DoorRefusal>, Fault> {
    super::back_office::ask()?.reset_password(person).await
}
