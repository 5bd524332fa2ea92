//! Whether the database is what its own history makes of it: chain, ledger, and every row made anew from the mutations.

mod chain;
mod difference;
mod ledger;
mod readings;
mod replay;

pub use difference::Difference;

use crate::{Store, StoreError};

/// Rows read at a time.
const PAGE: i64 = 1_000;

impl Store {
    /// Nothing found means: no file, standing data, history, ledger row or reading was changed behind the program's back by somebody who did
    /// not recompute the whole chain, and nothing of them was lost. Devices, passwords and what waits for a manager are not told by it.
    pub async fn verify(&self) -> Result<Vec<Difference>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| {
            Box::pin(async move {
                let mut differences = Vec::new();
                let told = chain::check(tx, &branch, &mut differences).await?;
                let replayed = replay::all(tx, &branch, &told, &mut differences).await?;
                replay::compare_salon(tx, &branch, &replayed, &told, &mut differences).await?;
                replay::compare_files(tx, &branch, &replayed, &mut differences).await?;
                readings::check(tx, &branch, &replayed, &mut differences).await?;
                ledger::check(tx, &branch, &told, &replayed, &mut differences).await?;
                Ok(differences)
            })
        })
        .await
    }
}
