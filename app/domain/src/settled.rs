//! What of an action depends on who works here on that day is worked out once, by whoever decides it first, and stands in the record ever
//! after: the people of another day would make something else of it.

use crate::{Action, CareEvent, CustomerFile, EventId, Scope, StaffId, TreatmentId};
use std::borrow::Cow;

/// The action as it is recorded. What its author claims of it is written over.
pub fn settled<'a>(scope: Scope<'_>, author: StaffId, action: &'a Action) -> Cow<'a, Action> {
    match action {
        Action::ConfirmUse { customer, usage, .. } => {
            let used = scope.file.and_then(|file| file.uses.get(usage));
            let is_alone = used.is_some_and(|used| used.act().is_left_to(author, scope.salon));
            Cow::Owned(Action::ConfirmUse { customer: *customer, usage: *usage, is_alone })
        }
        Action::Care { customer, treatment, event, is } => match **is {
            CareEvent::Confirm { begun, .. } => {
                let is = Box::new(confirmed(scope, author, *treatment, begun));
                Cow::Owned(Action::Care { customer: *customer, treatment: *treatment, event: *event, is })
            }
            _ => Cow::Borrowed(action),
        },
        Action::TakeIn { entry, author: theirs, at, base, action: inner } => match settled(scope, *theirs, inner) {
            Cow::Owned(inner) => {
                let action = Box::new(inner);
                Cow::Owned(Action::TakeIn { entry: *entry, author: *theirs, at: *at, base: *base, action })
            }
            Cow::Borrowed(_) => Cow::Borrowed(action),
        },
        _ => Cow::Borrowed(action),
    }
}

/// Whether she may say that she has seen that beginning, and whether nobody else could have.
fn confirmed(scope: Scope<'_>, author: StaffId, treatment: TreatmentId, begun: EventId) -> CareEvent {
    let run = |file: &CustomerFile| {
        let run = file.treatments.get(&treatment)?.run();
        let act = run.gates.get(&begun)?.act();
        let is_alone = act.is_left_to(author, scope.salon);
        Some((is_alone || act.may_be_confirmed_by(author), is_alone))
    };
    let (counts, is_alone) = scope.file.and_then(run).unwrap_or_default();
    CareEvent::Confirm { begun, counts, is_alone }
}
