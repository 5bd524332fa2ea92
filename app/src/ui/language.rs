//! Which language is on screen: the one chosen here before, else the first of the browser's that Xinyan speaks.

use super::{Icon, Lu};
use crate::i18n::Locale;
use crate::replica::{Replica, use_replica};
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use std::str::FromStr;

/// The language on screen, with its words. Another one draws the whole program anew, so that no word has to react: words that do
/// made up a third of what the browser had to load.
pub type I18n = Locale;

#[derive(Clone, Copy)]
struct Chosen(RwSignal<Locale>);

pub fn use_i18n() -> I18n {
    expect_context::<Chosen>().0.get_untracked()
}

/// Draws `program` in the language chosen, and again in every other that is chosen later.
pub fn in_her_language<V: IntoView + 'static>(replica: Replica, program: impl Fn() -> V + Send + 'static) -> impl IntoView {
    let known = replica.language().and_then(|word| Locale::from_str(&word).ok());
    let chosen = RwSignal::new(known.or_else(of_the_browser).unwrap_or_default());
    provide_context(Chosen(chosen));
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", chosen.get().as_str());
        }
    });

    move || {
        chosen.track();
        program()
    }
}

fn of_the_browser() -> Option<Locale> {
    let spoken = window().navigator().languages();
    spoken.iter().filter_map(|tag| tag.as_string()).find_map(|tag| match tag.split('-').next() {
        Some("zh") => Some(Locale::zh_CN),
        Some("en") => Some(Locale::en),
        _ => None,
    })
}

/// Offers the other language, in its own name.
#[component]
pub fn LanguageButton(class: &'static str) -> impl IntoView {
    let replica = use_replica();
    let (other, name) = match use_i18n() {
        Locale::zh_CN => (Locale::en, "English"),
        Locale::en => (Locale::zh_CN, "中文"),
    };
    let chosen = expect_context::<Chosen>().0;
    let change = move |_| {
        replica.keep_language(other.as_str());
        chosen.set(other);
    };

    view! {
        <button class=class type="button" lang=other.as_str() on:click=change>
            <Icon is=Lu::Languages/>
            {name}
        </button>
    }
}
