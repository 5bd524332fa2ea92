//! A standby that has taken over may lack what the former PostgreSQL had answered last. Nobody says so, but its history has a number of
//! its own: where that has changed, a new epoch begins, and every device hands in again what only the former one had (F42).

use crate::{StoreError, head, open::Inner};
use domain::Moment;
use sqlx::{AnyConnection, Connection};

/// What an engine without such numbers says instead: nothing that could change.
const NONE: &str = "";

/// Asked before each group of writes, in place of whether the connection still lives.
pub(crate) async fn of(inner: &Inner, writer: &mut AnyConnection) -> Result<String, StoreError> {
    if inner.engine.is_sqlite() {
        writer.ping().await?;
        return Ok(NONE.to_owned());
    }
    let text = "select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";
    match sqlx::query_as::<_, (String,)>(text).fetch_one(writer).await {
        Ok((timeline,)) => Ok(timeline),
        Err(error) if is_unknown_there(&error) => Ok(NONE.to_owned()),
        Err(error) => Err(error.into()),
    }
}

/// Other engines speak PostgreSQL's language and keep their history in their own way.
fn is_unknown_there(error: &sqlx::Error) -> bool {
    const UNDEFINED_FUNCTION: &str = "42883";
    const NO_RIGHT: &str = "42501";
    let code = error.as_database_error().and_then(|fault| fault.code().map(|code| code.into_owned()));
    code.is_some_and(|code| code == UNDEFINED_FUNCTION || code == NO_RIGHT)
}

pub(crate) async fn follow(inner: &Inner, writer: &mut AnyConnection, timeline: &str) -> Result<(), StoreError> {
    let Some(branch) = inner.branch_if_known().filter(|_| timeline != NONE) else { return Ok(()) };
    let mut tx = writer.begin_with(inner.engine.begin_writing()).await?;
    let is_behind = head::lock(&mut tx, branch).await?.version < *inner.head.borrow();
    let text = "select coalesce(timeline, $2), cast(extract(epoch from now()) * 1000 as bigint) from branch where branch_id = $1";
    let (known, now): (String, i64) = sqlx::query_as(text).bind(branch).bind(timeline).fetch_one(&mut *tx).await?;
    // Two standbys of one history may take over under the same number: then the newest of what was answered is missing.
    if known != timeline || is_behind {
        tracing::warn!("another PostgreSQL has taken over: every device hands in again what it still holds");
        head::begin_epoch(&mut tx, branch, Moment(now)).await?;
    }
    let text = "update branch set timeline = $2 where branch_id = $1 and (timeline is null or timeline <> $2)";
    sqlx::query(text).bind(branch).bind(timeline).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
