//! A customer's right to know (PIPL 45): everything the salon has of her, given out by a manager, and remembered.

use super::devices::manager;
use crate::{caller::Caller, fault};
use app::api::Fault;
use domain::{CustomerFile, CustomerId};

pub async fn copy_of(caller: &Caller, customer: CustomerId) -> Result<Option<CustomerFile>, Fault> {
    let Some(manager) = manager(caller).await? else { return Ok(None) };
    let house = caller.house();
    let file = house.store.customer(customer).await.map_err(fault::of_store)?.filter(|file| file.erased.is_none());
    if file.is_some() {
        house.store.note_copy(customer, manager, house.clock.now()).await.map_err(fault::of_store)?;
    }
    Ok(file)
}
