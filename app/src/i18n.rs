//! The words on screen, made from `locales/` by `build.rs`.

pub use i18n::*;
pub use leptos_i18n::{t, t_string};

/// The language on screen, and its words.
pub type I18n = leptos_i18n::I18nContext<Locale>;

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
