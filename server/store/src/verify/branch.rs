//! The branch's own row: how far it has come, in which epoch it is, and what lies on a second medium.

use super::{Difference, told::Told};
use crate::{StoreError, head};
use sqlx::AnyConnection;

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let head = head::head(tx, branch).await?;
    if head.version.0 != told.version {
        differences.push(Difference::HeadDiffers { stored: head.version.0, told: told.version });
    }
    let epoch = told.epochs.last().copied().unwrap_or_default();
    if head.epoch.0 != epoch {
        differences.push(Difference::EpochDiffers { stored: head.epoch.0, told: epoch });
    }
    let text = "select founded_at, backed_up_at from branch where branch_id = $1";
    let (founded_at, backed_up_at): (i64, Option<i64>) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
    if founded_at != told.founded.1 {
        differences.push(Difference::FoundingDiffers);
    }
    // What was made since is noted after it was made: it holds no more than there was then.
    let most = told.backup.as_ref().map_or(0, |backup| backup.version);
    if !(0..=most).contains(&head.durable_version.0) {
        differences.push(Difference::DurableDiffers { stored: head.durable_version.0 });
    }
    // A restored salon has no backup of its own yet.
    let is_last = match (&told.backup, backed_up_at) {
        (Some(backup), Some(at)) => backup.at == at,
        (Some(backup), None) => !backup.is_of_this_epoch,
        (None, at) => at.is_none(),
    };
    if !is_last {
        differences.push(Difference::BackupDiffers);
    }
    Ok(())
}
