//! What must hold of the salon's files once everything has come in.

use crate::salon::{Applied, SERVER, SimSalon};
use domain::{Action, Because, Change, CustomerFile, CustomerId, Dot, Field, FileChange, Judgement, Shown, SkinFinding};
use std::collections::{BTreeMap, BTreeSet};

/// Whichever of two managers was first: no file is shown in two others, nor in one that is shown elsewhere itself.
pub fn joined_files_know_of_one_another(salon: &SimSalon) -> Result<(), String> {
    let is_shown_in = |id, other| salon.files.get(&other).is_some_and(|file: &CustomerFile| file.joined_to == Some(id));
    let shows = |id, other| salon.files.get(&id).is_some_and(|file| file.joined.contains_key(&other) && file.joined_to.is_none());
    let is_whole = salon.files.values().all(|file| {
        file.joined.keys().all(|other| is_shown_in(file.id, *other)) && file.joined_to.is_none_or(|root| shows(root, file.id))
    });
    if is_whole { Ok(()) } else { Err("I9: of two joined files only one knows of it".to_owned()) }
}

pub fn no_allergy_is_lost(acts: &[&(Dot, Action)], salon: &SimSalon) -> Result<(), String> {
    let resolved: BTreeSet<_> = acts
        .iter()
        .filter_map(|(_, action)| if let Action::ResolveAllergy { tags, .. } = action { Some(tags) } else { None })
        .flatten()
        .collect();
    for (_, action) in acts {
        if let Action::AddAllergy { customer, tag, .. } = action {
            if salon.files[customer].is_erased() {
                continue;
            }
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
pub fn no_allergy_is_with_somebody_else_only(acts: &[&(Dot, Action)], salon: &SimSalon) -> Result<(), String> {
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
                if [id, other].into_iter().any(|id| salon.files[id].is_erased()) {
                    continue;
                }
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
pub fn no_value_is_lost(salon: &SimSalon) -> Result<(), String> {
    let shown: BTreeMap<CustomerId, CustomerFile> = salon.all_shown().map(|file| (file.id, file)).collect();
    for applied in &salon.applied {
        for change in &applied.changes {
            let Change::File(customer, change) = change else {
                continue;
            };
            let file = &salon.files[customer];
            if file.is_erased() {
                continue;
            }
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
        FileChange::SkinLook(findings) => file.skin.as_ref().is_some_and(|skin| held_by(skin, findings)),
        FileChange::Used(usage, _) => file.uses.contains_key(usage),
        FileChange::UseOvertaken(usage, _) => file.uses.get(usage).is_some_and(|used| used.overtaken.is_some()),
        FileChange::UseConfirmed(usage, ..) => file.uses_seen.contains_key(usage),
        _ => true,
    }
}

/// A use by a screen that knew less of her waits for somebody, until one has seen what the salon knew.
pub fn what_the_salon_knew_is_marked(salon: &SimSalon) -> Result<(), String> {
    let mut skin: BTreeMap<CustomerId, &Vec<SkinFinding>> = BTreeMap::new();
    // Whoever looks at one of two that are shown as one has looked at both.
    let mut together: BTreeSet<CustomerId> = BTreeSet::new();
    for change in salon.applied.iter().flat_map(|applied| &applied.changes) {
        match change {
            Change::File(id, FileChange::Joined(other, _)) => together.extend([*id, *other]),
            Change::File(id, _) if together.contains(id) => {}
            Change::File(id, FileChange::SkinLook(findings)) => drop(skin.insert(*id, findings)),
            Change::File(id, FileChange::Used(usage, used)) => {
                let Some(seen) = skin.get(id).and_then(|findings| findings.first()) else { continue };
                let says = |judgement: &Judgement| judgement.findings.iter().any(|found| found.why == Because::Skin(seen.what));
                let file = &salon.files[id];
                let overtaken = file.uses.get(usage).and_then(|used| used.overtaken.as_ref());
                if !file.is_erased() && !says(&used.is.judged) && !overtaken.is_some_and(|overtaken| says(&overtaken.known)) {
                    return Err("I12: a product was used on a skin that the salon knew to be hurt, and nobody is told".to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn held_by<T: PartialEq>(field: &Field<T>, value: &T) -> bool {
    field.value == *value || field.past.iter().any(|past| past.value == *value)
}
