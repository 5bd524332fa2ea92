//! A senior's word where the gate wants one: whose, and why she thinks that it may be.

use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{LongField, Required, SelectField, Show, use_i18n, use_required};
use domain::{Person, Release, StaffId, Verdict};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Releasing {
    senior: RwSignal<String>,
    reason: Required,
}

pub fn use_releasing() -> Releasing {
    Releasing { senior: RwSignal::new(String::new()), reason: use_required() }
}

impl Releasing {
    /// Somebody is named where somebody is needed.
    pub fn is_given(self, verdict: Option<Verdict>) -> bool {
        verdict == Some(Verdict::NeedsSenior) && self.by().is_some()
    }

    fn by(self) -> Option<StaffId> {
        self.senior.get().parse().ok()
    }

    /// `None` where it can't stand yet: somebody is named and says no reason.
    pub fn read(self, verdict: Verdict) -> Option<Option<Release>> {
        match untrack(|| self.by()) {
            Some(by) if verdict == Verdict::NeedsSenior => self.reason.read().map(|reason| Some(Release { by, reason })),
            Some(_) | None => Some(None),
        }
    }
}

/// Consultants and managers, but not whoever asks them; shown where the gate wants one.
#[component]
pub fn ReleaseFields(releasing: Releasing, #[prop(into)] verdict: Signal<Option<Verdict>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let Releasing { senior, reason } = releasing;
    let seniors = Signal::derive(move || {
        let (salon, asks) = (replica.salon(), replica.person().map(|person| person.id));
        let words = |person: &Person| (person.id.to_string(), person.name.as_str().to_owned());
        let others = |person: &&Person| Some(person.id) != asks;
        let all = salon.iter().flat_map(|salon| salon.seniors().filter(others).map(words).collect::<Vec<_>>());
        let none = (String::new(), td_string!(i18n, care.nobody_released).to_owned());
        std::iter::once(none).chain(all).collect::<Vec<_>>()
    });

    view! {
        <Show when=move || verdict.get() == Some(Verdict::NeedsSenior)>
            <SelectField label=td_string!(i18n, care.released) hint=td_string!(i18n, care.released_hint) value=senior options=seniors/>
            <Show when=move || releasing.is_given(verdict.get())>
                <LongField label=td_string!(i18n, care.release_why) mark=td_string!(i18n, form.required) value=reason.typed wrong=reason.wrong()/>
            </Show>
        </Show>
    }
}
