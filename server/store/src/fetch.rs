//! Single rows by id. An id that does not exist and one that is not for this device get the same answer.

use crate::{Device, Store, StoreError, audit, device, head, row, salon, shown};
use domain::{CareNote, CareOf, Contact, ContactId, CustomerFile, CustomerId, Moment, NoteId, Use, UseId};
use std::collections::{BTreeMap, BTreeSet};
use sync::{Fetch, Fetched, Row, RowBody, RowId};

impl Store {
    pub async fn fetch(&self, device: &Device, ids: Vec<RowId>, now: Moment) -> Result<Fetched, StoreError> {
        let branch = self.branch().await?;
        let scope = device.scope;
        let fetched = self.read(move |tx| {
            Box::pin(async move {
                let head = head::head(tx, &branch).await?;
                let customers: Vec<CustomerId> = ids.iter().take(Fetch::MOST).filter_map(customer_of).collect();
                let files = shown::shown(tx, &branch, &customers).await?;
                let files: BTreeMap<CustomerId, _> = files.into_iter().map(|(file, _)| (file.id, file)).collect();
                let is_shown =
                    |id: &CustomerId| files.contains_key(id) || files.values().any(|file| file.joined.contains_key(id));
                let guessed = customers.iter().filter(|id| !is_shown(id)).count();
                let mut rows = Vec::with_capacity(ids.len());
                for id in ids.into_iter().take(Fetch::MOST) {
                    rows.push(match id {
                        RowId::Salon => {
                            let (salon, version) = salon::load(tx, &branch).await?;
                            Row { id, version, body: Some(RowBody::Salon(Box::new(salon))) }
                        }
                        RowId::Customer(customer) => match files.get(&customer) {
                            Some(file) => row::shown(file.clone(), scope),
                            None => Row { id, version: head.version, body: None },
                        },
                    });
                }
                Ok((Fetched { epoch: head.epoch, rows }, guessed))
            })
        });
        let (fetched, guessed) = fetched.await?;
        if guessed > 0 {
            self.note_guess(device, guessed, now).await?;
        }
        Ok(fetched)
    }

    /// Notes that no longer fit into the row: the latest first, from the one before `before` on. None of a file that is not ours.
    pub async fn older_notes(
        &self,
        device: &Device,
        customer: CustomerId,
        before: Option<NoteId>,
        limit: usize,
        now: Moment,
    ) -> Result<Vec<(NoteId, CareNote)>, StoreError> {
        let file = self.file_asked_for(device, customer, now).await?;
        Ok(file.map(|file| older(file.notes, before, limit)).unwrap_or_default())
    }

    /// Contacts that no longer fit, in the same way.
    pub async fn older_contacts(
        &self,
        device: &Device,
        customer: CustomerId,
        before: Option<ContactId>,
        limit: usize,
        now: Moment,
    ) -> Result<Vec<(ContactId, Contact)>, StoreError> {
        let file = self.file_asked_for(device, customer, now).await?;
        Ok(file.map(|file| older(file.contacts, before, limit)).unwrap_or_default())
    }

    /// Uses of products that no longer fit, in the same way: those that wait for somebody are in the row.
    pub async fn older_uses(
        &self,
        device: &Device,
        customer: CustomerId,
        before: Option<UseId>,
        limit: usize,
        now: Moment,
    ) -> Result<Vec<(UseId, Use)>, StoreError> {
        let Some(mut file) = self.file_asked_for(device, customer, now).await? else { return Ok(Vec::new()) };
        let waiting: BTreeSet<UseId> = file.uses_to_confirm().collect();
        file.uses.retain(|id, _| !waiting.contains(id));
        Ok(older(file.uses, before, limit))
    }

    /// Every treatment and measurement of hers, as it was recorded.
    pub async fn care_of(&self, device: &Device, customer: CustomerId, now: Moment) -> Result<Option<CareOf>, StoreError> {
        let file = self.file_asked_for(device, customer, now).await?;
        Ok(file.map(|file| CareOf { treatments: file.treatments, measurements: file.measurements }))
    }

    async fn file_asked_for(
        &self,
        device: &Device,
        customer: CustomerId,
        now: Moment,
    ) -> Result<Option<CustomerFile>, StoreError> {
        let file = self.file(customer).await?;
        if file.is_none() {
            self.note_guess(device, 1, now).await?;
        }
        Ok(file)
    }

    /// Nobody's tablet asks for files that it was never told of.
    async fn note_guess(&self, device: &Device, guessed: usize, now: Moment) -> Result<(), StoreError> {
        let (branch, id) = (self.branch().await?, device.id);
        self.write(move |tx| {
            Box::pin(async move {
                head::lock(tx, &branch).await?;
                audit::append(tx, &branch, audit::Fact::of("unknown_files_asked", now).on(id).about(guessed)).await
            })
        })
        .await
    }

    /// Beside the reading itself, which does not wait for it; at most once a minute.
    pub(crate) fn note_contact(&self, device: &Device, now: Moment) {
        let (store, id) = (self.clone(), device.id);
        tokio::spawn(async move {
            let Ok(branch) = store.branch().await else { return };
            let for_read = branch.clone();
            let is_due =
                store.read(move |tx| Box::pin(async move { device::is_contact_due(tx, &for_read, id, now).await })).await;
            if is_due == Ok(true) {
                // The next contact makes it good.
                let _ = store.write(move |tx| Box::pin(async move { device::in_contact(tx, &branch, id, now).await })).await;
            }
        });
    }
}

const fn customer_of(id: &RowId) -> Option<CustomerId> {
    match id {
        RowId::Salon => None,
        RowId::Customer(customer) => Some(*customer),
    }
}

fn older<K: Ord, V>(all: BTreeMap<K, V>, before: Option<K>, limit: usize) -> Vec<(K, V)> {
    all.into_iter().rev().filter(|(id, _)| before.as_ref().is_none_or(|before| id < before)).take(limit).collect()
}
