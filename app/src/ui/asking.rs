//! Asking the salon for what can't wait in the outbox: busy, then done, or a sentence why not.

use super::{I18n, Icon, Lu, fault_words, use_i18n};
use crate::api::Fault;
use crate::replica::patiently;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

#[derive(Clone, Copy)]
pub struct Asking {
    i18n: I18n,
    is_busy: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
}

pub fn use_asking() -> Asking {
    Asking { i18n: use_i18n(), is_busy: RwSignal::new(false), wrong: RwSignal::new(None) }
}

impl Asking {
    /// One at a time; `words` say why the salon won't, `then` runs only when it has done it.
    pub fn ask<T: 'static, E: 'static>(
        self,
        answer: impl Future<Output = Result<Result<T, E>, Fault>> + 'static,
        words: impl FnOnce(I18n, E) -> String + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            let answer = patiently(answer).await;
            self.is_busy.try_set(false);
            let wrong = match answer {
                Ok(Ok(done)) => {
                    self.wrong.try_set(None);
                    return then(done);
                }
                Ok(Err(why)) => words(self.i18n, why),
                Err(fault) => fault_words(self.i18n, fault.0).to_owned(),
            };
            self.wrong.try_set(Some(wrong));
        });
    }

    pub fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    pub fn wrong(self) -> Option<String> {
        self.wrong.get()
    }
}

/// Why the salon did not do what was asked.
#[component]
pub fn WhyNot(asking: Asking) -> impl IntoView {
    move || asking.wrong().map(|why| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{why}</p> })
}
