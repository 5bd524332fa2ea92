//! First run: whoever holds the link that the program printed founds the salon, and this browser becomes its first device.

use crate::{caller::Caller, door::enrol::begin, fault, house::House, password::is_good, session, token};
use app::api::{DoorRefusal, Fault, SetUp, SignedIn};
use domain::{DeviceScope, Role, StaffId};
use std::collections::BTreeSet;
use store::{NewPerson, NewSalon, StoreError};
use uuid::Uuid;

pub async fn set_up(caller: &Caller, link: String, form: SetUp) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    if !form.settings.is_in_range() {
        return Ok(Err(DoorRefusal::BadForm));
    }
    if !is_good(&form.password) {
        return Ok(Err(DoorRefusal::WeakPassword));
    }
    let house = caller.house();
    if !house.set_up_word.take(&link) {
        return Ok(Err(DoorRefusal::BadLink));
    }
    let label = form.label.clone();
    let manager = match found(house, form).await {
        Ok(Ok(manager)) => manager,
        Ok(Err(StoreError::AlreadyFounded)) => return Ok(Err(DoorRefusal::BadLink)),
        Ok(Err(error)) => {
            house.set_up_word.put_back(&link);
            return Err(fault::of_store(error));
        }
        Err(fault) => {
            house.set_up_word.put_back(&link);
            return Err(fault);
        }
    };
    let (cookie, now) = (token::new(), house.clock.now());
    let device = house.store.enrol_directly(DeviceScope::Management, label, token::hash(&cookie), manager, now).await;
    let device = device.map_err(fault::of_store)?;
    begin(caller, &cookie).await?;
    match session::credentials(house, manager).await? {
        Some(known) => session::open(caller, &device, &known, None).await,
        None => Ok(Err(DoorRefusal::BadLink)),
    }
}

/// In a salon of three people the founder holds every manager's role.
async fn found(house: &House, form: SetUp) -> Result<Result<StaffId, StoreError>, Fault> {
    let hash = house.passwords.hash(form.password).await?;
    let manager = NewPerson {
        id: StaffId::new(Uuid::now_v7()),
        name: form.manager,
        roles: BTreeSet::from([Role::Owner, Role::StoreManager]),
        password_hash: Some(hash),
    };
    let salon = NewSalon { name: form.salon, is_demo: false, settings: form.settings, manager };
    Ok(house.store.found(salon, house.clock.now()).await)
}
