//! Beside the backups: ids of files that were erased, so that an older backup does not bring them back. Ids say nothing of anybody.

use crate::{keys::write_secret, staff::manager_of, trouble::Trouble};
use domain::{Action, CustomerId, Moment, Name, NewCustomer, WhyErased};
use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};
use store::{Extent, Store};
use sync::Outcome;

fn list_beside(backup: &Path) -> PathBuf {
    backup.with_file_name("erased-files")
}

/// `None` where there is no list.
fn noted(backup: &Path) -> Result<Option<BTreeSet<CustomerId>>, Trouble> {
    let list = list_beside(backup);
    match fs::read_to_string(&list) {
        Ok(text) => Ok(Some(text.lines().filter_map(|line| line.trim().parse().ok()).collect())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Trouble::File(list, error)),
    }
}

/// What was noted there stays: a salon that was restored from an older backup may know less.
pub async fn note(store: &Store, backup: &Path) -> Result<(), Trouble> {
    let before = noted(backup)?;
    let mut all = before.clone().unwrap_or_default();
    all.extend(store.erased().await?);
    if before.as_ref() == Some(&all) {
        return Ok(());
    }
    let text: String = all.iter().map(|id| format!("{id}\n")).collect();
    write_secret(&list_beside(backup), text.as_bytes())
}

/// Erases what the list names; answers how many of them the backup still held, `None` where there is no list.
pub async fn erase_again(store: &Store, backup: &Path, now: Moment) -> Result<Option<usize>, Trouble> {
    let (mut partings, mut unknown, mut erasures) = (BTreeSet::new(), Vec::new(), Vec::new());
    let Some(noted) = noted(backup)? else { return Ok(None) };
    for customer in noted {
        let Some(file) = store.customer(customer).await? else {
            // Added after the backup, and erased: a tablet may still hold how she was written down.
            let nameless = Name::new("?").map_err(|_| Trouble::NotErased)?;
            unknown.push(Action::AddCustomer { customer, card: Box::new(NewCustomer::named(nameless)) });
            erasures.push(Action::EraseFile { customer, why: WhyErased::HerRequest });
            continue;
        };
        if file.is_erased() {
            continue;
        }
        // When the backup was made it was shown as one with another file.
        partings.extend(file.joined_to.map(|shown_in| (shown_in, customer)));
        partings.extend(file.joined.keys().map(|other| (customer, *other)));
        erasures.push(Action::EraseFile { customer, why: WhyErased::HerRequest });
    }
    let count = erasures.len() - unknown.len();
    if !erasures.is_empty() {
        let partings = partings.into_iter().map(|(customer, other)| Action::PartFiles { customer, other });
        let actions = partings.chain(unknown).chain(erasures).collect();
        let salon = store.salon().await?.map(|(salon, _)| salon);
        let manager = salon.as_ref().and_then(manager_of).ok_or(Trouble::NoManager)?;
        let outcomes = store.perform_here(manager, actions, Extent::AllOrNothing, now, |_| ()).await?;
        if outcomes.iter().any(|outcome| !matches!(outcome, Outcome::Applied { .. })) {
            return Err(Trouble::NotErased);
        }
    }
    Ok(Some(count))
}
