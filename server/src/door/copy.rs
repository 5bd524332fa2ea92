//! A customer's right to know (PIPL 45): everything the salon has of her and who has read it, given out by a manager, and remembered.

use super::{devices::manager, set_aside::waiting};
use crate::{caller::Caller, fault, limits::Limit};
use app::api::{Fault, HerData, NoCopy};
use domain::CustomerId;

pub async fn copy_of(caller: &Caller, customer: CustomerId) -> Result<Result<HerData, NoCopy>, Fault> {
    let Some(manager) = manager(caller).await? else { return Ok(Err(NoCopy::None)) };
    let house = caller.house();
    let file = house.store.file(customer).await.map_err(fault::of_store)?.filter(|file| !file.is_erased());
    let Some(file) = file else { return Ok(Err(NoCopy::None)) };
    let limit = Limit::of_copies(manager);
    if !limit.is_within(caller).await? {
        return Ok(Err(NoCopy::TooMany { minutes: limit.minutes() }));
    }
    let hers: Vec<CustomerId> = file.joined.keys().copied().chain([file.id]).collect();
    house.store.note_copy(hers.clone(), manager, house.clock.now()).await.map_err(fault::of_store)?;
    let readings = house.store.readings(hers.clone()).await.map_err(fault::of_store)?;
    let waiting =
        waiting(house).await?.into_iter().filter(|waiting| waiting.action.customer().is_some_and(|id| hers.contains(&id)));
    Ok(Ok(HerData { file, readings, waiting: waiting.collect() }))
}
