//! The salon's devices, for managers.

use crate::{caller::Caller, fault, session, token};
use app::api::{Backups, DeviceCard, DeviceReport, DeviceState, DoorRefusal, Fault};
use domain::{DeviceId, DeviceScope, Moment, Name, StaffId};
use store::DeviceStatus;
use sync::ApiFault;

const TEN_MINUTES: i64 = 10 * 60_000;

pub async fn new_code(caller: &Caller, scope: DeviceScope, label: Name) -> Result<Result<String, DoorRefusal>, Fault> {
    let Some(manager) = manager(caller).await? else {
        return Ok(Err(DoorRefusal::NotAllowed));
    };
    let (house, code) = (caller.house(), token::new_code());
    let until = Moment(house.clock.now().0 + TEN_MINUTES);
    let meant = token::code_as_meant(&code).unwrap_or_default();
    house.store.new_code(token::hash(&meant), scope, label, manager, until).await.map_err(fault::of_store)?;
    Ok(Ok(code))
}

pub async fn devices(caller: &Caller) -> Result<Vec<DeviceCard>, Fault> {
    if manager(caller).await?.is_none() {
        return Ok(Vec::new());
    }
    let cards = caller.house().store.devices().await.map_err(fault::of_store)?;
    Ok(cards.into_iter().map(shown).collect())
}

pub async fn backups(caller: &Caller) -> Result<Backups, Fault> {
    let house = caller.house();
    if house.is_demo || manager(caller).await?.is_none() {
        return Ok(Backups::Untold);
    }
    let last = house.store.last_backup().await.map_err(fault::of_store)?;
    Ok(match last {
        Some((at, is_apart)) => Backups::Last { at, is_apart },
        None if house.has_backup_key => Backups::None,
        None => Backups::NoKey,
    })
}

pub async fn set_device_state(caller: &Caller, device: DeviceId, state: DeviceState) -> Result<Result<(), DoorRefusal>, Fault> {
    let Some(manager) = manager(caller).await? else {
        return Ok(Err(DoorRefusal::NotAllowed));
    };
    let house = caller.house();
    let known = house.store.device(device).await.map_err(fault::of_store)?;
    // The device in her hands stays: it may be the only one from which another can be let in.
    if caller.device().await?.id == device {
        return Ok(Err(DoorRefusal::NotAllowed));
    }
    let status = match (known.map(|known| known.status), state) {
        // What was stolen stays stolen: whoever has it may have its keys.
        (None | Some(DeviceStatus::Stolen), _) => return Ok(Err(DoorRefusal::NotAllowed)),
        (Some(_), DeviceState::Active) => DeviceStatus::Active,
        (Some(_), DeviceState::Revoked) => DeviceStatus::Revoked,
        (Some(_), DeviceState::Stolen) => DeviceStatus::Stolen,
    };
    house.store.set_device_status(device, status, manager, house.clock.now()).await.map_err(fault::of_store)?;
    Ok(Ok(()))
}

pub async fn report(caller: &Caller, report: DeviceReport) -> Result<(), Fault> {
    // One that was sent away has one thing left to say, and only such a one.
    let device = match report.is_wiped {
        true => caller.any_device().await?.ok_or(Fault(ApiFault::SignedOut))?,
        false => caller.device().await?,
    };
    if report.is_wiped && device.status == DeviceStatus::Active {
        return Ok(());
    }
    let house = caller.house();
    let text = serde_json::to_string(&report).unwrap_or_default();
    house.store.note_report(device.id, text, house.clock.now()).await.map_err(fault::of_store)
}

/// A manager, on a device for managing: what she is shown there goes to no other kind.
pub(super) async fn manager(caller: &Caller) -> Result<Option<StaffId>, Fault> {
    let (device, session) = caller.signed_in().await?;
    if device.scope != DeviceScope::Management {
        return Ok(None);
    }
    let known = session::credentials(caller.house(), session.person).await?;
    Ok(known.filter(|known| known.person.is_manager()).map(|known| known.person.id))
}

fn shown(card: store::DeviceCard) -> DeviceCard {
    DeviceCard {
        id: card.device.id,
        label: card.device.label,
        scope: card.device.scope,
        state: match card.device.status {
            DeviceStatus::Active => DeviceState::Active,
            DeviceStatus::Revoked => DeviceState::Revoked,
            DeviceStatus::Stolen => DeviceState::Stolen,
        },
        last_contact: card.last_contact,
        last_seq: card.last_seq,
        enrolled_at: card.enrolled_at,
        report: card.report.and_then(|(report, at)| Some((serde_json::from_str(&report).ok()?, at))),
    }
}
