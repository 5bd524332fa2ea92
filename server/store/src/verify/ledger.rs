//! The ledger: without gaps, and as the audit remembers each entry.

use super::{Difference, PAGE, chain::Told, replay::Replayed};
use crate::{StoreError, body, draft};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};
use sync::Outcome;

type Entry = (String, i64, String, String);

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    replayed: &Replayed,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let lost = lost(tx, branch).await?;
    let aside = quarantined(tx, branch).await?;
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let mut known: BTreeSet<(String, i64)> = BTreeSet::new();
    let (mut device, mut seq) = (String::new(), 0);
    loop {
        let text = "select device_id, seq, hash, outcome from ledger
            where branch_id = $1 and (device_id, seq) > ($2, $3) order by device_id, seq limit $4";
        let page: Vec<Entry> = sqlx::query_as(text).bind(branch).bind(&device).bind(seq).bind(PAGE).fetch_all(&mut *tx).await?;
        let Some(end) = page.last().map(|(device, seq, ..)| (device.clone(), *seq)) else { break };
        for (device, seq, hash, outcome) in page {
            let due = last.get(&device).map_or(1, |last| last + 1);
            let due = lost.get(&(device.clone(), due)).map_or(due, |to| to + 1);
            differences.extend((due..seq).map(|seq| Difference::EntryMissing { device: device.clone(), seq }));
            last.insert(device.clone(), seq);
            let dot = (device.clone(), seq);
            let proof = prove(&hash, &outcome, replayed.mutations.get(&dot));
            match told.entries.get(&dot) {
                None => differences.push(Difference::EntryUntold { device: device.clone(), seq }),
                Some(remembered) if proof.as_ref() == Some(remembered) => {}
                Some(_) => differences.push(Difference::EntryDiffers { device: device.clone(), seq }),
            }
            if outcome.contains("\"quarantined\"") && !aside.contains(&dot) && !told.again.contains(&dot) {
                differences.push(Difference::QuarantineMissing { device: device.clone(), seq });
            }
            known.insert(dot);
        }
        (device, seq) = end;
    }
    let gone = told.entries.keys().filter(|dot| !known.contains(*dot));
    for (device, seq) in gone {
        let missing = Difference::EntryMissing { device: device.clone(), seq: *seq };
        if !differences.contains(&missing) {
            differences.push(missing);
        }
    }
    Ok(())
}

fn prove(hash: &str, outcome: &str, mutation: Option<&String>) -> Option<String> {
    let outcome = body::from_json::<Outcome>(outcome, "an outcome").ok()?;
    draft::proof(hash, &outcome, mutation.map(String::as_str).unwrap_or_default()).ok()
}

async fn lost(tx: &mut AnyConnection, branch: &str) -> Result<BTreeMap<(String, i64), i64>, StoreError> {
    let text = "select device_id, from_seq, to_seq from lost where branch_id = $1";
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    Ok(rows.into_iter().map(|(device, from, to)| ((device, from), to)).collect())
}

async fn quarantined(tx: &mut AnyConnection, branch: &str) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let text = "select device_id, seq from quarantine where branch_id = $1";
    let rows: Vec<(String, i64)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    Ok(rows.into_iter().collect())
}
