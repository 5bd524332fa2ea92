//! Backups by themselves while the salon is open, and old ones taken away.

use super::{make, retention::may_go};
use crate::house::House;
use chrono::{DateTime, NaiveDateTime};
use domain::Moment;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

const LOOK_EVERY: Duration = Duration::from_secs(60);
const BEGINS: &str = "xinyan-";
const ENDS: &str = ".age";
const STAMP: &str = "%Y-%m-%dT%H%M%SZ";

#[derive(Clone, Debug)]
pub struct Plan {
    pub data: PathBuf,
    pub to: PathBuf,
    pub every_hours: u32,
}

/// Until the program ends. One that fails is told in the log and tried again a minute later.
pub async fn keep_on(house: Arc<House>, plan: Plan) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Err(trouble) = once_if_due(&house, &plan).await {
            tracing::error!(%trouble, "no backup could be made");
        }
    }
}

async fn once_if_due(house: &House, plan: &Plan) -> Result<(), crate::trouble::Trouble> {
    let now = house.clock.now();
    let last = made_in(&plan.to).last().map_or(i64::MIN, |at| at.and_utc().timestamp_millis());
    let is_due = now.0.saturating_sub(last) >= i64::from(plan.every_hours) * 3_600_000;
    if !is_due || house.store.salon().await?.is_none() {
        return Ok(());
    }
    fs::create_dir_all(&plan.to).map_err(|error| crate::trouble::Trouble::File(plan.to.clone(), error))?;
    make(&house.store, &plan.data, &plan.to.join(name_at(now))).await?;
    let made = made_in(&plan.to);
    for at in may_go(&made, utc(now)) {
        // One that can't be taken away costs room, nothing else.
        let _ = fs::remove_file(plan.to.join(name_of(at)));
    }
    Ok(())
}

fn utc(at: Moment) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at.0).unwrap_or_default().naive_utc()
}

fn name_at(at: Moment) -> String {
    name_of(utc(at))
}

fn name_of(at: NaiveDateTime) -> String {
    format!("{BEGINS}{}{ENDS}", at.format(STAMP))
}

/// By their names: whatever else lies there is nobody's business here.
fn made_in(directory: &Path) -> BTreeSet<NaiveDateTime> {
    let names = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names
        .filter_map(|name| {
            let stamp = name.to_str()?.strip_prefix(BEGINS)?.strip_suffix(ENDS)?.to_owned();
            NaiveDateTime::parse_from_str(&stamp, STAMP).ok()
        })
        .collect()
}
