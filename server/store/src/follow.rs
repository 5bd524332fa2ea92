//! What follows from entries, for the salon itself to record: for two files that somebody saw as one, and where it knew more than the gate did.

use crate::{StoreError, mutation, shown};
use domain::{Action, CustomerFile, CustomerId, Partings, Salon, StaffId, Version, Written, asked_late, opening, overtaking};
use sqlx::AnyConnection;
use std::collections::HashMap;
use sync::Outcome;

/// Who caused it, and what both files ask.
pub(crate) type Follows = Vec<(StaffId, Action)>;

#[derive(Default)]
pub(crate) struct Follow {
    /// Nothing of them is left in the files themselves.
    partings_of_erased: HashMap<CustomerId, Partings>,
    /// Those of one person, as they are shown: what is put on her skin is judged by all of them.
    united: HashMap<CustomerId, CustomerFile>,
    pub(crate) actions: Follows,
}

impl Follow {
    pub(crate) async fn of<'a>(
        tx: &mut AnyConnection,
        branch: &str,
        files: impl Iterator<Item = &'a CustomerFile>,
    ) -> Result<Self, StoreError> {
        let mut follow = Self::default();
        for file in files {
            if file.is_erased() {
                follow.partings_of_erased.insert(file.id, mutation::partings(tx, branch, file.id).await?);
            } else if !file.is_single() {
                let root = file.joined_to.unwrap_or(file.id);
                let shown = shown::shown(tx, branch, &[root]).await?.into_iter().map(|(file, _)| file);
                follow.united.extend(shown.filter(|shown| shown.id == root).map(|shown| (file.id, shown)));
            }
        }
        Ok(follow)
    }

    /// `file` is what it was before the entry: with whatever came before a parting.
    pub(crate) fn hear(
        &mut self,
        salon: &Salon,
        file: &CustomerFile,
        action: &Action,
        outcome: &Outcome,
        said: Written,
        base: Version,
    ) {
        let is_applied = match outcome {
            Outcome::Applied { .. } => true,
            Outcome::Quarantined { .. } => false,
            Outcome::Refused { .. } | Outcome::RetryLater | Outcome::Gap { .. } | Outcome::Forked => return,
        };
        let asked = match self.partings_of_erased.get(&file.id) {
            Some(partings) => {
                let asked = asked_late(file.id, partings, action, said, base).into_iter();
                asked.filter(|asked| asked.customer() != Some(file.id)).collect()
            }
            None => file.follows(action, is_applied, said, base),
        };
        self.actions.extend(asked.into_iter().map(|action| (said.by, action)));
        if is_applied {
            let her = self.united.get(&file.id).unwrap_or(file);
            let known = overtaking(salon, her, action, said).into_iter().chain(opening(salon, action, said));
            self.actions.extend(known.map(|action| (said.by, action)));
        }
    }
}
