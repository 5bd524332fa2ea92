//! The audit's chain, link by link, and what it says was done.

use super::{Difference, PAGE};
use crate::{StoreError, audit::Fact, head};
use sqlx::{AnyConnection, Row};
use std::collections::{BTreeMap, BTreeSet};

/// What the audit remembers.
#[derive(Default)]
pub(super) struct Told {
    /// By device and seq: the proof of an entry.
    pub(super) entries: BTreeMap<(String, i64), String>,
    /// The latest hash of each person.
    pub(super) people: BTreeMap<String, String>,
    /// By customer: the version by which her file was erased.
    pub(super) erased: BTreeMap<String, i64>,
    /// Entries that were known before they came: what they did is told elsewhere.
    pub(super) again: BTreeSet<(String, i64)>,
    version: i64,
}

pub(super) async fn check(tx: &mut AnyConnection, branch: &str, differences: &mut Vec<Difference>) -> Result<Told, StoreError> {
    let mut told = Told::default();
    let (mut number, mut link) = (0, String::new());
    loop {
        let page = read(tx, branch, number).await?;
        let Some((last, ..)) = page.last() else { break };
        let end = *last;
        for (found, fact, stored) in page {
            for missing in number + 1..found {
                differences.push(Difference::AuditMissing { number: missing });
            }
            if fact.link(found, &link) != stored {
                differences.push(Difference::AuditBroken { number: found });
            }
            told.hear(fact, differences);
            (number, link) = (found, stored);
        }
        number = end;
    }
    let stored = head::version(tx, branch).await?.0;
    if stored != told.version {
        differences.push(Difference::HeadDiffers { stored, told: told.version });
    }
    Ok(told)
}

impl Told {
    fn hear(&mut self, fact: Fact, differences: &mut Vec<Difference>) {
        if let Some(version) = fact.version {
            // A new epoch begins beyond every number that the former one may have given out.
            let first_untold = if fact.kind == "epoch_begun" { version } else { self.version + 1 };
            for version in first_untold..version {
                differences.push(Difference::VersionUntold { version });
            }
            self.version = self.version.max(version);
        }
        if let ("applied erase_file", Some(customer), Some(version)) = (fact.kind.as_str(), &fact.subject, fact.version) {
            self.erased.insert(customer.clone(), version);
        }
        if let ("handed_in_again", Some(device), Some(seq)) = (fact.kind.as_str(), &fact.device, fact.seq) {
            self.again.insert((device.clone(), seq));
        }
        match (fact.kind.as_str(), fact.device, fact.seq, fact.subject) {
            ("founded" | "person_added" | "person_disabled" | "person_enabled" | "roles_set", _, _, Some(person)) => {
                self.people.insert(person, fact.hash);
            }
            ("lost_in_restore", ..) => {}
            (_, Some(device), Some(seq), _) => {
                self.entries.insert((device, seq), fact.hash);
            }
            _ => {}
        }
    }
}

async fn read(tx: &mut AnyConnection, branch: &str, after: i64) -> Result<Vec<(i64, Fact, String)>, StoreError> {
    let text = "select number, at, kind, device_id, seq, staff_id, subject, version, hash, link from audit
        where branch_id = $1 and number > $2 order by number limit $3";
    let rows = sqlx::query(text).bind(branch).bind(after).bind(PAGE).fetch_all(tx).await?;
    rows.iter()
        .map(|row| {
            let fact = Fact {
                at: row.try_get(1)?,
                kind: row.try_get(2)?,
                device: row.try_get(3)?,
                seq: row.try_get(4)?,
                staff: row.try_get(5)?,
                subject: row.try_get(6)?,
                version: row.try_get(7)?,
                hash: row.try_get(8)?,
            };
            Ok((row.try_get(0)?, fact, row.try_get(9)?))
        })
        .collect()
}
