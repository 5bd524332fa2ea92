//! What the compiler can't hold: who may name what. One sentence a rule, checked over the whole tree.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// Every Rust source below a folder, with its path from the top.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} is not where this rule looks for it");
    let named = |path: PathBuf| (path.strip_prefix(root()).unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
    found.into_iter().map(named).collect()
}

/// The files below `folders` that say one of `words` outside of comments, except where they may.
fn offenders(folders: &[&str], words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let says = |text: &str| {
        text.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| words.iter().any(|word| line.contains(word)))
    };
    let all = folders.iter().flat_map(|folder| sources(folder));
    all.filter(|(path, text)| !may(path) && says(text)).map(|(path, _)| path).collect()
}

#[test]
fn the_rules_reach_for_nothing_outside_themselves() {
    let words = ["leptos", "sqlx", "tokio", "Utc::now", "Uuid::now", "std::time::", "std::fs", "std::net", "getrandom"];
    let none: Vec<String> = Vec::new();
    assert_eq!(offenders(&["app/domain/src", "app/sync/src"], &words, |_| false), none);
}

#[test]
fn only_the_store_names_the_database() {
    let none: Vec<String> = Vec::new();
    assert_eq!(offenders(&["app/src", "frontend", "server/src"], &["sqlx::"], |_| false), none);
}

#[test]
fn only_one_file_knows_each_of_the_browsers_stores() {
    let none: Vec<String> = Vec::new();
    let cache = offenders(&["app", "frontend"], &["gloo_storage::"], |path| {
        path.ends_with("replica/storage.rs") || path.contains("tests/")
    });
    assert_eq!(cache, none);
    let outbox = offenders(&["app", "frontend"], &["indexed_db_futures::"], |path| {
        path.ends_with("replica/outbox.rs") || path.contains("tests/")
    });
    assert_eq!(outbox, none);
}

#[test]
fn only_the_api_knows_that_there_is_a_server_side() {
    let none: Vec<String> = Vec::new();
    let named = offenders(&["app/src", "frontend"], &["feature = \"ssr\""], |path| path.starts_with("app/src/api/"));
    assert_eq!(named, none);
}

#[test]
fn only_one_file_of_the_app_reads_the_clock() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        offenders(&["app/src"], &["Date::now", "Date::new_0", "Utc::now"], |path| path.ends_with("replica/here.rs")),
        none
    );
}

#[test]
fn the_top_level_is_the_map() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "Makefile",
        "README.md",
        "app",
        "end2end",
        "frontend",
        "server",
        "style",
        "target",
        "xinyan-data",
    ];
    let names = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().display().to_string());
    let strange: Vec<String> = names.filter(|name| !name.starts_with('.') && !allowed.contains(&name.as_str())).collect();
    assert_eq!(strange, Vec::<String>::new());
}

/// `beyond` 3: whatever ends in a product on a skin is made in one place, and that place asks the gate; nobody else has a gate of her own.
#[test]
fn every_way_on_to_a_skin_leads_through_the_one_gate() {
    let ways = [
        ("Action::UseProduct {", "judge_use("),
        ("CareEvent::Begin(begun)", "judge_start("),
        ("CourseLine {\n", "judge_course("),
        ("HomeLine {", "judge_home("),
    ];
    let screens = sources("app/src");
    for (way, gate) in ways {
        // What is read from a record is told, not done.
        let tells = |path: &str| ["words.rs", "care_tab.rs", "plan/mod.rs"].iter().any(|told| path.ends_with(told));
        let makes: Vec<&(String, String)> = screens.iter().filter(|(path, text)| !tells(path) && text.contains(way)).collect();
        assert_eq!(makes.len(), 1, "{way} is made in {:?}", makes.iter().map(|(path, _)| path).collect::<Vec<_>>());
        assert!(makes[0].1.contains(gate), "{} asks no gate", makes[0].0);
    }
    // The four doors, the cases that somebody writes down, and nothing else.
    let doors = ["domain/src/used.rs", "domain/src/prescription.rs", "treatment/start.rs", "gate/given.rs", "gate/judge.rs"];
    let others =
        offenders(&["app/domain/src", "app/src", "app/sync/src", "server"], &["judge(&salon.rules", "judge(rules,"], |path| {
            path.contains("tests/") || doors.iter().any(|door| path.ends_with(door))
        });
    assert_eq!(others, Vec::<String>::new());
}
