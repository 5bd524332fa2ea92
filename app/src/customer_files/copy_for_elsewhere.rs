//! A copy of her data for another system: as the salon keeps it, but whoever wrote something is told by name, and when as a date.

use crate::api::HerData;
use crate::replica::Replica;
use std::collections::BTreeMap;

pub fn for_elsewhere(data: &HerData, salon: &str, replica: Replica) -> serde_json::Value {
    let people: BTreeMap<String, String> = replica
        .salon()
        .iter()
        .flat_map(|salon| salon.staff.values())
        .map(|person| (person.id.to_string(), person.name.as_str().to_owned()))
        .collect();
    let mut data = serde_json::to_value(data).unwrap_or_default();
    tell_names_and_dates(&mut data, &people);
    if let Some(fields) = data.as_object_mut() {
        fields.insert("salon".to_owned(), salon.into());
        fields.insert("made_on".to_owned(), replica.today().to_string().into());
    }
    data
}

fn tell_names_and_dates(value: &mut serde_json::Value, people: &BTreeMap<String, String>) {
    match value {
        serde_json::Value::Array(all) => all.iter_mut().for_each(|one| tell_names_and_dates(one, people)),
        serde_json::Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let told = match (name.as_str(), &*field) {
                    ("by" | "beautician", serde_json::Value::String(id)) => people.get(id).cloned(),
                    ("at", serde_json::Value::Number(at)) => {
                        at.as_i64().and_then(chrono::DateTime::from_timestamp_millis).map(|at| format!("{at:?}"))
                    }
                    _ => None,
                };
                match told {
                    Some(told) => *field = told.into(),
                    None => tell_names_and_dates(field, people),
                }
            }
        }
        _ => {}
    }
}
