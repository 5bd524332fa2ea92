//! Brings the tables up to date: each numbered file runs once, in order, and is never changed afterwards.

use crate::{StoreError, body, customer, open::Engine};
use sqlx::{AnyConnection, Connection};

pub(crate) const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_salon.sql")),
    (2, include_str!("../migrations/0002_looked_after.sql")),
    (3, include_str!("../migrations/0003_former_devices_and_erasing.sql")),
    (4, include_str!("../migrations/0004_files_of_one_person.sql")),
    (5, include_str!("../migrations/0005_who_has_read.sql")),
    (6, include_str!("../migrations/0006_fail_over.sql")),
    (7, include_str!("../migrations/0007_erased_files.sql")),
];

/// From here on Chinese names are found without the spaces in them.
const NAMES_WITHOUT_SPACES: i64 = 3;

/// All in one transaction: an interrupted start leaves the former tables.
pub(crate) async fn run(writer: &mut AnyConnection, engine: &Engine) -> Result<(), StoreError> {
    let mut all = writer.begin_with(engine.begin_writing()).await?;
    sqlx::raw_sql(engine.lock_tables()).execute(&mut *all).await?;
    let table = "create table if not exists migration (number bigint not null primary key, hash text not null)";
    sqlx::raw_sql(table).execute(&mut *all).await?;
    let done: Vec<(i64, String)> =
        sqlx::query_as("select number, hash from migration order by number").fetch_all(&mut *all).await?;
    if done.len() > MIGRATIONS.len() {
        return Err(StoreError::NewerDatabase);
    }
    for (index, (number, text)) in MIGRATIONS.iter().enumerate() {
        let hash = body::hex(&body::digest(&[text]));
        match done.get(index) {
            Some((_, known)) if *known == hash => {}
            Some(_) => return Err(StoreError::Damaged { what: "a migration differs from the one that was applied" }),
            None => {
                sqlx::raw_sql(*text).execute(&mut *all).await?;
                if *number == NAMES_WITHOUT_SPACES {
                    let branches: Vec<(String,)> = sqlx::query_as("select branch_id from branch").fetch_all(&mut *all).await?;
                    for (branch,) in branches {
                        customer::put_grams_anew(&mut all, &branch).await?;
                    }
                }
                sqlx::query("insert into migration (number, hash) values ($1, $2)")
                    .bind(*number)
                    .bind(hash)
                    .execute(&mut *all)
                    .await?;
            }
        }
    }
    all.commit().await?;
    Ok(())
}
