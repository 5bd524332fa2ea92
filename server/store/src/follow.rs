//! What follows from entries for two files that somebody saw as one, for the salon itself to record.

use crate::{StoreError, mutation};
use domain::{Action, CustomerFile, CustomerId, Partings, StaffId, Version, Written, asked_late};
use sqlx::AnyConnection;
use std::collections::HashMap;
use sync::Outcome;

/// Who caused it, and what both files ask.
pub(crate) type Follows = Vec<(StaffId, Action)>;

#[derive(Default)]
pub(crate) struct Follow {
    /// Nothing of them is left in the files themselves.
    partings_of_erased: HashMap<CustomerId, Partings>,
    pub(crate) actions: Follows,
}

impl Follow {
    pub(crate) async fn of<'a>(
        tx: &mut AnyConnection,
        branch: &str,
        files: impl Iterator<Item = &'a CustomerFile>,
    ) -> Result<Self, StoreError> {
        let mut follow = Self::default();
        for file in files.filter(|file| file.is_erased()) {
            follow.partings_of_erased.insert(file.id, mutation::partings(tx, branch, file.id).await?);
        }
        Ok(follow)
    }

    /// `file` is what it was before the entry: with whatever came before a parting.
    pub(crate) fn hear(&mut self, file: &CustomerFile, action: &Action, outcome: &Outcome, said: Written, base: Version) {
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
    }
}
