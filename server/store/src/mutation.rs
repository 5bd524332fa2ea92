//! What was applied, as its author made it: replayed in order, it gives every row again.

use crate::{
    StoreError, body,
    rows::{Insert, Statement},
};
use domain::{DeviceId, Moment, Seq, Version};
use sqlx::AnyConnection;
use sync::Envelope;

pub(crate) struct Mutation {
    pub(crate) version: Version,
    pub(crate) device: DeviceId,
    pub(crate) seq: Seq,
    pub(crate) text: String,
}

pub(crate) async fn write(tx: &mut AnyConnection, branch: &str, mutations: &[Mutation], now: Moment) -> Result<(), StoreError> {
    let insert = Insert { into: "mutation (branch_id, version, device_id, seq, received_at, envelope)", columns: 5, then: "" };
    let bind = |row: Statement, mutation: &Mutation| {
        row.bind(mutation.version.0)
            .bind(mutation.device.to_string())
            .bind(mutation.seq.0)
            .bind(now.0)
            .bind(mutation.text.clone())
    };
    insert.all(tx, branch, mutations, bind).await
}

pub(crate) struct Applied {
    pub(crate) version: Version,
    pub(crate) received_at: Moment,
    pub(crate) text: String,
}

impl Applied {
    pub(crate) fn envelope(&self) -> Result<Envelope, StoreError> {
        body::from_json(&self.text, "a mutation")
    }
}

/// The next ones after a version, in order.
pub(crate) async fn after(
    tx: &mut AnyConnection,
    branch: &str,
    version: Version,
    limit: i64,
) -> Result<Vec<Applied>, StoreError> {
    let text =
        "select version, received_at, envelope from mutation where branch_id = $1 and version > $2 order by version limit $3";
    let rows: Vec<(i64, i64, String)> = sqlx::query_as(text).bind(branch).bind(version.0).bind(limit).fetch_all(tx).await?;
    Ok(rows
        .into_iter()
        .map(|(version, received_at, text)| Applied { version: Version(version), received_at: Moment(received_at), text })
        .collect())
}

/// What the audit remembers of its text.
pub(crate) fn digest(text: &str) -> String {
    body::hex(&body::digest(&[text]))
}
