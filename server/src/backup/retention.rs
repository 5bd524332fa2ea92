//! Which backups stay: every one of the last week, then one a week for five weeks, then one a month for a year.

use chrono::{Datelike, NaiveDateTime};
use std::collections::BTreeSet;

const ALL_FOR_DAYS: i64 = 7;
const WEEKLY_FOR_DAYS: i64 = 35;
const MONTHLY_FOR_DAYS: i64 = 366;

/// Of backups made at these times, those that may go now. The youngest never does.
pub fn may_go(made: &BTreeSet<NaiveDateTime>, now: NaiveDateTime) -> BTreeSet<NaiveDateTime> {
    let mut spans = BTreeSet::new();
    let mut go = BTreeSet::new();
    for (index, at) in made.iter().rev().enumerate() {
        let age = now.signed_duration_since(*at).num_days();
        if age < ALL_FOR_DAYS {
            continue;
        }
        let span = match age < WEEKLY_FOR_DAYS {
            true => (at.iso_week().year(), 100 + at.iso_week().week()),
            false if age < MONTHLY_FOR_DAYS => (at.year(), at.month()),
            false => (0, 0),
        };
        // Of each span the youngest stays; of what is older than all of them, none.
        let is_first = spans.insert(span);
        if index > 0 && (!is_first || span == (0, 0)) {
            go.insert(*at);
        }
    }
    go
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};

    fn nightly(nights: u64) -> (BTreeSet<NaiveDateTime>, NaiveDateTime) {
        let now = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(3, 0, 0).unwrap();
        ((0..nights).map(|night| now - Days::new(night)).collect(), now)
    }

    #[test]
    fn after_years_of_nightly_backups_about_twenty_are_left_and_each_age_has_one() {
        let (mut made, now) = nightly(1_000);
        for at in may_go(&made, now) {
            made.remove(&at);
        }
        assert!((20..=26).contains(&made.len()), "{}", made.len());
        for (days, within) in [(0, 1), (6, 1), (20, 7), (34, 7), (200, 31), (360, 31)] {
            let wished = now - Days::new(days);
            let nearest = made.iter().map(|at| wished.signed_duration_since(*at).num_days().abs()).min();
            assert!(nearest.is_some_and(|nearest| nearest <= within), "{days} days ago: {nearest:?}");
        }
    }

    #[test]
    fn doing_it_every_night_leaves_as_much_as_doing_it_once() {
        let (all, now) = nightly(400);
        let mut kept: BTreeSet<NaiveDateTime> = BTreeSet::new();
        for at in &all {
            kept.insert(*at);
            for gone in may_go(&kept, *at) {
                kept.remove(&gone);
            }
        }
        let oldest = kept.first().unwrap();
        assert!(now.signed_duration_since(*oldest).num_days() > 300, "{oldest}");
        assert!(kept.len() >= 20);
    }

    #[test]
    fn the_only_one_stays_however_old_it_is() {
        let (made, now) = nightly(1);
        assert_eq!(may_go(&made, now + Days::new(5_000)), BTreeSet::new());
    }
}
