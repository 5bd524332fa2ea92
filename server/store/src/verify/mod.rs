//! Whether the database is what its own history makes of it: chain, ledger, and every row made anew from the mutations.

mod aside;
mod branch;
mod chain;
mod devices;
mod difference;
mod ledger;
mod people;
mod readings;
mod replay;
mod told;

pub use difference::Difference;

use crate::{Store, StoreError};

/// Rows read at a time.
const PAGE: i64 = 1_000;

impl Store {
    /// Nothing found means: no file, standing data, history, ledger row, reading, entry that was set aside, decision about one, person or
    /// device was changed behind the program's back by somebody who did not make the chain anew or cut off its end with all that it tells,
    /// and nothing of them was lost. Of a password that is how often it was set anew; of a device by whom it was enrolled, when, and how it
    /// stands; of the branch its founding, how far it has come, its epoch and its last backup.
    ///
    /// The history knows nothing of, and so nothing is told of: what passwords, PINs and a device's cookie hash to; a device's kind and
    /// label, when it was last heard of and what it said of itself; that a browser handed something in for a device that it was before, where
    /// that was taken away; how often the set of files that devices hold has changed; whether the last backup lies apart; which of a
    /// PostgreSQL's histories the rows are of; who is signed in, codes for new devices, and counted tries.
    pub async fn verify(&self) -> Result<Vec<Difference>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| {
            Box::pin(async move {
                let mut differences = Vec::new();
                let told = chain::check(tx, &branch, &mut differences).await?;
                branch::check(tx, &branch, &told, &mut differences).await?;
                people::check(tx, &branch, &told, &mut differences).await?;
                devices::check(tx, &branch, &told, &mut differences).await?;
                let replayed = replay::all(tx, &branch, &told, &mut differences).await?;
                replay::compare_salon(tx, &branch, &replayed, &told, &mut differences).await?;
                replay::compare_files(tx, &branch, &replayed, &mut differences).await?;
                readings::check(tx, &branch, &replayed, &mut differences).await?;
                let over = ledger::handed_over(tx, &branch).await?;
                ledger::check(tx, &branch, &told, &replayed, &over, &mut differences).await?;
                aside::check(tx, &branch, &told, &replayed, &over, &mut differences).await?;
                Ok(differences)
            })
        })
        .await
    }
}
