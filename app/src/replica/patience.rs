//! How long somebody waits for the salon. A network that swallows what it is given says nothing, ever.

use super::here;
use crate::api::Fault;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use sync::ApiFault;

/// After this long without an answer nothing is known.
pub(crate) const PATIENCE_MS: u32 = 20_000;

/// The answer, or *unreachable* where none comes.
pub async fn patiently<T>(answer: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let (mut answer, mut too_long) = (pin!(answer), pin!(here::rest(PATIENCE_MS)));
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(answer),
        Poll::Pending => too_long.as_mut().poll(context).map(|()| Err(Fault(ApiFault::Unreachable))),
    })
    .await
}
