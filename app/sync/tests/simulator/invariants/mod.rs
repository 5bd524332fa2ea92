//! What must hold. I1 to I8 of the fault list, I9 and I10 where files are joined, I11 where one was erased, I12 at the gate.

mod devices;
mod files;

pub use devices::{at_any_moment, nothing_old_is_shown, what_is_saved_is_shown};

use crate::{device::Device, salon::SimSalon};
use devices::{nothing_saved_is_lost, rows_are_the_salons};
use domain::{Action, Dot};
use files::{
    joined_files_know_of_one_another, no_allergy_is_lost, no_allergy_is_with_somebody_else_only, no_value_is_lost,
    what_the_salon_knew_is_marked,
};
use std::collections::{BTreeMap, BTreeSet};

/// Once everything has healed and come to rest.
pub fn all(devices: &mut [Device], salon: &SimSalon) -> Result<(), String> {
    let mut counts: BTreeMap<Dot, usize> = BTreeMap::new();
    salon.applied.iter().for_each(|applied| *counts.entry(applied.dot).or_default() += 1);
    if let Some((dot, count)) = counts.iter().find(|(_, count)| **count > 1) {
        return Err(format!("I2: {dot:?} was applied {count} times"));
    }
    for device in devices.iter_mut() {
        nothing_saved_is_lost(device, salon, &counts)?;
        rows_are_the_salons(device, salon)?;
        if device.client.waiting() > 0 {
            return Err("I7: entries still wait after everything has healed".to_owned());
        }
    }
    let acts: Vec<&(Dot, Action)> = devices.iter().flat_map(|device| &device.saved).collect();
    no_allergy_is_lost(&acts, salon)?;
    no_value_is_lost(salon)?;
    what_the_salon_knew_is_marked(salon)?;
    joined_files_know_of_one_another(salon)?;
    no_allergy_is_with_somebody_else_only(&acts, salon)?;
    let audited: BTreeSet<Dot> = salon.audit.iter().copied().collect();
    if audited.len() != salon.audit.len() || audited != counts.keys().copied().collect() {
        return Err("I8: the audit does not name each applied mutation once".to_owned());
    }
    Ok(())
}
