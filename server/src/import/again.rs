//! A sheet that is imported again: nobody's file is changed by it but for one thing, an allergy that nobody has written down yet.
//! Whatever else differs is told, so that a person can look.

use super::card;
use crate::workbook::Person;
use domain::{Action, CustomerFile, ProfileValue};
use std::collections::BTreeSet;

/// Those on neither of her lists: what was resolved since stays resolved.
pub fn new_allergies(person: &Person, file: &CustomerFile) -> Vec<Action> {
    let active = file.allergies.active().map(|(_, allergy)| allergy.what.as_str());
    let written: BTreeSet<&str> = active.chain(file.allergies.resolved().map(|(allergy, _)| allergy.what.as_str())).collect();
    card::allergies_by_name(person, file.id)
        .into_iter()
        .filter(|(_, what, _)| !written.contains(what.as_str()))
        .map(|(tag, what, remark)| Action::AddAllergy { customer: file.id, tag, what, remark })
        .collect()
}

/// The sheet says nothing of her that her file does not say too.
pub fn agrees(person: &Person, file: &CustomerFile) -> bool {
    let is_told = |told: ProfileValue| file.profile.value(told.field()) == Some(&told);
    card::profile(person).into_iter().all(is_told) && new_allergies(person, file).is_empty()
}

/// Her name, and what the sheet says otherwise; `None` where both agree. What is only here, or only there, is no difference.
pub fn differing(person: &Person, file: &CustomerFile) -> Option<String> {
    let other =
        card::profile(person).into_iter().filter(|told| file.profile.value(told.field()).is_some_and(|held| held != told));
    let fields: Vec<String> = other.map(|told| format!("{:?}", told.field())).collect();
    (!fields.is_empty()).then(|| format!("  {}: {}", person.name, fields.join(", ")))
}
