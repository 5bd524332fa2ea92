//! What must hold on a tablet: what it shows, and what lies on its disk.

use crate::{device::Device, salon::SimSalon};
use domain::{Action, CustomerFile, CustomerId, Dot, Salon};
use std::collections::BTreeMap;
use sync::{EntryState, RowId};

/// Also while everything fails.
pub fn at_any_moment(device: &mut Device, salon: &SimSalon) -> Result<(), String> {
    cursor_is_honest(device, salon)?;
    what_was_given_is_shown(device)?;
    nothing_is_left_of_whom_it_heard_that_she_was_erased(device, salon)
}

/// What lies at or before a device's cursor is held, and the cursor never goes back by itself (I3, I5).
fn cursor_is_honest(device: &mut Device, salon: &SimSalon) -> Result<(), String> {
    // From before a restore, until the salon has said how things stand.
    let Some(place) = device.lazy.place.filter(|_| !device.lazy.is_outdated) else {
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
        let root = RowId::Customer(file.joined_to.unwrap_or(file.id));
        let held = device.row(root);
        let version = held.map(|(version, _)| *version);
        // Of two that have become one it may not have heard yet: then the one that shows both is newer than the cursor.
        let has_heard = held.and_then(|(_, row)| row.as_ref()).is_some_and(|row| row.file.joined.contains_key(&file.id));
        let is_lacking = device.lazy.lacking.contains(&root) || (device.lazy.is_short && held.is_none());
        if !is_lacking && (file.joined_to.is_none() || has_heard) && version.is_none_or(|held| held < file.version) {
            return Err(format!("I3: cursor {:?}, but version {:?} of a row is not held", place.cursor, file.version));
        }
    }
    Ok(())
}

/// No older file in place of a newer one that came, whatever there was no room for. It may be lacking.
fn what_was_given_is_shown(device: &Device) -> Result<(), String> {
    for (id, given) in &device.given {
        match device.row(*id) {
            Some((version, _)) if version != given => {
                return Err(format!("I3: {} was given {given:?} of a file and shows {version:?}", device.id));
            }
            None if !device.lazy.is_short && !device.lazy.lacking.contains(id) => {
                return Err(format!("I3: {} has lost a file", device.id));
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// Neither her file nor a copy of it, nor what was written of her here and has been answered.
fn nothing_is_left_of_whom_it_heard_that_she_was_erased(device: &mut Device, salon: &SimSalon) -> Result<(), String> {
    let Some(place) = device.lazy.place.filter(|place| place.epoch == salon.epoch && !device.lazy.is_outdated) else {
        return Ok(());
    };
    for id in salon.erased() {
        if salon.files[&id].version <= place.cursor {
            nothing_is_left_of(device, id)?;
        }
    }
    Ok(())
}

fn nothing_is_left_of(device: &mut Device, id: CustomerId) -> Result<(), String> {
    let row = RowId::Customer(id);
    if device.row(row).is_some() || device.kept.contains_key(&row) {
        return Err(format!("I11: {} holds the file of somebody who was erased", device.id));
    }
    let written: Vec<_> = device.client.entries().iter().filter(|(_, entry)| entry.row == row).collect();
    if written.iter().any(|(_, entry)| entry.state != EntryState::Saved) {
        return Err(format!("I11: {} keeps what was written of somebody who was erased", device.id));
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
        Action::UseProduct { usage, .. } => file.uses.contains_key(usage),
        Action::ConfirmUse { usage, .. } => file.uses_seen.contains_key(usage),
        Action::LookAtSkin { findings, .. } => file.skin.is_some_and(|skin| skin.value == *findings),
        _ => true,
    };
    if is_shown {
        return Ok(());
    }
    Err(format!("I1: {} {dot:?} was called saved, and the screen does not show it", action.kind()))
}

/// `applied` says how often the salon took each entry in.
pub fn nothing_saved_is_lost(device: &mut Device, salon: &SimSalon, applied: &BTreeMap<Dot, usize>) -> Result<(), String> {
    for (dot, action) in device.saved.clone() {
        // Nothing of it is to be left anywhere.
        if action.customer().is_some_and(|id| salon.files[&id].is_erased()) {
            continue;
        }
        let is_applied = applied.contains_key(&dot);
        let is_visible = matches!(device.entry(dot.seq), Some(EntryState::Objected { .. }));
        if is_applied == is_visible {
            return Err(format!("I1: {} {dot:?} was called saved; applied {is_applied}, visible {is_visible}", action.kind()));
        }
    }
    Ok(())
}

/// With the disks as full as they are: what is shown is the salon's, and only what there was no room for is lacking.
pub fn nothing_old_is_shown(devices: &mut [Device], salon: &SimSalon) -> Result<(), String> {
    let shown: BTreeMap<CustomerId, CustomerFile> = salon.all_shown().map(|file| (file.id, file)).collect();
    for device in devices {
        for id in device.ids() {
            let RowId::Customer(id) = id else { continue };
            if device.view(&salon.salon, id).map(|row| row.file).as_ref() != shown.get(&id) {
                return Err(format!("I3: the screen of {} shows a file otherwise than the salon, or one too many", device.id));
            }
        }
        let is_lacking = |id: &CustomerId| device.row(RowId::Customer(*id)).is_none();
        if !device.lazy.is_short && shown.keys().any(is_lacking) {
            return Err(format!("I3: {} lacks a file for which there was room", device.id));
        }
    }
    Ok(())
}

/// Each file once, as the salon shows it, and nothing besides: held so, and on the screen.
pub fn rows_are_the_salons(device: &mut Device, salon: &SimSalon) -> Result<(), String> {
    let shown: BTreeMap<CustomerId, CustomerFile> = salon.all_shown().map(|file| (file.id, file)).collect();
    let held = |id| match id {
        RowId::Customer(customer) => Some((customer, device.row(id)?.1.as_ref()?.file.clone())),
        RowId::Salon => None,
    };
    if device.ids().into_iter().filter_map(held).collect::<BTreeMap<_, _>>() != shown {
        return Err(format!("I3: {} holds other files than the salon, or another version of one", device.id));
    }
    for id in salon.erased() {
        nothing_is_left_of(device, id)?;
    }
    for (id, file) in shown {
        if device.view(&salon.salon, id).map(|row| row.file) != Some(file) {
            return Err(format!("I3: the screen of {} shows a file otherwise than the salon", device.id));
        }
    }
    Ok(())
}
