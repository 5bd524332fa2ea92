//! The salon's tablets and browsers: what each is for, and whether it still belongs to us.

use crate::{Store, StoreError, audit, body, head, ledger};
use domain::{DeviceId, DeviceScope, Moment, Name, Seq, StaffId};
use sqlx::AnyConnection;
use sync::Epoch;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub id: DeviceId,
    pub scope: DeviceScope,
    pub label: Name,
    pub generation: i64,
    pub status: DeviceStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceStatus {
    Active,
    /// It may hand in what it holds, to quarantine, and is wiped then.
    Revoked,
    /// It is wiped at once.
    Stolen,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCard {
    pub device: Device,
    pub last_contact: Option<Moment>,
    pub last_seq: Seq,
    pub enrolled_by: StaffId,
    pub enrolled_at: Moment,
    /// What it last said of itself, as it said it, and when.
    pub report: Option<(String, Moment)>,
}

impl DeviceStatus {
    const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Stolen => "stolen",
        }
    }
}

impl Device {
    pub const FIRST_GENERATION: i64 = 1;

    pub(crate) const fn new(id: DeviceId, scope: DeviceScope, label: Name) -> Self {
        Self { id, scope, label, generation: Self::FIRST_GENERATION, status: DeviceStatus::Active }
    }
}

impl Store {
    /// Without a code: the set-up link, and the demo on this very machine.
    pub async fn enrol_directly(
        &self,
        scope: DeviceScope,
        label: Name,
        cookie_hash: [u8; 32],
        by: StaffId,
        now: Moment,
    ) -> Result<Device, StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| Box::pin(async move { enrol(tx, &branch, scope, label, cookie_hash, by, now).await })).await
    }

    pub async fn device_by_cookie(&self, cookie_hash: [u8; 32]) -> Result<Option<Device>, StoreError> {
        self.device_where("cookie_hash", body::hex(&cookie_hash)).await
    }

    /// A device that was enrolled; `None` for the server itself, which nobody can be.
    pub async fn device(&self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        self.device_where("device_id", id.to_string()).await
    }

    async fn device_where(&self, column: &'static str, value: String) -> Result<Option<Device>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(None) };
        self.read(move |tx| {
            Box::pin(async move {
                let text = format!(
                    "select device_id, scope, label, generation, status from device
                    where branch_id = $1 and {column} = $2 and cookie_hash is not null"
                );
                let row: Option<DeviceRow> =
                    sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(branch).bind(value).fetch_optional(tx).await?;
                row.map(device).transpose()
            })
        })
        .await
    }

    /// In place of the one it had: whoever holds that one is no longer this device.
    pub async fn set_device_cookie(&self, id: DeviceId, cookie_hash: [u8; 32], now: Moment) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                head::lock(tx, &branch).await?;
                let text = "update device set cookie_hash = $3 where branch_id = $1 and device_id = $2";
                sqlx::query(text).bind(&branch).bind(id.to_string()).bind(body::hex(&cookie_hash)).execute(&mut *tx).await?;
                audit::append(tx, &branch, audit::Fact::of("device_known_again", now).on(id)).await
            })
        })
        .await
    }

    /// In the order of their enrolment; the server itself is not among them.
    pub async fn devices(&self) -> Result<Vec<DeviceCard>, StoreError> {
        type Row = (String, String, String, i64, String, Option<i64>, i64, String, i64, Option<String>, Option<i64>);
        let Some(branch) = self.known_branch().await? else { return Ok(Vec::new()) };
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select d.device_id, d.scope, d.label, d.generation, d.status, d.last_contact_at,
                        (select coalesce(max(u.seq), 0) from (
                            select l.seq as seq from ledger l where l.branch_id = d.branch_id and l.device_id = d.device_id
                            union all
                            select m.to_seq from lost m where m.branch_id = d.branch_id and m.device_id = d.device_id
                        ) u),
                        d.enrolled_by, d.enrolled_at, d.report, d.report_at
                    from device d join branch b on b.branch_id = d.branch_id
                    where d.branch_id = $1 and d.device_id <> b.server_device_id
                    order by d.enrolled_at, d.device_id";
                let rows: Vec<Row> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
                rows.into_iter()
                    .map(|(id, scope, label, generation, status, contact, seq, by, at, report, report_at)| {
                        Ok(DeviceCard {
                            device: device((id, scope, label, generation, status))?,
                            last_contact: contact.map(Moment),
                            last_seq: Seq(seq),
                            enrolled_by: body::id(&by)?,
                            enrolled_at: Moment(at),
                            report: report.zip(report_at.map(Moment)),
                        })
                    })
                    .collect()
            })
        })
        .await
    }

    /// What a device says of itself.
    pub async fn note_report(&self, id: DeviceId, report: String, now: Moment) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text = "update device set report = $3, report_at = $4 where branch_id = $1 and device_id = $2";
                sqlx::query(text).bind(branch).bind(id.to_string()).bind(report).bind(now.0).execute(tx).await?;
                Ok(())
            })
        })
        .await
    }

    /// The number that the device's next entry has to have.
    pub async fn next_seq(&self, id: DeviceId) -> Result<Seq, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| Box::pin(async move { ledger::next(tx, &branch, id).await })).await
    }

    /// Its sessions end at once.
    pub async fn set_device_status(
        &self,
        id: DeviceId,
        status: DeviceStatus,
        by: StaffId,
        now: Moment,
    ) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                head::lock(tx, &branch).await?;
                // What it said of itself before says nothing of how it stands now.
                let text =
                    "update device set status = $3, report = null, report_at = null where branch_id = $1 and device_id = $2";
                let changed = sqlx::query(text).bind(&branch).bind(id.to_string()).bind(status.word()).execute(&mut *tx).await?;
                if changed.rows_affected() == 0 {
                    return Err(StoreError::UnknownDevice);
                }
                sqlx::query("delete from session where branch_id = $1 and device_id = $2")
                    .bind(&branch)
                    .bind(id.to_string())
                    .execute(&mut *tx)
                    .await?;
                let kind = match status {
                    DeviceStatus::Active => "device_active",
                    DeviceStatus::Revoked => "device_revoked",
                    DeviceStatus::Stolen => "device_stolen",
                };
                audit::append(tx, &branch, audit::Fact::of(kind, now).on(id).by(by)).await
            })
        })
        .await
    }
}

type DeviceRow = (String, String, String, i64, String);

pub(crate) async fn enrol(
    tx: &mut AnyConnection,
    branch: &str,
    scope: DeviceScope,
    label: Name,
    cookie_hash: [u8; 32],
    by: StaffId,
    now: Moment,
) -> Result<Device, StoreError> {
    head::lock(tx, branch).await?;
    let device = Device::new(DeviceId::new(Uuid::now_v7()), scope, label);
    insert(tx, branch, &device, Some(cookie_hash), by, now).await?;
    audit::append(tx, branch, audit::Fact::of("device_enrolled", now).on(device.id).by(by)).await?;
    Ok(device)
}

pub(crate) async fn insert(
    tx: &mut AnyConnection,
    branch: &str,
    device: &Device,
    cookie_hash: Option<[u8; 32]>,
    by: StaffId,
    now: Moment,
) -> Result<(), StoreError> {
    let text = "insert into device (branch_id, device_id, scope, label, generation, status, cookie_hash, epoch, enrolled_by,
            enrolled_at, last_contact_at)
        select branch_id, $2, $3, $4, $5, $6, $7, epoch, $8, $9, $9 from branch where branch_id = $1";
    sqlx::query(text)
        .bind(branch)
        .bind(device.id.to_string())
        .bind(device.scope.word())
        .bind(device.label.as_str())
        .bind(device.generation)
        .bind(device.status.word())
        .bind(cookie_hash.map(|hash| body::hex(&hash)))
        .bind(by.to_string())
        .bind(now.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// With the epoch whose entries it has handed in: until that is the salon's, it may still hold some from before a restore.
pub(crate) async fn load(tx: &mut AnyConnection, branch: &str, id: DeviceId) -> Result<(Device, Epoch), StoreError> {
    type Row = (String, String, String, i64, String, i64);
    let text = "select device_id, scope, label, generation, status, epoch from device where branch_id = $1 and device_id = $2";
    let row: Option<Row> = sqlx::query_as(text).bind(branch).bind(id.to_string()).fetch_optional(tx).await?;
    let (id, scope, label, generation, status, epoch) = row.ok_or(StoreError::UnknownDevice)?;
    Ok((device((id, scope, label, generation, status))?, Epoch(epoch)))
}

/// As `load`, without its epoch; `None` where there is no such device, or no more.
pub(crate) async fn find(tx: &mut AnyConnection, branch: &str, id: DeviceId) -> Result<Option<Device>, StoreError> {
    match load(tx, branch, id).await {
        Ok((device, _)) => Ok(Some(device)),
        Err(StoreError::UnknownDevice) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(crate) async fn server(tx: &mut AnyConnection, branch: &str) -> Result<DeviceId, StoreError> {
    let (id,): (String,) =
        sqlx::query_as("select server_device_id from branch where branch_id = $1").bind(branch).fetch_one(tx).await?;
    body::id(&id)
}

pub(crate) async fn has_recovered(tx: &mut AnyConnection, branch: &str, id: DeviceId, epoch: Epoch) -> Result<(), StoreError> {
    let text = "update device set epoch = $3 where branch_id = $1 and device_id = $2";
    sqlx::query(text).bind(branch).bind(id.to_string()).bind(epoch.0).execute(tx).await?;
    Ok(())
}

/// At most once a minute, so that reading does not become writing.
pub(crate) async fn is_contact_due(tx: &mut AnyConnection, branch: &str, id: DeviceId, now: Moment) -> Result<bool, StoreError> {
    let text = "select coalesce(last_contact_at, 0) from device where branch_id = $1 and device_id = $2";
    let known: Option<(i64,)> = sqlx::query_as(text).bind(branch).bind(id.to_string()).fetch_optional(tx).await?;
    Ok(known.is_some_and(|(last,)| (now.0 - last).abs() >= 60_000))
}

pub(crate) async fn in_contact(tx: &mut AnyConnection, branch: &str, id: DeviceId, now: Moment) -> Result<(), StoreError> {
    let text = "update device set last_contact_at = $3 where branch_id = $1 and device_id = $2";
    sqlx::query(text).bind(branch).bind(id.to_string()).bind(now.0).execute(tx).await?;
    Ok(())
}

fn device((id, scope, label, generation, status): DeviceRow) -> Result<Device, StoreError> {
    let status = match status.as_str() {
        "active" => DeviceStatus::Active,
        "revoked" => DeviceStatus::Revoked,
        "stolen" => DeviceStatus::Stolen,
        _ => return Err(StoreError::Damaged { what: "a device's status" }),
    };
    let scope = DeviceScope::from_word(&scope).ok_or(StoreError::Damaged { what: "a device's scope" })?;
    Ok(Device { id: body::id(&id)?, scope, label: body::name(&label)?, generation, status })
}
