//! Which files a device should hold: those of the days around today first, then whoever was here last.

use crate::{Device, Store, StoreError, body, customer, head, salon, shown};
use chrono::{Days, NaiveDate};
use domain::{ClockOffset, CustomerId, Moment, Version};
use sqlx::AnyConnection;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};
use sync::{Epoch, Manifest, RowId};

const MOST_FILES: usize = 2_000;
/// Room below the day for the count of changes to the set.
const CHANGES_A_DAY: i64 = 1 << 20;

impl Store {
    /// The salon's row, then files in order of importance. Today every scope holds the same files, each seen through it.
    pub async fn manifest(&self, device: &Device, now: Moment) -> Result<Manifest, StoreError> {
        let branch = self.branch().await?;
        self.note_contact(device, now);
        self.read(move |tx| {
            Box::pin(async move {
                let head = head::head(tx, &branch).await?;
                let (salon, version) = salon::load(tx, &branch).await?;
                let offset = salon.settings.offset;
                let members = members(tx, &branch, offset, now).await?;
                let files = working_set(tx, &branch, offset.day(now)).await?;
                let files = files.into_iter().map(|(id, version)| (RowId::Customer(id), version));
                let rows = std::iter::once((RowId::Salon, version)).chain(files).collect();
                let erased = customer::erased(tx, &branch).await?.into_iter().collect();
                Ok(Manifest { epoch: head.epoch, head: head.version, members, rows, erased })
            })
        })
        .await
    }
}

/// Differs whenever the set may have changed: with the day, a visit, a new file.
pub(crate) async fn members(tx: &mut AnyConnection, branch: &str, offset: ClockOffset, now: Moment) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as("select members from branch where branch_id = $1").bind(branch).fetch_one(tx).await?;
    let day = i64::from(offset.day(now).to_epoch_days());
    Ok(day * CHANGES_A_DAY + count)
}

/// Which files devices hold, as it was worked out last: it is asked for with every pull, and another one only where the count differs.
#[derive(Debug, Default)]
pub(crate) struct Members(Mutex<Option<Known>>);

/// As of which epoch and count.
type Known = (Epoch, i64, Arc<BTreeSet<CustomerId>>);

impl Members {
    pub(crate) async fn at(
        &self,
        tx: &mut AnyConnection,
        branch: &str,
        epoch: Epoch,
        count: i64,
        today: NaiveDate,
    ) -> Result<Arc<BTreeSet<CustomerId>>, StoreError> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, _, members)) = known.filter(|(of, at, _)| (*of, *at) == (epoch, count)) {
            return Ok(members);
        }
        let members: Arc<BTreeSet<CustomerId>> =
            Arc::new(working_set(tx, branch, today).await?.into_iter().map(|(id, _)| id).collect());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((epoch, count, Arc::clone(&members)));
        Ok(members)
    }
}

pub(crate) async fn working_set(
    tx: &mut AnyConnection,
    branch: &str,
    today: NaiveDate,
) -> Result<Vec<(CustomerId, Version)>, StoreError> {
    let from = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(2)).unwrap_or(today);
    let text = "select distinct coalesce(c.joined_to, c.customer_id), c.version, c.latest_on, c.customer_id from visit v
        join customer c on c.branch_id = v.branch_id and c.customer_id = v.customer_id
        where v.branch_id = $1 and c.is_erased is null and v.on_day between $2 and $3
        order by c.latest_on desc, c.customer_id desc";
    let expected: Vec<(String, i64, String, String)> =
        sqlx::query_as(text).bind(branch).bind(from.to_string()).bind(to.to_string()).fetch_all(&mut *tx).await?;
    let text = "select coalesce(joined_to, customer_id), version, latest_on, customer_id from customer
        where branch_id = $1 and is_erased is null order by latest_on desc, customer_id desc limit $2";
    let most = i64::try_from(MOST_FILES).unwrap_or(i64::MAX);
    let latest: Vec<(String, i64, String, String)> = sqlx::query_as(text).bind(branch).bind(most).fetch_all(&mut *tx).await?;
    let together = shown::versions(tx, branch).await?;
    let mut seen = BTreeSet::new();
    let mut files = Vec::with_capacity(MOST_FILES.min(latest.len()));
    for (id, version, ..) in expected.into_iter().chain(latest) {
        let id = body::id::<CustomerId>(&id)?;
        if files.len() < MOST_FILES && seen.insert(id) {
            files.push((id, together.get(&id).copied().unwrap_or(Version(version))));
        }
    }
    Ok(files)
}
