//! IndexedDB: the outbox, who this device is, wrapped keys, kept copies. The only file that names it.
//!
//! What must never be lost is written with strict durability, and counts as saved only once the transaction is complete.
//! Inside a transaction nothing is awaited but its own requests.

use super::vault::{SealedRow, name_of, row_of};
use domain::{DeviceId, Dot, Seq};
use indexed_db_futures::{
    database::Database,
    object_store::ObjectStore,
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{cell::Cell, collections::BTreeMap};
use sync::{Bytes, Entry, EntryState, RowId};
use wasm_bindgen::JsValue;

const ENTRIES: &str = "entries";
const KEPT: &str = "kept";
const DEVICE: &str = "device";
const NEXT_SEQ: &str = "next_seq";
pub const IDENTITY: &str = "identity";
/// The device under which entries are sealed and numbered here.
const OWNER: &str = "owner";

/// The browser would not keep it: private mode, a full disk, or a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKept;

impl<E: std::error::Error> From<E> for NotKept {
    fn from(_: E) -> Self {
        Self
    }
}

/// An entry as it lies in the outbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Stored {
    #[serde(flatten)]
    pub entry: Entry,
    pub bytes: Bytes,
    /// Recorded when this browser was another device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_as: Option<Dot>,
}

/// The same as it is read, see `sync::Envelope`.
#[derive(Deserialize)]
struct Written {
    state: EntryState,
    row: RowId,
    #[serde(default)]
    is_trace: bool,
    bytes: Bytes,
    #[serde(default)]
    sealed_as: Option<Dot>,
}

impl From<Written> for Stored {
    fn from(Written { state, row, is_trace, bytes, sealed_as }: Written) -> Self {
        Self { entry: Entry { state, row, is_trace }, bytes, sealed_as }
    }
}

#[derive(Debug)]
pub struct Outbox {
    database: Database,
    /// Whose entries this page takes them for. Another tab may have made this browser another device since.
    owner: Cell<Option<DeviceId>>,
}

/// What a browser is, as far as this file asks.
#[derive(Deserialize)]
struct Owner {
    device: DeviceId,
}

impl Outbox {
    pub async fn open() -> Result<Self, NotKept> {
        let opened = Database::open("xinyan").with_version(1u8).with_on_upgrade_needed(|_, database| {
            for store in [ENTRIES, KEPT, DEVICE] {
                database.create_object_store(store).build()?;
            }
            Ok(())
        });
        let outbox = Self { database: opened.await?, owner: Cell::default() };
        let transaction = outbox.write(DEVICE)?;
        let notes = transaction.object_store(DEVICE)?;
        let owner = owner(&notes).await?;
        if let Some(owner) = owner {
            // What else says so may go before the entries do.
            notes.put(owner.to_string()).with_key(OWNER).await?;
        }
        transaction.commit().await?;
        outbox.owner.set(owner);
        Ok(outbox)
    }

    pub fn owner(&self) -> Option<DeviceId> {
        self.owner.get()
    }

    /// Appends one entry under the next number, together with the row it was decided on. `seal` is given the number.
    /// When this comes back, the entry survives a kill.
    pub async fn append(
        &self,
        entry: Entry,
        kept: Option<&SealedRow>,
        seal: impl FnOnce(Seq) -> Vec<u8>,
    ) -> Result<(Seq, Stored), NotKept> {
        let transaction = self
            .database
            .transaction([ENTRIES, KEPT, DEVICE])
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict())
            .build()?;
        let device = transaction.object_store(DEVICE)?;
        self.must_be_ours(&device).await?;
        let next = device.get::<String, _, _>(NEXT_SEQ).await?.and_then(|text| text.parse().ok()).unwrap_or(1);
        let row = entry.row;
        let stored = Stored { entry, bytes: Bytes(seal(Seq(next))), sealed_as: None };
        transaction.object_store(ENTRIES)?.put(serde_json::to_string(&stored)?).with_key(entry_key(Seq(next))).await?;
        if let Some(kept) = kept {
            transaction.object_store(KEPT)?.put(kept.to_text()).with_key(name_of(row)).await?;
        }
        device.put((next + 1).to_string()).with_key(NEXT_SEQ).await?;
        transaction.commit().await?;
        Ok((Seq(next), stored))
    }

    pub async fn entries(&self) -> Result<BTreeMap<Seq, Stored>, NotKept> {
        let transaction = self.database.transaction(ENTRIES).build()?;
        let texts = all(&transaction.object_store(ENTRIES)?).await?;
        // An entry that can't be read stays where it is: it is never taken for sent.
        Ok(texts.into_iter().filter_map(|(key, text)| read(&key, &text)).collect())
    }

    /// Whose entries these are from now on. What another device left waits on as this one's, numbered from 1 and still sealed as that one's;
    /// everything else of that one goes. True where it was another one.
    pub async fn belong_to(&self, device: DeviceId) -> Result<bool, NotKept> {
        let stores = [ENTRIES, KEPT, DEVICE];
        let transaction =
            self.database.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?;
        let notes = transaction.object_store(DEVICE)?;
        let owner = owner(&notes).await?;
        if owner == Some(device) {
            self.owner.set(owner);
            return Ok(false);
        }
        let entries = transaction.object_store(ENTRIES)?;
        let left = all(&entries).await?;
        for store in stores {
            transaction.object_store(store)?.clear()?.await?;
        }
        let mut next = Seq(1);
        for (key, text) in left {
            let Some((seq, stored)) = read(&key, &text) else {
                entries.put(text).with_key(format!("unread {key}")).await?;
                continue;
            };
            let former = owner.map(|device| Dot { device, seq });
            let entry = Entry { state: EntryState::Saved, ..stored.entry };
            let stored = Stored { entry, sealed_as: stored.sealed_as.or(former), ..stored };
            entries.put(serde_json::to_string(&stored)?).with_key(entry_key(next)).await?;
            next = next.next();
        }
        notes.put(next.0.to_string()).with_key(NEXT_SEQ).await?;
        notes.put(device.to_string()).with_key(OWNER).await?;
        transaction.commit().await?;
        self.owner.set(Some(device));
        Ok(true)
    }

    pub async fn put_state(&self, seq: Seq, state: EntryState) -> Result<(), NotKept> {
        let transaction = self.write_entries().await?;
        let store = transaction.object_store(ENTRIES)?;
        if let Some(text) = store.get::<String, _, _>(entry_key(seq)).await? {
            let mut stored: Stored = serde_json::from_slice(text.as_bytes())?;
            stored.entry.state = state;
            store.put(serde_json::to_string(&stored)?).with_key(entry_key(seq)).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub async fn remove(&self, seq: Seq) -> Result<(), NotKept> {
        let transaction = self.write_entries().await?;
        transaction.object_store(ENTRIES)?.delete(entry_key(seq)).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps copies of rows that must survive a kill, and of `spare` no longer. Losing them to a full disk costs nothing that was promised.
    pub async fn keep(&self, rows: &[(RowId, SealedRow)], spare: &[RowId]) -> Result<(), NotKept> {
        if rows.is_empty() && spare.is_empty() {
            return Ok(());
        }
        // By itself: a disk that has no room for the one still lets go of the other.
        if !spare.is_empty() {
            let transaction = self.write_relaxed()?;
            for id in spare {
                transaction.object_store(KEPT)?.delete(name_of(*id)).await?;
            }
            transaction.commit().await?;
        }
        let transaction = self.write_relaxed()?;
        for (id, row) in rows {
            transaction.object_store(KEPT)?.put(row.to_text()).with_key(name_of(*id)).await?;
        }
        Ok(transaction.commit().await?)
    }

    fn write_relaxed(&self) -> Result<Transaction<'_>, NotKept> {
        let relaxed = TransactionOptions::new().with_durability(TransactionDurability::Relaxed);
        Ok(self.database.transaction(KEPT).with_mode(TransactionMode::Readwrite).with_options(relaxed).build()?)
    }

    pub async fn kept(&self) -> Result<BTreeMap<RowId, SealedRow>, NotKept> {
        let transaction = self.database.transaction(KEPT).build()?;
        let texts = all(&transaction.object_store(KEPT)?).await?;
        Ok(texts.into_iter().filter_map(|(key, text)| Some((row_of(&key)?, SealedRow::from_text(&text)?))).collect())
    }

    pub async fn drop_all_kept(&self) -> Result<(), NotKept> {
        let transaction = self.write(KEPT)?;
        transaction.object_store(KEPT)?.clear()?.await?;
        Ok(transaction.commit().await?)
    }

    /// Something about this device, by name.
    pub async fn note<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let transaction = self.database.transaction(DEVICE).build().ok()?;
        let text = transaction.object_store(DEVICE).ok()?.get::<String, _, _>(name).await.ok()??;
        serde_json::from_slice(text.as_bytes()).ok()
    }

    pub async fn put_note(&self, name: &str, value: &impl Serialize) -> Result<(), NotKept> {
        let transaction = self.write(DEVICE)?;
        transaction.object_store(DEVICE)?.put(serde_json::to_string(value)?).with_key(name).await?;
        Ok(transaction.commit().await?)
    }

    /// Everything at once; with `but_entries` the entries stay, sealed as they are, and go on being handed in.
    pub async fn clear(&self, but_entries: bool) -> Result<(), NotKept> {
        let stores = [ENTRIES, KEPT, DEVICE];
        let transaction =
            self.database.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?;
        let notes = transaction.object_store(DEVICE)?;
        let mut stay = Vec::new();
        for note in [NEXT_SEQ, OWNER].into_iter().filter(|_| but_entries) {
            stay.extend(notes.get::<String, _, _>(note).await?.map(|text| (note, text)));
        }
        for store in stores.into_iter().filter(|store| !but_entries || *store != ENTRIES) {
            transaction.object_store(store)?.clear()?.await?;
        }
        for (note, text) in stay {
            notes.put(text).with_key(note).await?;
        }
        transaction.commit().await?;
        self.owner.set(self.owner.get().filter(|_| but_entries));
        Ok(())
    }

    /// Something about this device that only the browser can read.
    pub async fn object(&self, name: &str) -> Option<JsValue> {
        let transaction = self.database.transaction(DEVICE).build().ok()?;
        transaction.object_store(DEVICE).ok()?.get::<JsValue, _, _>(name).await.ok()?
    }

    pub async fn put_object(&self, name: &str, value: &JsValue) -> Result<(), NotKept> {
        let transaction = self.write(DEVICE)?;
        transaction.object_store(DEVICE)?.put(value.clone()).with_key(name).await?;
        Ok(transaction.commit().await?)
    }

    /// Counts one up in one transaction, so that two tabs never count the same try; answers the count before.
    pub async fn count_up(&self, name: &str) -> Result<u8, NotKept> {
        let transaction = self.write(DEVICE)?;
        let store = transaction.object_store(DEVICE)?;
        let before: u8 = store.get::<String, _, _>(name).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
        store.put(before.saturating_add(1).to_string()).with_key(name).await?;
        transaction.commit().await?;
        Ok(before)
    }

    /// Raises the next number to what the server expects; never lowers it. A device begins where the server left it.
    pub async fn raise_next_seq(&self, next: Seq) -> Result<(), NotKept> {
        let transaction = self.write(DEVICE)?;
        let store = transaction.object_store(DEVICE)?;
        let here: i64 = store.get::<String, _, _>(NEXT_SEQ).await?.and_then(|text| text.parse().ok()).unwrap_or(1);
        store.put(here.max(next.0).to_string()).with_key(NEXT_SEQ).await?;
        Ok(transaction.commit().await?)
    }

    async fn write_entries(&self) -> Result<Transaction<'_>, NotKept> {
        let stores = [ENTRIES, DEVICE];
        let transaction =
            self.database.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?;
        self.must_be_ours(&transaction.object_store(DEVICE)?).await?;
        Ok(transaction)
    }

    /// Numbers of another device name other entries.
    async fn must_be_ours(&self, notes: &ObjectStore<'_>) -> Result<(), NotKept> {
        if owner(notes).await? == self.owner.get() { Ok(()) } else { Err(NotKept) }
    }

    fn write(&self, store: &'static str) -> Result<Transaction<'_>, NotKept> {
        Ok(self.database.transaction(store).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?)
    }
}

fn strict() -> TransactionOptions {
    TransactionOptions::new().with_durability(TransactionDurability::Strict)
}

/// Everything in a store, in the order of its keys.
async fn all(store: &ObjectStore<'_>) -> Result<Vec<(String, String)>, NotKept> {
    let keys = store.get_all_keys::<String>().await?.collect::<Result<Vec<_>, _>>()?;
    let texts = store.get_all::<String>().await?.collect::<Result<Vec<_>, _>>()?;
    Ok(keys.into_iter().zip(texts).collect())
}

async fn owner(notes: &ObjectStore<'_>) -> Result<Option<DeviceId>, NotKept> {
    if let Some(owner) = notes.get::<String, _, _>(OWNER).await? {
        return Ok(owner.parse().ok());
    }
    // Before owners were written down, it was whoever the browser was.
    let identity = notes.get::<String, _, _>(IDENTITY).await?;
    Ok(identity.and_then(|text| serde_json::from_slice::<Owner>(text.as_bytes()).ok()).map(|owner| owner.device))
}

fn read(key: &str, text: &str) -> Option<(Seq, Stored)> {
    Some((Seq(key.parse().ok()?), serde_json::from_slice(text.as_bytes()).ok()?))
}

/// Fixed width, so that the store's order is the order of the numbers.
fn entry_key(seq: Seq) -> String {
    format!("{:015}", seq.0)
}
