//! Who has read what: link by link, and as many as the audit tells of.

use super::{Difference, PAGE, chain::Told};
use crate::{StoreError, reading};
use sqlx::AnyConnection;

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let (mut number, mut link, mut opened) = (0, String::new(), 0);
    loop {
        let page = reading::after(tx, branch, number, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        let end = last.number;
        for (row, kept) in page {
            if row.number != number + 1 || row.link(&link) != kept {
                differences.push(Difference::ReadingBroken { number: row.number });
            }
            opened += i64::from(row.is_opened());
            (number, link) = (row.number, kept);
        }
        number = end;
    }
    if opened != told.opened {
        differences.push(Difference::ReadingsDiffer { told: told.opened, kept: opened });
    }
    Ok(())
}
