//! Makes the words on screen into Rust: a missing key or argument is an error of the compiler.

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::{env, error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let config = Config::new("zh-CN")?
        .add_locale("zh-TW")?
        .add_locale("en")?
        .parse_options(ParseOptions::new().interpolate_display(true).suppress_key_warnings(false));
    let words = TranslationsInfos::parse(config)?;
    words.emit_diagnostics();
    words.rerun_if_locales_changed();
    words.generate_i18n_module(PathBuf::from(env::var("OUT_DIR")?).join("i18n"))?;
    Ok(())
}
