//! Rows as they lie on the device: sealed, in the same form in the cache and among the kept copies.

use super::{Summary, here};
use domain::{DeviceId, Seq, Version};
use sync::{Bytes, Envelope, Key, Row, RowBody, RowId};

/// `version|summary|body`, the latter two sealed. The summary alone is opened at a start, so that a list of thousands
/// is there at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRow {
    pub version: Version,
    summary: String,
    body: String,
}

impl SealedRow {
    pub fn to_text(&self) -> String {
        format!("{}|{}|{}", self.version.0, self.summary, self.body)
    }

    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '|');
        let version = Version(parts.next()?.parse().ok()?);
        Some(Self { version, summary: parts.next()?.to_owned(), body: parts.next()?.to_owned() })
    }
}

/// What a row is called in the stores.
pub fn name_of(row: RowId) -> String {
    match row {
        RowId::Salon => "salon".to_owned(),
        RowId::Customer(id) => id.to_string(),
    }
}

pub fn row_of(name: &str) -> Option<RowId> {
    match name {
        "salon" => Some(RowId::Salon),
        id => id.parse().ok().map(RowId::Customer),
    }
}

/// Seals and opens for one device.
#[derive(Clone, Debug)]
pub struct Vault {
    pub device: DeviceId,
    pub key: Key,
}

impl Vault {
    /// `None` for a row without a body.
    pub fn seal(&self, row: &Row) -> Option<SealedRow> {
        let body = row.body.as_ref()?;
        let summary = match body {
            RowBody::Salon(_) => String::new(),
            RowBody::Customer(customer) => self.seal_part("summary", row_name(row.id, row.version), &Summary::of(customer)),
        };
        Some(SealedRow { version: row.version, summary, body: self.seal_part("row", row_name(row.id, row.version), body) })
    }

    pub fn summary(&self, id: RowId, row: &SealedRow) -> Option<Summary> {
        self.open_part("summary", row_name(id, row.version), &row.summary)
    }

    pub fn body(&self, id: RowId, row: &SealedRow) -> Option<RowBody> {
        self.open_part("row", row_name(id, row.version), &row.body)
    }

    /// One of this device's own entries; whoever is signed in may read what lies in the outbox.
    pub fn open_envelope(&self, seq: Seq, sealed: &[u8]) -> Option<Envelope> {
        let (_, bytes) = self.key.open_entry(self.device, seq, sealed).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// A file names the same people and devices over and over: packed first, four times as many fit.
    fn seal_part(&self, part: &str, row: String, value: &impl serde::Serialize) -> String {
        let plain = lz4_flex::compress_prepend_size(&serde_json::to_vec(value).unwrap_or_default());
        Bytes(self.key.seal(&here::nonce(), &self.words(part, &row), &plain)).into()
    }

    fn open_part<T: serde::de::DeserializeOwned>(&self, part: &str, row: String, sealed: &str) -> Option<T> {
        let bytes = Bytes::try_from(sealed.to_owned()).ok()?;
        let packed = self.key.open(&self.words(part, &row), &bytes.0).ok()?;
        let plain = lz4_flex::decompress_size_prepended(&packed).ok()?;
        serde_json::from_slice(&plain).ok()
    }

    fn words(&self, part: &str, row: &str) -> String {
        format!("{part} {} {row}", self.device)
    }
}

fn row_name(id: RowId, version: Version) -> String {
    format!("{} {}", name_of(id), version.0)
}
