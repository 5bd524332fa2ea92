//! Who is signed in where. Only hashes of the tokens are kept.

use crate::{Store, StoreError, body};
use domain::{DeviceId, Moment, StaffId};
use sqlx::AnyConnection;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub token_hash: [u8; 32],
    pub device: DeviceId,
    pub person: StaffId,
    pub opened_at: Moment,
    pub expires_at: Moment,
}

impl Store {
    pub async fn open_session(&self, session: Session) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text = "delete from session where branch_id = $1 and expires_at <= $2";
                sqlx::query(text).bind(&branch).bind(session.opened_at.0).execute(&mut *tx).await?;
                let text = "insert into session (branch_id, token_hash, device_id, staff_id, opened_at, expires_at)
                    values ($1, $2, $3, $4, $5, $6)";
                sqlx::query(text)
                    .bind(&branch)
                    .bind(body::hex(&session.token_hash))
                    .bind(session.device.to_string())
                    .bind(session.person.to_string())
                    .bind(session.opened_at.0)
                    .bind(session.expires_at.0)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// `None` once it has expired or was ended.
    pub async fn session(&self, token_hash: [u8; 32], now: Moment) -> Result<Option<Session>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(None) };
        self.read(move |tx| {
            Box::pin(async move {
                let text = "select device_id, staff_id, opened_at, expires_at from session
                    where branch_id = $1 and token_hash = $2 and expires_at > $3";
                let row: Option<(String, String, i64, i64)> =
                    sqlx::query_as(text).bind(branch).bind(body::hex(&token_hash)).bind(now.0).fetch_optional(tx).await?;
                row.map(|(device, person, opened_at, expires_at)| {
                    let (device, person) = (body::id(&device)?, body::id(&person)?);
                    Ok(Session { token_hash, device, person, opened_at: Moment(opened_at), expires_at: Moment(expires_at) })
                })
                .transpose()
            })
        })
        .await
    }

    pub async fn end_session(&self, token_hash: [u8; 32]) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text = "delete from session where branch_id = $1 and token_hash = $2";
                sqlx::query(text).bind(branch).bind(body::hex(&token_hash)).execute(tx).await?;
                Ok(())
            })
        })
        .await
    }

    pub async fn end_sessions_of(&self, device: DeviceId, person: StaffId) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text = "delete from session where branch_id = $1 and device_id = $2 and staff_id = $3";
                sqlx::query(text).bind(branch).bind(device.to_string()).bind(person.to_string()).execute(tx).await?;
                Ok(())
            })
        })
        .await
    }
}

pub(crate) async fn end_of_person(tx: &mut AnyConnection, branch: &str, person: StaffId) -> Result<(), StoreError> {
    let text = "delete from session where branch_id = $1 and staff_id = $2";
    sqlx::query(text).bind(branch).bind(person.to_string()).execute(tx).await?;
    Ok(())
}
