//! The devices: each as it was enrolled, and as somebody last said it stands.

use super::{Difference, told::Told};
use crate::{Device, StoreError};
use sqlx::AnyConnection;
use std::collections::BTreeSet;

/// Id, status, cookie, generation, epoch, and by whom and when it was enrolled.
type Row = (String, String, Option<String>, i64, i64, String, i64);

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let (server,): (String,) =
        sqlx::query_as("select server_device_id from branch where branch_id = $1").bind(branch).fetch_one(&mut *tx).await?;
    let text =
        "select device_id, status, cookie_hash, generation, epoch, enrolled_by, enrolled_at from device where branch_id = $1";
    let rows: Vec<Row> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    let mut seen = BTreeSet::new();
    for (id, status, cookie, generation, epoch, by, at) in rows {
        // Enrolled with the salon itself; nobody can be it.
        let is_server = id == server;
        let enrolled = if is_server { Some(&told.founded) } else { told.enrolled.get(&id) };
        let is_as_told = told.statuses.get(&id).map_or("active", String::as_str) == status
            && cookie.is_none() == is_server
            && generation == Device::FIRST_GENERATION
            && told.epochs.contains(&epoch);
        match enrolled {
            None => differences.push(Difference::DeviceUntold(id.clone())),
            Some(enrolled) if is_as_told && *enrolled == (by, at) => {}
            Some(_) => differences.push(Difference::DeviceDiffers(id.clone())),
        }
        seen.insert(id);
    }
    let due = told.enrolled.keys().chain([&server]);
    differences.extend(due.filter(|id| !seen.contains(*id)).map(|id| Difference::DeviceMissing(id.clone())));
    Ok(())
}
