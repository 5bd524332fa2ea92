//! Every row once more, from the mutations in their order, by the rules that made it.

use super::{
    Difference, PAGE,
    told::{Dot, Told},
};
use crate::{StoreError, body, customer, gram, mutation, salon};
use domain::{Action, Change, CustomerFile, CustomerId, FileChange, Salon, Scope, Version, decide, joining, parting};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};
use sync::Envelope;

pub(super) struct Replayed {
    salon: Salon,
    /// The mutation that changed it last.
    salon_version: Version,
    files: BTreeMap<CustomerId, CustomerFile>,
    /// Which files each showed, from a version on.
    shown: BTreeMap<CustomerId, Vec<(Version, Vec<CustomerId>)>>,
    /// By device and seq: the digest of what was applied.
    pub(super) mutations: BTreeMap<Dot, String>,
    /// By what was set aside: who decided about it first, and when.
    pub(super) decisions: BTreeMap<Dot, (String, i64)>,
}

pub(super) async fn all(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<Replayed, StoreError> {
    let salon = salon::load_founded(tx, branch).await?;
    let mut replayed = Replayed {
        salon,
        salon_version: Version::default(),
        files: BTreeMap::new(),
        shown: BTreeMap::new(),
        mutations: BTreeMap::new(),
        decisions: BTreeMap::new(),
    };
    let mut version = Version::default();
    loop {
        let page = mutation::after(tx, branch, version, PAGE).await?;
        let Some(last) = page.last() else { return Ok(replayed) };
        version = last.version;
        for applied in page {
            let is_told = told.entries.get(&applied.dot);
            let is_told = is_told.is_some_and(|entry| (entry.version, entry.at) == (applied.version.0, applied.received_at.0));
            if !is_told {
                differences.push(Difference::MutationUntold { version: applied.version.0 });
            }
            if applied.is_erased() && !may_be_erased(tx, branch, told, applied.version).await? {
                differences.push(Difference::MutationBroken { version: applied.version.0 });
            }
            if replayed.apply(&applied).is_none() {
                differences.push(Difference::MutationBroken { version: applied.version.0 });
            }
        }
    }
}

/// Only of somebody whose file was erased later, as the audit tells.
async fn may_be_erased(tx: &mut AnyConnection, branch: &str, told: &Told, version: Version) -> Result<bool, StoreError> {
    let text = "select subject from audit where branch_id = $1 and version = $2";
    let row: Option<(Option<String>,)> = sqlx::query_as(text).bind(branch).bind(version.0).fetch_optional(tx).await?;
    let subject = row.and_then(|(subject,)| subject);
    Ok(subject.and_then(|subject| told.erased.get(&subject)).is_some_and(|erased| *erased > version.0))
}

impl Replayed {
    fn apply(&mut self, applied: &mutation::Applied) -> Option<()> {
        self.mutations.insert(applied.dot.clone(), mutation::digest(&applied.text));
        let Some(Envelope { header, action }) = applied.envelope().ok()? else { return Some(()) };
        if applied.dot != (header.device.to_string(), header.seq.0) {
            return None;
        }
        if let Action::TakeIn { entry, .. } | Action::LeaveOut { entry, .. } = &action {
            let decision = (header.author.to_string(), applied.received_at.0);
            self.decisions.entry((entry.device.to_string(), entry.seq.0)).or_insert(decision);
        }
        let stamp = header.stamp_received(applied.version, applied.received_at);
        let load = |id: Option<CustomerId>| id.and_then(|id| self.files.get(&id));
        let (file, other) = (load(action.customer()), load(action.other()));
        let changes = match (&action, file, other) {
            // Nothing of it is left to decide on.
            (Action::EraseFile { customer, why }, None, _) => vec![Change::File(*customer, FileChange::Erased(*why))],
            (action, None, _) | (action, _, None) if action.other().is_some() => self.of_what_is_left(of_two(action)),
            _ => decide(Scope { salon: &self.salon, file, other }, &stamp, &action).ok()?,
        };
        self.salon.absorb_all(&changes);
        if changes.iter().any(|change| change.file().is_none()) {
            self.salon_version = applied.version;
        }
        for change in changes {
            if let Some(id) = change.file()
                && let Some(file) = CustomerFile::after(self.files.remove(&id), &[change], &stamp)
            {
                self.note_shown(&file, applied.version);
                self.files.insert(id, file);
            }
        }
        Some(())
    }

    fn note_shown(&mut self, file: &CustomerFile, since: Version) {
        let now: Vec<CustomerId> = file.joined.keys().copied().collect();
        let before = self.shown.get(&file.id).and_then(|shown| shown.last());
        if before.map_or(!now.is_empty(), |(_, before)| *before != now) {
            self.shown.entry(file.id).or_default().push((since, now));
        }
    }

    /// The files that a customer's showed just before a version.
    pub(super) fn shown_in(&self, customer: CustomerId, at: Version) -> &[CustomerId] {
        let before = self.shown.get(&customer).and_then(|shown| shown.iter().rev().find(|(since, _)| *since < at));
        before.map_or(&[], |(_, shown)| shown)
    }

    /// One of the two was erased later.
    fn of_what_is_left(&self, changes: Vec<Change>) -> Vec<Change> {
        changes.into_iter().filter(|change| change.file().is_some_and(|id| self.files.contains_key(&id))).collect()
    }
}

fn of_two(action: &Action) -> Vec<Change> {
    if let Action::TakeIn { action, .. } = action {
        return of_two(action);
    }
    if let Action::JoinFiles { customer, other } = action {
        return joining(*customer, *other, BTreeSet::new());
    }
    if let Action::PartFiles { customer, other } = action { parting(*customer, *other) } else { Vec::new() }
}

pub(super) async fn compare_salon(
    tx: &mut AnyConnection,
    branch: &str,
    replayed: &Replayed,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    match salon::load(tx, branch).await {
        Ok((mut stored, version)) => {
            stored.staff.clear();
            if stored != replayed.salon || version != replayed.salon_version.max(Version(told.salon_version)) {
                differences.push(Difference::SalonDiffers);
            }
        }
        Err(StoreError::Damaged { .. }) => differences.push(Difference::SalonDiffers),
        Err(error) => return Err(error),
    }
    Ok(())
}

pub(super) async fn compare_files(
    tx: &mut AnyConnection,
    branch: &str,
    replayed: &Replayed,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let grams = stored_grams(tx, branch).await?;
    let mut visits = stored_visits(tx, branch).await?;
    let mut seen = BTreeSet::new();
    let mut after = String::new();
    loop {
        let text = "select customer_id, version, latest_on, coalesce(joined_to, ''), coalesce(is_erased, 0), body from customer
            where branch_id = $1 and customer_id > $2 order by customer_id limit $3";
        let page: Vec<(String, i64, String, String, i64, String)> =
            sqlx::query_as(text).bind(branch).bind(&after).bind(PAGE).fetch_all(&mut *tx).await?;
        let Some((last, ..)) = page.last() else { break };
        after = last.clone();
        for (id, version, latest_on, joined_to, is_erased, text) in page {
            let Some(file) = id.parse().ok().and_then(|id: CustomerId| replayed.files.get(&id)) else {
                differences.push(Difference::FileUntold(id));
                continue;
            };
            seen.insert(file.id);
            let stored = body::from_json::<CustomerFile>(&text, "a customer's row").ok();
            let columns = (version, latest_on, joined_to, is_erased == 1);
            let told = (file.version.0, customer::latest_on(file), customer::joined_to(file), file.is_erased());
            if stored.as_ref() != Some(file) || columns != told {
                differences.push(Difference::FileDiffers(file.id));
            }
            if grams.get(&id).copied().unwrap_or_default() != sum(&gram::of_file(file)) {
                differences.push(Difference::SearchDiffers(file.id));
            }
            let expected: BTreeSet<_> = file.visits.iter().map(|(id, visit)| (id.to_string(), visit.on.to_string())).collect();
            if visits.remove(&id).unwrap_or_default() != expected {
                differences.push(Difference::VisitsDiffer(file.id));
            }
        }
    }
    differences.extend(replayed.files.keys().filter(|id| !seen.contains(id)).map(|id| Difference::FileMissing(*id)));
    Ok(())
}

/// Millions of grams are compared by a sum, which does not ask for their order.
async fn stored_grams(tx: &mut AnyConnection, branch: &str) -> Result<HashMap<String, u64>, StoreError> {
    let mut sums: HashMap<String, u64> = HashMap::new();
    let (mut gram, mut id) = (String::new(), String::new());
    loop {
        let text = "select gram, customer_id from customer_gram
            where branch_id = $1 and (gram, customer_id) > ($2, $3) order by gram, customer_id limit $4";
        let page: Vec<(String, String)> =
            sqlx::query_as(text).bind(branch).bind(&gram).bind(&id).bind(PAGE).fetch_all(&mut *tx).await?;
        let Some(last) = page.last() else { return Ok(sums) };
        (gram, id) = last.clone();
        for (gram, id) in page {
            let sum = sums.entry(id).or_default();
            *sum = sum.wrapping_add(number(&gram));
        }
    }
}

async fn stored_visits(tx: &mut AnyConnection, branch: &str) -> Result<HashMap<String, BTreeSet<(String, String)>>, StoreError> {
    let text = "select customer_id, visit_id, on_day from visit where branch_id = $1";
    let rows: Vec<(String, String, String)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    let mut visits: HashMap<String, BTreeSet<(String, String)>> = HashMap::new();
    for (customer, visit, day) in rows {
        visits.entry(customer).or_default().insert((visit, day));
    }
    Ok(visits)
}

fn sum(grams: &BTreeSet<String>) -> u64 {
    grams.iter().fold(0, |sum, gram| sum.wrapping_add(number(gram)))
}

fn number(gram: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    gram.hash(&mut hasher);
    hasher.finish()
}
