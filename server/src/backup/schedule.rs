//! Backups by themselves while the salon is open, and old ones taken away.

use super::{erased, make, retention::may_go};
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
    /// Whoever runs the server says that `to` survives the loss of the data.
    pub is_apart: bool,
}

/// More than a night's worth at once would mean that the clock is wrong.
const MOST_GO: usize = 2;

/// Until the program ends. One that fails is told in the log and tried again a minute later.
pub async fn keep_on(house: Arc<House>, plan: Plan) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Err(trouble) = once_if_due(&house, &plan).await {
            tracing::error!(%trouble, "no backup could be made");
        }
        // Not only with the next backup: one that is there must not bring back whoever has been erased since.
        if plan.to.exists()
            && let Err(trouble) = erased::note(&house.store, &plan.to.join(BEGINS)).await
        {
            tracing::error!(%trouble, "the list of erased files could not be written");
        }
    }
}

async fn once_if_due(house: &House, plan: &Plan) -> Result<(), crate::trouble::Trouble> {
    let now = house.clock.now();
    // One from the future was made while the clock was wrong: it is no reason to wait for that day.
    let last = made_in(&plan.to, now).last().map_or(i64::MIN, |at| at.and_utc().timestamp_millis());
    let is_due = now.0.saturating_sub(last) >= i64::from(plan.every_hours) * 3_600_000;
    if !is_due || house.store.salon().await?.is_none() {
        return Ok(());
    }
    fs::create_dir_all(&plan.to).map_err(|error| crate::trouble::Trouble::File(plan.to.clone(), error))?;
    make(&house.store, &plan.data, &plan.to.join(name_at(now)), plan.is_apart).await?;
    let made = made_in(&plan.to, now);
    for at in may_go(&made, utc(now)).into_iter().take(MOST_GO) {
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

/// Until then, by their names: whatever else lies there is nobody's business here.
fn made_in(directory: &Path, until: Moment) -> BTreeSet<NaiveDateTime> {
    let names = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names
        .filter_map(|name| {
            let stamp = name.to_str()?.strip_prefix(BEGINS)?.strip_suffix(ENDS)?.to_owned();
            NaiveDateTime::parse_from_str(&stamp, STAMP).ok().filter(|at| *at <= utc(until))
        })
        .collect()
}
