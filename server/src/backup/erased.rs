//! Beside the backups: ids of files that were erased, so that an older backup does not bring them back. Ids say nothing of anybody.

use crate::{keys::write_secret, staff::manager_of, trouble::Trouble};
use domain::{Action, CustomerId, Moment, WhyErased};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use store::{Extent, Store};

fn list_beside(backup: &Path) -> PathBuf {
    backup.with_file_name("erased-files")
}

fn noted(backup: &Path) -> BTreeSet<CustomerId> {
    let text = fs::read_to_string(list_beside(backup)).unwrap_or_default();
    text.lines().filter_map(|line| line.trim().parse().ok()).collect()
}

/// What was noted there stays: a salon that was restored from an older backup may know less.
pub async fn note(store: &Store, backup: &Path) -> Result<(), Trouble> {
    let before = noted(backup);
    let mut all = before.clone();
    all.extend(store.erased().await?);
    if all == before {
        return Ok(());
    }
    let text: String = all.iter().map(|id| format!("{id}\n")).collect();
    write_secret(&list_beside(backup), text.as_bytes())
}

/// Erases what the list names and the backup still held; answers how many.
pub async fn erase_again(store: &Store, backup: &Path, now: Moment) -> Result<usize, Trouble> {
    let mut actions = Vec::new();
    for customer in noted(backup) {
        if store.customer(customer).await?.is_some_and(|file| file.erased.is_none()) {
            actions.push(Action::EraseFile { customer, why: WhyErased::HerRequest });
        }
    }
    let count = actions.len();
    if count > 0 {
        let salon = store.salon().await?.map(|(salon, _)| salon);
        let manager = salon.as_ref().and_then(manager_of).ok_or(Trouble::NoManager)?;
        store.perform_here(manager, actions, Extent::AllOrNothing, now, |_| ()).await?;
    }
    Ok(count)
}
