//! What happened, in a chain: ids, kinds and hashes, never contents. A row changed or taken out breaks every link after it.

use crate::{StoreError, body};
use domain::{DeviceId, Moment, Seq, StaffId, Version};
use sqlx::AnyConnection;
use std::fmt::Display;

#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) kind: String,
    pub(crate) at: i64,
    pub(crate) device: Option<String>,
    pub(crate) seq: Option<i64>,
    pub(crate) staff: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) version: Option<i64>,
    pub(crate) hash: String,
}

impl Fact {
    pub(crate) fn of(kind: impl Into<String>, now: Moment) -> Self {
        let kind = kind.into();
        Self { kind, at: now.0, device: None, seq: None, staff: None, subject: None, version: None, hash: String::new() }
    }

    pub(crate) fn on(self, device: DeviceId) -> Self {
        Self { device: Some(device.to_string()), ..self }
    }

    pub(crate) fn entry(self, seq: Seq) -> Self {
        Self { seq: Some(seq.0), ..self }
    }

    pub(crate) fn by(self, staff: StaffId) -> Self {
        Self { staff: Some(staff.to_string()), ..self }
    }

    pub(crate) fn about(self, subject: impl Display) -> Self {
        Self { subject: Some(subject.to_string()), ..self }
    }

    pub(crate) fn at_version(self, version: Version) -> Self {
        Self { version: Some(version.0), ..self }
    }

    pub(crate) fn with(self, hash: String) -> Self {
        Self { hash, ..self }
    }

    pub(crate) fn link(&self, number: i64, before: &str) -> String {
        let text = |value: &Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        let words = |value: &Option<String>| value.clone().unwrap_or_default();
        body::hex(&body::digest(&[
            before,
            &number.to_string(),
            &self.at.to_string(),
            &self.kind,
            &words(&self.device),
            &text(&self.seq),
            &words(&self.staff),
            &words(&self.subject),
            &text(&self.version),
            &self.hash,
        ]))
    }
}

/// The caller holds the branch's lock: the chain has one end.
pub(crate) async fn append(tx: &mut AnyConnection, branch: &str, fact: Fact) -> Result<(), StoreError> {
    let text = "select number, link from audit where branch_id = $1 order by number desc limit 1";
    let last: Option<(i64, String)> = sqlx::query_as(text).bind(branch).fetch_optional(&mut *tx).await?;
    let (number, before) = last.map_or((1, String::new()), |(number, link)| (number + 1, link));
    let link = fact.link(number, &before);
    let text = "insert into audit (branch_id, number, at, kind, device_id, seq, staff_id, subject, version, hash, link)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    sqlx::query(text)
        .bind(branch)
        .bind(number)
        .bind(fact.at)
        .bind(fact.kind)
        .bind(fact.device)
        .bind(fact.seq)
        .bind(fact.staff)
        .bind(fact.subject)
        .bind(fact.version)
        .bind(fact.hash)
        .bind(link)
        .execute(tx)
        .await?;
    Ok(())
}
