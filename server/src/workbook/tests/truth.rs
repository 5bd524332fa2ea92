//! The workbook of 3,000 rows, field by field. Skipped where it isn't laid beside the repository.

use std::{path::PathBuf, time::Instant};

use serde_json::Value;

use super::{
    super::{Person, Reading, cells::answer::Answer, read_file},
    options,
};

fn workbook() -> Option<(PathBuf, Vec<Value>)> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SALON_DATA").map_or(beside, PathBuf::from);
    let truth = std::fs::read(folder.join("customers.xlsx.truth.json")).ok()?;
    Some((folder.join("customers.xlsx"), serde_json::from_slice(&truth).unwrap()))
}

#[test]
fn every_field_of_the_big_workbook_is_as_it_was_meant() {
    let Some((path, truth)) = workbook() else { return };
    let started = Instant::now();
    let reading = read_file(&path, &options(&[])).unwrap();
    println!("read {} rows in {:?}, {} problems and hints", reading.rows, started.elapsed(), reading.problems.len());
    let mut wrong = Vec::new();
    for row in &truth {
        match &row["dup_of"] {
            Value::Null => wrong.extend(differences(&reading, row)),
            first => wrong.extend(not_merged(&reading, row, &truth, first)),
        }
    }
    wrong.iter().take(40).for_each(|line| println!("{line}"));
    assert!(wrong.is_empty(), "{} mismatches", wrong.len());
    assert_eq!(reading.rows, truth.len());
    assert_eq!(reading.merges.len(), truth.iter().filter(|row| !row["dup_of"].is_null()).count());
}

fn differences(reading: &Reading, truth: &Value) -> Vec<String> {
    let number = truth["row"].as_u64().unwrap() as u32;
    let Some(person) = reading.people.iter().find(|person| person.place.row == number) else {
        return vec![format!("row {number} is nobody: {truth}")];
    };
    let seen = seen(person);
    let wanted = wanted(truth);
    let pairs = seen.into_iter().zip(wanted);
    pairs
        .filter(|((_, seen), (_, wanted))| seen != wanted)
        .map(|((field, seen), (_, wanted))| format!("row {number} {field}: {seen:?} instead of {wanted:?}"))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn shown<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn seen(person: &Person) -> Vec<(&'static str, String)> {
    vec![
        ("name", person.name.clone()),
        ("card", shown(&person.card)),
        ("phone", shown(&person.phone)),
        ("birthday", shown(&person.birthday)),
        ("skin", shown(&person.skin)),
        ("allergy answer", format!("{:?}", person.allergy_answer)),
        ("allergies", person.allergies.iter().map(|allergy| allergy.substance.clone()).collect::<Vec<_>>().join(",")),
        ("history", person.history.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(",")),
        ("history answer", format!("{:?}", person.history_answer)),
        ("source", shown(&person.source)),
        ("consultant", shown(&person.consultant)),
        ("kind", person.kind.map(|kind| format!("{kind:?}")).unwrap_or_default()),
        ("first visit", shown(&person.first_visit)),
        ("last visit", shown(&person.last_visit)),
        ("spent", shown(&person.spent_cents)),
        ("balance", shown(&person.balance_cents)),
        ("note", shown(&person.note)),
    ]
}

fn list(value: &Value) -> String {
    value.as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(",")
}

fn answer(value: &Value) -> String {
    let answer = match value.as_array() {
        None => Answer::NotAsked,
        Some(items) if items.is_empty() => Answer::No,
        Some(_) => Answer::Yes,
    };
    format!("{answer:?}")
}

fn wanted(truth: &Value) -> Vec<(&'static str, String)> {
    vec![
        ("name", text(&truth["shown"])),
        ("card", text(&truth["card"])),
        ("phone", text(&truth["phone"])),
        ("birthday", text(&truth["birth"])),
        ("skin", text(&truth["skin"])),
        ("allergy answer", answer(&truth["allergy"])),
        ("allergies", list(&truth["allergy"])),
        ("history", list(&truth["history"])),
        ("history answer", answer(&truth["history"])),
        ("source", text(&truth["source"])),
        ("consultant", text(&truth["staff"])),
        ("kind", text(&truth["kind"])),
        ("first visit", text(&truth["first"])),
        ("last visit", text(&truth["last"])),
        ("spent", (truth["spent"].as_i64().unwrap() * 100).to_string()),
        ("balance", (truth["balance"].as_i64().unwrap() * 100).to_string()),
        ("note", text(&truth["note"])),
    ]
}

fn not_merged(reading: &Reading, row: &Value, truth: &[Value], first: &Value) -> Option<String> {
    let first = truth.iter().find(|row| row["no"] == *first).unwrap();
    let (number, first) = (row["row"].as_u64().unwrap() as u32, first["row"].as_u64().unwrap() as u32);
    let is_merged = reading.merges.iter().any(|merge| merge.row == number && merge.first.row == first);
    (!is_merged).then(|| format!("row {number} {} is not merged with row {first}", row["shown"]))
}
