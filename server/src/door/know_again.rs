//! A device whose browser lost the cookie gets a new one. Browsers write cookies to disk up to half a minute late, so that a kill
//! soon after enrolment would leave records on a tablet that nobody can hand in.

use crate::{caller::Caller, cookies::Jar, fault, limits::Limit, token};
use app::api::{DoorRefusal, Fault};
use domain::{DeviceId, Moment};
use store::DeviceStatus;
use sync::{ApiFault, Bytes, proof_words};

/// How long the time that the server said may be answered.
const ANSWERED_WITHIN: i64 = 60_000;

/// Told alike: a device that never was, a wrong proof, and one that is too old.
pub async fn know_again(caller: &Caller, device: DeviceId, at: Moment, proof: Bytes) -> Result<Result<(), DoorRefusal>, Fault> {
    if let Err(refusal) = Limit::of_proof(caller).admit(caller).await? {
        return Ok(Err(refusal));
    }
    let house = caller.house();
    let known = house.store.device(device).await.map_err(fault::of_store)?;
    let is_recent = (0..=ANSWERED_WITHIN).contains(&house.clock.now().since(at));
    let is_proved = |generation| {
        let key = house.keys.data_key(device, generation).proof_key();
        proof.0.as_slice().try_into().is_ok_and(|mac| key.is_mac_of(mac, proof_words(device, at).as_bytes()))
    };
    let Some(known) = known.filter(|known| is_recent && is_proved(known.generation)) else {
        return Ok(Err(DoorRefusal::NotAllowed));
    };
    if known.status == DeviceStatus::Stolen {
        return Err(Fault(ApiFault::Wipe));
    }
    let cookie = token::new();
    house.store.set_device_cookie(device, token::hash(&cookie), house.clock.now()).await.map_err(fault::of_store)?;
    caller.set_cookie(Jar::Device, &cookie);
    Ok(Ok(()))
}
