//! What the server decides about one entry, given what it has loaded. The store keeps what comes out, in one transaction.

use crate::{Envelope, Hash, Header, Key, Outcome, SCHEMA, Sealed};
use domain::{
    Action, Change, CustomerFile, DeviceId, DeviceScope, Moment, Salon, Scope, Seq, StaffId, Stamp, Unfit, Version, authorise,
    decide,
};
use serde::Deserialize;

/// What the ledger knows about a device and, where it was used before, this number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    pub next: Seq,
    pub first: Option<(Hash, Outcome)>,
}

/// Whether it is an entry's turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    Now,
    /// It was here before: its first answer again.
    Before(Outcome),
    Never(Outcome),
}

/// Idempotence: the same number with the same bytes is told the first answer, with other bytes it is a fork.
pub fn turn_of(ledger: &Ledger, seq: Seq, hash: Hash) -> Turn {
    match &ledger.first {
        Some((known, outcome)) if *known == hash => Turn::Before(outcome.clone()),
        Some(_) => Turn::Never(Outcome::Forked),
        None if seq == ledger.next => Turn::Now,
        None => Turn::Never(Outcome::Gap { expected: ledger.next }),
    }
}

/// An entry once opened: its header, and the action where this build can read it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub header: Header,
    pub action: Result<Action, Outcome>,
}

impl Sealed {
    /// Opens what a device handed in. `author_key` gives the key of the person whom the header names.
    /// An entry that nobody on this device can have made is `Forged`; one from a newer build must wait.
    pub fn open(&self, device: DeviceId, data: &Key, author_key: impl Fn(StaffId) -> Key) -> Result<Opened, Outcome> {
        #[derive(Deserialize)]
        struct Loose {
            #[serde(flatten)]
            header: Header,
        }
        let forged = Outcome::Quarantined { reason: Unfit::Forged };
        let (mac, bytes) = data.open_entry(device, self.seq, &self.bytes.0).map_err(|_| forged.clone())?;
        let header =
            serde_json::from_slice::<Loose>(&bytes).map_err(|_| Outcome::Quarantined { reason: Unfit::Unreadable })?.header;
        let is_hers = header.device == device && header.seq == self.seq && author_key(header.author).is_mac_of(&mac, &bytes);
        if !is_hers {
            return Err(forged);
        }
        let action = serde_json::from_slice::<Envelope>(&bytes).map(|envelope| envelope.action).map_err(|_| {
            match header.schema > SCHEMA {
                true => Outcome::RetryLater,
                false => Outcome::Quarantined { reason: Unfit::Unreadable },
            }
        });
        Ok(Opened { header, action })
    }
}

/// What the server holds when it decides.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub salon: &'a Salon,
    pub file: Option<&'a CustomerFile>,
    pub device: DeviceScope,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub outcome: Outcome,
    pub stamp: Stamp,
    /// Empty unless applied.
    pub changes: Vec<Change>,
}

/// Authorises as the author, now, then decides by the same rules as the device did.
pub fn judge(known: Known<'_>, header: &Header, action: &Action, version: Version, now: Moment) -> Judgement {
    let stamp = header.stamp_received(version, now);
    let decided = authorise(known.salon.person(header.author), known.device, action)
        .and_then(|()| decide(Scope { salon: known.salon, file: known.file }, &stamp, action));
    match decided {
        Ok(changes) => Judgement { outcome: Outcome::Applied { version }, stamp, changes },
        Err(objection) => Judgement { outcome: objection.into(), stamp, changes: Vec::new() },
    }
}
