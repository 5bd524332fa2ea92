//! A browser becomes one of the salon's devices: by a code, or, for the demo, on the server's own machine.

use crate::{caller::Caller, cookies::Jar, fault, limits::Limit, session, token};
use app::api::{DoorRefusal, Fault};
use domain::{DeviceScope, Name};

/// Good once: of two tablets that type the same code at once, one gets in.
pub async fn enrol(caller: &Caller, code: String) -> Result<Result<(), DoorRefusal>, Fault> {
    let limit = Limit::of_code(caller);
    if let Err(refusal) = limit.admit(caller).await? {
        return Ok(Err(refusal));
    }
    let Some(code) = token::code_as_meant(&code) else {
        return Ok(Err(DoorRefusal::UnknownCode));
    };
    let (house, cookie) = (caller.house(), token::new());
    let enrolled =
        house.store.enrol(token::hash(&code), token::hash(&cookie), house.clock.now()).await.map_err(fault::of_store)?;
    match enrolled {
        Some(_) => {
            limit.forget(caller).await?;
            begin(caller, &cookie).await?;
            Ok(Ok(()))
        }
        None => Ok(Err(DoorRefusal::UnknownCode)),
    }
}

pub async fn enrol_here(caller: &Caller, scope: DeviceScope) -> Result<Result<(), DoorRefusal>, Fault> {
    let (house, cookie) = (caller.house(), token::new());
    let salon = house.store.salon().await.map_err(fault::of_store)?.map(|(salon, _)| salon);
    let manager = salon.filter(|salon| salon.is_demo).and_then(|salon| salon.staff.into_values().find(|p| p.is_manager()));
    let Some(manager) = manager.filter(|_| caller.may_enrol_here()) else {
        return Ok(Err(DoorRefusal::NotAllowed));
    };
    let label = Name::new(label_of(scope)).map_err(|_| Fault(sync::ApiFault::Unreachable))?;
    let enrolled = house.store.enrol_directly(scope, label, token::hash(&cookie), manager.id, house.clock.now()).await;
    enrolled.map_err(fault::of_store)?;
    begin(caller, &cookie).await?;
    Ok(Ok(()))
}

/// Whatever the browser brought along ends here.
pub async fn begin(caller: &Caller, cookie: &str) -> Result<(), Fault> {
    session::end_held(caller).await?;
    caller.drop_cookie(Jar::Session);
    caller.set_cookie(Jar::Device, cookie);
    Ok(())
}

const fn label_of(scope: DeviceScope) -> &'static str {
    match scope {
        DeviceScope::Treatment => "本机（护理室）",
        DeviceScope::Desk => "本机（前台）",
        DeviceScope::Management => "本机（管理）",
    }
}
