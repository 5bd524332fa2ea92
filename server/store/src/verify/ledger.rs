//! The ledger: without gaps but those that a restore left, and as the audit remembers each entry.

use super::{
    Difference, PAGE,
    replay::Replayed,
    told::{Dot, Told},
};
use crate::{StoreError, body, draft};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};
use sync::Outcome;

/// By what an entry was recorded as, and its hash: the answer that it was given when another device handed it in.
pub(super) type HandedOver = BTreeMap<(Dot, String), String>;

type Row = (String, i64, String, String, i64);

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    replayed: &Replayed,
    over: &HandedOver,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let mut untold: BTreeSet<(String, String)> = over.iter().map(|((_, hash), answer)| (hash.clone(), answer.clone())).collect();
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let mut known: BTreeSet<Dot> = BTreeSet::new();
    let (mut device, mut seq) = (String::new(), 0);
    loop {
        let text = "select device_id, seq, hash, outcome, version from ledger
            where branch_id = $1 and (device_id, seq) > ($2, $3) order by device_id, seq limit $4";
        let page: Vec<Row> = sqlx::query_as(text).bind(branch).bind(&device).bind(seq).bind(PAGE).fetch_all(&mut *tx).await?;
        let Some(end) = page.last().map(|(device, seq, ..)| (device.clone(), *seq)) else { break };
        for (device, seq, hash, outcome, version) in page {
            let due = last.get(&device).map_or(1, |last| last + 1);
            let due = told.lost.get(&(device.clone(), due)).map_or(due, |(to, _)| to + 1);
            differences.extend((due..seq).map(|seq| Difference::EntryMissing { device: device.clone(), seq }));
            last.insert(device.clone(), seq);
            let dot = (device.clone(), seq);
            let proof = prove(&hash, &outcome, replayed.mutations.get(&dot));
            match told.entries.get(&dot) {
                None => differences.push(Difference::EntryUntold { device: device.clone(), seq }),
                Some(entry) if proof.as_ref() == Some(&entry.proof) && entry.version == version => {}
                Some(_) => differences.push(Difference::EntryDiffers { device: device.clone(), seq }),
            }
            untold.remove(&(hash, outcome));
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
    let passed_off = over.iter().filter(|((_, hash), answer)| untold.contains(&(hash.clone(), (*answer).clone())));
    differences
        .extend(passed_off.map(|(((device, seq), _), _)| Difference::HandedOverUntold { device: device.clone(), seq: *seq }));
    check_lost(tx, branch, told, differences).await
}

fn prove(hash: &str, outcome: &str, mutation: Option<&String>) -> Option<String> {
    let outcome = body::from_json::<Outcome>(outcome, "an outcome").ok()?;
    draft::proof(hash, &outcome, mutation.map(String::as_str).unwrap_or_default()).ok()
}

/// What a restore took away and nobody can hand in any more.
async fn check_lost(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let text = "select device_id, from_seq, to_seq, recorded_at, epoch from lost where branch_id = $1";
    let rows: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    let stray = rows.iter().filter(|(.., epoch)| !told.epochs.contains(epoch)).map(|(device, ..)| device.clone());
    let stray: Vec<String> = stray.collect();
    let stored: BTreeMap<Dot, (i64, i64)> =
        rows.into_iter().map(|(device, from, to, at, _)| ((device, from), (to, at))).collect();
    let unlike = |these: &BTreeMap<Dot, (i64, i64)>, those: &BTreeMap<Dot, (i64, i64)>| {
        let unlike = these.iter().filter(|(dot, range)| those.get(*dot) != Some(*range));
        unlike.map(|((device, _), _)| device.clone()).collect::<Vec<_>>()
    };
    let of: BTreeSet<String> = [stray, unlike(&stored, &told.lost), unlike(&told.lost, &stored)].into_iter().flatten().collect();
    differences.extend(of.into_iter().map(Difference::LostDiffers));
    Ok(())
}

pub(super) async fn handed_over(tx: &mut AnyConnection, branch: &str) -> Result<HandedOver, StoreError> {
    let text = "select device_id, seq, hash, outcome from handed_over where branch_id = $1";
    let rows: Vec<(String, i64, String, String)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    Ok(rows.into_iter().map(|(device, seq, hash, answer)| (((device, seq), hash), answer)).collect())
}
