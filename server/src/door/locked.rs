//! Locking a session and opening it again by PIN. The PIN alone is worth nothing: it needs her running session on this device.

use crate::{
    caller::Caller,
    cookies::Jar,
    fault,
    limits::Limit,
    session::{self, Standing},
};
use app::api::{DoorRefusal, Fault, SignedIn};
use domain::StaffId;

pub async fn lock(caller: &Caller) -> Result<(), Fault> {
    let device = caller.device().await?;
    match caller.standing(&device).await? {
        Some((session, Standing::Open)) => session::lock(caller, session).await,
        Some((_, Standing::Locked)) | None => Ok(()),
    }
}

/// The session goes on until its own end: a PIN never prolongs what a password began.
pub async fn unlock(caller: &Caller, staff: StaffId, pin: String) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    let device = caller.device().await?;
    let held = caller.standing(&device).await?.filter(|(session, _)| session.person == staff);
    let known = session::credentials(caller.house(), staff).await?;
    let (Some((session, _)), Some(known)) = (held, known) else {
        return Ok(Err(DoorRefusal::PasswordNeeded));
    };
    let Some(hash) = known.pin_hash.as_deref() else {
        return Ok(Err(DoorRefusal::PasswordNeeded));
    };
    let limit = Limit::of_pin(device.id, staff);
    let tries = limit.count(caller).await?;
    if tries <= Limit::PIN_TRIES && caller.house().passwords.is_right(pin, Some(hash)).await? {
        limit.forget(caller).await?;
        return session::open(caller, &device, &known, Some(session.expires_at)).await;
    }
    match u8::try_from(Limit::PIN_TRIES - tries) {
        Ok(left @ 1..) => Ok(Err(DoorRefusal::WrongPin { left })),
        Ok(0) | Err(_) => {
            caller.house().store.end_sessions_of(device.id, staff).await.map_err(fault::of_store)?;
            caller.drop_cookie(Jar::Session);
            Ok(Err(DoorRefusal::PasswordNeeded))
        }
    }
}
