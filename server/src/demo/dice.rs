//! Chance that falls the same way every time, and ids that are the same in every demo salon.

use domain::Moment;
use sync::Hash;
use uuid::{Builder, Uuid};

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(what: &str, number: usize) -> Self {
        let hash = Hash::of(format!("{what} {number}").as_bytes()).0;
        Self(hash.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte)))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `sides` - 1.
    pub fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.roll() % sides.max(1) as u64).unwrap_or_default()
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Sorts by `at`, as ids made on a device do.
pub fn id(what: &str, number: usize, at: Moment) -> Uuid {
    let hash = Hash::of(format!("id of {what} {number}").as_bytes()).0;
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or_default(), &random).into_uuid()
}

/// For what exists once and is looked for again at a later start.
pub fn lasting_id(what: &str, number: usize) -> Uuid {
    id(what, number, Moment(1_700_000_000_000))
}
