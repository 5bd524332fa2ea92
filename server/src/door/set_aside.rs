//! Entries that came in and could not be taken as they were: what they say, and what a manager decides about each.

use super::devices::manager;
use crate::{caller::Caller, fault, house::House};
use app::api::{Fault, SetAside, Undecided, Verdict, Waiting};
use domain::{Action, CustomerId, Dot, Objection, Scope, StaffId, Stamp, Unfit, Written, decide};
use store::{Device, Extent};
use sync::{ApiFault, Header, Opened, Outcome};

pub async fn set_aside(caller: &Caller) -> Result<Vec<SetAside>, Fault> {
    if manager(caller).await?.is_none() {
        return Ok(Vec::new());
    }
    let house = caller.house();
    let mut shown = Vec::new();
    for entry in house.store.quarantine().await.map_err(fault::of_store)? {
        let dot = Dot { device: entry.device, seq: entry.seq };
        let said = said_in(house, dot).await?.and_then(Result::ok);
        let may_be_taken_in = match &said {
            Some((header, action)) => tried(house, &vouched_for(dot, *header, action.clone()), header.author).await?.is_ok(),
            None => false,
        };
        let (author, received_at, reason) = (entry.author, entry.received_at, entry.reason);
        shown.push(SetAside { entry: dot, author, received_at, reason, action: said.map(|(_, action)| action), may_be_taken_in });
    }
    Ok(shown)
}

/// What all of them say, as far as it can be read.
pub async fn waiting(house: &House) -> Result<Vec<Waiting>, Fault> {
    let mut waiting = Vec::new();
    for entry in house.store.quarantine().await.map_err(fault::of_store)? {
        if let Some(Ok((header, action))) = said_in(house, Dot { device: entry.device, seq: entry.seq }).await? {
            waiting.push(Waiting { written: Written { by: header.author, at: header.claimed_at, is_clock_off: false }, action });
        }
    }
    Ok(waiting)
}

pub async fn decide_set_aside(caller: &Caller, entry: Dot, verdict: Verdict) -> Result<Result<(), Undecided>, Fault> {
    let Some(manager) = manager(caller).await? else {
        return Ok(Err(Undecided::NotAllowed));
    };
    let house = caller.house();
    let Some(said) = said_in(house, entry).await? else {
        return Ok(Err(Undecided::Gone));
    };
    let action = match (verdict, said) {
        (Verdict::TakeIn, Ok((header, action))) => vouched_for(entry, header, action),
        (Verdict::TakeIn, Err(unfit)) => return Ok(Err(Undecided::Unfit(unfit))),
        (Verdict::LeaveOut { reason }, said) => {
            Action::LeaveOut { entry, customer: said.ok().and_then(|(_, action)| action.customer()), reason }
        }
    };
    if let Err(objection) = tried(house, &action, manager).await? {
        return Ok(Err(Undecided::Unfit(unfit(objection))));
    }
    let mut actions = vec![action];
    if let Action::TakeIn { action, .. } = &actions[0]
        && let Action::AddCustomer { customer, .. } = **action
    {
        actions.extend(also_aside(house, customer, entry).await?);
    }
    let now = house.clock.now();
    let outcomes =
        house.store.perform_here(manager, actions, Extent::AllOrNothing, now, |_| ()).await.map_err(fault::of_store)?;
    Ok(match outcomes.into_iter().next() {
        Some(Outcome::Applied { .. }) => Ok(()),
        Some(Outcome::Quarantined { reason }) => Err(Undecided::Unfit(reason)),
        // What was right a moment ago is not any more.
        _ => Err(Undecided::Unfit(Unfit::NotAllowed)),
    })
}

/// Her file was not there when other entries about her were set aside: now it is, and says so.
async fn also_aside(house: &House, customer: CustomerId, but: Dot) -> Result<Vec<Action>, Fault> {
    let mut actions = Vec::new();
    for other in house.store.quarantine().await.map_err(fault::of_store)? {
        let entry = Dot { device: other.device, seq: other.seq };
        let Some(Ok((_, action))) = said_in(house, entry).await? else { continue };
        let concerns = action.concerns();
        if entry != but && action.customer() == Some(customer) && !concerns.is_empty() {
            actions.push(Action::SetAside { customer, concerns, entry: Some(entry) });
        }
    }
    Ok(actions)
}

/// What a manager who vouches for it records.
fn vouched_for(entry: Dot, header: Header, action: Action) -> Action {
    let Header { author, claimed_at: at, base, .. } = header;
    Action::TakeIn { entry, author, at, base, action: Box::new(action) }
}

/// Whether the rules take it as things are now.
async fn tried(house: &House, action: &Action, by: StaffId) -> Result<Result<(), Objection>, Fault> {
    let Some((salon, _)) = house.store.salon().await.map_err(fault::of_store)? else {
        return Err(Fault(ApiFault::SignedOut));
    };
    let load = async |id: Option<CustomerId>| match id {
        Some(id) => house.store.customer(id).await.map_err(fault::of_store),
        None => Ok(None),
    };
    let (file, other) = (load(action.customer()).await?, load(action.other()).await?);
    let (now, version) = (house.clock.now(), file.as_ref().map(|file| file.version).unwrap_or_default());
    let dot = match action {
        Action::TakeIn { entry, .. } | Action::LeaveOut { entry, .. } => *entry,
        _ => return Ok(Err(Objection::Quarantine(Unfit::NotAllowed))),
    };
    let stamp = Stamp { author: by, dot, base: version, version, happened_at: now, received_at: Some(now) };
    Ok(decide(Scope { salon: &salon, file: file.as_ref(), other: other.as_ref() }, &stamp, action).map(drop))
}

const fn unfit(objection: Objection) -> Unfit {
    match objection {
        Objection::Quarantine(unfit) => unfit,
        Objection::Refuse(_) => Unfit::NotAllowed,
    }
}

type Said = Result<(Header, Action), Unfit>;

/// `None` once it is decided; an error for what was tampered with, and for what this build can't read.
async fn said_in(house: &House, entry: Dot) -> Result<Option<Said>, Fault> {
    let Some(sealed) = house.store.set_aside(entry).await.map_err(fault::of_store)? else { return Ok(None) };
    let sealed_by = house.store.device(sealed.dot(entry.device).device).await.map_err(fault::of_store)?;
    let generation = sealed_by.map_or(Device::FIRST_GENERATION, |device| device.generation);
    let data_key = |device| house.keys.data_key(device, generation);
    let author_key = |device, staff| house.keys.author_key(device, staff, generation);
    let said = || {
        let Opened { header, action } = sealed.open(entry.device, data_key, author_key).map_err(reason)?;
        Ok((header, action.map_err(reason)?))
    };
    Ok(Some(said()))
}

fn reason(outcome: Outcome) -> Unfit {
    match outcome {
        Outcome::Quarantined { reason } => reason,
        _ => Unfit::Unreadable,
    }
}
