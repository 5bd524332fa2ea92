//! What changed since a device last asked, in one snapshot and in order.

use crate::{Device, Store, StoreError, customer, head, manifest, open::Inner, row, salon, shown};
use domain::{CustomerFile, CustomerId, DeviceScope, Moment, Salon, Version};
use sqlx::AnyConnection;
use std::{collections::BTreeSet, sync::Arc};
use sync::{Pull, Pulled, Row, RowBody, RowId};

const MOST_ROWS: usize = 200;
const MOST_BYTES: usize = 512 * 1024;
/// So many changes are looked at for one reply, also where few of them are for this device.
const MOST_LOOKED_AT: usize = 2_000;

impl Store {
    /// `None`: that cursor is not of this database, the device begins anew.
    pub async fn pull(&self, device: &Device, pull: Pull, now: Moment) -> Result<Option<Pulled>, StoreError> {
        let branch = self.branch().await?;
        let scope = device.scope;
        self.note_contact(device, now);
        let inner = Arc::clone(&self.inner);
        self.read(move |tx| Box::pin(async move { changes(tx, &inner, &branch, scope, pull, now).await })).await
    }
}

async fn changes(
    tx: &mut AnyConnection,
    inner: &Inner,
    branch: &str,
    scope: DeviceScope,
    pull: Pull,
    now: Moment,
) -> Result<Option<Pulled>, StoreError> {
    let head = head::head(tx, branch).await?;
    let is_of_here = pull.epoch == head.epoch && (0..=head.version.0).contains(&pull.after.0);
    if !is_of_here {
        return Ok(None);
    }
    let (standing, salon_version) = salon::load(tx, branch).await?;
    let offset = standing.settings.offset;
    let members = manifest::members(tx, branch, offset, now).await?;
    let changed = customer::changed_since(tx, branch, pull.after, MOST_LOOKED_AT).await?;
    let mut page = Page { rows: Vec::new(), bytes: 0, upto: head.version };
    if changed.len() == MOST_LOOKED_AT
        && let Some((_, last, _)) = changed.last()
    {
        page.upto = *last;
    }
    let hers = match changed.is_empty() {
        true => Arc::default(),
        false => inner.members.at(tx, branch, head.epoch, members, offset.day(now)).await?,
    };
    let mut told = BTreeSet::new();
    // That somebody is no more concerns whoever has written of her.
    let hers = changed.into_iter().filter(|(id, _, is_erased)| (*is_erased || hers.contains(id)) && told.insert(*id));
    let hers: Vec<(CustomerId, Version)> = hers.map(|(id, version, _)| (id, version)).take(MOST_ROWS + 1).collect();
    let ids: Vec<CustomerId> = hers.iter().map(|(id, _)| *id).collect();
    page.fill(&hers, shown::shown(tx, branch, &ids).await?, scope);
    if (pull.after.0 + 1..=page.upto.0).contains(&salon_version.0) {
        page.put_salon(standing, salon_version);
    }
    Ok(Some(Pulled { epoch: head.epoch, head: head.version, members, upto: page.upto, rows: page.rows }))
}

struct Page {
    rows: Vec<Row>,
    bytes: usize,
    upto: Version,
}

impl Page {
    /// A version is one row, so a page can end after any of them; at least one goes, however long it is. `changed` says by which version
    /// each got its place: what a file shows of others may have changed later still.
    fn fill(&mut self, changed: &[(CustomerId, Version)], files: Vec<(CustomerFile, usize)>, scope: DeviceScope) {
        let mut last = self.upto;
        let version = |id| changed.iter().find(|(of, _)| *of == id).map(|(_, version)| *version);
        for (file, size) in files {
            let is_full = self.rows.len() == MOST_ROWS || (self.bytes + size > MOST_BYTES && !self.rows.is_empty());
            if is_full {
                self.upto = last;
                return;
            }
            self.bytes += size;
            last = version(file.id).unwrap_or(last);
            self.rows.push(row::shown(file, scope));
        }
    }

    fn put_salon(&mut self, salon: Salon, version: Version) {
        let place = self.rows.partition_point(|row| row.version < version);
        self.rows.insert(place, Row { id: RowId::Salon, version, body: Some(RowBody::Salon(Box::new(salon))) });
    }
}
