//! What the salon makes of what is handed in, and what it records itself.

use super::{Applied, Late, SERVER, SimSalon};
use crate::broken::Broken;
use domain::{
    Action, Allergies, Change, CustomerFile, CustomerId, DeviceId, Dot, Moment, Seq, Version, WhyErased, Written, overtaking,
};
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Epoch, Hash, Header, Judgement, Known, Ledger, Outcome, PROTO, Pushed, SCHEMA, Sealed, Settled, Turn, judge, turn_of,
};

impl SimSalon {
    /// `views` are the allergies as each device saw them, for the build that lets the last writer win.
    pub fn push(
        &mut self,
        epoch: Option<Epoch>,
        device: DeviceId,
        entries: &[Sealed],
        now: i64,
        delay: i64,
        views: &BTreeMap<Dot, Allergies>,
    ) -> Pushed {
        let mut settled = Vec::new();
        // Whoever speaks of another epoch is told of this one first.
        let entries = if epoch.is_none_or(|epoch| epoch == self.epoch) { entries } else { &[] };
        self.note_state();
        for sealed in entries {
            let outcome = self.take_in(device, sealed, now, delay, views);
            let is_over = matches!(outcome, (Outcome::Gap { .. } | Outcome::Forked | Outcome::RetryLater, _));
            settled.push(Settled { seq: sealed.seq, outcome: outcome.0, is_repeat: outcome.1 });
            if is_over {
                break;
            }
        }
        Pushed { epoch: self.epoch, durable_version: self.durable, head: self.version, settled }
    }

    fn take_in(
        &mut self,
        device: DeviceId,
        sealed: &Sealed,
        now: i64,
        delay: i64,
        views: &BTreeMap<Dot, Allergies>,
    ) -> (Outcome, bool) {
        let hash = Hash::of(&sealed.bytes.0);
        let known = self.ledger.entry(device).or_default();
        let next = known.keys().next_back().map_or(Seq(1), |seq| seq.next());
        // Devices hand in what they hold, in order: what they skip after a restore they hold no more.
        let next = if self.epoch > Epoch(1) { next.max(sealed.seq) } else { next };
        if self.broken != Some(Broken::NoLedger) {
            match turn_of(&Ledger { next, first: known.get(&sealed.seq).cloned() }, sealed.seq, hash) {
                Turn::Now => {}
                Turn::Before(outcome) => return (outcome, true),
                Turn::Never(outcome) => return (outcome, false),
            }
        }
        self.version = Version(self.version.0 + 1);
        let version = self.version;
        let outcome = if self.broken == Some(Broken::SequenceAsCursor) && delay > 0 {
            self.late.push(Late { commit_at: now + delay, device, sealed: sealed.clone(), version });
            Outcome::Applied { version }
        } else {
            self.perform(device, sealed, version, now, views)
        };
        self.ledger.entry(device).or_default().insert(sealed.seq, (hash, outcome.clone()));
        (outcome, false)
    }

    /// Rows that were given a version earlier become visible now.
    pub fn commit_late(&mut self, now: i64, views: &BTreeMap<Dot, Allergies>) {
        let (due, rest) = std::mem::take(&mut self.late).into_iter().partition(|late| late.commit_at <= now);
        self.late = rest;
        let due: Vec<Late> = due;
        for late in due {
            self.perform(late.device, &late.sealed, late.version, now, views);
        }
    }

    fn perform(
        &mut self,
        device: DeviceId,
        sealed: &Sealed,
        version: Version,
        now: i64,
        views: &BTreeMap<Dot, Allergies>,
    ) -> Outcome {
        let dot = Dot { device, seq: sealed.seq };
        let opened = sealed.open(device, |of| self.key.data_key(of, 1), |of, staff| self.key.author_key(of, staff, 1));
        let (header, action) = match opened.map(|opened| (opened.header, opened.action)) {
            Ok((header, Ok(action))) => (header, action),
            Ok((_, Err(outcome))) | Err(outcome) => {
                self.objected.insert(dot, outcome.clone());
                return outcome;
            }
        };
        let judged = self.judge(device, &header, &action, version, now);
        if !matches!(judged.outcome, Outcome::Applied { .. }) {
            self.objected.insert(dot, judged.outcome.clone());
            return judged.outcome;
        }
        let before = action.customer().and_then(|id| self.files.get(&id));
        let said = Written::from(&judged.stamp);
        let mut follows = before.map(|before| before.follows(&action, true, said, header.base)).unwrap_or_default();
        let her = before.and_then(|before| self.shown(before.joined_to.unwrap_or(before.id)));
        if self.broken != Some(Broken::NothingOvertaken) {
            follows.extend(her.and_then(|her| overtaking(&self.salon, &her, &action, said)));
        }
        let outcome = judged.outcome.clone();
        self.apply(dot, version, header.base, judged, views);
        follows.iter().for_each(|action| self.record(header, action, now, views));
        outcome
    }

    /// By the salon itself.
    fn record(&mut self, header: Header, action: &Action, now: i64, views: &BTreeMap<Dot, Allergies>) {
        self.version = Version(self.version.0 + 1);
        let (seq, base) = (Seq(self.version.0), self.version);
        let judged = self.judge(SERVER, &Header { device: SERVER, seq, base, ..header }, action, self.version, now);
        self.apply(Dot { device: SERVER, seq }, self.version, self.version, judged, views);
    }

    /// The backup still held them.
    pub(super) fn erase_again(&mut self, erased: &BTreeSet<CustomerId>, now: i64) {
        let manager = self.salon.staff.values().find(|person| person.is_manager()).map(|person| person.id);
        let Some(author) = manager else { return };
        let (device, seq, base) = (SERVER, Seq::default(), Version::default());
        let header = Header { proto: PROTO, schema: SCHEMA, device, seq, author, claimed_at: Moment(now), base };
        let mut actions = Vec::new();
        for file in erased.iter().filter_map(|id| self.files.get(id)).filter(|file| !file.is_erased()) {
            let others = file.joined_to.map(|root| (root, file.id)).into_iter();
            let others = others.chain(file.joined.keys().map(|other| (file.id, *other)));
            actions.extend(others.map(|(customer, other)| Action::PartFiles { customer, other }));
            actions.push(Action::EraseFile { customer: file.id, why: WhyErased::HerRequest });
        }
        actions.iter().for_each(|action| self.record(header, action, now, &BTreeMap::new()));
    }

    fn apply(&mut self, dot: Dot, version: Version, base: Version, judged: Judgement, views: &BTreeMap<Dot, Allergies>) {
        let concerned: BTreeSet<CustomerId> = judged.changes.iter().filter_map(Change::file).collect();
        for id in concerned {
            let before = self.files.get(&id).cloned();
            let Some(mut after) = CustomerFile::after(before.clone(), &judged.changes, &judged.stamp) else { continue };
            if self.broken == Some(Broken::LastWriterWinsOnAllergies)
                && let Some(view) = views.get(&dot)
            {
                after.allergies = view.clone();
            }
            self.put(before, after, version);
        }
        self.audit.push(dot);
        self.applied.push(Applied { dot, version, base, changes: judged.changes });
    }

    fn judge(&self, device: DeviceId, header: &Header, action: &Action, version: Version, now: i64) -> Judgement {
        let load = |id: Option<CustomerId>| id.and_then(|id| self.files.get(&id));
        let (file, other) = (load(action.customer()), load(action.other()));
        judge(Known { salon: &self.salon, file, other, device: self.devices[&device] }, header, action, version, Moment(now))
    }
}
