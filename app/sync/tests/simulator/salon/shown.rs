//! What devices are given: files as people see them, one that was joined to another within that one.

use super::SimSalon;
use crate::broken::Broken;
use domain::{CustomerFile, CustomerId, Version};
use std::collections::BTreeSet;
use sync::{CustomerRow, Fetched, Manifest, Place, Pull, Pulled, Row, RowBody, RowId};

const PAGE: usize = 4;
/// Room below the day for the count of files that have moved.
const MOVES_A_DAY: i64 = 1 << 20;

impl SimSalon {
    /// By the salon's own measure: its devices hold those whose turn it is.
    pub fn is_member(&self, id: CustomerId) -> bool {
        self.turns.as_ref().is_none_or(|turns| turns.get(&id).is_some_and(|turn| (turn - self.day).rem_euclid(3) == 0))
    }

    /// As it stands on every screen; `None` for one that another file shows.
    pub fn shown(&self, id: CustomerId) -> Option<CustomerFile> {
        let file = self.files.get(&id).filter(|file| file.joined_to.is_none() && !file.is_erased())?;
        Some(file.clone().united(file.joined.keys().filter_map(|other| self.files.get(other))))
    }

    /// Nobody is to know of them any more.
    pub fn erased(&self) -> BTreeSet<CustomerId> {
        self.files.values().filter(|file| file.is_erased()).map(|file| file.id).collect()
    }

    /// Every file that a device holds once it has come to rest.
    pub fn all_shown(&self) -> impl Iterator<Item = CustomerFile> {
        self.files.keys().filter(|id| self.is_member(**id)).filter_map(|id| self.shown(*id))
    }

    /// What has changed up to there and did not come by another way: a file that was taken out of another one has not changed by that,
    /// the manifest brings it.
    pub fn changed_until(&self, place: Place) -> impl Iterator<Item = &CustomerFile> {
        let comes_by_manifest = move |file: &CustomerFile| {
            let apart = self.apart.get(&file.id);
            apart.is_some_and(|(version, members)| file.version <= *version && place.members < *members)
        };
        let changed = self.files.values().filter(move |file| file.version <= place.cursor && !comes_by_manifest(file));
        changed.filter(|file| !file.is_erased())
    }

    pub fn pull(&self, pull: Pull) -> Option<Pulled> {
        if pull.epoch != self.epoch || pull.after > self.version {
            return None;
        }
        let mut changed: Vec<&CustomerFile> = self.files.values().filter(|file| file.version > pull.after).collect();
        changed.sort_by_key(|file| file.version);
        let mut told = BTreeSet::new();
        // That somebody is no more concerns whoever has written of her.
        let concerns = |file: &&CustomerFile| file.is_erased() || self.is_member(file.joined_to.unwrap_or(file.id));
        let changed = changed.into_iter().filter(concerns).map(|file| (file.joined_to.unwrap_or(file.id), file.version));
        let mut changed: Vec<_> = changed.filter(|(id, _)| told.insert(*id)).collect();
        let is_all = changed.len() <= PAGE;
        changed.truncate(PAGE);
        // A file may be shown newer than the change that brought it onto this page.
        let upto = if is_all { self.visible_head() } else { changed.last().map_or(pull.after, |(_, version)| *version) };
        let row = |(id, version): &_| match self.shown(*id) {
            Some(file) => row_of(file),
            None => Row { id: RowId::Customer(*id), version: *version, body: None },
        };
        let rows = changed.iter().map(row).collect();
        Some(Pulled { epoch: self.epoch, head: self.visible_head(), members: self.members(), upto: upto.max(pull.after), rows })
    }

    pub fn manifest(&self) -> Manifest {
        let rows = self.all_shown().map(|file| (RowId::Customer(file.id), file.version)).collect();
        Manifest { epoch: self.epoch, head: self.visible_head(), members: self.members(), rows, erased: self.erased() }
    }

    pub fn fetch(&self, ids: &[RowId]) -> Fetched {
        let row = |id: &RowId| match id {
            RowId::Customer(customer) => self.shown(*customer).filter(|file| self.is_member(file.id)).map(row_of),
            RowId::Salon => None,
        };
        let rows = ids.iter().map(|id| row(id).unwrap_or(Row { id: *id, version: self.version, body: None })).collect();
        Fetched { epoch: self.epoch, rows }
    }

    /// With versions from a sequence, the newest committed row passes for the head while older ones are still on their way.
    fn visible_head(&self) -> Version {
        match self.broken {
            Some(Broken::SequenceAsCursor) => self.applied.iter().map(|applied| applied.version).max().unwrap_or(Version(1)),
            _ => self.version,
        }
    }

    pub(super) fn members(&self) -> i64 {
        self.day * MOVES_A_DAY + self.moves
    }
}

fn row_of(file: CustomerFile) -> Row {
    let (id, version) = (RowId::Customer(file.id), file.version);
    let row = CustomerRow::unsent(file);
    Row { id, version, body: Some(RowBody::Customer(Box::new(row))) }
}
