//! Files as people see them: one that was joined to another is shown in that one.

use crate::{Store, StoreError, body, customer};
use domain::{CustomerFile, CustomerId, Version};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// The file that shows this customer, with everything in it.
    pub async fn file(&self, id: CustomerId) -> Result<Option<CustomerFile>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| {
            Box::pin(async move { Ok(shown(tx, &branch, &[id]).await?.into_iter().map(|(file, _)| file).next()) })
        })
        .await
    }
}

/// Files that are there, in the order of the ids, each once, with the length of its rows.
pub(crate) async fn shown(
    tx: &mut AnyConnection,
    branch: &str,
    ids: &[CustomerId],
) -> Result<Vec<(CustomerFile, usize)>, StoreError> {
    let mut rows = BTreeMap::new();
    load(tx, branch, &mut rows, ids.iter().copied()).await?;
    let roots = rows.values().filter_map(|(file, _)| file.joined_to).collect::<BTreeSet<_>>();
    load(tx, branch, &mut rows, roots).await?;
    let joined = rows.values().flat_map(|(file, _)| file.joined.keys().copied()).collect::<BTreeSet<_>>();
    load(tx, branch, &mut rows, joined).await?;

    let mut told = BTreeSet::new();
    let roots = ids.iter().filter_map(|id| rows.get(id)).map(|(file, _)| file.joined_to.unwrap_or(file.id));
    let roots = roots.filter(|id| told.insert(*id)).collect::<Vec<_>>();
    let one = |id: CustomerId| {
        let (file, length) = rows.get(&id)?;
        let others: Vec<&(CustomerFile, usize)> = file.joined.keys().filter_map(|other| rows.get(other)).collect();
        let lengths = others.iter().map(|(_, length)| length).sum::<usize>();
        Some((file.clone().united(others.into_iter().map(|(other, _)| other)), length + lengths))
    };
    Ok(roots.into_iter().filter_map(one).collect())
}

async fn load(
    tx: &mut AnyConnection,
    branch: &str,
    rows: &mut BTreeMap<CustomerId, (CustomerFile, usize)>,
    ids: impl IntoIterator<Item = CustomerId>,
) -> Result<(), StoreError> {
    let missing: Vec<CustomerId> = ids.into_iter().filter(|id| !rows.contains_key(id)).collect();
    for (id, text) in customer::bodies(tx, branch, &missing).await? {
        rows.insert(id, (customer::parse(&text)?, text.len()));
    }
    Ok(())
}

/// The versions of files that show others: of the last change of any of them.
pub(crate) async fn versions(tx: &mut AnyConnection, branch: &str) -> Result<BTreeMap<CustomerId, Version>, StoreError> {
    let text = "select r.customer_id, r.version, j.version from customer j
        join customer r on r.branch_id = j.branch_id and r.customer_id = j.joined_to
        where j.branch_id = $1 and j.joined_to is not null";
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    let mut versions = BTreeMap::new();
    for (id, own, other) in rows {
        let version = versions.entry(body::id(&id)?).or_default();
        *version = Version(own.max(other)).max(*version);
    }
    Ok(versions)
}
