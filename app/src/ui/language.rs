//! Which language is on screen: the one chosen here before, else the browser's.

use super::{Icon, Lu};
use crate::i18n::{Locale, use_i18n};
use crate::replica::use_replica;
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use std::str::FromStr;

/// The language on screen, and its words.
pub type I18n = leptos_i18n::I18nContext<Locale>;

pub fn choose_language() {
    let i18n = use_i18n();
    if let Some(locale) = use_replica().language().and_then(|word| Locale::from_str(&word).ok()) {
        i18n.set_locale(locale);
    }
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", i18n.get_locale().as_str());
        }
    });
}

/// Offers the other language, in its own name.
#[component]
pub fn LanguageButton(class: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let other = move || match i18n.get_locale() {
        Locale::zh_CN => (Locale::en, "English"),
        Locale::en => (Locale::zh_CN, "中文"),
    };
    let change = move |_| {
        let (locale, _) = other();
        replica.keep_language(locale.as_str());
        i18n.set_locale(locale);
    };

    view! {
        <button class=class type="button" lang=move || other().0.as_str() on:click=change>
            <Icon is=Lu::Languages/>
            {move || other().1}
        </button>
    }
}
