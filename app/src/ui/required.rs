//! Words that must be given before something is done: what is wrong with them is said once she has tried.

use super::{I18n, bad_text_words, use_i18n};
use domain::Text;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Required {
    i18n: I18n,
    pub typed: RwSignal<String>,
    is_tried: RwSignal<bool>,
}

pub fn use_required() -> Required {
    Required { i18n: use_i18n(), typed: RwSignal::new(String::new()), is_tried: RwSignal::new(false) }
}

impl Required {
    pub fn wrong(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let bad = Text::new(&self.typed.get()).err().filter(|_| self.is_tried.get());
            bad.map(|bad| bad_text_words(self.i18n, bad))
        })
    }

    /// `None` where they can't stand, and from now on that is said.
    pub fn read(self) -> Option<Text> {
        self.is_tried.set(true);
        Text::new(&self.typed.get_untracked()).ok()
    }
}
