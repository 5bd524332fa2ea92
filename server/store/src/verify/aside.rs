//! What waits for a manager, or did: each entry as it came, and what was decided about it.

use super::{
    Difference,
    ledger::HandedOver,
    replay::Replayed,
    told::{Aside, Dot, Told},
};
use crate::{StoreError, body};
use domain::Unfit;
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;
use sync::{Bytes, Hash, Outcome};

/// Rows read at a time: they hold what was handed in.
const PAGE: i64 = 100;

struct Row {
    dot: Dot,
    author: Option<String>,
    kind: Option<String>,
    reason: String,
    sealed: String,
    sealed_as: Option<String>,
    received_at: i64,
    decided: (Option<String>, Option<i64>),
    /// Of the entry's row in the ledger.
    hash: Option<String>,
    outcome: Option<String>,
}

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    replayed: &Replayed,
    over: &HandedOver,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let mut seen = BTreeSet::new();
    let mut after = (String::new(), 0);
    loop {
        let page = read(tx, branch, &after).await?;
        let Some(last) = page.last() else { break };
        after = last.dot.clone();
        for row in page {
            let (device, seq) = row.dot.clone();
            match told.aside.get(&row.dot) {
                None => differences.push(Difference::QuarantineUntold { device, seq }),
                Some(aside) if !row.is_as_it_came(aside, told, over) => {
                    differences.push(Difference::QuarantineDiffers { device, seq });
                }
                Some(_) if !row.is_as_decided(told, replayed) => {
                    differences.push(Difference::DecisionDiffers { device, seq });
                }
                Some(_) => {}
            }
            seen.insert(row.dot);
        }
    }
    let gone = told.aside.keys().filter(|dot| !seen.contains(*dot)).cloned();
    differences.extend(gone.map(|(device, seq)| Difference::QuarantineMissing { device, seq }));
    Ok(())
}

impl Row {
    fn of(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            dot: (row.try_get(0)?, row.try_get(1)?),
            author: row.try_get(2)?,
            kind: row.try_get(3)?,
            reason: row.try_get(4)?,
            sealed: row.try_get(5)?,
            sealed_as: row.try_get(6)?,
            received_at: row.try_get(7)?,
            decided: (row.try_get(8)?, row.try_get(9)?),
            hash: row.try_get(10)?,
            outcome: row.try_get(11)?,
        })
    }

    fn is_as_it_came(&self, aside: &Aside, told: &Told, over: &HandedOver) -> bool {
        let Ok(reason) = body::from_json::<Unfit>(&self.reason, "a reason") else { return false };
        let answer = body::json(&Outcome::Quarantined { reason }).ok();
        let bytes = Bytes::try_from(self.sealed.clone()).ok();
        let is_whole = bytes.is_some_and(|bytes| Some(body::hex(&Hash::of(&bytes.0).0)) == self.hash);
        // Of whom nothing is to be known, nothing is kept.
        let is_kept = match told.is_aside_erased(aside) || reason == Unfit::Erased {
            true => self.sealed.is_empty(),
            false => is_whole,
        };
        (&self.author, &self.kind, self.received_at) == (&aside.author, &aside.kind, aside.at)
            && answer == self.outcome
            && is_kept
            && self.is_known_as_recorded(over)
    }

    /// What it was recorded as, where another device handed it in.
    fn is_known_as_recorded(&self, over: &HandedOver) -> bool {
        let Some(recorded) = &self.sealed_as else { return true };
        let recorded = body::from_json::<domain::Dot>(recorded, "a former device").ok();
        let recorded = recorded.map(|dot| (dot.device.to_string(), dot.seq.0));
        recorded.zip(self.hash.clone()).is_some_and(|known| over.contains_key(&known))
    }

    fn is_as_decided(&self, told: &Told, replayed: &Replayed) -> bool {
        let (by, at) = &self.decided;
        match (replayed.decisions.get(&self.dot), by, at) {
            (Some((decided_by, decided_at)), Some(by), Some(at)) => (decided_by, decided_at) == (by, at),
            (Some(_), ..) => false,
            (None, Some(by), Some(at)) => told.has_forgotten_decision(by, *at),
            (None, None, at) => *at == self.sealed.is_empty().then_some(self.received_at),
            (None, Some(_), None) => false,
        }
    }
}

async fn read(tx: &mut AnyConnection, branch: &str, (device, seq): &Dot) -> Result<Vec<Row>, StoreError> {
    let text = "select q.device_id, q.seq, q.staff_id, q.kind, q.reason, q.sealed, q.sealed_as, q.received_at, q.decided_by, q.decided_at,
            l.hash, l.outcome
        from quarantine q left join ledger l on l.branch_id = q.branch_id and l.device_id = q.device_id and l.seq = q.seq
        where q.branch_id = $1 and (q.device_id, q.seq) > ($2, $3) order by q.device_id, q.seq limit $4";
    let rows = sqlx::query(text).bind(branch).bind(device).bind(*seq).bind(PAGE).fetch_all(tx).await?;
    Ok(rows.iter().map(Row::of).collect::<Result<_, _>>()?)
}
