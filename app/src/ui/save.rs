//! Saving, and saying so: the word *saved* comes only after the replica has said it.

use super::{Icon, Lu, not_saved_words, this_device, use_i18n};
use crate::i18n::td_string;
use crate::replica::{NotSaved, Replica, use_replica};
use domain::Action;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Saving {
    Idle,
    Busy,
    Saved,
    Failed(NotSaved),
}

#[derive(Clone, Copy)]
pub struct Save {
    replica: Replica,
    saving: RwSignal<Saving>,
}

pub fn use_save() -> Save {
    Save { replica: use_replica(), saving: RwSignal::new(Saving::Idle) }
}

impl Save {
    /// Commits; `then` runs only when it is saved.
    pub fn commit(self, action: Action, then: impl FnOnce() + 'static) {
        if self.is_busy_untracked() {
            return;
        }
        self.saving.set(Saving::Busy);
        spawn_local(async move {
            match self.replica.commit(action).await {
                Ok(()) => {
                    self.saving.try_set(Saving::Saved);
                    then();
                }
                Err(not_saved) => {
                    self.saving.try_set(Saving::Failed(not_saved));
                }
            }
        });
    }

    pub fn is_busy(self) -> bool {
        self.saving.with(|saving| *saving == Saving::Busy)
    }

    fn is_busy_untracked(self) -> bool {
        self.saving.try_with_untracked(|saving| *saving == Saving::Busy).unwrap_or(true)
    }

    /// What was said last no longer holds: she goes on typing.
    pub fn forget(self) {
        self.saving.set(Saving::Idle);
    }
}

/// What became of it, in one line.
#[component]
pub fn SaveLine(save: Save) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let said = move || match save.saving.get() {
        Saving::Idle => None,
        Saving::Busy => Some(view! { <span>{td_string!(i18n, save.busy)}</span> }.into_any()),
        Saving::Saved => {
            let device = this_device(i18n, replica.scope());
            Some(view! { <span class="flag is-good"><Icon is=Lu::CircleCheck/>{td_string!(i18n, save.saved, device = device)}</span> }.into_any())
        }
        Saving::Failed(why) => {
            Some(view! { <span class="field__error"><Icon is=Lu::OctagonX/>{not_saved_words(i18n, &why)}</span> }.into_any())
        }
    };
    let role = move || if matches!(save.saving.get(), Saving::Failed(_)) { "alert" } else { "status" };

    view! { <p class="note" role=role>{said}</p> }
}
