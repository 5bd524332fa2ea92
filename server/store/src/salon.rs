//! The salon's standing data: one row, without its people, who are kept beside their credentials.

use crate::{NewPerson, Store, StoreError, audit, body, device, head, staff};
use domain::{BranchId, DeviceId, DeviceScope, Moment, Name, SafetyRules, Salon, Settings, StaffId, Version};
use sqlx::AnyConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

pub struct NewSalon {
    pub name: Name,
    pub is_demo: bool,
    pub settings: Settings,
    pub manager: NewPerson,
}

impl Store {
    /// The branch, its settings, its first manager, and the server itself as a device.
    pub async fn found(&self, new: NewSalon, now: Moment) -> Result<StaffId, StoreError> {
        if self.known_branch().await?.is_some() {
            return Err(StoreError::AlreadyFounded);
        }
        let manager = new.manager.id;
        let store = self.clone();
        self.write(move |tx| Box::pin(async move { found(tx, &store, new, now).await })).await?;
        // Learned from the database, so that the first of two who found at once counts for both.
        let version = self.head().await?.version;
        self.inner.tell_head(version);
        Ok(manager)
    }

    /// With its people; `None` before the founding.
    pub async fn salon(&self) -> Result<Option<(Salon, Version)>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(None) };
        self.read(move |tx| Box::pin(async move { load(tx, &branch).await })).await.map(Some)
    }
}

async fn found(tx: &mut AnyConnection, store: &Store, new: NewSalon, now: Moment) -> Result<(), StoreError> {
    // Two who found at once come one after the other.
    sqlx::query("update migration set number = number").execute(&mut *tx).await?;
    if store.inner.find_branch(tx).await?.is_some() {
        return Err(StoreError::AlreadyFounded);
    }
    let branch_id = BranchId::new(Uuid::now_v7());
    let server = DeviceId::new(Uuid::now_v7());
    let branch = store.inner.wanted().map_or_else(|| branch_id.to_string(), str::to_owned);
    let text = "insert into branch (branch_id, version, epoch, durable_version, members, server_device_id, founded_at)
        values ($1, 1, $2, 0, 1, $3, $2)";
    sqlx::query(text).bind(&branch).bind(now.0).bind(server.to_string()).execute(&mut *tx).await?;

    let manager = new.manager;
    let (name, is_demo, settings) = (new.name, new.is_demo, new.settings);
    let salon = Salon {
        branch: branch_id,
        name,
        is_demo,
        settings,
        staff: BTreeMap::new(),
        rooms: BTreeMap::new(),
        services: BTreeMap::new(),
        products: BTreeMap::new(),
        batches: BTreeMap::new(),
        instruments: BTreeMap::new(),
        rules: SafetyRules::default(),
    };
    let text = "insert into salon (branch_id, version, body, founded_body) values ($1, 1, $2, $2)";
    sqlx::query(text).bind(&branch).bind(body::json(&salon)?).execute(&mut *tx).await?;

    let person = staff::insert(tx, &branch, &manager).await?;
    let label = body::name("server")?;
    let enrolled_by = manager.id;
    device::insert(tx, &branch, &device::Device::new(server, DeviceScope::Management, label), None, enrolled_by, now).await?;
    let fact = audit::Fact::of("founded", now).by(manager.id).about(manager.id).at_version(Version(1));
    audit::append(tx, &branch, fact.with(staff::hash(&person)?)).await
}

pub(crate) async fn load(tx: &mut AnyConnection, branch: &str) -> Result<(Salon, Version), StoreError> {
    let (text, version): (String, i64) =
        sqlx::query_as("select body, version from salon where branch_id = $1").bind(branch).fetch_one(&mut *tx).await?;
    let mut salon: Salon = body::from_json(&text, "the salon's row")?;
    salon.staff = staff::all(tx, branch).await?;
    Ok((salon, Version(version)))
}

/// As it was founded, without people.
pub(crate) async fn load_founded(tx: &mut AnyConnection, branch: &str) -> Result<Salon, StoreError> {
    let (text,): (String,) =
        sqlx::query_as("select founded_body from salon where branch_id = $1").bind(branch).fetch_one(tx).await?;
    body::from_json(&text, "the salon's first row")
}

pub(crate) async fn put(tx: &mut AnyConnection, branch: &str, salon: &Salon, version: Version) -> Result<(), StoreError> {
    let bare = Salon { staff: BTreeMap::new(), ..salon.clone() };
    let text = "update salon set body = $2, version = $3 where branch_id = $1";
    sqlx::query(text).bind(branch).bind(body::json(&bare)?).bind(version.0).execute(tx).await?;
    Ok(())
}

/// Its people changed: devices fetch the row again.
pub(crate) async fn touch(tx: &mut AnyConnection, branch: &str) -> Result<Version, StoreError> {
    let version = head::next_version(tx, branch).await?;
    sqlx::query("update salon set version = $2 where branch_id = $1").bind(branch).bind(version.0).execute(tx).await?;
    Ok(version)
}
