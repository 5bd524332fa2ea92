//! What an import will do to the files that are here: whom it adds, whom it finds again, and what a person should look at.

use super::{again, card};
use crate::{
    trouble::Trouble,
    workbook::{Person, text},
};
use domain::{Action, BranchId, CustomerFile, CustomerId, Name, Phone};
use std::collections::BTreeSet;
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
    /// Who is added although somebody with her name, phone or card has a file that no row was found to speak of: it may be she.
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

/// Somebody's file has her name, her phone or her card, and no row was found to speak of it.
async fn perhaps_known(store: &Store, new: &[&Person], found: &BTreeSet<CustomerId>) -> Result<Vec<String>, Trouble> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let files = store.names().await?.into_iter().filter(|named| !found.contains(&named.id));
    let files: BTreeSet<Mark> = files
        .flat_map(|named| {
            marks(named.name.as_str(), named.phone.as_ref().map(Phone::as_str), named.card.as_ref().map(Name::as_str))
        })
        .collect();
    let told = |person: &&Person| {
        let marks = marks(&person.name, person.phone.as_deref(), person.card.as_deref());
        let alike: Vec<&str> = marks.iter().filter(|mark| files.contains(mark)).map(|(kind, _)| *kind).collect();
        (!alike.is_empty()).then(|| format!("  第 {} 行 {}（店里有{}的）", person.place.row, person.name, alike.join("、")))
    };
    Ok(new.iter().filter_map(told).collect())
}

/// In what two people may be alike, and what it is.
type Mark = (&'static str, String);

fn marks(name: &str, phone: Option<&str>, card: Option<&str>) -> Vec<Mark> {
    let name = Some(("同名", text::key(name)));
    let card = card.map(|card| ("同卡号", text::key(card)));
    let phone = phone.map(|phone| ("同手机", phone.to_owned()));
    [name, card, phone].into_iter().flatten().collect()
}
