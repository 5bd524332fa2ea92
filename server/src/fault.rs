//! What a device is told when something fails: never more than it can act on. The rest goes to the log.

use app::api::Fault;
use axum::http::StatusCode;
use store::StoreError;
use sync::ApiFault;

pub fn of_store(error: StoreError) -> Fault {
    let retry_after = match error {
        StoreError::Busy | StoreError::Interrupted => 2,
        _ => 30,
    };
    tracing::warn!(%error, "the store could not do it");
    Fault(ApiFault::Busy { retry_after })
}

/// The status that goes with it, for whatever stands between.
pub const fn status_of(fault: ApiFault) -> StatusCode {
    match fault {
        ApiFault::SignedOut => StatusCode::UNAUTHORIZED,
        ApiFault::Locked => StatusCode::LOCKED,
        ApiFault::Wipe => StatusCode::GONE,
        ApiFault::TooMuch => StatusCode::PAYLOAD_TOO_LARGE,
        ApiFault::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
        ApiFault::Upgrade => StatusCode::UPGRADE_REQUIRED,
        // Said by the server itself, it means that the request could not be read.
        ApiFault::Unreachable => StatusCode::BAD_REQUEST,
    }
}
