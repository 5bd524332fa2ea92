//! What happened, in a chain: ids, kinds and hashes, never contents. A row changed or taken out breaks every link after it.

use crate::{
    StoreError, body,
    rows::{Insert, Statement},
};
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

/// The end of the chain. Whoever holds it holds the branch's lock: there is only one.
#[derive(Clone, Debug, Default)]
pub(crate) struct End {
    number: i64,
    link: String,
}

/// A fact in its place.
pub(crate) struct Linked {
    fact: Fact,
    end: End,
}

impl End {
    pub(crate) async fn load(tx: &mut AnyConnection, branch: &str) -> Result<Self, StoreError> {
        let text = "select number, link from audit where branch_id = $1 order by number desc limit 1";
        let last: Option<(i64, String)> = sqlx::query_as(text).bind(branch).fetch_optional(tx).await?;
        Ok(last.map(|(number, link)| Self { number, link }).unwrap_or_default())
    }

    pub(crate) fn link(&mut self, fact: Fact) -> Linked {
        let number = self.number + 1;
        *self = Self { number, link: fact.link(number, &self.link) };
        Linked { fact, end: self.clone() }
    }
}

pub(crate) async fn append(tx: &mut AnyConnection, branch: &str, fact: Fact) -> Result<(), StoreError> {
    let linked = End::load(tx, branch).await?.link(fact);
    write(tx, branch, &[linked]).await
}

pub(crate) async fn write(tx: &mut AnyConnection, branch: &str, facts: &[Linked]) -> Result<(), StoreError> {
    let insert = Insert {
        into: "audit (branch_id, number, at, kind, device_id, seq, staff_id, subject, version, hash, link)",
        columns: 10,
        then: "",
    };
    let bind = |row: Statement, Linked { fact, end }: &Linked| {
        row.bind(end.number)
            .bind(fact.at)
            .bind(fact.kind.clone())
            .bind(fact.device.clone())
            .bind(fact.seq)
            .bind(fact.staff.clone())
            .bind(fact.subject.clone())
            .bind(fact.version)
            .bind(fact.hash.clone())
            .bind(end.link.clone())
    };
    insert.all(tx, branch, facts, bind).await
}
