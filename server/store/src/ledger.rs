//! What each device has handed in, number by number, and the first answer it was given.

use crate::{
    StoreError, body,
    rows::{self, Insert, Statement},
};
use domain::{DeviceId, Dot, Moment, Seq, Version};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::{BTreeMap, BTreeSet};
use sync::{Epoch, Hash, Ledger, Outcome};

/// What a device handed in before, and the number that is due. The branch is locked.
pub(crate) struct Handed {
    pub(crate) next: Seq,
    answers: BTreeMap<Seq, (Hash, Outcome)>,
}

/// One entry's row.
pub(crate) struct Answered {
    pub(crate) seq: Seq,
    pub(crate) hash: String,
    pub(crate) outcome: String,
    pub(crate) version: Version,
}

impl Handed {
    /// As far as it concerns these numbers.
    pub(crate) async fn load(
        tx: &mut AnyConnection,
        branch: &str,
        device: DeviceId,
        seqs: impl Iterator<Item = Seq>,
    ) -> Result<Self, StoreError> {
        let next = next(tx, branch, device).await?;
        let used: Vec<i64> = seqs.filter(|seq| *seq < next).map(|seq| seq.0).collect();
        let mut answers = BTreeMap::new();
        for (places, seqs) in rows::groups(&used, 3) {
            let text =
                format!("select seq, hash, outcome from ledger where branch_id = $1 and device_id = $2 and seq in ({places})");
            let select = sqlx::query_as::<_, (i64, String, String)>(AssertSqlSafe(text)).bind(branch).bind(device.to_string());
            let select = seqs.into_iter().fold(select, |select, seq| select.bind(seq));
            for (seq, hash, outcome) in select.fetch_all(&mut *tx).await? {
                answers.insert(Seq(seq), (Hash(body::from_hex(&hash)?), body::from_json(&outcome, "an outcome")?));
            }
        }
        Ok(Self { next, answers })
    }

    pub(crate) fn look_up(&self, seq: Seq) -> Ledger {
        Ledger { next: self.next, first: self.answers.get(&seq).cloned() }
    }

    pub(crate) fn answer(&mut self, seq: Seq, hash: Hash, outcome: Outcome) {
        self.answers.insert(seq, (hash, outcome));
        self.next = self.next.max(seq.next());
    }
}

/// What came in for another device than it was recorded on, by what it was recorded as and its hash.
pub(crate) type HandedOver = BTreeMap<(Dot, String), Outcome>;

pub(crate) async fn handed_over(tx: &mut AnyConnection, branch: &str, dots: &BTreeSet<Dot>) -> Result<HandedOver, StoreError> {
    let mut known = HandedOver::new();
    let devices: BTreeSet<DeviceId> = dots.iter().map(|dot| dot.device).collect();
    for device in devices {
        let seqs: Vec<i64> = dots.iter().filter(|dot| dot.device == device).map(|dot| dot.seq.0).collect();
        for (places, seqs) in rows::groups(&seqs, 3) {
            let text = format!(
                "select seq, hash, outcome from handed_over where branch_id = $1 and device_id = $2 and seq in ({places})"
            );
            let select = sqlx::query_as::<_, (i64, String, String)>(AssertSqlSafe(text)).bind(branch).bind(device.to_string());
            let select = seqs.into_iter().fold(select, |select, seq| select.bind(seq));
            for (seq, hash, outcome) in select.fetch_all(&mut *tx).await? {
                known.insert((Dot { device, seq: Seq(seq) }, hash), body::from_json(&outcome, "an outcome")?);
            }
        }
    }
    Ok(known)
}

pub(crate) async fn write_handed_over(
    tx: &mut AnyConnection,
    branch: &str,
    over: &[(Dot, String, String)],
) -> Result<(), StoreError> {
    let insert =
        Insert { into: "handed_over (branch_id, device_id, seq, hash, outcome)", columns: 4, then: "on conflict do nothing" };
    let bind = |row: Statement, (dot, hash, outcome): &(Dot, String, String)| {
        row.bind(dot.device.to_string()).bind(dot.seq.0).bind(hash.clone()).bind(outcome.clone())
    };
    insert.all(tx, branch, over, bind).await
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
    answered: &[Answered],
) -> Result<(), StoreError> {
    let insert = Insert { into: "ledger (branch_id, device_id, seq, hash, outcome, version)", columns: 5, then: "" };
    let bind = |row: Statement, entry: &Answered| {
        row.bind(device.to_string()).bind(entry.seq.0).bind(entry.hash.clone()).bind(entry.outcome.clone()).bind(entry.version.0)
    };
    insert.all(tx, branch, answered, bind).await
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
