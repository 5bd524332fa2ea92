//! `xinyan staff`: for whoever looks after the server, when nobody can sign in.

use crate::{password::Passwords, place::DataPlace, say, token, trouble::Trouble};
use clap::Subcommand;
use domain::{Moment, Name, Person, Role, Salon, StaffId};
use std::collections::BTreeSet;
use store::{NewPerson, Store};
use uuid::Uuid;

#[derive(Subcommand)]
pub enum StaffCommand {
    /// 添加一个人，给出第一个密码。Adds a person and prints a first password.
    Add {
        #[arg(long)]
        name: String,
        /// 岗位，可以有几个。A role; may be given several times.
        #[arg(long = "role", required = true, value_name = "ROLE", long_help = roles_help())]
        roles: Vec<String>,
        #[command(flatten)]
        place: DataPlace,
    },
    /// 店里有哪些人。Who works here.
    List {
        #[command(flatten)]
        place: DataPlace,
    },
    /// 离职：立刻登出，她写过的记录留着她的名字。She left: signed out at once, her records keep her name.
    Disable {
        /// 名字或编号。Name or id.
        who: String,
        #[command(flatten)]
        place: DataPlace,
    },
    /// 给一个新密码，在各处登出。A new password; signed out everywhere.
    Reset {
        /// 名字或编号。Name or id.
        who: String,
        #[command(flatten)]
        place: DataPlace,
    },
}

pub async fn run(command: StaffCommand) -> Result<(), Trouble> {
    let place = match &command {
        StaffCommand::Add { place, .. }
        | StaffCommand::List { place }
        | StaffCommand::Disable { place, .. }
        | StaffCommand::Reset { place, .. } => place,
    };
    let (store, _) = place.open_founded().await?;
    let done = carry_out(&store, &command).await;
    store.close().await;
    done
}

async fn carry_out(store: &Store, command: &StaffCommand) -> Result<(), Trouble> {
    let now = crate::clock::Clock::default().now();
    match command {
        StaffCommand::Add { name, roles, .. } => add(store, name, roles, now).await,
        StaffCommand::List { .. } => list(store).await,
        StaffCommand::Disable { who, .. } => {
            let person = find(store, who).await?;
            store.disable_person(person.id, now).await?;
            say::line(format_args!("{} 已停用。Disabled.", person.name));
            Ok(())
        }
        StaffCommand::Reset { who, .. } => {
            let person = find(store, who).await?;
            let (password, hash) = first_password().await?;
            store.set_password(person.id, &hash, now).await?;
            tell(&person.name, person.id, &password);
            Ok(())
        }
    }
}

async fn add(store: &Store, name: &str, roles: &[String], now: Moment) -> Result<(), Trouble> {
    let role_of = |word: &String| {
        let role = Role::ALL.into_iter().find(|role| word == role.word() || *word == called(*role));
        role.ok_or_else(|| Trouble::UnknownRole(word.clone(), Role::ALL.map(both_words).join(", ")))
    };
    let roles = roles.iter().map(role_of).collect::<Result<BTreeSet<_>, _>>()?;
    let (name, id) = (Name::new(name)?, StaffId::new(Uuid::now_v7()));
    let known = store.salon().await?.map(|(salon, _)| salon.staff).unwrap_or_default();
    if let Some(other) = known.values().find(|person| person.name == name) {
        say::line(format_args!("店里已经有一位 {name}（编号 {}）。There is somebody of that name already.", other.id));
    }
    let (password, hash) = first_password().await?;
    store.add_person(NewPerson { id, name: name.clone(), roles, password_hash: Some(hash) }, now).await?;
    tell(&name, id, &password);
    Ok(())
}

async fn list(store: &Store) -> Result<(), Trouble> {
    let (salon, _) = store.salon().await?.ok_or(Trouble::NotFounded)?;
    for person in salon.staff.values() {
        let roles: Vec<String> = person.roles.iter().map(|role| both_words(*role)).collect();
        let left = if person.is_active { "" } else { " 已离职 left" };
        say::line(format_args!("{} {} {}{left}", person.id, person.name, roles.join(", ")));
    }
    Ok(())
}

fn roles_help() -> String {
    format!("岗位，可以有几个。A role; may be given several times. One of: {}", Role::ALL.map(both_words).join(", "))
}

/// As the salon says it.
const fn called(role: Role) -> &'static str {
    match role {
        Role::Owner => "老板",
        Role::StoreManager => "店长",
        Role::OperationsManager => "运营经理",
        Role::Consultant => "美容顾问",
        Role::Beautician => "美容师",
        Role::Clerk => "客服专员",
        Role::ProductClerk => "产品管理专员",
        Role::Support => "后勤支持人员",
        Role::Analyst => "数据分析师",
    }
}

/// `美容师/beautician`: both are understood.
pub fn both_words(role: Role) -> String {
    format!("{}/{}", called(role), role.word())
}

async fn first_password() -> Result<(String, String), Trouble> {
    let password = token::new_password();
    let hash = Passwords::default().hash(password.clone()).await.map_err(|_| Trouble::Busy)?;
    Ok((password, hash))
}

fn tell(name: &Name, id: StaffId, password: &str) {
    say::fact("姓名 name", name);
    say::fact("编号 id", id);
    say::fact("密码 password", password);
}

async fn find(store: &Store, who: &str) -> Result<Person, Trouble> {
    let (salon, _) = store.salon().await?.ok_or(Trouble::NotFounded)?;
    let by_id = who.parse::<StaffId>().ok().and_then(|id| salon.person(id)).cloned();
    if let Some(person) = by_id {
        return Ok(person);
    }
    let mut found: Vec<Person> = salon.staff.into_values().filter(|person| person.name.as_str() == who.trim()).collect();
    match (found.pop(), found.is_empty()) {
        (Some(person), true) => Ok(person),
        (None, _) => Err(Trouble::UnknownPerson(who.to_owned())),
        (Some(last), false) => {
            let ids: Vec<String> = found.iter().chain([&last]).map(|person| person.id.to_string()).collect();
            Err(Trouble::SeveralPeople(who.to_owned(), ids.join("\n")))
        }
    }
}

/// In whose name the program does what somebody at its command line asks for: whoever leads the salon.
pub fn manager_of(salon: &Salon) -> Option<StaffId> {
    let rank =
        |role: Role| salon.staff.values().find(|person| person.is_active && person.roles.contains(&role)).map(|person| person.id);
    [Role::Owner, Role::StoreManager, Role::OperationsManager].into_iter().find_map(rank)
}
