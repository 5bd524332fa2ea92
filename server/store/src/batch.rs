//! A batch is judged in memory and written at once. Where the database refuses what it comes to, its entries are taken in
//! one by one, so that only the one that is refused is set aside.

use crate::{
    StoreError,
    desk::{At, Desk, Way},
    failpoint::FailPoint,
    follow::Follows,
};
use domain::{Action, Dot, Seq};
use sqlx::{AnyConnection, Connection};
use sync::{Outcome, Settled};

pub(crate) trait Entry: Sync {
    /// `None` where it is given its number when its turn comes.
    fn seq(&self) -> Option<Seq>;
    /// What it says, where that can be read.
    fn action(&self) -> Option<&Action>;
    /// What it was recorded as, where the browser was another device then.
    fn sealed_as(&self) -> Option<Dot> {
        None
    }
    fn settle(&self, item: usize, desk: &mut Desk<'_>) -> Result<Settled, StoreError>;
}

/// What became of a batch.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) settled: Vec<Settled>,
    /// What follows from it for files that an author saw as one with another: for the salon itself to record.
    pub(crate) follow: Follows,
}

/// Entries in their order, up to the first that must wait. The branch is locked; `first` is how many came before these.
pub(crate) async fn take_in<E: Entry>(
    tx: &mut AnyConnection,
    at: At<'_>,
    first: usize,
    entries: &[E],
) -> Result<Taken, StoreError> {
    match attempt(tx, at, Way::Judged, first, entries).await {
        Err(error) if error.is_of_item() => one_by_one(tx, at, first, entries).await,
        done => done,
    }
}

async fn one_by_one<E: Entry>(tx: &mut AnyConnection, at: At<'_>, first: usize, entries: &[E]) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    for (index, entry) in entries.iter().enumerate() {
        let one = std::slice::from_ref(entry);
        let done = match attempt(tx, at, Way::Judged, first + index, one).await {
            Err(error) if error.is_of_item() => {
                tracing::error!(%error, "an entry can't be taken in and goes to quarantine");
                attempt(tx, at, Way::SetAside, first + index, one).await?
            }
            done => done?,
        };
        let is_over = done.settled.iter().any(must_wait);
        taken.settled.extend(done.settled);
        taken.follow.extend(done.follow);
        if is_over {
            break;
        }
    }
    Ok(taken)
}

/// All of it is written, or nothing.
async fn attempt<E: Entry>(
    tx: &mut AnyConnection,
    at: At<'_>,
    way: Way,
    first: usize,
    entries: &[E],
) -> Result<Taken, StoreError> {
    let mut own = tx.begin().await?;
    match write(&mut own, at, way, first, entries).await {
        Ok(taken) => {
            own.commit().await?;
            Ok(taken)
        }
        Err(error) => {
            own.rollback().await.map_err(|_| error.clone())?;
            Err(error)
        }
    }
}

async fn write<E: Entry>(tx: &mut AnyConnection, at: At<'_>, way: Way, first: usize, entries: &[E]) -> Result<Taken, StoreError> {
    let mut desk = Desk::open(tx, at, way, entries).await?;
    let mut settled = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        at.inner.fail.hit(FailPoint::Item(first + index))?;
        let done = entry.settle(first + index, &mut desk)?;
        let is_over = must_wait(&done);
        settled.push(done);
        if is_over {
            break;
        }
    }
    let follow = desk.write(tx).await?;
    Ok(Taken { settled, follow })
}

pub(crate) const fn must_wait(settled: &Settled) -> bool {
    matches!(settled.outcome, Outcome::RetryLater | Outcome::Gap { .. } | Outcome::Forked)
}
