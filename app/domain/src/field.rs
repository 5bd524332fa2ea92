//! A field that several people may set, on devices that are out of touch with one another.

use crate::{Dot, Moment, StaffId, Stamp, Version};
use serde::{Deserialize, Serialize};

/// Who wrote something, and when by their device's corrected clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Written {
    pub by: StaffId,
    pub at: Moment,
    /// The device's clock was ahead of the server's by more than two minutes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_clock_off: bool,
}

impl From<&Stamp> for Written {
    fn from(stamp: &Stamp) -> Self {
        Self { by: stamp.author, at: stamp.happened_at, is_clock_off: stamp.is_clock_off() }
    }
}

/// Why a value is no longer the field's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Somebody who had seen it wrote a new one.
    Replaced,
    /// Somebody who had not seen it wrote another; a person should look at both.
    Overruled,
    /// It was overruled, and somebody has looked at both since.
    Settled,
}

/// A former value. Nothing that was written is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past<T> {
    pub value: T,
    pub written: Written,
    pub why: Why,
}

/// The value that counts, and all that came before it, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    pub value: T,
    pub written: Written,
    set: Dot,
    version: Version,
    /// What its author had seen of this file and of those joined to it, where there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seen_joined: Option<Version>,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Past<T>>,
}

impl<T: PartialEq> Field<T> {
    pub fn new(value: T, stamp: &Stamp) -> Self {
        Self { value, written: stamp.into(), set: stamp.dot, version: stamp.version, seen_joined: None, past: Vec::new() }
    }

    /// The later arrival wins. Where its author had not seen the value it replaces, that value is kept beside it
    /// and the field asks to be checked; writing it again with both in view settles the matter.
    pub fn set(&mut self, value: T, stamp: &Stamp) {
        let has_seen = self.version <= stamp.base;
        if has_seen {
            self.past.iter_mut().filter(|past| past.why == Why::Overruled).for_each(|past| past.why = Why::Settled);
        }
        if value != self.value {
            let is_own = self.set.device == stamp.dot.device;
            let why = if has_seen || is_own { Why::Replaced } else { Why::Overruled };
            let old = std::mem::replace(&mut self.value, value);
            self.past.push(Past { value: old, written: self.written, why });
        }
        self.written = stamp.into();
        self.set = stamp.dot;
        self.version = stamp.version;
        self.seen_joined = None;
    }

    pub(crate) const fn version(&self) -> Version {
        self.version
    }

    /// Keeps the latest former values, so many, and every one that still asks to be checked.
    pub(crate) fn shorten(&mut self, most: usize) {
        let old = self.past.len().saturating_sub(most);
        let mut at = 0;
        self.past.retain(|past| {
            at += 1;
            at > old || past.why == Why::Overruled
        });
    }

    /// What somebody wrote without having seen the value that counts, and nobody has looked at since.
    pub fn rivals(&self) -> impl Iterator<Item = &Past<T>> {
        self.past.iter().filter(|past| past.why == Why::Overruled && past.value != self.value)
    }

    /// Every value that may be true: the one that counts, and while people contradict one another what each of them wrote.
    pub fn readings(&self) -> impl Iterator<Item = &T> {
        self.contenders().map(|(value, _)| value)
    }

    /// Those between whom a person chooses, with who wrote each.
    pub fn contenders(&self) -> impl Iterator<Item = (&T, Written)> {
        std::iter::once((&self.value, self.written)).chain(self.rivals().map(|rival| (&rival.value, rival.written)))
    }

    /// True while two people have written different things without knowing of one another.
    pub fn is_to_check(&self) -> bool {
        self.rivals().next().is_some()
    }
}

/// Oldest first; what was written at once stays in its order.
pub(crate) fn by_time<T>(past: &mut [Past<T>]) {
    past.sort_by_key(|past| past.written.at);
}
