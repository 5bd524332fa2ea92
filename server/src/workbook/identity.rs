//! How a person is found again when a workbook is imported a second time.
//!
//! Every row carries evidence that outlives a new order of rows, new rows in between and corrections elsewhere in the row: her name with her
//! phone, with her card, with her birthday. The strongest evidence of her first row is her `key`, from which an id can be derived, so that the
//! same file makes the same ids. `keys` holds all evidence that nobody else in the file shares: whoever stores it beside the customer finds her
//! again after her phone has been corrected in the sheet. Where two people have the same evidence, rows tell them apart by their order.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{person::Person, text};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PersonKey(String);

impl PersonKey {
    /// Sixteen bytes for an id: the same in the same branch, another in another one.
    pub fn digest(&self, branch: &str) -> [u8; 16] {
        let hash = Sha256::digest(format!("xinyan import 1\n{branch}\n{}", self.0));
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        id
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a single row says about who she is, strongest first.
pub fn evidence(person: &Person) -> Vec<PersonKey> {
    let name = text::key(&person.name);
    let phone = person.phone.as_ref().map(|phone| format!("phone {phone} {name}"));
    let card = person.card.as_ref().map(|card| format!("card {} {name}", text::key(card)));
    let birthday = person.birthday.map(|date| format!("birthday {date} {name}"));
    let mut keys: Vec<PersonKey> = [card, phone, birthday].into_iter().flatten().map(PersonKey).collect();
    if keys.is_empty() {
        let visits = [person.first_visit, person.last_visit].map(|date| date.map_or_else(String::new, |date| date.to_string()));
        keys.push(PersonKey(format!("visits {} {} {name}", visits[0], visits[1])));
    }
    keys
}

/// Makes keys of their own for people with the same evidence, and takes shared evidence from both.
pub fn set_apart(people: &mut [Person]) {
    let mut owners = BTreeMap::<PersonKey, usize>::new();
    for person in people.iter() {
        let own: BTreeSet<&PersonKey> = person.keys.iter().collect();
        own.into_iter().for_each(|key| *owners.entry(key.clone()).or_default() += 1);
    }
    let mut counts = BTreeMap::<PersonKey, usize>::new();
    for person in people {
        let strongest = person.keys.first().cloned().unwrap_or_default();
        let unshared: BTreeSet<PersonKey> = person.keys.iter().filter(|key| owners.get(key) == Some(&1)).cloned().collect();
        let count = counts.entry(strongest.clone()).or_default();
        *count += 1;
        person.key = if *count == 1 { strongest } else { PersonKey(format!("{} #{count}", strongest.0)) };
        person.keys = unshared.into_iter().collect();
    }
}
