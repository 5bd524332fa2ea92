//! Counts guesses where no restart, reload or second tab can forget them.

use crate::{Store, StoreError, body};
use domain::Moment;

impl Store {
    /// Tries under that key since its window began, this one included. A new window begins when the old one is over.
    pub async fn count_try(&self, key: &str, window_ms: i64, now: Moment) -> Result<i64, StoreError> {
        let branch = self.known_branch().await?.unwrap_or_default();
        let key = shadow(key);
        self.write(move |tx| {
            Box::pin(async move {
                let text = "insert into try_count (branch_id, try_key, started_at, tries) values ($1, $2, $3, 1)
                    on conflict (branch_id, try_key) do update set
                        tries = case when try_count.started_at <= $4 then 1 else try_count.tries + 1 end,
                        started_at = case when try_count.started_at <= $4 then $3 else try_count.started_at end
                    returning tries";
                let (tries,): (i64,) = sqlx::query_as(text)
                    .bind(branch)
                    .bind(key)
                    .bind(now.0)
                    .bind(now.0.saturating_sub(window_ms))
                    .fetch_one(tx)
                    .await?;
                Ok(tries)
            })
        })
        .await
    }

    pub async fn clear_tries(&self, key: &str) -> Result<(), StoreError> {
        let branch = self.known_branch().await?.unwrap_or_default();
        let key = shadow(key);
        self.write(move |tx| {
            Box::pin(async move {
                let text = "delete from try_count where branch_id = $1 and try_key = $2";
                sqlx::query(text).bind(branch).bind(key).execute(tx).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Keys hold addresses and whatever was typed: of bounded length, and not to be read in the database.
fn shadow(key: &str) -> String {
    body::hex(&body::digest(&["try", key]))
}
