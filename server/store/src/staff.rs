//! Who works here, what she may do, and the hashes of what she proves it with.

use crate::{Store, StoreError, audit, body, salon, session};
use domain::{Moment, Name, Person, Role, StaffId};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};

pub struct NewPerson {
    pub id: StaffId,
    pub name: Name,
    pub roles: BTreeSet<Role>,
    pub password_hash: Option<String>,
}

/// Who did it, and when; nobody for what is done at the server itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub by: Option<StaffId>,
    pub at: Moment,
}

impl From<Moment> for Act {
    fn from(at: Moment) -> Self {
        Self { by: None, at }
    }
}

#[derive(Clone)]
pub struct Credentials {
    pub person: Person,
    pub password_hash: Option<String>,
    pub pin_hash: Option<String>,
    /// Rises with each new password.
    pub password_generation: i64,
}

impl Act {
    fn fact(self, kind: &'static str) -> audit::Fact {
        let fact = audit::Fact::of(kind, self.at);
        match self.by {
            Some(by) => fact.by(by),
            None => fact,
        }
    }
}

impl Store {
    pub async fn add_person(&self, new: NewPerson, act: impl Into<Act>) -> Result<(), StoreError> {
        let (branch, act) = (self.branch().await?, act.into());
        self.write(move |tx| {
            Box::pin(async move {
                let version = salon::touch(tx, &branch).await?;
                let person = insert(tx, &branch, &new).await?;
                let fact = act.fact("person_added").about(new.id).at_version(version).with(hash(&person)?);
                audit::append(tx, &branch, fact).await
            })
        })
        .await
    }

    /// She left: what she wrote keeps her name, her sessions end at once.
    pub async fn disable_person(&self, id: StaffId, act: impl Into<Act>) -> Result<(), StoreError> {
        self.change_person(id, "person_disabled", act.into(), |person| person.is_active = false).await
    }

    pub async fn enable_person(&self, id: StaffId, act: impl Into<Act>) -> Result<(), StoreError> {
        self.change_person(id, "person_enabled", act.into(), |person| person.is_active = true).await
    }

    pub async fn set_roles(&self, id: StaffId, roles: BTreeSet<Role>, act: impl Into<Act>) -> Result<(), StoreError> {
        self.change_person(id, "roles_set", act.into(), move |person| person.roles = roles).await
    }

    async fn change_person(
        &self,
        id: StaffId,
        kind: &'static str,
        act: Act,
        change: impl FnOnce(&mut Person) + Send + 'static,
    ) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let version = salon::touch(tx, &branch).await?;
                let mut person = credentials(tx, &branch, id).await?.ok_or(StoreError::UnknownPerson)?.person;
                change(&mut person);
                let text = "update staff set roles = $3, is_active = $4 where branch_id = $1 and staff_id = $2";
                sqlx::query(text)
                    .bind(&branch)
                    .bind(id.to_string())
                    .bind(words(&person.roles))
                    .bind(i64::from(person.is_active))
                    .execute(&mut *tx)
                    .await?;
                // Rights are looked at when she comes in: with others she comes in anew.
                if !person.is_active || kind == "roles_set" {
                    session::end_of_person(tx, &branch, id).await?;
                }
                let fact = act.fact(kind).about(id).at_version(version).with(hash(&person)?);
                audit::append(tx, &branch, fact).await
            })
        })
        .await
    }

    /// Her sessions end at once; her PIN goes with the old password.
    pub async fn set_password(&self, id: StaffId, hash: &str, act: impl Into<Act>) -> Result<(), StoreError> {
        let (branch, hash, act) = (self.branch().await?, hash.to_owned(), act.into());
        self.write(move |tx| {
            Box::pin(async move {
                crate::head::lock(tx, &branch).await?;
                let text = "update staff set password_hash = $3, pin_hash = null, password_generation = password_generation + 1
                    where branch_id = $1 and staff_id = $2";
                let changed = sqlx::query(text).bind(&branch).bind(id.to_string()).bind(hash).execute(&mut *tx).await?;
                if changed.rows_affected() == 0 {
                    return Err(StoreError::UnknownPerson);
                }
                session::end_of_person(tx, &branch, id).await?;
                audit::append(tx, &branch, act.fact("password_set").about(id)).await
            })
        })
        .await
    }

    pub async fn set_pin(&self, id: StaffId, hash: &str) -> Result<(), StoreError> {
        let (branch, hash) = (self.branch().await?, hash.to_owned());
        self.write(move |tx| {
            Box::pin(async move {
                let text = "update staff set pin_hash = $3 where branch_id = $1 and staff_id = $2";
                let changed = sqlx::query(text).bind(branch).bind(id.to_string()).bind(hash).execute(tx).await?;
                if changed.rows_affected() == 0 { Err(StoreError::UnknownPerson) } else { Ok(()) }
            })
        })
        .await
    }

    pub async fn credentials(&self, id: StaffId) -> Result<Option<Credentials>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(None) };
        self.read(move |tx| Box::pin(async move { credentials(tx, &branch, id).await })).await
    }
}

type StaffRow = (String, String, String, i64);

pub(crate) async fn all(tx: &mut AnyConnection, branch: &str) -> Result<BTreeMap<StaffId, Person>, StoreError> {
    let text = "select staff_id, name, roles, is_active from staff where branch_id = $1";
    let rows: Vec<StaffRow> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    rows.into_iter().map(|row| person(row).map(|person| (person.id, person))).collect()
}

async fn credentials(tx: &mut AnyConnection, branch: &str, id: StaffId) -> Result<Option<Credentials>, StoreError> {
    type Row = (String, String, String, i64, Option<String>, Option<String>, i64);
    let text = "select staff_id, name, roles, is_active, password_hash, pin_hash, password_generation
        from staff where branch_id = $1 and staff_id = $2";
    let row: Option<Row> = sqlx::query_as(text).bind(branch).bind(id.to_string()).fetch_optional(tx).await?;
    row.map(|(id, name, roles, is_active, password_hash, pin_hash, password_generation)| {
        Ok(Credentials { person: person((id, name, roles, is_active))?, password_hash, pin_hash, password_generation })
    })
    .transpose()
}

pub(crate) async fn insert(tx: &mut AnyConnection, branch: &str, new: &NewPerson) -> Result<Person, StoreError> {
    let text = "insert into staff (branch_id, staff_id, name, roles, is_active, password_hash, pin_hash, password_generation)
        values ($1, $2, $3, $4, 1, $5, null, 1)";
    sqlx::query(text)
        .bind(branch)
        .bind(new.id.to_string())
        .bind(new.name.as_str())
        .bind(words(&new.roles))
        .bind(new.password_hash.as_deref())
        .execute(tx)
        .await?;
    Ok(Person { id: new.id, name: new.name.clone(), roles: new.roles.clone(), is_active: true })
}

/// What the audit remembers of a person, so that roles changed behind the program's back are found.
pub(crate) fn hash(person: &Person) -> Result<String, StoreError> {
    Ok(body::hex(&body::digest(&[&body::json(person)?])))
}

fn words(roles: &BTreeSet<Role>) -> String {
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ")
}

fn person((id, name, roles, is_active): StaffRow) -> Result<Person, StoreError> {
    let roles = roles.split_whitespace().map(|word| Role::from_word(word).ok_or(StoreError::Damaged { what: "a role" }));
    Ok(Person {
        id: body::id(&id)?,
        name: body::name(&name)?,
        roles: roles.collect::<Result<_, _>>()?,
        is_active: is_active == 1,
    })
}
