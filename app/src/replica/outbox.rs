//! IndexedDB: the outbox, who this device is, wrapped keys, kept copies. The only file that names it.
//!
//! What must never be lost is written with strict durability, and counts as saved only once the transaction is complete.
//! Inside a transaction nothing is awaited but its own requests.

use super::vault::{SealedRow, name_of, row_of};
use domain::Seq;
use indexed_db_futures::{
    database::Database,
    prelude::*,
    transaction::{TransactionDurability, TransactionMode, TransactionOptions},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use sync::{Bytes, Entry, EntryState, RowId};
use wasm_bindgen::JsValue;

const ENTRIES: &str = "entries";
const KEPT: &str = "kept";
const DEVICE: &str = "device";
const NEXT_SEQ: &str = "next_seq";

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
}

/// The same as it is read, see `sync::Envelope`.
#[derive(Deserialize)]
struct Written {
    state: EntryState,
    row: RowId,
    bytes: Bytes,
}

impl From<Written> for Stored {
    fn from(Written { state, row, bytes }: Written) -> Self {
        Self { entry: Entry { state, row }, bytes }
    }
}

#[derive(Debug)]
pub struct Outbox(Database);

impl Outbox {
    pub async fn open() -> Result<Self, NotKept> {
        let opened = Database::open("xinyan").with_version(1u8).with_on_upgrade_needed(|_, database| {
            for store in [ENTRIES, KEPT, DEVICE] {
                database.create_object_store(store).build()?;
            }
            Ok(())
        });
        Ok(Self(opened.await?))
    }

    /// Appends one entry under the next number, together with the row it was decided on. `seal` is given the number.
    /// When this comes back, the entry survives a kill.
    pub async fn append(
        &self,
        row: RowId,
        kept: Option<&SealedRow>,
        seal: impl FnOnce(Seq) -> Vec<u8>,
    ) -> Result<(Seq, Stored), NotKept> {
        let transaction =
            self.0.transaction([ENTRIES, KEPT, DEVICE]).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?;
        let device = transaction.object_store(DEVICE)?;
        let next = device.get::<String, _, _>(NEXT_SEQ).await?.and_then(|text| text.parse().ok()).unwrap_or(1);
        let stored = Stored { entry: Entry { state: EntryState::Saved, row }, bytes: Bytes(seal(Seq(next))) };
        transaction.object_store(ENTRIES)?.put(serde_json::to_string(&stored)?).with_key(entry_key(Seq(next))).await?;
        if let Some(kept) = kept {
            transaction.object_store(KEPT)?.put(kept.to_text()).with_key(name_of(row)).await?;
        }
        device.put((next + 1).to_string()).with_key(NEXT_SEQ).await?;
        transaction.commit().await?;
        Ok((Seq(next), stored))
    }

    pub async fn entries(&self) -> Result<BTreeMap<Seq, Stored>, NotKept> {
        let transaction = self.0.transaction(ENTRIES).build()?;
        let store = transaction.object_store(ENTRIES)?;
        let keys = store.get_all_keys::<String>().await?.collect::<Result<Vec<_>, _>>()?;
        let texts = store.get_all::<String>().await?.collect::<Result<Vec<_>, _>>()?;
        // An entry that can't be read stays where it is: it is never taken for sent.
        let read = |(key, text): (String, String)| Some((Seq(key.parse().ok()?), serde_json::from_slice(text.as_bytes()).ok()?));
        Ok(keys.into_iter().zip(texts).filter_map(read).collect())
    }

    pub async fn put_state(&self, seq: Seq, state: EntryState) -> Result<(), NotKept> {
        let transaction = self.write(ENTRIES)?;
        let store = transaction.object_store(ENTRIES)?;
        if let Some(text) = store.get::<String, _, _>(entry_key(seq)).await? {
            let mut stored: Stored = serde_json::from_slice(text.as_bytes())?;
            stored.entry.state = state;
            store.put(serde_json::to_string(&stored)?).with_key(entry_key(seq)).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub async fn remove(&self, seq: Seq) -> Result<(), NotKept> {
        let transaction = self.write(ENTRIES)?;
        transaction.object_store(ENTRIES)?.delete(entry_key(seq)).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps copies of rows that must survive a kill. Losing them to a full disk costs nothing that was promised.
    pub async fn keep(&self, rows: &[(RowId, SealedRow)]) -> Result<(), NotKept> {
        let relaxed = TransactionOptions::new().with_durability(TransactionDurability::Relaxed);
        let transaction = self.0.transaction(KEPT).with_mode(TransactionMode::Readwrite).with_options(relaxed).build()?;
        let store = transaction.object_store(KEPT)?;
        for (id, row) in rows {
            store.put(row.to_text()).with_key(name_of(*id)).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub async fn kept(&self) -> Result<BTreeMap<RowId, SealedRow>, NotKept> {
        let transaction = self.0.transaction(KEPT).build()?;
        let store = transaction.object_store(KEPT)?;
        let keys = store.get_all_keys::<String>().await?.collect::<Result<Vec<_>, _>>()?;
        let texts = store.get_all::<String>().await?.collect::<Result<Vec<_>, _>>()?;
        let read = |(key, text): (String, String)| Some((row_of(&key)?, SealedRow::from_text(&text)?));
        Ok(keys.into_iter().zip(texts).filter_map(read).collect())
    }

    pub async fn drop_kept(&self, rows: &[RowId]) -> Result<(), NotKept> {
        let transaction = self.write(KEPT)?;
        let store = transaction.object_store(KEPT)?;
        for id in rows {
            store.delete(name_of(*id)).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Something about this device, by name.
    pub async fn note<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let transaction = self.0.transaction(DEVICE).build().ok()?;
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
        let transaction = self.0.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?;
        let next = transaction.object_store(DEVICE)?.get::<String, _, _>(NEXT_SEQ).await?;
        for store in stores.into_iter().filter(|store| !but_entries || *store != ENTRIES) {
            transaction.object_store(store)?.clear()?.await?;
        }
        if let Some(next) = next.filter(|_| but_entries) {
            transaction.object_store(DEVICE)?.put(next).with_key(NEXT_SEQ).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Something about this device that only the browser can read.
    pub async fn object(&self, name: &str) -> Option<JsValue> {
        let transaction = self.0.transaction(DEVICE).build().ok()?;
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

    fn write(&self, store: &'static str) -> Result<indexed_db_futures::transaction::Transaction<'_>, NotKept> {
        Ok(self.0.transaction(store).with_mode(TransactionMode::Readwrite).with_options(strict()).build()?)
    }
}

fn strict() -> TransactionOptions {
    TransactionOptions::new().with_durability(TransactionDurability::Strict)
}

/// Fixed width, so that the store's order is the order of the numbers.
fn entry_key(seq: Seq) -> String {
    format!("{:015}", seq.0)
}
