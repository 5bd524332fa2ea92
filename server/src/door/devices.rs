//! The salon's devices, for managers.

use crate::{caller::Caller, fault, house::House, session, token};
use app::api::{DeviceCard, DeviceState, DoorRefusal, Fault, SetAside};
use domain::{Action, DeviceId, DeviceScope, Moment, Name, Seq, StaffId};
use store::DeviceStatus;
use sync::Sealed;

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

pub async fn set_aside(caller: &Caller) -> Result<Vec<SetAside>, Fault> {
    if manager(caller).await?.is_none() {
        return Ok(Vec::new());
    }
    let house = caller.house();
    let mut shown = Vec::new();
    for entry in house.store.quarantine().await.map_err(fault::of_store)? {
        let action = said_in(house, entry.device, entry.seq).await?;
        let (device, author, received_at, reason) = (entry.device, entry.author, entry.received_at, entry.reason);
        shown.push(SetAside { device, author, received_at, reason, action });
    }
    Ok(shown)
}

/// `None` for what was tampered with, and for what this build can't read.
async fn said_in(house: &House, device: DeviceId, seq: Seq) -> Result<Option<Action>, Fault> {
    let known = house.store.device(device).await.map_err(fault::of_store)?;
    let bytes = house.store.set_aside_bytes(device, seq).await.map_err(fault::of_store)?;
    Ok(known.zip(bytes).and_then(|(known, bytes)| {
        let author_key = |staff| house.keys.author_key(device, staff, known.generation);
        let opened = Sealed { seq, bytes }.open(device, &house.keys.data_key(device, known.generation), author_key);
        opened.ok()?.action.ok()
    }))
}

async fn manager(caller: &Caller) -> Result<Option<StaffId>, Fault> {
    let (_, session) = caller.signed_in().await?;
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
    }
}
