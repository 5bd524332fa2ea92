//! Whoever has a file before her leaves a trace, which travels like all that is recorded: also what was read without network is told.

use super::{Phase, Replica};
use chrono::NaiveDate;
use domain::{Action, CustomerId, StaffId};
use leptos::{prelude::*, task::spawn_local};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Whom somebody has read since this page began: looking again on the same day says nothing new.
pub(crate) type Opened = RefCell<BTreeSet<(StaffId, CustomerId, NaiveDate)>>;

impl Replica {
    /// Follows who works here: a screen that is unlocked by somebody else is read by her.
    pub fn note_opened(&self, customer: CustomerId) {
        let Phase::Open(person) = self.phase() else { return };
        let (replica, inner) = (*self, self.inner());
        let looked = (person, customer, untrack(|| replica.today()));
        if !inner.opened.borrow_mut().insert(looked) {
            return;
        }
        spawn_local(async move {
            // Where this browser keeps nothing there is nothing here to read either; the next look tries again.
            if replica.commit(Action::OpenFile { customer }).await.is_err() {
                replica.inner().opened.borrow_mut().remove(&looked);
            }
        });
    }
}
