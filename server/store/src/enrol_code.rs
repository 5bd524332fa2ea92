//! Codes by which a browser becomes one of the salon's devices: one use, for a few minutes.

use crate::{Device, Store, StoreError, body, device};
use domain::{DeviceScope, Moment, Name, StaffId};

impl Store {
    pub async fn new_code(
        &self,
        code_hash: [u8; 32],
        scope: DeviceScope,
        label: Name,
        by: StaffId,
        expires_at: Moment,
    ) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                let text = "insert into enrol_code (branch_id, code_hash, scope, label, made_by, expires_at, used_at)
                    values ($1, $2, $3, $4, $5, $6, null)";
                sqlx::query(text)
                    .bind(branch)
                    .bind(body::hex(&code_hash))
                    .bind(scope.word())
                    .bind(label.as_str())
                    .bind(by.to_string())
                    .bind(expires_at.0)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// `None`: unknown, used or expired. Of two who come at once, one is let in.
    pub async fn enrol(&self, code_hash: [u8; 32], cookie_hash: [u8; 32], now: Moment) -> Result<Option<Device>, StoreError> {
        let Some(branch) = self.known_branch().await? else { return Ok(None) };
        self.write(move |tx| {
            Box::pin(async move {
                let text = "update enrol_code set used_at = $3
                    where branch_id = $1 and code_hash = $2 and used_at is null and expires_at > $3
                    returning scope, label, made_by";
                let used: Option<(String, String, String)> =
                    sqlx::query_as(text).bind(&branch).bind(body::hex(&code_hash)).bind(now.0).fetch_optional(&mut *tx).await?;
                let Some((scope, label, by)) = used else { return Ok(None) };
                let scope = DeviceScope::from_word(&scope).ok_or(StoreError::Damaged { what: "a code's scope" })?;
                let device = device::enrol(tx, &branch, scope, body::name(&label)?, cookie_hash, body::id(&by)?, now).await?;
                Ok(Some(device))
            })
        })
        .await
    }
}
