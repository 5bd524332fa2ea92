//! What an import will do to the files that are here: whom it adds, whom it finds again, and what a person should look at.

use super::{again, card};
use crate::{
    trouble::Trouble,
    workbook::{Person, text},
};
use domain::{Action, BranchId, CustomerFile, CustomerId};
use std::collections::{BTreeMap, BTreeSet};
use store::Store;

#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub actions: Vec<Action>,
    pub added: usize,
    pub known: usize,
    /// Written in the sheet of somebody who was here already, and on no list of hers.
    pub allergies: usize,
    /// Who was here already and is told of otherwise in the sheet, with what differs.
    pub differing: Vec<String>,
    /// Whose file was erased since: it does not come back by a sheet.
    pub erased: Vec<String>,
    /// Who is added although somebody of her name has a file that no row was found to speak of: it may be she, changed in all that
    /// tells people apart.
    pub perhaps_known: Vec<String>,
}

impl Plan {
    pub async fn make(store: &Store, people: &[Person], branch: BranchId) -> Result<Self, Trouble> {
        let (mut plan, mut found, mut new) = (Self::default(), BTreeSet::new(), Vec::new());
        for person in people {
            match known(store, person, branch, &found).await? {
                Some(file) => {
                    found.insert(file.id);
                    match file.erased {
                        Some(_) => plan.erased.push(format!("  第 {} 行 {}", person.place.row, person.name)),
                        None => plan.find_again(person, &file),
                    }
                }
                None => new.push(person),
            }
        }
        plan.perhaps_known = perhaps_known(store, &new, &found).await?;
        plan.added = new.len();
        plan.actions.extend(new.into_iter().map(|person| card::add(person, branch)));
        Ok(plan)
    }

    fn find_again(&mut self, person: &Person, file: &CustomerFile) {
        self.known += 1;
        let new = again::new_allergies(person, file);
        self.allergies += new.len();
        self.actions.extend(new);
        self.differing.extend(again::differing(person, file));
    }
}

/// Anything the sheet says of her that nobody shares may have given her file its id at an earlier import. What others in the sheet share
/// has named somebody when she was the only one; that is she where nothing in the file speaks against it, and nobody else was found in it.
async fn known(
    store: &Store,
    person: &Person,
    branch: BranchId,
    found: &BTreeSet<CustomerId>,
) -> Result<Option<CustomerFile>, Trouble> {
    let hers = std::iter::once(&person.key).chain(&person.keys).map(|key| (key, false));
    let shared = person.shared.iter().map(|key| (key, true));
    for (key, is_shared) in hers.chain(shared) {
        let Some(file) = store.customer(card::id_of(key, branch)).await? else { continue };
        if !is_shared || (again::agrees(person, &file) && !found.contains(&file.id)) {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

async fn perhaps_known(store: &Store, new: &[&Person], found: &BTreeSet<CustomerId>) -> Result<Vec<String>, Trouble> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = BTreeMap::<String, usize>::new();
    for (_, name) in store.names().await?.into_iter().filter(|(id, _)| !found.contains(id)) {
        *files.entry(text::key(name.as_str())).or_default() += 1;
    }
    let namesakes = |person: &Person| files.get(&text::key(&person.name)).copied();
    let told = |person: &&Person| {
        let (name, row) = (&person.name, person.place.row);
        namesakes(person).map(|count| format!("  第 {row} 行 {name}（同名的 {count} 份）"))
    };
    Ok(new.iter().filter_map(told).collect())
}
