//! What was applied, as its author made it: replayed in order, it gives every row again.

use crate::{
    StoreError, body,
    rows::{Insert, Statement},
};
use domain::{Action, Apart, CustomerId, DeviceId, Moment, Partings, Seq, Version};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use std::collections::BTreeMap;
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
    /// The device and the number it was handed in by.
    pub(crate) dot: (String, i64),
    pub(crate) received_at: Moment,
    pub(crate) text: String,
}

/// What is left of a mutation about somebody whose file was erased: enough for the audit's chain.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Erased {
    erased: String,
}

impl Applied {
    pub(crate) fn is_erased(&self) -> bool {
        is_erased(&self.text)
    }

    pub(crate) fn envelope(&self) -> Result<Option<Envelope>, StoreError> {
        read(&self.text)
    }
}

/// `None` where it was erased.
pub(crate) fn read(text: &str) -> Result<Option<Envelope>, StoreError> {
    match is_erased(text) {
        true => Ok(None),
        false => body::from_json(text, "a mutation").map(Some),
    }
}

fn is_erased(text: &str) -> bool {
    serde_json::from_str::<Erased>(text).is_ok()
}

/// The next ones after a version, in order.
pub(crate) async fn after(
    tx: &mut AnyConnection,
    branch: &str,
    version: Version,
    limit: i64,
) -> Result<Vec<Applied>, StoreError> {
    let text = "select version, device_id, seq, received_at, envelope from mutation where branch_id = $1 and version > $2 order by version limit $3";
    let rows: Vec<(i64, String, i64, i64, String)> =
        sqlx::query_as(text).bind(branch).bind(version.0).bind(limit).fetch_all(tx).await?;
    let applied = |(version, device, seq, at, text)| Applied {
        version: Version(version),
        dot: (device, seq),
        received_at: Moment(at),
        text,
    };
    Ok(rows.into_iter().map(applied).collect())
}

/// When other files were shown in hers: what is left of that where her file was erased.
pub(crate) async fn partings(tx: &mut AnyConnection, branch: &str, customer: CustomerId) -> Result<Partings, StoreError> {
    let text = "select m.version, m.envelope from audit a
        join mutation m on m.branch_id = a.branch_id and m.version = a.version
        where a.branch_id = $1 and a.subject = $2 and a.kind in ('applied join_files', 'applied part_files') order by m.version";
    let rows: Vec<(i64, String)> = sqlx::query_as(text).bind(branch).bind(customer.to_string()).fetch_all(tx).await?;
    let (mut joined, mut partings) = (BTreeMap::new(), Partings::new());
    for (version, text) in rows {
        let Envelope { action, .. } = body::from_json(&text, "a mutation")?;
        if let Action::JoinFiles { other, .. } = action {
            joined.insert(other, Version(version));
        } else if let Action::PartFiles { other, .. } = action
            && let Some(since) = joined.remove(&other)
        {
            let apart = Apart::again(partings.get(&other), since, Version(version));
            partings.insert(other, apart);
        }
    }
    Ok(partings)
}

/// What was said of her goes (which files were one says nothing, and another file's history needs it), before the version by which she was erased: the mutations that made her file, and what was set aside.
pub(crate) async fn erase(tx: &mut AnyConnection, branch: &str, customer: CustomerId, before: Version) -> Result<(), StoreError> {
    let text = "select m.version, m.envelope from audit a
        join mutation m on m.branch_id = a.branch_id and m.version = a.version
        where a.branch_id = $1 and a.subject = $2 and a.version < $3
            and a.kind not in ('applied join_files', 'applied part_files')";
    let told: Vec<(i64, String)> =
        sqlx::query_as(text).bind(branch).bind(customer.to_string()).bind(before.0).fetch_all(&mut *tx).await?;
    for (version, text) in told {
        let left = body::json(&Erased { erased: digest(&text) })?;
        let text = "update mutation set envelope = $3 where branch_id = $1 and version = $2";
        sqlx::query(text).bind(branch).bind(version).bind(left).execute(&mut *tx).await?;
    }
    let text = "update quarantine set sealed = '', sealed_as = null, decided_at = coalesce(decided_at, received_at)
        where branch_id = $1 and exists (select 1 from audit a where a.branch_id = quarantine.branch_id and a.subject = $2 and a.version < $3
            and a.device_id = quarantine.device_id and a.seq = quarantine.seq)";
    sqlx::query(text).bind(branch).bind(customer.to_string()).bind(before.0).execute(tx).await?;
    Ok(())
}

/// What the audit remembers of its text, also where that has gone since.
pub fn digest(text: &str) -> String {
    if let Ok(Erased { erased }) = serde_json::from_str(text) {
        return erased;
    }
    body::hex(&body::digest(&[text]))
}
