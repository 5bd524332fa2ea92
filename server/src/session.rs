//! Sessions: opened by password, locked and unlocked, each time under a new token; only hashes are kept.

use crate::{caller::Caller, cookies::Jar, fault, house::House, token};
use app::api::{DoorRefusal, Fault, SignedIn};
use domain::{Moment, StaffId, may_work_on};
use store::{Credentials, Device, Session};

const HOURS_16: i64 = 16 * 3_600_000;
const LEASE_HOURS: u32 = 72;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// The browser still holds the token, but it opens nothing until the PIN or the password is given.
    Locked,
}

/// A locked session is kept under another name, so that its token finds nothing where an open one is looked for.
fn hash_of(token: &str, standing: Standing) -> [u8; 32] {
    match standing {
        Standing::Open => token::hash(token),
        Standing::Locked => token::hash(&format!("locked {token}")),
    }
}

pub async fn find(house: &House, device: &Device, token: &str) -> Result<Option<(Session, Standing)>, Fault> {
    for standing in [Standing::Open, Standing::Locked] {
        let found = house.store.session(hash_of(token, standing), house.clock.now()).await.map_err(fault::of_store)?;
        if let Some(session) = found.filter(|session| session.device == device.id) {
            return Ok(Some((session, standing)));
        }
    }
    Ok(None)
}

/// Ends what the browser held, opens anew, and hands out the keys: to nobody who may not read all that the device keeps.
pub async fn open(
    caller: &Caller,
    device: &Device,
    known: &Credentials,
    until: Option<Moment>,
) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    if !may_work_on(&known.person, device.scope) {
        return Ok(Err(DoorRefusal::NotOnThisDevice));
    }
    end_held(caller).await?;
    let (house, token) = (caller.house(), token::new());
    let now = house.clock.now();
    let session = Session {
        token_hash: hash_of(&token, Standing::Open),
        device: device.id,
        person: known.person.id,
        opened_at: now,
        expires_at: until.unwrap_or(Moment(now.0 + HOURS_16)),
    };
    house.store.open_session(session).await.map_err(fault::of_store)?;
    caller.set_cookie(Jar::Session, &token);
    signed_in(house, device, known, now).await.map(Ok)
}

/// The browser's token stays what it is and opens nothing.
pub async fn lock(caller: &Caller, session: Session) -> Result<(), Fault> {
    let Some(token) = caller.session_token() else { return Ok(()) };
    let locked = Session { token_hash: hash_of(token, Standing::Locked), ..session };
    let store = &caller.house().store;
    store.open_session(locked).await.map_err(fault::of_store)?;
    store.end_session(hash_of(token, Standing::Open)).await.map_err(fault::of_store)
}

pub async fn end_held(caller: &Caller) -> Result<(), Fault> {
    let Some(token) = caller.session_token() else { return Ok(()) };
    for standing in [Standing::Open, Standing::Locked] {
        caller.house().store.end_session(hash_of(token, standing)).await.map_err(fault::of_store)?;
    }
    Ok(())
}

async fn signed_in(house: &House, device: &Device, known: &Credentials, now: Moment) -> Result<SignedIn, Fault> {
    let salon = house.store.salon().await.map_err(fault::of_store)?;
    let cards = house.store.devices().await.map_err(fault::of_store)?;
    let last = cards.iter().find(|card| card.device.id == device.id).map(|card| card.last_seq).unwrap_or_default();
    let person = known.person.id;
    Ok(SignedIn {
        person,
        device: device.id,
        scope: device.scope,
        generation: device.generation,
        data_key: house.keys.data_key(device.id, device.generation),
        author_key: house.keys.author_key(device.id, person, device.generation),
        next_seq: last.next(),
        has_pin: known.pin_hash.is_some(),
        may_restart_offline: salon.is_some_and(|(salon, _)| salon.settings.may_restart_offline),
        lease_hours: LEASE_HOURS,
        password_generation: known.password_generation,
        server_time: now,
    })
}

/// Who may come in at all: she works here, and has a password.
pub async fn credentials(house: &House, staff: StaffId) -> Result<Option<Credentials>, Fault> {
    let known = house.store.credentials(staff).await.map_err(fault::of_store)?;
    Ok(known.filter(|known| known.person.is_active))
}
