//! Who may say that she has seen what was done at a door of the gate: whoever is said to have released it, otherwise a senior, never whoever
//! did it (`decisions`, needs senior; *approver is not the proposer*).

use crate::{Person, Release, Salon, StaffId};

/// What was done, as far as that asks for it.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    pub by: StaffId,
    pub release: Option<&'a Release>,
    /// The salon knew more than the screen did.
    pub is_overtaken: bool,
}

impl Act<'_> {
    pub fn may_be_confirmed_by(&self, person: StaffId) -> bool {
        let is_hers_to_say = self.release.is_none_or(|release| self.is_overtaken || release.by == person);
        is_hers_to_say && self.by != person
    }

    /// Nobody of those who work here may, and she is the one who is left: another senior where whoever released it has left, or she herself
    /// where there is no second one. It is recorded that it was so (*no second person available*).
    pub fn is_left_to(&self, person: StaffId, salon: &Salon) -> bool {
        let is_senior = salon.person(person).is_some_and(Person::is_senior);
        let nobody_may = !salon.seniors().any(|senior| self.may_be_confirmed_by(senior.id));
        let has_second = salon.seniors().any(|senior| senior.id != self.by);
        is_senior && nobody_may && (person != self.by || !has_second)
    }
}
