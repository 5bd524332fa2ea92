//! Makes what the browser loads: the bindings beside a compiled WASM file, and the style sheet.

use std::{env, error::Error, fs, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: site bind WASM DIRECTORY | site style SCSS CSS";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["bind", wasm, directory] => bind(wasm, directory),
        ["style", scss, css] => style(scss, css),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn bind(wasm: &str, directory: &str) -> Result<(), Box<dyn Error>> {
    Bindgen::new().input_path(wasm).web(true)?.typescript(false).generate(directory).map_err(|error| format!("{error:#}").into())
}

fn style(scss: &str, css: &str) -> Result<(), Box<dyn Error>> {
    let sheet =
        grass_compiler::from_path(scss, &grass_compiler::Options::default().style(grass_compiler::OutputStyle::Compressed))?;
    Ok(fs::write(css, sheet)?)
}
