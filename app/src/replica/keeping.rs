//! Rows that came: sealed, kept where there is room, and told to whoever shows them.

use super::{Held, Replica, Summary, leader::News, storage::Full, vault::SealedRow};
use domain::{CustomerId, Dot, Seq};
use leptos::prelude::*;
use std::sync::Arc;
use sync::{EntryState, Event, Outcome, Row, RowBody, RowId};

impl Replica {
    pub(crate) async fn put_rows(&self, rows: Vec<Row>) {
        let inner = self.inner();
        let Some(vault) = inner.session.borrow().as_ref().map(|session| session.vault.clone()) else {
            let lost: Vec<RowId> = rows.into_iter().map(|row| row.id).collect();
            lost.iter().for_each(|id| inner.cache.remove(*id));
            if let Some(outbox) = inner.outbox.get() {
                let _ = outbox.keep(&[], &lost).await;
            }
            return self.receive(Event::NotKept { rows: lost, is_full: false });
        };
        let (mut changed, mut lost, mut keep, mut spare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            changed.push(row.id);
            self.see_what_was_decided(&row);
            match vault.seal(&row) {
                Some(sealed) if self.is_worth_keeping(&row) => {
                    lost.extend(self.make_room_for(row.id, &sealed));
                    keep.push((row.id, sealed));
                }
                Some(sealed) => {
                    spare.push(row.id);
                    match inner.cache.put(row.id, &sealed) {
                        Ok(()) => {}
                        // An older one is not to be taken for it while the page is open.
                        Err(Full) if inner.cache.row(row.id).is_some() => {
                            inner.mark.update(|mark| mark.is_cache_full = true);
                            inner.cache.hold(row.id, sealed);
                        }
                        Err(Full) => lost.push(row.id),
                    }
                }
                None => {
                    spare.push(row.id);
                    inner.cache.remove(row.id);
                }
            }
            if let Some(RowBody::Salon(salon)) = row.body {
                inner.salon.set(Some(Arc::new(*salon)));
            }
        }
        if let Some(outbox) = inner.outbox.get() {
            let _ = outbox.keep(&keep, &spare).await;
        }
        self.rows_changed(&changed);
        self.tell(&News::Rows(changed));
        if !lost.is_empty() {
            inner.mark.update(|mark| mark.is_cache_full = true);
            self.receive(Event::NotKept { rows: lost, is_full: true });
        }
    }

    /// What a manager has decided about needs nobody's eyes here any more: her file, which said that it waits, says so no longer.
    fn see_what_was_decided(&self, row: &Row) {
        let (Some(RowBody::Customer(customer)), Some(device)) =
            (&row.body, self.inner().identity.with_untracked(|known| known.as_ref().map(|known| known.device)))
        else {
            return;
        };
        let still_waits = |seq| customer.file.set_aside.iter().any(|aside| aside.entry == Dot { device, seq });
        let is_decided = |held: &Held| match &held.entry.state {
            EntryState::Objected { outcome: Outcome::Quarantined { .. }, told: Some(told) } => {
                let was_noted = held.envelope.as_ref().is_some_and(|envelope| !envelope.action.concerns().is_empty());
                held.entry.row == row.id && was_noted && customer.file.version > told.by
            }
            _ => false,
        };
        let decided: Vec<Seq> = self
            .inner()
            .held
            .borrow()
            .iter()
            .filter(|(seq, held)| is_decided(held) && !still_waits(**seq))
            .map(|(seq, _)| *seq)
            .collect();
        decided.into_iter().for_each(|seq| self.seen(seq));
    }

    /// A file that somebody here has open or that is expected today pushes others out; where even that is not enough it
    /// is held in memory. Answers what went.
    fn make_room_for(&self, id: RowId, sealed: &SealedRow) -> Vec<RowId> {
        let inner = self.inner();
        let (cache, index, today) = (&inner.cache, inner.index.get_untracked(), untrack(|| self.today()));
        // Whoever is expected stays longest, then whoever was here last.
        let worth = |id: RowId| match id {
            RowId::Salon => None,
            RowId::Customer(id) => {
                index.get(&id).map(|summary| (summary.visits.iter().any(|visit| visit.on >= today), summary.latest_on))
            }
        };
        let mut gone = Vec::new();
        while cache.put(id, sealed).is_err() {
            match cache.evict_one(id, worth) {
                Some(other) => gone.push(other),
                None => {
                    cache.hold(id, sealed.clone());
                    break;
                }
            }
        }
        self.rows_changed(&gone);
        gone
    }

    fn is_worth_keeping(&self, row: &Row) -> bool {
        let today = untrack(|| self.today());
        match &row.body {
            Some(RowBody::Salon(_)) => true,
            Some(RowBody::Customer(customer)) => {
                let is_open = self.inner().triggers.borrow().contains_key(&row.id);
                is_open || customer.file.visits.values().any(|visit| visit.on == today)
            }
            None => false,
        }
    }

    pub(crate) async fn drop_rows(&self, ids: &[RowId]) {
        let inner = self.inner();
        ids.iter().for_each(|id| inner.cache.remove(*id));
        if let Some(outbox) = inner.outbox.get() {
            let _ = outbox.keep(&[], ids).await;
        }
        self.rows_changed(ids);
        self.tell(&News::Rows(ids.to_vec()));
    }

    pub(crate) fn row_changed(&self, id: RowId) {
        self.rows_changed(&[id]);
    }

    /// Brings the index up to date and tells whoever shows these rows.
    pub(crate) fn rows_changed(&self, ids: &[RowId]) {
        let inner = self.inner();
        let customers: Vec<CustomerId> =
            ids.iter().filter_map(|id| if let RowId::Customer(id) = id { Some(*id) } else { None }).collect();
        if !customers.is_empty() && inner.session.borrow().is_some() {
            let rows: Vec<_> = customers.into_iter().map(|id| (id, self.row_now(id))).collect();
            inner.index.update(|index| {
                let index = Arc::make_mut(index);
                for (id, row) in rows {
                    match row {
                        Some(row) => index.insert(id, Summary::of(&row)),
                        None => index.remove(&id),
                    };
                }
            });
        }
        for id in ids {
            if let Some(trigger) = inner.triggers.borrow().get(id) {
                trigger.notify();
            }
        }
    }
}
