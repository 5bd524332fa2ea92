//! What browsers load, held in memory under the name of its build: a hash of all of it.

use axum::{body::Bytes, http::HeaderValue};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};
use sync::Hash;

const BUILD: &str = "__BUILD__";

/// One file, ready to be sent.
#[derive(Clone)]
pub struct Part {
    pub kind: HeaderValue,
    pub bytes: Bytes,
}

/// One build of the site.
pub struct Built {
    build: String,
    parts: BTreeMap<String, Part>,
}

impl Built {
    /// `None` where the shell is missing.
    fn of(files: Vec<(String, Vec<u8>)>) -> Option<Self> {
        let all = files.iter().fold(Vec::new(), |mut all, (path, bytes)| {
            all.extend(Hash::of(path.as_bytes()).0);
            all.extend(Hash::of(bytes).0);
            all
        });
        let build: String = Hash::of(&all).0[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let named = |path: &str, bytes: Vec<u8>| match String::from_utf8(bytes) {
            Ok(text) if matches!(path, "/index.html" | "/service-worker.js") => text.replace(BUILD, &build).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(not_text) => not_text.into_bytes(),
        };
        let parts = files.into_iter().filter_map(|(path, bytes)| {
            let kind = HeaderValue::from_static(kind_of(&path)?);
            let bytes = Bytes::from(named(&path, bytes));
            Some((path, Part { kind, bytes }))
        });
        let parts: BTreeMap<String, Part> = parts.collect();
        parts.contains_key("/index.html").then_some(Self { build, parts })
    }

    pub fn build(&self) -> &str {
        &self.build
    }

    pub fn shell(&self) -> Part {
        self.parts["/index.html"].clone()
    }

    pub fn part(&self, path: &str) -> Option<Part> {
        self.parts.get(path).cloned()
    }
}

/// Only what a browser may have, by its true kind; source maps and whatever else lies there stay where they are.
fn kind_of(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// Where the site comes from: inside the program, or a directory that is read again whenever something in it changes.
pub struct Site {
    place: Option<PathBuf>,
    read: Mutex<Option<(SystemTime, Arc<Built>)>>,
}

impl Site {
    pub fn in_directory(place: PathBuf) -> Self {
        Self { place: Some(place), read: Mutex::default() }
    }

    #[cfg(feature = "embed")]
    pub fn embedded() -> Self {
        let files = embedded::Files::iter().filter_map(|path| {
            let file = embedded::Files::get(&path)?;
            Some((format!("/{path}"), file.data.into_owned()))
        });
        let built = Built::of(in_order(files.collect()));
        Self { place: None, read: Mutex::new(built.map(|built| (SystemTime::UNIX_EPOCH, Arc::new(built)))) }
    }

    /// `None` as long as it has not been built.
    pub fn now(&self) -> Option<Arc<Built>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = &self.place {
            let changed = latest_change(place)?;
            if read.as_ref().is_none_or(|(at, _)| *at != changed) {
                let built = Built::of(in_order(files_in(place, "")))?;
                *read = Some((changed, Arc::new(built)));
            }
        }
        read.as_ref().map(|(_, built)| built.clone())
    }
}

fn in_order(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    files.sort();
    files
}

fn files_in(place: &Path, below: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| Some((format!("{below}/{}", entry.file_name().to_str()?), entry.path())));
    named
        .flat_map(|(name, path)| match path.is_dir() {
            true => files_in(&path, &name),
            false => std::fs::read(&path).map(|bytes| vec![(name, bytes)]).unwrap_or_default(),
        })
        .collect()
}

fn latest_change(place: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(place).ok()?.flatten();
    let below =
        entries.filter_map(|entry| if entry.path().is_dir() { latest_change(&entry.path()) } else { changed(&entry.path()) });
    below.chain(changed(place)).max()
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}

#[cfg(feature = "embed")]
mod embedded {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../target/site-release"]
    pub struct Files;
}
