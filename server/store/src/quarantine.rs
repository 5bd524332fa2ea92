//! Entries that could not be taken in as they are. A manager looks at them; the bytes stay sealed as they came.

use crate::{Store, StoreError, body};
use domain::{DeviceId, Dot, Moment, Seq, StaffId, Unfit};
use sqlx::AnyConnection;
use sync::{Bytes, Sealed};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    pub device: DeviceId,
    pub seq: Seq,
    /// `None` where nobody can be told to have made it.
    pub author: Option<StaffId>,
    pub received_at: Moment,
    pub reason: Unfit,
    pub kind: Option<String>,
}

impl Store {
    /// Those that nobody has decided about, the latest first.
    pub async fn quarantine(&self) -> Result<Vec<Quarantined>, StoreError> {
        type Row = (String, i64, Option<String>, i64, String, Option<String>);
        let Some(branch) = self.known_branch().await? else { return Ok(Vec::new()) };
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select device_id, seq, staff_id, received_at, reason, kind from quarantine
                    where branch_id = $1 and decided_at is null order by received_at desc, device_id, seq desc";
                let rows: Vec<Row> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
                rows.into_iter()
                    .map(|(device, seq, author, at, reason, kind)| {
                        Ok(Quarantined {
                            device: body::id(&device)?,
                            seq: Seq(seq),
                            author: author.as_deref().map(body::id).transpose()?,
                            received_at: Moment(at),
                            reason: body::from_json(&reason, "a reason")?,
                            kind,
                        })
                    })
                    .collect()
            })
        })
        .await
    }

    /// One of them as it came: sealed by its device. `None` once it is decided.
    pub async fn set_aside(&self, Dot { device, seq }: Dot) -> Result<Option<Sealed>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select sealed, sealed_as from quarantine
                    where branch_id = $1 and device_id = $2 and seq = $3 and decided_at is null";
                let row: Option<(String, Option<String>)> =
                    sqlx::query_as(text).bind(branch).bind(device.to_string()).bind(seq.0).fetch_optional(tx).await?;
                let Some((sealed, sealed_as)) = row else { return Ok(None) };
                let bytes = Bytes::try_from(sealed).map_err(|_| StoreError::Damaged { what: "a set-aside entry" })?;
                let sealed_as = sealed_as.map(|text| body::from_json(&text, "a former device")).transpose()?;
                Ok(Some(Sealed { seq, bytes, sealed_as }))
            })
        })
        .await
    }
}

/// A manager has decided; the entry stays as it came.
pub(crate) async fn decide(tx: &mut AnyConnection, branch: &str, entry: Dot, by: StaffId, at: Moment) -> Result<(), StoreError> {
    let text = "update quarantine set decided_by = $4, decided_at = $5
        where branch_id = $1 and device_id = $2 and seq = $3 and decided_at is null";
    let (device, seq) = (entry.device.to_string(), entry.seq.0);
    sqlx::query(text).bind(branch).bind(device).bind(seq).bind(by.to_string()).bind(at.0).execute(tx).await?;
    Ok(())
}

pub(crate) async fn write(tx: &mut AnyConnection, branch: &str, entry: &Quarantined, sealed: &Sealed) -> Result<(), StoreError> {
    let text =
        "insert into quarantine (branch_id, device_id, seq, staff_id, kind, reason, sealed, sealed_as, received_at, decided_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    sqlx::query(text)
        .bind(branch)
        .bind(entry.device.to_string())
        .bind(entry.seq.0)
        .bind(entry.author.map(|author| author.to_string()))
        .bind(entry.kind.as_deref())
        .bind(body::json(&entry.reason)?)
        .bind(String::from(sealed.bytes.clone()))
        .bind(sealed.sealed_as.map(|dot| body::json(&dot)).transpose()?)
        .bind(entry.received_at.0)
        .bind(sealed.bytes.0.is_empty().then_some(entry.received_at.0))
        .execute(tx)
        .await?;
    Ok(())
}
