//! Customer files: one row each, with the columns and grams that they are found by.

use crate::{
    Store, StoreError, body, gram, head,
    rows::{self, Insert, Statement},
};
use chrono::NaiveDate;
use domain::{CustomerFile, CustomerId, Name, Phone, Version, VisitId};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::BTreeSet;

impl Store {
    /// The row as it is stored: without the files that it shows.
    pub async fn customer(&self, id: CustomerId) -> Result<Option<CustomerFile>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| Box::pin(async move { load(tx, &branch, id).await })).await
    }

    /// Whose files are here, in the order of their ids: what people are told apart by.
    pub async fn names(&self) -> Result<Vec<Named>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| Box::pin(async move { names(tx, &branch).await })).await
    }

    /// Whose files were erased.
    pub async fn erased(&self) -> Result<Vec<CustomerId>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(Vec::new()) };
        self.read(move |tx| Box::pin(async move { erased(tx, &branch).await })).await
    }

    pub async fn customers_count(&self) -> Result<i64, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(0) };
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select count(*) from customer where branch_id = $1 and is_erased is null and joined_to is null";
                let (count,): (i64,) = sqlx::query_as(text).bind(branch).fetch_one(tx).await?;
                Ok(count)
            })
        })
        .await
    }
}

pub(crate) async fn erased(tx: &mut AnyConnection, branch: &str) -> Result<Vec<CustomerId>, StoreError> {
    let text = "select customer_id from customer where branch_id = $1 and is_erased is not null";
    let rows: Vec<(String,)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    rows.into_iter().map(|(id,)| body::id(&id)).collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: CustomerId,
    pub name: Name,
    pub phone: Option<Phone>,
    pub card: Option<Name>,
}

async fn names(tx: &mut AnyConnection, branch: &str) -> Result<Vec<Named>, StoreError> {
    let text = "select customer_id, body from customer where branch_id = $1 and customer_id > $2 order by customer_id limit 1000";
    let (mut names, mut after) = (Vec::new(), String::new());
    loop {
        let page: Vec<(String, String)> = sqlx::query_as(text).bind(branch).bind(&after).fetch_all(&mut *tx).await?;
        let Some((last, _)) = page.last() else { return Ok(names) };
        after = last.clone();
        for (_, body) in page {
            let file = parse(&body)?;
            names.extend(file.name().cloned().map(|name| Named {
                id: file.id,
                name,
                phone: file.phone().cloned(),
                card: file.card().cloned(),
            }));
        }
    }
}

pub(crate) async fn load(tx: &mut AnyConnection, branch: &str, id: CustomerId) -> Result<Option<CustomerFile>, StoreError> {
    let text = "select body from customer where branch_id = $1 and customer_id = $2";
    let row: Option<(String,)> = sqlx::query_as(text).bind(branch).bind(id.to_string()).fetch_optional(tx).await?;
    row.map(|(text,)| parse(&text)).transpose()
}

pub(crate) async fn bodies(
    tx: &mut AnyConnection,
    branch: &str,
    ids: &[CustomerId],
) -> Result<Vec<(CustomerId, String)>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for (places, ids) in rows::groups(ids, 2) {
        let text = format!("select customer_id, body from customer where branch_id = $1 and customer_id in ({places})");
        let select = sqlx::query_as::<_, (String, String)>(AssertSqlSafe(text)).bind(branch);
        let select = ids.into_iter().fold(select, |select, id| select.bind(id.to_string()));
        for (id, text) in select.fetch_all(&mut *tx).await? {
            found.push((body::id(&id)?, text));
        }
    }
    Ok(found)
}

pub(crate) fn parse(text: &str) -> Result<CustomerFile, StoreError> {
    body::from_json(text, "a customer's row")
}

/// A file as it was stored, and as it became.
pub(crate) struct Changed<'a> {
    pub(crate) before: Option<&'a CustomerFile>,
    pub(crate) file: &'a CustomerFile,
}

/// Everything that is worked out from files is written here, and nowhere else.
pub(crate) async fn put(tx: &mut AnyConnection, branch: &str, changed: &[Changed<'_>]) -> Result<(), StoreError> {
    put_rows(tx, branch, changed).await?;
    put_grams(tx, branch, changed).await?;
    put_visits(tx, branch, changed).await?;
    if changed.iter().any(Changed::moves) {
        head::count_members(tx, branch).await?;
    }
    Ok(())
}

impl Changed<'_> {
    /// Another set of files may be hers to hold now.
    fn moves(&self) -> bool {
        let file = self.file;
        if file.erased.is_some() {
            return true;
        }
        let place = |file: &CustomerFile| (latest_on(file), file.visits.len(), file.joined_to);
        self.before.is_none_or(|before| place(before) != place(file))
    }

    fn is_found_as_before(&self) -> bool {
        let key = |file: &CustomerFile| (file.name().cloned(), file.phone().cloned(), file.card().cloned());
        self.before.is_some_and(|before| key(before) == key(self.file))
    }
}

/// The empty text stands for *never*, and sorts before every day on both engines.
pub(crate) fn latest_on(file: &CustomerFile) -> String {
    file.latest_day().map(|day| day.to_string()).unwrap_or_default()
}

/// Likewise.
pub(crate) fn joined_to(file: &CustomerFile) -> String {
    file.joined_to.map(|id| id.to_string()).unwrap_or_default()
}

async fn put_rows(tx: &mut AnyConnection, branch: &str, changed: &[Changed<'_>]) -> Result<(), StoreError> {
    let insert = Insert {
        into: "customer (branch_id, customer_id, version, latest_on, body, is_erased, joined_to)",
        columns: 6,
        then: "on conflict (branch_id, customer_id) do update set version = excluded.version,
            latest_on = excluded.latest_on, body = excluded.body, is_erased = excluded.is_erased, joined_to = excluded.joined_to",
    };
    let bodies = changed.iter().map(|changed| body::json(changed.file)).collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<(&CustomerFile, String)> = changed.iter().map(|changed| changed.file).zip(bodies).collect();
    let bind = |row: Statement, (file, body): &(&CustomerFile, String)| {
        row.bind(file.id.to_string())
            .bind(file.version.0)
            .bind(latest_on(file))
            .bind(body.clone())
            .bind(file.erased.map(|_| 1_i64))
            .bind(file.joined_to.map(|id| id.to_string()))
    };
    insert.all(tx, branch, &rows, bind).await
}

/// In the order in which they are kept: neighbours are written together.
async fn put_grams(tx: &mut AnyConnection, branch: &str, changed: &[Changed<'_>]) -> Result<(), StoreError> {
    let mut come = BTreeSet::new();
    let mut gone = BTreeSet::new();
    for other in changed.iter().filter(|changed| !changed.is_found_as_before()) {
        let id = other.file.id.to_string();
        let (had, has) = (other.before.map(gram::of_file).unwrap_or_default(), gram::of_file(other.file));
        come.extend(has.difference(&had).map(|gram| (gram.clone(), id.clone())));
        gone.extend(had.difference(&has).map(|gram| (gram.clone(), id.clone())));
    }
    let insert = Insert { into: "customer_gram (branch_id, gram, customer_id)", columns: 2, then: "on conflict do nothing" };
    let come: Vec<(String, String)> = come.into_iter().collect();
    insert.all(tx, branch, &come, |row, (gram, id)| row.bind(gram.clone()).bind(id.clone())).await?;
    for (gram, id) in gone {
        let text = "delete from customer_gram where branch_id = $1 and gram = $2 and customer_id = $3";
        sqlx::query(text).bind(branch).bind(gram).bind(id).execute(&mut *tx).await?;
    }
    Ok(())
}

/// After the rule has changed by which names are found.
pub(crate) async fn put_grams_anew(tx: &mut AnyConnection, branch: &str) -> Result<(), StoreError> {
    sqlx::query("delete from customer_gram where branch_id = $1").bind(branch).execute(&mut *tx).await?;
    let text = "select customer_id, body from customer where branch_id = $1 and customer_id > $2 order by customer_id limit 1000";
    let mut after = String::new();
    loop {
        let page: Vec<(String, String)> = sqlx::query_as(text).bind(branch).bind(&after).fetch_all(&mut *tx).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = last.clone();
        for (_, body) in &page {
            let file = parse(body)?;
            put_grams(tx, branch, &[Changed { before: None, file: &file }]).await?;
        }
    }
}

async fn put_visits(tx: &mut AnyConnection, branch: &str, changed: &[Changed<'_>]) -> Result<(), StoreError> {
    let is_new = |changed: &Changed<'_>, id| changed.before.is_none_or(|before| !before.visits.contains_key(id));
    let new: Vec<_> = changed
        .iter()
        .flat_map(|other| other.file.visits.iter().map(move |(id, visit)| (other, id, visit)))
        .filter(|(other, id, _)| is_new(other, *id))
        .map(|(other, id, visit)| (*id, other.file.id, visit.on))
        .collect();
    let insert = Insert { into: "visit (branch_id, visit_id, customer_id, on_day)", columns: 3, then: "" };
    let bind = |row: Statement, (visit, customer, on): &(VisitId, CustomerId, NaiveDate)| {
        row.bind(visit.to_string()).bind(customer.to_string()).bind(on.to_string())
    };
    insert.all(tx, branch, &new, bind).await?;
    for erased in changed.iter().filter(|changed| changed.file.erased.is_some()) {
        let text = "delete from visit where branch_id = $1 and customer_id = $2";
        sqlx::query(text).bind(branch).bind(erased.file.id.to_string()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Files, as they are shown, that changed after a version, and whether that was their end; oldest change first.
pub(crate) async fn changed_since(
    tx: &mut AnyConnection,
    branch: &str,
    after: Version,
    limit: usize,
) -> Result<Vec<(CustomerId, Version, bool)>, StoreError> {
    let text = "select coalesce(joined_to, customer_id), version, coalesce(is_erased, 0) from customer
        where branch_id = $1 and version > $2 order by version limit $3";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(text).bind(branch).bind(after.0).bind(limit).fetch_all(tx).await?;
    rows.into_iter().map(|(id, version, is_erased)| Ok((body::id(&id)?, Version(version), is_erased == 1))).collect()
}
