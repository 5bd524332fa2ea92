//! From an empty page to a screen: what may be kept here, who this device is, what lies in its stores.

use super::{
    Blocked, Identity, Phase, Replica, Summary, here,
    outbox::{IDENTITY, Outbox},
    storage::Cache,
    vault::SealedRow,
};
use crate::api::{self, DeviceReport};
use domain::{CustomerId, Version};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;
use sync::{Event, RowBody, RowId};

impl Replica {
    pub(crate) async fn start(&self) {
        let inner = self.inner();
        if !here::is_secure() {
            return inner.phase.set(Phase::Blocked(Blocked::NotSecure));
        }
        let outbox = match Cache::is_allowed() {
            true => Outbox::open().await,
            false => Err(super::outbox::NotKept),
        };
        let Ok(outbox) = outbox else {
            return inner.phase.set(Phase::Blocked(Blocked::NoStorage));
        };
        let identity: Option<Identity> = outbox.note(IDENTITY).await;
        if inner.outbox.set(outbox).is_err() {
            return;
        }
        inner.clock_offset.set(identity.as_ref().map_or(0, |identity| identity.clock_offset));
        inner.phase.set(if identity.is_some() { Phase::Closed } else { Phase::Unenrolled });
        inner.identity.set(identity);
        self.reload_entries().await;
        self.join();
        self.watch_the_page();
        ask_to_persist();
    }

    /// Opens what is held here, once there is a key. What a kill rolled back in the cache is put right from the kept copies.
    pub(crate) async fn load(&self) {
        let inner = self.inner();
        let kept = match inner.outbox.get() {
            Some(outbox) => outbox.kept().await.unwrap_or_default(),
            None => BTreeMap::new(),
        };
        let Some(vault) = inner.session.borrow().as_ref().map(|session| session.vault.clone()) else {
            return;
        };
        // From here to the index nothing waits: a row that came meanwhile would not be in it.
        let mut rows = inner.cache.load();
        let spare = self.merge_kept(&mut rows, kept);
        self.reload_salon();
        let mut index: BTreeMap<CustomerId, Summary> = BTreeMap::new();
        let mut foreign = Vec::new();
        for (id, row) in &rows {
            match id {
                RowId::Salon if vault.body(*id, row).is_none() => foreign.push(*id),
                RowId::Salon => {}
                RowId::Customer(customer) => match vault.summary(*id, row) {
                    Some(summary) => drop(index.insert(*customer, summary)),
                    None => foreign.push(*id),
                },
            }
        }
        let index = Arc::new(index);
        inner.index.set(Arc::clone(&index));
        self.keep_todays(&index, &rows, &spare).await;
        // Sealed for a former generation of this device: of no use, and to be fetched again.
        foreign.iter().for_each(|id| inner.cache.remove(*id));
        self.receive(Event::NotKept { rows: foreign, is_full: false });
        let rows = self.reload_entries().await;
        self.rows_changed(&rows);
    }

    /// Answers the kept copies that the cache has safely on disk: it was read from there just now. What is put back from the others is told
    /// to whoever fetches: the version that she knew is not the one that is here.
    fn merge_kept(&self, rows: &mut BTreeMap<RowId, SealedRow>, kept: BTreeMap<RowId, SealedRow>) -> Vec<RowId> {
        let cache = &self.inner().cache;
        let (mut spare, mut put_right) = (Vec::new(), Vec::new());
        for (id, kept) in kept {
            if rows.get(&id).is_some_and(|held| held.version >= kept.version) {
                spare.push(id);
                continue;
            }
            // What another page or this one holds in memory may be newer than either.
            if cache.row(id).is_some_and(|held| held.version >= kept.version) {
                continue;
            }
            if cache.put(id, &kept).is_err() {
                cache.hold(id, kept.clone());
            }
            put_right.push((id, if cache.is_current() { kept.version } else { Version::default() }));
            rows.insert(id, kept);
        }
        self.receive(Event::PutRight(put_right));
        spare
    }

    async fn keep_todays(&self, index: &BTreeMap<CustomerId, Summary>, rows: &BTreeMap<RowId, SealedRow>, spare: &[RowId]) {
        let today = untrack(|| self.today());
        let expected = index.values().filter(|summary| summary.visits.iter().any(|visit| visit.on == today));
        let ids: Vec<RowId> = expected.map(|summary| RowId::Customer(summary.id)).chain([RowId::Salon]).collect();
        let keep: Vec<(RowId, SealedRow)> = ids.iter().filter_map(|id| Some((*id, rows.get(id)?.clone()))).collect();
        let spare: Vec<RowId> = spare.iter().filter(|id| !ids.contains(id)).copied().collect();
        if let Some(outbox) = self.inner().outbox.get() {
            let _ = outbox.keep(&keep, &spare).await;
        }
    }

    pub(crate) fn reload_salon(&self) {
        let inner = self.inner();
        let row = inner.cache.row(RowId::Salon).and_then(|row| self.open_row(RowId::Salon, &row));
        if let Some(RowBody::Salon(salon)) = row {
            inner.salon.set(Some(Arc::new(*salon)));
        }
    }

    fn watch_the_page(&self) {
        let replica = *self;
        here::listen("online", move || replica.receive(Event::Woken));
        here::listen("offline", move || replica.note_silence());
        here::listen("visibilitychange", move || {
            if here::is_visible() {
                replica.lock_if_idle();
                replica.receive(Event::Woken);
            }
        });
        for touch in ["pointerdown", "keydown"] {
            here::listen(touch, move || {
                // A tablet that slept is touched before it has looked at its clock.
                replica.lock_if_idle();
                replica.inner().last_touch.set(here::device_now());
            });
        }
        spawn_local(async move {
            for tick in 1_u32.. {
                here::rest(5_000).await;
                replica.lock_if_idle();
                // Half a minute after the start, when the files have come, and every five minutes.
                let inner = replica.inner();
                if tick % 60 == 6 && inner.is_leader.get() && inner.session.borrow().is_some() {
                    replica.report(false);
                }
                if here::is_online() {
                    replica.end_session().await;
                }
            }
        });
    }

    fn lock_if_idle(&self) {
        let inner = self.inner();
        let idle = here::device_now().since(inner.last_touch.get());
        let limit =
            inner.identity.with_untracked(|identity| identity.as_ref().map_or(90, |identity| identity.scope.idle_seconds()));
        if matches!(inner.phase.get_untracked(), Phase::Open(_)) && idle > i64::from(limit) * 1_000 {
            self.lock();
        }
    }
}

impl Replica {
    /// Tells the salon how this device stands, for the manager's list.
    pub(crate) fn report(&self, is_wiped: bool) {
        let replica = *self;
        spawn_local(async move {
            let report = DeviceReport {
                waiting: u32::try_from(replica.inner().mark.with_untracked(|mark| mark.waiting)).unwrap_or(u32::MAX),
                files: u32::try_from(untrack(|| replica.files_held())).unwrap_or(u32::MAX),
                is_persisted: here::is_persisted().await,
                is_installed: here::is_installed(),
                is_wiped,
            };
            // It costs nothing but an older line in that list.
            let _ = api::report(report).await;
        });
    }
}

/// Asks the browser not to evict this site by itself; it may say no.
fn ask_to_persist() {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().storage().persist();
    }
}
