//! What screens read. A row looks itself up; lists hand down ids.

use super::{Replica, Summary, summary::NearVisit};
use chrono::NaiveDate;
use domain::{Action, CustomerId, Moment, Phone, ProfileField, Seq, StaffId};
use leptos::prelude::*;
use std::sync::Arc;
use sync::{CustomerRow, EntryState, Event, RowBody, RowId, overlay};

/// A customer's file as this device can show it.
#[derive(Clone, Debug, PartialEq)]
pub enum FileView {
    Here(Arc<CustomerRow>),
    /// Held by the salon, not by this tablet; asked for when there is a network.
    NotHere,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayVisit {
    pub customer: CustomerId,
    pub name: String,
    pub phone_tail: Option<String>,
    pub visit: NearVisit,
}

/// One line of the list behind the sync mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    pub seq: Seq,
    pub state: EntryState,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    /// `None` while it can't be opened.
    pub author: Option<StaffId>,
    pub at: Option<Moment>,
    pub action: Option<Action>,
}

impl Replica {
    /// One customer's file, followed as it changes. Opening it keeps a copy that survives a kill, or asks the salon for it. Where another
    /// file shows hers meanwhile it is that one, and a form that is open goes on.
    pub fn file(&self, id: CustomerId) -> Memo<FileView> {
        let replica = *self;
        self.keep_opened(RowId::Customer(id));
        Memo::new(move |_| {
            replica.trigger(RowId::Customer(id)).track();
            replica.phase();
            replica.salon();
            let shown_in = || {
                let root = replica.shown_in(id)?;
                replica.trigger(RowId::Customer(root)).track();
                replica.row_now(root)
            };
            replica.row_now(id).or_else(shown_in).map_or(FileView::NotHere, |row| FileView::Here(Arc::new(row)))
        })
    }

    /// The file that shows this one, where both are of one person.
    pub fn shown_in(&self, id: CustomerId) -> Option<CustomerId> {
        self.inner().index.with(|index| index.values().find(|summary| summary.joined.contains(&id)).map(|summary| summary.id))
    }

    /// Asks for a file that is not on this device; it comes when there is a network.
    pub fn want(&self, id: CustomerId) {
        self.receive(Event::Wanted(RowId::Customer(id)));
    }

    /// The few words of one customer that lists need; `None` when her file is not on this device.
    pub fn summary(&self, id: CustomerId) -> Option<Summary> {
        self.inner().index.with(|index| index.get(&id).cloned())
    }

    /// Whether whoever works here may see the field; what the device must not hold is withheld before it comes here.
    pub fn may_read(&self, field: ProfileField) -> bool {
        self.person().is_some_and(|person| domain::may_read(&person, self.scope(), field))
    }

    fn keep_opened(&self, row: RowId) {
        let replica = *self;
        let inner = self.inner();
        inner.cache.note_use(row);
        let Some(sealed) = inner.cache.row(row) else {
            return self.receive(Event::Wanted(row));
        };
        leptos::task::spawn_local(async move {
            if let Some(outbox) = replica.inner().outbox.get() {
                let _ = outbox.keep(&[(row, sealed)], &[]).await;
            }
        });
    }

    /// Customers held here that match what was typed, likeliest first; empty for an empty search.
    pub fn find(&self, typed: &str) -> Vec<Summary> {
        let index = self.inner().index.get();
        let mut found: Vec<Summary> = index.values().filter(|summary| summary.matches(typed)).cloned().collect();
        let typed = typed.trim();
        found.sort_by_key(|summary| {
            let is_exact = summary.name == typed || summary.phone_tail.as_deref() == Some(typed);
            (!is_exact, !summary.name.starts_with(typed), std::cmp::Reverse(summary.latest_on))
        });
        found
    }

    /// Who may be the one that somebody is about to write down: of the same name, or with the same phone. `but` is herself.
    pub fn look_alikes(&self, name: &str, phone: Option<&Phone>, but: Option<CustomerId>) -> Vec<Summary> {
        let index = self.inner().index.get();
        index.values().filter(|summary| Some(summary.id) != but && summary.is_like(name, phone)).cloned().collect()
    }

    /// Those who were here or are expected latest.
    pub fn latest_customers(&self, most: usize) -> Vec<Summary> {
        let index = self.inner().index.get();
        let mut all: Vec<&Summary> = index.values().collect();
        all.sort_by_key(|summary| std::cmp::Reverse(summary.latest_on));
        all.into_iter().take(most).cloned().collect()
    }

    /// Whom a person has to look at, of those held here: whoever was here last comes first.
    pub fn to_look_at(&self) -> Vec<CustomerId> {
        let index = self.inner().index.get();
        let mut all: Vec<&Summary> =
            index.values().filter(|summary| summary.is_to_check || summary.is_deletion_asked || summary.is_set_aside).collect();
        all.sort_by_key(|summary| std::cmp::Reverse(summary.latest_on));
        all.into_iter().map(|summary| summary.id).collect()
    }

    /// Visits of that day in order of time; those without a time last.
    pub fn visits_on(&self, day: NaiveDate) -> Vec<TodayVisit> {
        let index = self.inner().index.get();
        let of = |summary: &Summary| {
            let (customer, name, phone_tail) = (summary.id, summary.name.clone(), summary.phone_tail.clone());
            let on_day = summary.visits.iter().filter(|visit| visit.on == day).copied().collect::<Vec<_>>();
            on_day.into_iter().map(move |visit| TodayVisit {
                customer,
                name: name.clone(),
                phone_tail: phone_tail.clone(),
                visit,
            })
        };
        let mut visits: Vec<TodayVisit> = index.values().flat_map(of).collect();
        visits.sort_by_key(|visit| (visit.visit.at.is_none(), visit.visit.at, visit.visit.id));
        visits
    }

    /// From today on, of the customers held here: at least so many.
    pub fn visits_ahead_of(&self, beautician: StaffId) -> usize {
        let (index, today) = (self.inner().index.get(), self.today());
        let visits = index.values().flat_map(|summary| &summary.visits);
        visits.filter(|visit| visit.beautician == beautician && visit.on >= today).count()
    }

    /// How many files this tablet holds.
    pub fn files_held(&self) -> usize {
        self.inner().index.with(|index| index.len())
    }

    /// The outbox as a list, oldest first; what the salon has already is left out.
    pub fn entries(&self) -> Vec<EntryView> {
        let inner = self.inner();
        inner.entries_changed.track();
        let index = inner.index.get();
        let held = inner.held.borrow();
        let shown = held.iter().filter(|(_, held)| {
            !matches!(held.entry.state, EntryState::Acked { .. } | EntryState::Seen { .. }) && !held.entry.is_trace
        });
        shown
            .map(|(seq, held)| {
                let customer = match held.entry.row {
                    RowId::Customer(id) => Some(id),
                    RowId::Salon => None,
                };
                EntryView {
                    seq: *seq,
                    state: held.entry.state.clone(),
                    customer,
                    customer_name: customer.and_then(|id| index.get(&id)).map(|summary| summary.name.clone()),
                    author: held.envelope.as_ref().map(|envelope| envelope.header.author),
                    at: held.envelope.as_ref().map(|envelope| envelope.header.claimed_at),
                    action: held.envelope.as_ref().map(|envelope| envelope.action.clone()),
                }
            })
            .collect()
    }

    /// The row as held, with this device's own entries over it.
    pub(crate) fn row_now(&self, id: CustomerId) -> Option<CustomerRow> {
        let inner = self.inner();
        let row = inner.cache.row(RowId::Customer(id)).and_then(|sealed| self.open_row(RowId::Customer(id), &sealed));
        let row = match row {
            Some(RowBody::Customer(row)) => Some(*row),
            Some(RowBody::Salon(_)) | None if untrack(|| self.shown_in(id)).is_some() => return None,
            Some(RowBody::Salon(_)) | None => None,
        };
        let joined = row.iter().flat_map(|row| row.file.joined.keys().copied());
        let shown: Vec<RowId> = joined.chain([id]).map(RowId::Customer).collect();
        let salon = inner.salon.get_untracked()?;
        let scope = inner.identity.with_untracked(|identity| identity.as_ref().map(|identity| identity.scope))?;
        let held = inner.held.borrow();
        let own = held.values().filter(|held| shown.contains(&held.entry.row) && !held.entry.is_trace);
        let own = own.filter_map(|held| Some((held.entry.state.clone(), held.envelope.clone()?)));
        overlay(row, &salon, scope, own).filter(|row| row.file.erased.is_none())
    }
}
