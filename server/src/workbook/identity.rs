//! How a person is found again when a workbook is imported a second time.
//!
//! Every row carries evidence that outlives a new order of rows, new rows in between and corrections elsewhere in the row: her name with her
//! phone, with her card, with her birthday. The strongest evidence that is hers alone is her `key`, from which an id can be derived, so that the
//! same file makes the same ids. `keys` holds all evidence that nobody else in the file shares: whoever stores it beside the customer finds her
//! again after her phone has been corrected in the sheet.

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

/// Takes evidence that several people have from all of them, and gives each a key: the strongest evidence that is hers alone. Whoever has
/// none is told apart by all that her row says, never by where it stands: in the next sheet another one may come before her.
pub fn set_apart(people: &mut [Person]) {
    let mut owners = BTreeMap::<PersonKey, usize>::new();
    for person in people.iter() {
        let own: BTreeSet<&PersonKey> = person.keys.iter().collect();
        own.into_iter().for_each(|key| *owners.entry(key.clone()).or_default() += 1);
    }
    let mut counts = BTreeMap::<PersonKey, usize>::new();
    for person in people {
        let (own, shared): (Vec<_>, Vec<_>) = person.keys.drain(..).partition(|key| owners.get(key) == Some(&1));
        let strongest = own.first().cloned();
        person.key = strongest.unwrap_or_else(|| {
            let key = PersonKey(format!("row {}", content(person)));
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            // Rows that say the very same can be told apart by nobody.
            if *count == 1 { key } else { PersonKey(format!("{} #{count}", key.0)) }
        });
        person.keys = own.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        person.shared = shared.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    }
}

/// In the sheet's own words, so that it stays the same from one version of this program to the next.
fn content(person: &Person) -> String {
    let Person { name, card, phone, skin, allergy_text, history_text, source, consultant, .. } = person;
    let dates = [person.birthday, person.first_visit, person.last_visit].map(|date| date.map(|date| date.to_string()));
    let sums = [person.spent_cents, person.balance_cents].map(|cents| cents.map(|cents| cents.to_string()));
    let told = [&person.pregnancy, &person.medication, &person.implant].map(|told| told.text.clone());
    let named = [card, phone, skin, allergy_text, history_text, source, consultant].map(Clone::clone);
    let details = person.details.values().cloned().map(Some);
    let unread = person.unread.iter().map(|unread| Some(unread.original.clone()));
    let all =
        named.into_iter().chain(dates).chain(sums).chain(told).chain(details).chain(unread).chain([person.note_with_kept()]);
    all.fold(text::key(name), |all, one| format!("{all}\n{}", one.unwrap_or_default()))
}
