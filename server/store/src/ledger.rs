//! What each device has handed in, number by number, and the first answer it was given.

use crate::{StoreError, body};
use domain::{DeviceId, Moment, Seq, Version};
use sqlx::AnyConnection;
use sync::{Epoch, Hash, Ledger, Outcome};

/// What is known of an entry, where the branch is locked and `next` is the number that is due.
pub(crate) async fn look_up(
    tx: &mut AnyConnection,
    branch: &str,
    device: DeviceId,
    seq: Seq,
    next: Seq,
) -> Result<Ledger, StoreError> {
    if seq >= next {
        return Ok(Ledger { next, first: None });
    }
    let text = "select hash, outcome from ledger where branch_id = $1 and device_id = $2 and seq = $3";
    let row: Option<(String, String)> =
        sqlx::query_as(text).bind(branch).bind(device.to_string()).bind(seq.0).fetch_optional(tx).await?;
    let first = row
        .map(|(hash, outcome)| Ok::<_, StoreError>((Hash(body::from_hex(&hash)?), body::from_json(&outcome, "an outcome")?)))
        .transpose()?;
    Ok(Ledger { next, first })
}

pub(crate) async fn next(tx: &mut AnyConnection, branch: &str, device: DeviceId) -> Result<Seq, StoreError> {
    let text = "select coalesce(max(seq), 0) from ledger where branch_id = $1 and device_id = $2";
    let (used,): (i64,) = sqlx::query_as(text).bind(branch).bind(device.to_string()).fetch_one(&mut *tx).await?;
    let text = "select coalesce(max(to_seq), 0) from lost where branch_id = $1 and device_id = $2";
    let (lost,): (i64,) = sqlx::query_as(text).bind(branch).bind(device.to_string()).fetch_one(tx).await?;
    Ok(Seq(used.max(lost)).next())
}

pub(crate) async fn write(
    tx: &mut AnyConnection,
    branch: &str,
    device: DeviceId,
    seq: Seq,
    hash: &str,
    outcome: &Outcome,
    version: Version,
) -> Result<(), StoreError> {
    let text = "insert into ledger (branch_id, device_id, seq, hash, outcome, version) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(text)
        .bind(branch)
        .bind(device.to_string())
        .bind(seq.0)
        .bind(hash)
        .bind(body::json(outcome)?)
        .bind(version.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// A restore took these away, and the device holds them no more.
pub(crate) async fn write_lost(
    tx: &mut AnyConnection,
    branch: &str,
    device: DeviceId,
    (from, to): (Seq, Seq),
    epoch: Epoch,
    now: Moment,
) -> Result<(), StoreError> {
    let text = "insert into lost (branch_id, device_id, from_seq, to_seq, epoch, recorded_at) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(text).bind(branch).bind(device.to_string()).bind(from.0).bind(to.0).bind(epoch.0).bind(now.0).execute(tx).await?;
    Ok(())
}
