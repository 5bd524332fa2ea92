//! What the audit remembers, fact by fact.

use super::Difference;
use crate::audit::Fact;
use std::collections::{BTreeMap, BTreeSet};

/// A device, and the number that it gave an entry.
pub(super) type Dot = (String, i64);

/// As a device's row says them too.
const STATUSES: [&str; 3] = ["active", "revoked", "stolen"];

#[derive(Default)]
pub(super) struct Told {
    pub(super) entries: BTreeMap<Dot, Entry>,
    pub(super) aside: BTreeMap<Dot, Aside>,
    /// The latest hash of each person.
    pub(super) people: BTreeMap<String, String>,
    /// By person: how often her password was set anew.
    pub(super) passwords: BTreeMap<String, i64>,
    /// By device: who enrolled it, and when.
    pub(super) enrolled: BTreeMap<String, (String, i64)>,
    /// The latest of each device that was given another than its first.
    pub(super) statuses: BTreeMap<String, String>,
    /// By device and first number: the last number, and when it was told.
    pub(super) lost: BTreeMap<Dot, (i64, i64)>,
    /// By customer: the version by which her file was erased.
    pub(super) erased: BTreeMap<String, i64>,
    /// By whom, and when.
    pub(super) founded: (String, i64),
    /// Each that has begun, in order.
    pub(super) epochs: Vec<i64>,
    pub(super) backup: Option<BackedUp>,
    pub(super) version: i64,
    /// By which the salon's people changed last.
    pub(super) salon_version: i64,
    decided: BTreeSet<Decision>,
}

pub(super) struct Entry {
    pub(super) proof: String,
    pub(super) version: i64,
    pub(super) at: i64,
}

/// An entry that was put in quarantine.
pub(super) struct Aside {
    pub(super) author: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) at: i64,
    version: i64,
    subject: Option<String>,
}

/// The last time that a backup was made.
pub(super) struct BackedUp {
    pub(super) at: i64,
    /// How far the salon had come when that was noted.
    pub(super) version: i64,
    pub(super) is_of_this_epoch: bool,
}

/// Of a manager, about some entry of a customer's.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Decision {
    by: String,
    at: i64,
    version: i64,
    subject: String,
}

impl Told {
    pub(super) fn hear(&mut self, fact: Fact, differences: &mut Vec<Difference>) {
        if let Some(version) = fact.version {
            // A new epoch begins beyond every number that the former one may have given out.
            let first_untold = if fact.kind == "epoch_begun" { version } else { self.version + 1 };
            for version in first_untold..version {
                differences.push(Difference::VersionUntold { version });
            }
            self.version = self.version.max(version);
        }
        let Fact { kind, at, device, seq, staff, subject, version, hash } = fact;
        let by = staff.clone().unwrap_or_default();
        match (kind.as_str(), device, seq, subject) {
            ("founded", _, _, Some(person)) => {
                self.founded = (by, at);
                self.epochs.push(at);
                self.see(person, hash);
            }
            ("person_added" | "person_disabled" | "person_enabled" | "roles_set", _, _, Some(person)) => self.see(person, hash),
            ("password_set", _, _, Some(person)) => *self.passwords.entry(person).or_default() += 1,
            ("device_enrolled", Some(device), ..) => {
                self.enrolled.insert(device, (by, at));
            }
            ("epoch_begun", ..) => self.begin_epoch(at),
            ("backed_up", ..) => self.backup = Some(BackedUp { at, version: self.version, is_of_this_epoch: true }),
            ("lost_in_restore", Some(device), Some(to), Some(range)) => {
                let from = range.split_once('-').and_then(|(from, _)| from.parse().ok()).unwrap_or_default();
                self.lost.insert((device, from), (to, at));
            }
            (kind, Some(device), Some(seq), subject) => {
                let version = version.unwrap_or_default();
                self.entries.insert((device.clone(), seq), Entry { proof: hash, version, at });
                let of_whom = subject.clone();
                match (kind.split_once(' '), of_whom) {
                    (Some(("applied", "erase_file")), Some(customer)) => {
                        self.erased.insert(customer, version);
                    }
                    (Some(("applied", "take_in" | "leave_out")), Some(subject)) => {
                        self.decided.insert(Decision { by, at, version, subject });
                    }
                    (Some(("quarantined", kind)), _) => {
                        let kind = (kind != "unknown").then(|| kind.to_owned());
                        self.aside.insert((device, seq), Aside { author: staff, kind, at, version, subject });
                    }
                    _ => {}
                }
            }
            (status, Some(device), None, _) => {
                if let Some(status) = status.strip_prefix("device_").filter(|status| STATUSES.contains(status)) {
                    self.statuses.insert(device, status.to_owned());
                }
            }
            _ => {}
        }
    }

    fn see(&mut self, person: String, hash: String) {
        self.salon_version = self.version;
        self.people.insert(person, hash);
    }

    /// Named after the moment, unless the clock has gone back.
    fn begin_epoch(&mut self, at: i64) {
        let former = self.epochs.last().copied().unwrap_or_default();
        self.epochs.push(if former < at { at } else { former + 1 });
        if let Some(backup) = &mut self.backup {
            backup.is_of_this_epoch = false;
        }
    }

    /// Whether nothing of what somebody said then is left, because it was about a customer who was erased later.
    fn is_erased_since(&self, subject: Option<&str>, version: i64) -> bool {
        subject.and_then(|subject| self.erased.get(subject)).is_some_and(|erased| *erased > version)
    }

    pub(super) fn is_aside_erased(&self, aside: &Aside) -> bool {
        self.is_erased_since(aside.subject.as_deref(), aside.version)
    }

    /// Whether a manager did decide then about some entry, and which one nobody knows any more.
    pub(super) fn has_forgotten_decision(&self, by: &str, at: i64) -> bool {
        let mut then = self.decided.iter().filter(|decision| decision.by == by && decision.at == at);
        then.any(|decision| self.is_erased_since(Some(&decision.subject), decision.version))
    }
}
