//! What the server decides about one entry, given what it has loaded. The store keeps what comes out, in one transaction.

use crate::{Envelope, Hash, Header, Key, Outcome, SCHEMA, Sealed};
use domain::{
    Action, Change, CustomerFile, DeviceId, DeviceScope, Dot, Moment, Salon, Scope, Seq, StaffId, Stamp, Unfit, Version,
    authorise, decide, settled,
};
use serde::Deserialize;
use std::borrow::Cow;

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
    /// Opens what `device` handed in. `keys` gives those of the device that sealed it, `author_key` that of the person whom its header
    /// names, there. An entry that nobody on that device can have made is `Forged`; one from a newer build must wait. What comes out is
    /// `device`'s own, under the number that it was handed in by.
    pub fn open(
        &self,
        device: DeviceId,
        data_key: impl Fn(DeviceId) -> Key,
        author_key: impl Fn(DeviceId, StaffId) -> Key,
    ) -> Result<Opened, Outcome> {
        #[derive(Deserialize)]
        struct Loose {
            #[serde(flatten)]
            header: Header,
        }
        let forged = Outcome::Quarantined { reason: Unfit::Forged };
        let Dot { device: of, seq } = self.dot(device);
        let (mac, bytes) = data_key(of).open_entry(of, seq, &self.bytes.0).map_err(|_| forged.clone())?;
        let header =
            serde_json::from_slice::<Loose>(&bytes).map_err(|_| Outcome::Quarantined { reason: Unfit::Unreadable })?.header;
        let is_hers = header.device == of && header.seq == seq && author_key(of, header.author).is_mac_of(&mac, &bytes);
        if !is_hers {
            return Err(forged);
        }
        let action = serde_json::from_slice::<Envelope>(&bytes).map(|envelope| envelope.action).map_err(|_| {
            match header.schema > SCHEMA {
                true => Outcome::RetryLater,
                false => Outcome::Quarantined { reason: Unfit::Unreadable },
            }
        });
        Ok(Opened { header: Header { device, seq: self.seq, ..header }, action })
    }
}

/// What the server holds when it decides.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub salon: &'a Salon,
    pub file: Option<&'a CustomerFile>,
    /// The second file that the action names.
    pub other: Option<&'a CustomerFile>,
    pub device: DeviceScope,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub outcome: Outcome,
    pub stamp: Stamp,
    /// Empty unless applied.
    pub changes: Vec<Change>,
    /// As it is to be recorded, where that is not as it came.
    pub settled: Option<Action>,
}

/// Authorises as the author, now, then decides by the same rules as the device did.
pub fn judge(known: Known<'_>, header: &Header, action: &Action, version: Version, now: Moment) -> Judgement {
    let stamp = header.stamp_received(version, now);
    let scope = Scope { salon: known.salon, file: known.file, other: known.other };
    let action = settled(scope, header.author, action);
    let decided =
        authorise(known.salon.person(header.author), known.device, &action).and_then(|()| decide(scope, &stamp, &action));
    match decided {
        Ok(changes) => {
            let settled = if let Cow::Owned(action) = action { Some(action) } else { None };
            Judgement { outcome: Outcome::Applied { version }, stamp, changes, settled }
        }
        Err(objection) => Judgement { outcome: objection.into(), stamp, changes: Vec::new(), settled: None },
    }
}
