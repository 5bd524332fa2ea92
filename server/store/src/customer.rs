//! Customer files: one row each, with the columns and grams that they are found by.

use crate::{Store, StoreError, body, gram, head};
use domain::{CareNote, CustomerFile, CustomerId, NoteId, Version};
use sqlx::AnyConnection;
use std::collections::{BTreeSet, HashMap};

/// Ids or grams in one statement. Fewer are made up to a multiple of `STEP` by repeating one, so that there are few texts
/// to prepare.
const MOST_AT_ONCE: usize = 64;
const STEP: usize = 8;

impl Store {
    pub async fn customer(&self, id: CustomerId) -> Result<Option<CustomerFile>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| Box::pin(async move { load(tx, &branch, id).await })).await
    }

    pub async fn customers_count(&self) -> Result<i64, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(0) };
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select count(*) from customer where branch_id = $1";
                let (count,): (i64,) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
                Ok(count)
            })
        })
        .await
    }

    /// The latest first, from the one before `before` on.
    pub async fn older_notes(
        &self,
        customer: CustomerId,
        before: Option<NoteId>,
        limit: usize,
    ) -> Result<Vec<(NoteId, CareNote)>, StoreError> {
        let notes = self.customer(customer).await?.map(|file| file.notes).unwrap_or_default();
        Ok(notes.into_iter().rev().filter(|(id, _)| before.is_none_or(|before| *id < before)).take(limit).collect())
    }
}

pub(crate) async fn load(tx: &mut AnyConnection, branch: &str, id: CustomerId) -> Result<Option<CustomerFile>, StoreError> {
    let text = "select body from customer where branch_id = $1 and customer_id = $2";
    let row: Option<(String,)> = sqlx::query_as(text).bind(branch).bind(id.to_string()).fetch_optional(tx).await?;
    row.map(|(text,)| body::from_json(&text, "a customer's row")).transpose()
}

/// Files that are there, in the order of the ids, each with the length of its row.
pub(crate) async fn load_many(
    tx: &mut AnyConnection,
    branch: &str,
    ids: &[CustomerId],
) -> Result<Vec<(CustomerFile, usize)>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(MOST_AT_ONCE) {
        let size = chunk.len().next_multiple_of(STEP);
        let places: Vec<String> = (0..size).map(|index| format!("${}", index + 2)).collect();
        let text = format!("select body from customer where branch_id = $1 and customer_id in ({})", places.join(", "));
        let mut select = sqlx::query_as::<_, (String,)>(sqlx::AssertSqlSafe(text)).bind(branch);
        for id in chunk.iter().chain(std::iter::repeat_n(&chunk[0], size - chunk.len())) {
            select = select.bind(id.to_string());
        }
        for (text,) in select.fetch_all(&mut *tx).await? {
            let file: CustomerFile = body::from_json(&text, "a customer's row")?;
            found.insert(file.id, (file, text.len()));
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Everything that is worked out from a file is written here, and nowhere else.
pub(crate) async fn put(
    tx: &mut AnyConnection,
    branch: &str,
    before: Option<&CustomerFile>,
    file: &CustomerFile,
) -> Result<(), StoreError> {
    let id = file.id.to_string();
    let text = "insert into customer (branch_id, customer_id, version, latest_on, body) values ($1, $2, $3, $4, $5)
        on conflict (branch_id, customer_id) do update set
            version = excluded.version, latest_on = excluded.latest_on, body = excluded.body";
    sqlx::query(text)
        .bind(branch)
        .bind(&id)
        .bind(file.version.0)
        .bind(latest_on(file))
        .bind(body::json(file)?)
        .execute(&mut *tx)
        .await?;
    let had = before.map(gram::of_file).unwrap_or_default();
    let has = gram::of_file(file);
    put_grams(tx, branch, &id, &has.difference(&had).cloned().collect::<Vec<_>>()).await?;
    for gone in had.difference(&has) {
        let text = "delete from customer_gram where branch_id = $1 and gram = $2 and customer_id = $3";
        sqlx::query(text).bind(branch).bind(gone).bind(&id).execute(&mut *tx).await?;
    }
    put_visits(tx, branch, before, file).await?;
    if before.is_none_or(|before| latest_on(before) != latest_on(file) || before.visits.len() != file.visits.len()) {
        head::count_members(tx, branch).await?;
    }
    Ok(())
}

/// The empty text stands for *never*, and sorts before every day on both engines.
pub(crate) fn latest_on(file: &CustomerFile) -> String {
    file.latest_day().map(|day| day.to_string()).unwrap_or_default()
}

async fn put_grams(tx: &mut AnyConnection, branch: &str, id: &str, grams: &[String]) -> Result<(), StoreError> {
    for chunk in grams.chunks(MOST_AT_ONCE) {
        let size = chunk.len().next_multiple_of(STEP);
        let values: Vec<String> = (0..size).map(|index| format!("($1, ${}, $2)", index + 3)).collect();
        let text = format!(
            "insert into customer_gram (branch_id, gram, customer_id) values {} on conflict do nothing",
            values.join(", ")
        );
        let mut insert = sqlx::query(sqlx::AssertSqlSafe(text)).bind(branch).bind(id);
        for gram in chunk.iter().chain(std::iter::repeat_n(&chunk[0], size - chunk.len())) {
            insert = insert.bind(gram);
        }
        insert.execute(&mut *tx).await?;
    }
    Ok(())
}

async fn put_visits(
    tx: &mut AnyConnection,
    branch: &str,
    before: Option<&CustomerFile>,
    file: &CustomerFile,
) -> Result<(), StoreError> {
    let known: BTreeSet<_> = before.iter().flat_map(|before| before.visits.keys()).collect();
    for (visit, expected) in file.visits.iter().filter(|(visit, _)| !known.contains(visit)) {
        let text = "insert into visit (branch_id, visit_id, customer_id, on_day) values ($1, $2, $3, $4)";
        sqlx::query(text)
            .bind(branch)
            .bind(visit.to_string())
            .bind(file.id.to_string())
            .bind(expected.on.to_string())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Ids and versions of rows that changed after a version, oldest change first.
pub(crate) async fn changed_since(
    tx: &mut AnyConnection,
    branch: &str,
    after: Version,
    limit: usize,
) -> Result<Vec<(CustomerId, Version)>, StoreError> {
    let text = "select customer_id, version from customer where branch_id = $1 and version > $2 order by version limit $3";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<(String, i64)> = sqlx::query_as(text).bind(branch).bind(after.0).bind(limit).fetch_all(tx).await?;
    rows.into_iter().map(|(id, version)| Ok((body::id(&id)?, Version(version)))).collect()
}
