//! The audit's chain, link by link, and what it says was done.

use super::{Difference, PAGE, told::Told};
use crate::{StoreError, audit::Fact};
use sqlx::{AnyConnection, Row};

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
    Ok(told)
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
