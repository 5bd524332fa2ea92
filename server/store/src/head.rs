//! The branch's row: its version, and the lock that whoever changes anything takes first.

use crate::{Store, StoreError, audit};
use domain::{Moment, Version};
use sqlx::AnyConnection;
use sync::Epoch;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub epoch: Epoch,
    pub version: Version,
    pub durable_version: Version,
}

impl Store {
    pub async fn head(&self) -> Result<Head, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| Box::pin(async move { head(tx, &branch).await })).await
    }

    /// Everything up to here lies on a second medium as well.
    pub async fn set_durable(&self, version: Version) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text =
                    "update branch set durable_version = $2 where branch_id = $1 and durable_version < $2 and version >= $2";
                sqlx::query(text).bind(branch).bind(version.0).execute(tx).await?;
                Ok(())
            })
        })
        .await
    }

    /// A backup of everything up to there lies where it was asked for; apart from the data it makes what it holds durable.
    pub async fn note_backup(&self, version: Version, is_apart: bool, now: Moment) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text = "update branch set backed_up_at = $2, backup_is_apart = $3 where branch_id = $1";
                sqlx::query(text).bind(&branch).bind(now.0).bind(i64::from(is_apart)).execute(&mut *tx).await?;
                audit::append(tx, &branch, audit::Fact::of("backed_up", now)).await
            })
        })
        .await?;
        if is_apart { self.set_durable(version).await } else { Ok(()) }
    }

    /// When the last backup was made, and whether it lies on another medium than the data.
    pub async fn last_backup(&self) -> Result<Option<(Moment, bool)>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select backed_up_at, backup_is_apart from branch where branch_id = $1";
                let (at, is_apart): (Option<i64>, Option<i64>) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
                Ok(at.map(|at| (Moment(at), is_apart == Some(1))))
            })
        })
        .await
    }

    /// After a restore: every device learns that what it took for stored may be gone.
    pub async fn begin_epoch(&self, now: Moment) -> Result<Epoch, StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| Box::pin(async move { begin_epoch(tx, &branch, now).await })).await
    }
}

/// Further than any history comes that was given out and is lost: whoever has seen a number of the former epoch has not seen what is
/// written under the same one now.
const BEYOND_WHAT_IS_LOST: i64 = 1_000_000;

pub(crate) async fn begin_epoch(tx: &mut AnyConnection, branch: &str, now: Moment) -> Result<Epoch, StoreError> {
    let version = Version(next_version(tx, branch).await?.0 + BEYOND_WHAT_IS_LOST);
    advance(tx, branch, version).await?;
    let text = "update branch set epoch = case when epoch < $2 then $2 else epoch + 1 end, durable_version = 0
        where branch_id = $1 returning epoch";
    let (epoch,): (i64,) = sqlx::query_as(text).bind(branch).bind(now.0).fetch_one(&mut *tx).await?;
    audit::append(tx, branch, audit::Fact::of("epoch_begun", now).at_version(version)).await?;
    Ok(Epoch(epoch))
}

pub(crate) async fn head(tx: &mut AnyConnection, branch: &str) -> Result<Head, StoreError> {
    let text = "select epoch, version, durable_version from branch where branch_id = $1";
    let (epoch, version, durable): (i64, i64, i64) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
    Ok(Head { epoch: Epoch(epoch), version: Version(version), durable_version: Version(durable) })
}

pub(crate) async fn version(tx: &mut AnyConnection, branch: &str) -> Result<Version, StoreError> {
    let text = "select version from branch where branch_id = $1";
    let (version,): (i64,) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
    Ok(Version(version))
}

/// Whoever holds it is the only one who changes this branch until the transaction ends.
pub(crate) async fn lock(tx: &mut AnyConnection, branch: &str) -> Result<Head, StoreError> {
    let text = "update branch set version = version where branch_id = $1 returning epoch, version, durable_version";
    let (epoch, version, durable): (i64, i64, i64) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
    Ok(Head { epoch: Epoch(epoch), version: Version(version), durable_version: Version(durable) })
}

/// Locks as well: version order is commit order.
pub(crate) async fn next_version(tx: &mut AnyConnection, branch: &str) -> Result<Version, StoreError> {
    let text = "update branch set version = version + 1 where branch_id = $1 returning version";
    let (version,): (i64,) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
    Ok(Version(version))
}

/// Versions up to this one were given out by whoever holds the lock.
pub(crate) async fn advance(tx: &mut AnyConnection, branch: &str, version: Version) -> Result<(), StoreError> {
    sqlx::query("update branch set version = $2 where branch_id = $1").bind(branch).bind(version.0).execute(tx).await?;
    Ok(())
}

/// The set of files that devices should hold is another one now.
pub(crate) async fn count_members(tx: &mut AnyConnection, branch: &str) -> Result<(), StoreError> {
    sqlx::query("update branch set members = members + 1 where branch_id = $1").bind(branch).execute(tx).await?;
    Ok(())
}
