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
    spoken.iter().filter_map(|tag| tag.as_string()).find_map(|tag| spoken_as(&tag))
}

/// `zh-HK`, `zh-Hant-MO` and `zh-TW` are written in the same characters.
fn spoken_as(tag: &str) -> Option<Locale> {
    let mut parts = tag.split('-');
    match parts.next()? {
        "zh" if parts.any(|part| matches!(part, "Hant" | "TW" | "HK" | "MO")) => Some(Locale::zh_TW),
        "zh" => Some(Locale::zh_CN),
        "en" => Some(Locale::en),
        _ => None,
    }
}

/// Offers the other languages, each in its own name.
#[component]
pub fn LanguageButtons(class: &'static str) -> impl IntoView {
    let replica = use_replica();
    let current = use_i18n();
    let chosen = expect_context::<Chosen>().0;
    let offer = move |other: Locale| {
        let change = move |_| {
            replica.keep_language(other.as_str());
            chosen.set(other);
        };

        view! {
            <button class=class type="button" lang=other.as_str() on:click=change>
                <Icon is=Lu::Languages/>
                {name(other)}
            </button>
        }
    };

    Locale::get_all().iter().copied().filter(|other| *other != current).map(offer).collect_view()
}

const fn name(language: Locale) -> &'static str {
    match language {
        Locale::zh_CN => "简体中文",
        Locale::zh_TW => "繁體中文",
        Locale::en => "English",
    }
}
