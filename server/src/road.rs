//! The road, as seen from the server: who may hand in, who may fetch. The rest is the store's.

use crate::{caller::Caller, fault};
use app::api::Fault;
use domain::{CareNote, CareOf, Contact, ContactId, CustomerId, NoteId, Use, UseId};
use store::DeviceStatus;
use sync::{ApiFault, CustomerRow, Fetch, Fetched, Manifest, Pull, Pulled, Push, Pushed, READS_SINCE};

const FOUND_AT_MOST: usize = 50;
const NOTES_AT_ONCE: usize = 50;
const LONGEST_QUERY: usize = 80;

/// The device alone is enough. One that was sent away still hands in what it holds (it goes to quarantine); a stolen one wipes.
pub async fn push(caller: &Caller, push: Push) -> Result<Pushed, Fault> {
    let device = caller.any_device().await?.ok_or(Fault(ApiFault::SignedOut))?;
    if device.status == DeviceStatus::Stolen {
        return Err(Fault(ApiFault::Wipe));
    }
    if push.device.is_some_and(|of| of != device.id) {
        return Err(Fault(ApiFault::SignedOut));
    }
    let bytes: usize = push.entries.iter().map(|entry| entry.bytes.0.len()).sum();
    if push.entries.len() > Push::MOST_ENTRIES || bytes > Push::MOST_BYTES {
        return Err(Fault(ApiFault::TooMuch));
    }
    let house = caller.house();
    house.store.perform(&house.keys, &device, push, house.clock.now()).await.map_err(fault::of_store)
}

pub async fn pull(caller: &Caller, pull: Pull) -> Result<Option<Pulled>, Fault> {
    let (device, _) = caller.signed_in().await?;
    may_read(pull.schema)?;
    let house = caller.house();
    house.store.pull(&device, pull, house.clock.now()).await.map_err(fault::of_store)
}

fn may_read(schema: u16) -> Result<(), Fault> {
    if schema < READS_SINCE { Err(Fault(ApiFault::Upgrade)) } else { Ok(()) }
}

pub async fn manifest(caller: &Caller) -> Result<Manifest, Fault> {
    let (device, _) = caller.signed_in().await?;
    let house = caller.house();
    house.store.manifest(&device, house.clock.now()).await.map_err(fault::of_store)
}

pub async fn fetch(caller: &Caller, fetch: Fetch) -> Result<Fetched, Fault> {
    let (device, _) = caller.signed_in().await?;
    may_read(fetch.schema)?;
    if fetch.ids.len() > Fetch::MOST {
        return Err(Fault(ApiFault::TooMuch));
    }
    let house = caller.house();
    house.store.fetch(&device, fetch.ids, house.clock.now()).await.map_err(fault::of_store)
}

pub async fn search(caller: &Caller, query: String) -> Result<Vec<CustomerRow>, Fault> {
    let (device, _) = caller.signed_in().await?;
    let query: String = query.trim().chars().take(LONGEST_QUERY).collect();
    if query.is_empty() {
        return Ok(Vec::new());
    }
    caller.house().store.search(&device, &query, FOUND_AT_MOST).await.map_err(fault::of_store)
}

pub async fn older_notes(
    caller: &Caller,
    customer: CustomerId,
    before: Option<NoteId>,
) -> Result<Vec<(NoteId, CareNote)>, Fault> {
    let (device, _) = caller.signed_in().await?;
    let house = caller.house();
    house.store.older_notes(&device, customer, before, NOTES_AT_ONCE, house.clock.now()).await.map_err(fault::of_store)
}

pub async fn older_uses(caller: &Caller, customer: CustomerId, before: Option<UseId>) -> Result<Vec<(UseId, Use)>, Fault> {
    let (device, _) = caller.signed_in().await?;
    let house = caller.house();
    house.store.older_uses(&device, customer, before, NOTES_AT_ONCE, house.clock.now()).await.map_err(fault::of_store)
}

pub async fn care_of(caller: &Caller, customer: CustomerId) -> Result<Option<CareOf>, Fault> {
    let (device, _) = caller.signed_in().await?;
    let house = caller.house();
    house.store.care_of(&device, customer, house.clock.now()).await.map_err(fault::of_store)
}

pub async fn older_contacts(
    caller: &Caller,
    customer: CustomerId,
    before: Option<ContactId>,
) -> Result<Vec<(ContactId, Contact)>, Fault> {
    let (device, _) = caller.signed_in().await?;
    let house = caller.house();
    house.store.older_contacts(&device, customer, before, NOTES_AT_ONCE, house.clock.now()).await.map_err(fault::of_store)
}
