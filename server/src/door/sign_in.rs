//! In by password, and out.

use crate::{
    caller::Caller,
    cookies::Jar,
    limits::{Limit, admit_all},
    session,
};
use app::api::{DoorRefusal, Fault, SignedIn};
use domain::StaffId;
use store::{Credentials, Device};

/// Equally slow and equally worded for a wrong password, somebody who left, and somebody who never was.
pub async fn sign_in(caller: &Caller, staff: StaffId, password: String) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    let device = caller.device().await?;
    match check_password(caller, &device, staff, password).await? {
        Ok(known) => session::open(caller, &device, &known, None).await,
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Counts the try first; once the password is right, her account's tries are forgotten, those of the address are not.
pub async fn check_password(
    caller: &Caller,
    device: &Device,
    staff: StaffId,
    password: String,
) -> Result<Result<Credentials, DoorRefusal>, Fault> {
    let limits = Limit::of_password(caller, device.id, staff);
    if let Err(refusal) = admit_all(&limits, caller).await? {
        return Ok(Err(refusal));
    }
    let house = caller.house();
    let known = session::credentials(house, staff).await?;
    let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
    let is_right = house.passwords.is_right(password, hash).await?;
    let Some(known) = known.filter(|_| is_right) else {
        return Ok(Err(DoorRefusal::WrongPassword));
    };
    let [on_device, of_account, _of_peer] = &limits;
    on_device.forget(caller).await?;
    of_account.forget(caller).await?;
    Limit::of_pin(device.id, staff).forget(caller).await?;
    Ok(Ok(known))
}

pub async fn sign_out(caller: &Caller) -> Result<(), Fault> {
    session::end_held(caller).await?;
    caller.drop_cookie(Jar::Session);
    Ok(())
}
