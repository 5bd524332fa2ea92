//! Finding a file by part of a name, its reading, the phone's last digits, a card. Equality of short words only: no pattern
//! of the database is ever made of what was typed.

use crate::{
    Device, Store, StoreError, body, customer,
    gram::{self, Meaning},
    row, shown,
};
use domain::{CustomerFile, CustomerId};
use sqlx::AnyConnection;
use std::{cmp::Reverse, collections::BTreeSet};
use sync::CustomerRow;

/// So many are looked at for one meaning: a single common character must not cost more than a whole name.
const CANDIDATES: i64 = 100;

impl Store {
    /// Who is called exactly so comes first, then whoever was here last.
    pub async fn search(&self, device: &Device, query: &str, limit: usize) -> Result<Vec<CustomerRow>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(Vec::new()) };
        let (meanings, scope) = (gram::meanings(query, device.scope), device.scope);
        let sounds = gram::by_sound(query);
        let found = self.read(move |tx| {
            Box::pin(async move {
                match find(tx, &branch, &meanings).await? {
                    none if none.is_empty() => find(tx, &branch, &sounds).await,
                    found => Ok(found),
                }
            })
        });
        let mut found = found.await?;
        found.truncate(limit);
        Ok(found.into_iter().map(|file| row::of_customer(file, scope)).collect())
    }
}

async fn find(tx: &mut AnyConnection, branch: &str, meanings: &[Meaning]) -> Result<Vec<CustomerFile>, StoreError> {
    let mut candidates = BTreeSet::new();
    for meaning in meanings {
        candidates.extend(with_all(tx, branch, &meaning.grams).await?);
    }
    let ids: Vec<CustomerId> = candidates.into_iter().collect();
    let mut found = Vec::with_capacity(ids.len());
    for (_, body) in customer::bodies(tx, branch, &ids).await? {
        found.push(customer::parse(&body)?);
    }
    found.retain(|file| meanings.iter().any(|meaning| meaning.is_met_by(file)));
    found.sort_by_cached_key(|file| {
        let is_exact = meanings.iter().any(|meaning| meaning.is_exactly(file));
        (Reverse(is_exact), Reverse(file.latest_day()), Reverse(file.id))
    });
    let found: Vec<CustomerId> = found.into_iter().map(|file| file.id).collect();
    Ok(shown::shown(tx, branch, &found).await?.into_iter().map(|(file, _)| file).collect())
}

/// The youngest files that have every gram.
async fn with_all(tx: &mut AnyConnection, branch: &str, grams: &[String]) -> Result<Vec<CustomerId>, StoreError> {
    let texts = [
        "select g.customer_id from customer_gram g
            where g.branch_id = $1 and g.gram = $3
            order by g.customer_id desc limit $2",
        "select g.customer_id from customer_gram g
            join customer_gram h on h.branch_id = g.branch_id and h.gram = $4 and h.customer_id = g.customer_id
            where g.branch_id = $1 and g.gram = $3
            order by g.customer_id desc limit $2",
        "select g.customer_id from customer_gram g
            join customer_gram h on h.branch_id = g.branch_id and h.gram = $4 and h.customer_id = g.customer_id
            join customer_gram i on i.branch_id = g.branch_id and i.gram = $5 and i.customer_id = g.customer_id
            where g.branch_id = $1 and g.gram = $3
            order by g.customer_id desc limit $2",
        "select g.customer_id from customer_gram g
            join customer_gram h on h.branch_id = g.branch_id and h.gram = $4 and h.customer_id = g.customer_id
            join customer_gram i on i.branch_id = g.branch_id and i.gram = $5 and i.customer_id = g.customer_id
            join customer_gram j on j.branch_id = g.branch_id and j.gram = $6 and j.customer_id = g.customer_id
            where g.branch_id = $1 and g.gram = $3
            order by g.customer_id desc limit $2",
    ];
    let Some(text) = grams.len().checked_sub(1).and_then(|index| texts.get(index)) else { return Ok(Vec::new()) };
    let mut select = sqlx::query_as::<_, (String,)>(*text).bind(branch).bind(CANDIDATES);
    for gram in grams {
        select = select.bind(gram);
    }
    let rows = select.fetch_all(tx).await?;
    rows.into_iter().map(|(id,)| body::id(&id)).collect()
}
