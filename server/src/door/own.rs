//! Her own password and PIN.

use crate::{
    caller::Caller,
    door::sign_in::check_password,
    fault,
    password::{is_good, is_good_pin},
    session,
};
use app::api::{DoorRefusal, Fault, SignedIn};

pub async fn set_pin(caller: &Caller, pin: String) -> Result<Result<(), DoorRefusal>, Fault> {
    let (_, session) = caller.signed_in().await?;
    if !is_good_pin(&pin) {
        return Ok(Err(DoorRefusal::WeakPin));
    }
    let house = caller.house();
    let hash = house.passwords.hash(pin).await?;
    house.store.set_pin(session.person, &hash).await.map_err(fault::of_store)?;
    Ok(Ok(()))
}

/// All her sessions end at once, on every device; this one begins anew.
pub async fn change_password(caller: &Caller, old: String, new: String) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    let (device, session) = caller.signed_in().await?;
    if let Err(refusal) = check_password(caller, &device, session.person, old).await? {
        return Ok(Err(refusal));
    }
    if !is_good(&new) {
        return Ok(Err(DoorRefusal::WeakPassword));
    }
    let house = caller.house();
    let hash = house.passwords.hash(new).await?;
    house.store.set_password(session.person, &hash, house.clock.now()).await.map_err(fault::of_store)?;
    match session::credentials(house, session.person).await? {
        Some(known) => session::open(caller, &device, &known, None).await,
        None => Ok(Err(DoorRefusal::NotAllowed)),
    }
}
