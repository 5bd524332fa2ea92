//! Where a treatment stands, told from its record.

use super::{Adjustment, Begun, CareEvent, HandedOver, Happened, Reacted, StepDone, Treatment};
use crate::{Act, EventId, Judgement, Moment, StaffId, Verdict, Version, Written};
use std::collections::{BTreeMap, BTreeSet};

/// The two clocks may differ by so much before somebody has to know.
const OFF_MS: i64 = 2 * 60_000;

/// A treatment as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run<'a> {
    /// Each who said what to take care of: none takes back what another said.
    pub handed_over: Vec<(&'a HandedOver, Written)>,
    pub begun: Option<(&'a Begun, Written)>,
    pub gates: BTreeMap<EventId, AtTheDoor<'a>>,
    /// Somebody else began it as well, not knowing of the first.
    pub also_begun: Vec<Written>,
    /// Whose hands she is in.
    pub with: Option<StaffId>,
    pub done: BTreeMap<u8, Took>,
    /// The step that is being done, since when.
    pub now: Option<(u8, Written)>,
    pub paused: Option<Written>,
    pub adjusted: BTreeSet<Adjustment>,
    pub reactions: Vec<(EventId, &'a Reacted, Written)>,
    pub finished: Option<Written>,
    /// Confirmations that do not count: by somebody who may not, or who had not seen all of it.
    pub void: BTreeSet<EventId>,
    /// Recorded after its end: an addendum.
    pub added_after: BTreeSet<EventId>,
}

/// A beginning, and what the gate said to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtTheDoor<'a> {
    pub begun: &'a Begun,
    pub written: Written,
    /// The salon knew more when it heard of it.
    pub overtaken: Option<(&'a Judgement, Version)>,
    pub confirmed: Option<Written>,
}

impl AtTheDoor<'_> {
    pub const fn act(&self) -> Act<'_> {
        Act { by: self.written.by, release: self.begun.release.as_ref(), is_overtaken: self.overtaken.is_some() }
    }

    /// It waits for somebody who has to see it.
    pub const fn waits(&self) -> bool {
        let is_doubtful = self.overtaken.is_some() || !matches!(self.begun.judged.verdict, Verdict::Allow);
        is_doubtful && self.confirmed.is_none()
    }
}

/// How long a step took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Took {
    pub written: Written,
    /// In milliseconds, without the time it stood still; `None` where it was skipped, or was never begun.
    pub ms: Option<i64>,
    /// Told by the two readings of the wall's clock, not by one that runs on.
    pub is_estimated: bool,
    /// The tablet's clock was set while the step ran, or it slept: somebody should look at the figure.
    pub is_clock_off: bool,
    pub is_skipped: bool,
}

impl Treatment {
    pub fn run(&self) -> Run<'_> {
        let mut run = Run::default();
        let mut paused_ms = 0;
        for happened in self.events() {
            run.hear(happened, &mut paused_ms);
        }
        run
    }
}

impl<'a> Run<'a> {
    fn hear(&mut self, happened: &'a Happened, paused_ms: &mut i64) {
        let (id, written) = (happened.id, happened.written);
        let is_about_it =
            matches!(happened.is, CareEvent::Overtake { .. } | CareEvent::Confirm { .. } | CareEvent::Settle { .. });
        if self.finished.is_some() && !is_about_it {
            self.added_after.insert(id);
        }
        match &happened.is {
            CareEvent::HandOver(handed) => self.handed_over.push((handed, written)),
            CareEvent::Begin(begun) => {
                self.gates.insert(id, AtTheDoor { begun, written, overtaken: None, confirmed: None });
                match self.begun {
                    Some(_) => self.also_begun.push(written),
                    None => (self.begun, self.with) = (Some((begun, written)), Some(written.by)),
                }
            }
            // Whoever had confirmed it before had not seen this.
            CareEvent::Overtake { begun, known } => {
                if let Some(gate) = self.gates.get_mut(begun) {
                    (gate.overtaken, gate.confirmed) = (Some((known, happened.version)), None);
                }
            }
            CareEvent::Confirm { begun, counts, .. } => {
                let had_it_all = |gate: &&mut AtTheDoor<'_>| gate.overtaken.is_none_or(|(_, version)| version <= happened.seen);
                match self.gates.get_mut(begun).filter(|_| *counts).filter(had_it_all) {
                    Some(gate) => gate.confirmed = gate.confirmed.or(Some(written)),
                    None => drop(self.void.insert(id)),
                }
            }
            CareEvent::TakeOver {} => self.with = Some(written.by),
            CareEvent::BeginStep { step } => {
                // Whoever goes on with a step that runs already does not begin it anew.
                if self.finished.is_none() && self.now.is_none_or(|(now, _)| now != *step) && !self.done.contains_key(step) {
                    (self.now, *paused_ms) = (Some((*step, written)), 0);
                }
            }
            // Once finished it stays so: who says it a second time has said nothing new.
            CareEvent::FinishStep(_) if self.finished.is_some() => {}
            CareEvent::FinishStep(done) => {
                let began = self.now.filter(|(now, _)| *now == done.step).map(|(_, began)| began);
                self.done.entry(done.step).or_insert_with(|| Took::of(done, began, written, *paused_ms));
                if began.is_some() {
                    self.now = None;
                }
            }
            CareEvent::Pause {} => self.paused = self.paused.or(Some(written)),
            CareEvent::Resume {} => {
                if let Some(since) = self.paused.take() {
                    // Of a step that was begun meanwhile only its own part.
                    let since = self.now.map_or(since.at, |(_, began)| since.at.max(began.at));
                    *paused_ms += written.at.since(since).max(0);
                }
            }
            CareEvent::Adjust(how) => drop(self.adjusted.insert(*how)),
            CareEvent::React(reacted) => self.reactions.push((id, reacted, written)),
            CareEvent::Finish(_) => {
                if self.finished.is_none() {
                    self.finished = Some(written);
                    self.now = None;
                }
            }
            CareEvent::Settle { .. } | CareEvent::Feel(_) | CareEvent::HandBack(_) | CareEvent::Add(_) => {}
        }
    }

    /// It has begun and is not over.
    pub fn is_open(&self) -> bool {
        self.begun.is_some() && self.finished.is_none()
    }

    /// The first step of the plan that nobody has finished.
    pub fn next(&self) -> Option<u8> {
        let (begun, _) = self.begun?;
        let steps = u8::try_from(begun.plan.len()).unwrap_or(u8::MAX);
        (0..steps).find(|step| !self.done.contains_key(step))
    }

    /// Those beginnings that wait for a senior.
    pub fn to_confirm(&self) -> impl Iterator<Item = EventId> {
        self.gates.iter().filter(|(_, gate)| gate.waits()).map(|(id, _)| *id)
    }

    /// Nothing is sold to somebody who is tired (M6-12).
    pub fn is_tired(&self) -> bool {
        self.adjusted.contains(&Adjustment::Tired)
    }

    /// When it should be where by its plan, which no late start moves: minutes from the beginning until the end of each step.
    pub fn plan_ends(&self) -> Vec<u32> {
        let plan = self.begun.map(|(begun, _)| begun.plan.as_slice()).unwrap_or_default();
        plan.iter()
            .scan(0, |minutes, step| {
                *minutes += u32::from(step.minutes);
                Some(*minutes)
            })
            .collect()
    }
}

impl Took {
    fn of(done: &StepDone, began: Option<Written>, written: Written, paused_ms: i64) -> Self {
        let by_wall = began.map(|began| written.at.since(began.at) - paused_ms);
        let measured = done.took.map(i64::from);
        // The two clocks part where the wall's was set, and where the tablet slept and its running clock with it.
        let is_parted = measured.zip(by_wall).is_some_and(|(measured, by_wall)| (measured - by_wall).abs() > OFF_MS);
        let is_backwards = by_wall.is_some_and(|by_wall| by_wall < 0);
        let is_clock_off = is_parted || is_backwards || written.is_clock_off || began.is_some_and(|began| began.is_clock_off);
        Self {
            written,
            ms: measured.or(by_wall.map(|ms| ms.max(0))).filter(|_| !done.is_skipped),
            is_estimated: measured.is_none(),
            is_clock_off,
            is_skipped: done.is_skipped,
        }
    }
}

/// For how long something has been going on.
pub fn lasted(since: Written, now: Moment) -> i64 {
    now.since(since.at).max(0)
}
