//! What must hold. I1 to I8 of the fault list, I9 and I10 where files are joined.

use crate::{
    device::Device,
    salon::{Applied, SERVER, SimSalon},
};
use domain::{Action, Change, CustomerFile, CustomerId, Dot, Field, FileChange, Salon, Shown};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::{CustomerRow, EntryState, RowId};

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
    for file in salon.changed_until(place) {
        let held = device.lazy.rows.get(&RowId::Customer(file.joined_to.unwrap_or(file.id)));
        let version = held.map(|(version, _)| *version);
        // Of two that have become one it may not have heard yet: then the one that shows both is newer than the cursor.
        let has_heard = held.and_then(|(_, row)| row.as_ref()).is_some_and(|row| row.file.joined.contains_key(&file.id));
        if (file.joined_to.is_none() || has_heard) && version.is_none_or(|held| held < file.version) {
            return Err(format!("I3: cursor {:?}, but version {:?} of a row is not held", place.cursor, file.version));
        }
    }
    Ok(())
}

/// While the salon has not answered: what she wrote last stands in the file that shows it, wherever she wrote it.
pub fn what_is_saved_is_shown(device: &mut Device, salon: &Salon) -> Result<(), String> {
    let Some((dot, action)) = device.saved.last().cloned() else { return Ok(()) };
    if device.entry(dot.seq) != Some(EntryState::Saved) {
        return Ok(());
    }
    let root = action.customer().map(|customer| device.shown_in(customer));
    let Some(file) = root.and_then(|root| device.view(salon, root)).map(|row| row.file) else { return Ok(()) };
    let is_shown = match &action {
        Action::WriteCareNote { note, .. } => file.notes.contains_key(note),
        Action::LogContact { contact, .. } => file.contacts.contains_key(contact),
        Action::AddAllergy { tag, .. } => file.allergies.active().any(|(active, _)| active == *tag),
        _ => true,
    };
    if is_shown {
        return Ok(());
    }
    Err(format!("I1: {} {dot:?} was called saved, and the screen does not show it", action.kind()))
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
    joined_files_know_of_one_another(salon)?;
    no_allergy_is_with_somebody_else_only(&acts, salon)?;
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

/// Each file once, as the salon shows it, and nothing besides: held so, and on the screen.
fn rows_are_the_salons(device: &mut Device, salon: &SimSalon) -> Result<(), String> {
    let shown: BTreeMap<CustomerId, CustomerFile> = salon.all_shown().map(|file| (file.id, file)).collect();
    let held = |(id, (_, row)): (&RowId, &(_, Option<Rc<CustomerRow>>))| match id {
        RowId::Customer(id) => Some((*id, row.as_ref()?.file.clone())),
        RowId::Salon => None,
    };
    if device.lazy.rows.iter().filter_map(held).collect::<BTreeMap<_, _>>() != shown {
        return Err(format!("I3: {} holds other files than the salon, or another version of one", device.id));
    }
    for (id, file) in shown {
        if device.view(&salon.salon, id).map(|row| row.file) != Some(file) {
            return Err(format!("I3: the screen of {} shows a file otherwise than the salon", device.id));
        }
    }
    Ok(())
}

/// Whichever of two managers was first: no file is shown in two others, nor in one that is shown elsewhere itself.
fn joined_files_know_of_one_another(salon: &SimSalon) -> Result<(), String> {
    let is_shown_in = |id, other| salon.files.get(&other).is_some_and(|file: &CustomerFile| file.joined_to == Some(id));
    let shows = |id, other| salon.files.get(&id).is_some_and(|file| file.joined.contains_key(&other) && file.joined_to.is_none());
    let is_whole = salon.files.values().all(|file| {
        file.joined.keys().all(|other| is_shown_in(file.id, *other)) && file.joined_to.is_none_or(|root| shows(root, file.id))
    });
    if is_whole { Ok(()) } else { Err("I9: of two joined files only one knows of it".to_owned()) }
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

/// What somebody recorded who saw two files as one stands in both once they are apart, and both ask whose it is.
fn no_allergy_is_with_somebody_else_only(acts: &[&(Dot, Action)], salon: &SimSalon) -> Result<(), String> {
    let changes = || salon.applied.iter().flat_map(|applied| applied.changes.iter().map(move |change| (applied, change)));
    let resolved: BTreeSet<_> = acts
        .iter()
        .filter_map(|(_, action)| if let Action::ResolveAllergy { tags, .. } = action { Some(tags) } else { None })
        .flatten()
        .collect();
    let mut joined = BTreeMap::new();
    for (applied, change) in changes() {
        let Change::File(id, change) = change else { continue };
        match change {
            FileChange::Joined(other, _) => drop(joined.insert((*id, *other), applied.version)),
            FileChange::Parted(other) => {
                let Some(since) = joined.remove(&(*id, *other)) else { continue };
                let is_one_again = salon.files[id].joined.contains_key(other);
                // Here a restored salon gives out its numbers once more: who had seen a later one than her own entry's saw what is lost.
                let seen_as_one = |told: &Applied| {
                    told.dot.device != SERVER && since <= told.base && told.base < applied.version.min(told.version)
                };
                for (told, change) in changes().filter(|(told, _)| seen_as_one(told)) {
                    let Change::File(of, FileChange::Allergy { tag, what, .. }) = change else { continue };
                    if of != id || is_one_again || resolved.contains(tag) {
                        continue;
                    }
                    let there = &salon.files[other].allergies;
                    let mut known =
                        there.active().map(|(_, allergy)| allergy).chain(there.resolved().map(|(allergy, _)| allergy));
                    let is_there = known.any(|allergy| allergy.what == *what);
                    let asks = |of: &CustomerId, with: &CustomerId| salon.files[of].in_doubt.contains_key(with);
                    if !is_there || !asks(id, other) || !asks(other, id) {
                        return Err(format!("I10: {} was said of two as one, and is with one of them only", told.dot.seq.0));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Neither from the file that it was written into, nor from the one in which that is shown.
fn no_value_is_lost(salon: &SimSalon) -> Result<(), String> {
    let shown: BTreeMap<CustomerId, CustomerFile> = salon.all_shown().map(|file| (file.id, file)).collect();
    for applied in &salon.applied {
        for change in &applied.changes {
            let Change::File(customer, change) = change else {
                continue;
            };
            let file = &salon.files[customer];
            let shown = &shown[&file.joined_to.unwrap_or(file.id)];
            if ![file, shown].into_iter().all(|file| holds(file, change)) {
                return Err("I6: something that was written is neither in the file nor in its history".to_owned());
            }
        }
    }
    Ok(())
}

fn holds(file: &CustomerFile, change: &FileChange) -> bool {
    match change {
        FileChange::Profile(value) => match file.profile.field(value.field()) {
            Some(Shown::Known(field)) => held_by(field, value),
            _ => false,
        },
        FileChange::Answer(question, answer) => file.answers.get(question).is_some_and(|field| held_by(field, answer)),
        FileChange::Consent(purpose, consent) => file.consents.get(purpose).is_some_and(|field| held_by(field, consent)),
        FileChange::Allergy { tag, .. } => {
            let mut resolved = file.allergies.resolved();
            file.allergies.active().any(|(active, _)| active == *tag) || resolved.any(|(_, by)| by.tags.contains(tag))
        }
        FileChange::CareNote(note, _) => file.notes.contains_key(note),
        FileChange::Contact(contact, _) => file.contacts.contains_key(contact),
        _ => true,
    }
}

fn held_by<T: PartialEq>(field: &Field<T>, value: &T) -> bool {
    field.value == *value || field.past.iter().any(|past| past.value == *value)
}
