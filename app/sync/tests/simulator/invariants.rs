//! What must hold. I1 to I8 of the fault list.

use crate::{device::Device, salon::SimSalon};
use domain::{Action, Change, Dot, FileChange};
use std::collections::{BTreeMap, BTreeSet};
use sync::{EntryState, RowId};

/// At any moment: what lies at or before a device's cursor is held, and the cursor never goes back by itself (I3, I5).
pub fn cursor_is_honest(device: &mut Device, salon: &SimSalon) -> Result<(), String> {
    let Some(place) = device.lazy.place else {
        return Ok(());
    };
    if !salon.place_is_sound(place) {
        return Err(format!("I5: cursor {place:?} is beyond the salon"));
    }
    if place.cursor < device.highest_cursor {
        return Err(format!("I5: cursor went back from {:?} to {:?}", device.highest_cursor, place.cursor));
    }
    device.highest_cursor = place.cursor;
    if salon.turns.is_some() {
        return Ok(());
    }
    // What a restored salon has is another matter until the device has heard of it.
    if place.epoch != salon.epoch {
        return Ok(());
    }
    for file in salon.files.values().filter(|file| file.version <= place.cursor) {
        let held = device.lazy.rows.get(&RowId::Customer(file.id)).map(|(version, _)| *version);
        if held.is_none_or(|held| held < file.version) {
            return Err(format!("I3: cursor {:?}, but version {:?} of a row is not held", place.cursor, file.version));
        }
    }
    Ok(())
}

/// Once everything has healed and come to rest.
pub fn all(devices: &mut [Device], salon: &SimSalon) -> Result<(), String> {
    let mut counts: BTreeMap<Dot, usize> = BTreeMap::new();
    salon.applied.iter().for_each(|applied| *counts.entry(applied.dot).or_default() += 1);
    if let Some((dot, count)) = counts.iter().find(|(_, count)| **count > 1) {
        return Err(format!("I2: {dot:?} was applied {count} times"));
    }
    for device in devices.iter_mut() {
        nothing_saved_is_lost(device, &counts)?;
        rows_are_the_salons(device, salon)?;
        if device.client.waiting() > 0 {
            return Err("I7: entries still wait after everything has healed".to_owned());
        }
    }
    let acts: Vec<&(Dot, Action)> = devices.iter().flat_map(|device| &device.saved).collect();
    no_allergy_is_lost(&acts, salon)?;
    no_value_is_lost(salon)?;
    let audited: BTreeSet<Dot> = salon.audit.iter().copied().collect();
    if audited.len() != salon.audit.len() || audited != counts.keys().copied().collect() {
        return Err("I8: the audit does not name each applied mutation once".to_owned());
    }
    Ok(())
}

fn nothing_saved_is_lost(device: &mut Device, applied: &BTreeMap<Dot, usize>) -> Result<(), String> {
    for (dot, action) in device.saved.clone() {
        let is_applied = applied.contains_key(&dot);
        let is_visible = matches!(device.entry(dot.seq), Some(EntryState::Objected { .. }));
        if is_applied == is_visible {
            return Err(format!("I1: {} {dot:?} was called saved; applied {is_applied}, visible {is_visible}", action.kind()));
        }
    }
    Ok(())
}

fn rows_are_the_salons(device: &Device, salon: &SimSalon) -> Result<(), String> {
    for file in salon.files.values().filter(|file| salon.is_member(file.id)) {
        let held = device.lazy.rows.get(&RowId::Customer(file.id)).and_then(|(_, row)| row.as_ref()).map(|row| &row.file);
        if held != Some(file) {
            return Err(format!("I3: {} holds another version of a file than the salon", device.id));
        }
    }
    Ok(())
}

fn no_allergy_is_lost(acts: &[&(Dot, Action)], salon: &SimSalon) -> Result<(), String> {
    let resolved: BTreeSet<_> = acts
        .iter()
        .filter_map(|(_, action)| if let Action::ResolveAllergy { tags, .. } = action { Some(tags) } else { None })
        .flatten()
        .collect();
    for (_, action) in acts {
        if let Action::AddAllergy { customer, tag, .. } = action {
            let is_active =
                salon.files.get(customer).is_some_and(|file| file.allergies.active().any(|(active, _)| active == *tag));
            if !is_active && !resolved.contains(tag) {
                return Err("I4: an allergy is gone that nobody resolved".to_owned());
            }
        }
    }
    Ok(())
}

fn no_value_is_lost(salon: &SimSalon) -> Result<(), String> {
    for applied in &salon.applied {
        for change in &applied.changes {
            let Change::File(customer, change) = change else {
                continue;
            };
            let file = &salon.files[customer];
            let is_there = match change {
                FileChange::Profile(value) => match file.profile.field(value.field()) {
                    Some(domain::Shown::Known(field)) => {
                        field.value == *value || field.past.iter().any(|past| past.value == *value)
                    }
                    _ => false,
                },
                FileChange::Answer(question, answer) => {
                    let field = &file.answers[question];
                    field.value == *answer || field.past.iter().any(|past| past.value == *answer)
                }
                FileChange::CareNote(note, _) => file.notes.contains_key(note),
                _ => true,
            };
            if !is_there {
                return Err("I6: something that was written is neither in the file nor in its history".to_owned());
            }
        }
    }
    Ok(())
}
