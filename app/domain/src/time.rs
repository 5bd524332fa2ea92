//! When something happened, in which order, and which day that was in the salon.

use crate::{DeviceId, StaffId};
use chrono::{DateTime, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// An instant in milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Milliseconds from `earlier` to this instant; negative when it came before.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// A device that claims to be later than the moment of arrival by more than this has a wrong clock.
    const TOLERANCE_MS: i64 = 2 * 60 * 1000;

    /// True when the clock that told this instant ran ahead of the server's. Running behind can't be told from having been offline.
    pub const fn is_ahead_of(self, received: Self) -> bool {
        self.since(received) > Self::TOLERANCE_MS
    }
}

/// The branch's count of changes: order is by version alone, never by clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub i64);

/// A device's own count of what it recorded, from 1, without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub i64);

impl Seq {
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Names one mutation for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dot {
    pub device: DeviceId,
    pub seq: Seq,
}

/// Who recorded something, where, when, and on what it was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub author: StaffId,
    pub dot: Dot,
    /// The row's version that the author was looking at.
    pub base: Version,
    /// The version this mutation makes; on a device that has no answer yet, the row's.
    pub version: Version,
    /// The device's time, corrected by the offset measured at its last contact. Duties count from it.
    pub happened_at: Moment,
    /// `None` until the server has it.
    pub received_at: Option<Moment>,
}

impl Stamp {
    pub fn is_clock_off(&self) -> bool {
        self.received_at.is_some_and(|received| self.happened_at.is_ahead_of(received))
    }
}

/// A branch's fixed offset from UTC in minutes; +08:00 unless set (`decisions`, time zone).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClockOffset(i32);

impl ClockOffset {
    /// East of Greenwich, −720 to +840 minutes; `None` outside.
    pub fn minutes(minutes: i32) -> Option<Self> {
        (-720..=840).contains(&minutes).then_some(Self(minutes))
    }

    pub fn local(self, at: Moment) -> NaiveDateTime {
        let utc = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
        let offset = FixedOffset::east_opt(self.0 * 60);
        offset.map_or(utc.naive_utc(), |offset| utc.with_timezone(&offset).naive_local())
    }

    /// The calendar day in the branch.
    pub fn day(self, at: Moment) -> NaiveDate {
        self.local(at).date()
    }

    /// The instant at which that day begins in the branch.
    pub fn start_of(self, day: NaiveDate) -> Moment {
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        Moment(midnight - i64::from(self.0) * 60_000)
    }
}

impl Default for ClockOffset {
    fn default() -> Self {
        Self(8 * 60)
    }
}

/// The same day of the month so many months later, or the last day of that month.
pub(crate) fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The day `days` later, or the last day there is.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
