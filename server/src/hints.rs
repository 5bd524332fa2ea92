//! `GET /api/hints`: tells a browser that there is something newer. A lost hint costs one poll.

use crate::{
    caller::Caller,
    fault::status_of,
    house::House,
    http::{from_of, is_own, refuse},
    places::Place,
    session::{self, Standing},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{DeviceId, Version};
use futures_util::stream;
use std::{convert::Infallible, sync::Arc, time::Duration};
use store::Device;
use sync::ApiFault;
use tokio::sync::watch;

/// One for the leading tab, some for tabs that are just taking over.
pub const PER_DEVICE: usize = 6;
/// How long a stream whose session has ended goes on at most.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub async fn hints(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if !is_own(&parts.headers) {
        return refuse(StatusCode::FORBIDDEN, ApiFault::Unreachable);
    }
    let caller = Caller::new(house.clone(), from_of(&house, &parts), &parts.headers);
    let device = match caller.signed_in().await {
        Ok((device, _)) => device,
        Err(fault) => return refuse(status_of(fault.0), fault.0),
    };
    let Some(place) = house.streams.take(device.id) else {
        return refuse(StatusCode::TOO_MANY_REQUESTS, ApiFault::TooMuch);
    };
    let listener = Listener {
        versions: house.store.watch(),
        closing: house.is_closing.subscribe(),
        told: None,
        token: caller.session_token().unwrap_or_default().to_owned(),
        device,
        house,
        _place: place,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let version = listener.next().await?;
        let event = Event::default().event("hint").data(format!(r#"{{"version":{}}}"#, version.0));
        Some((Ok::<_, Infallible>(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

struct Listener {
    house: Arc<House>,
    device: Device,
    token: String,
    versions: watch::Receiver<Version>,
    closing: watch::Receiver<bool>,
    told: Option<Version>,
    _place: Place<DeviceId>,
}

impl Listener {
    /// The head at once, then each that is newer; `None` when the session is over or the program ends.
    async fn next(&mut self) -> Option<Version> {
        loop {
            let head = *self.versions.borrow_and_update();
            if self.told.is_none_or(|told| told < head) {
                if !self.is_still_open().await {
                    return None;
                }
                self.told = Some(head);
                return Some(head);
            }
            let is_time_to_look = tokio::select! {
                changed = self.versions.changed() => changed.map(|()| false).ok()?,
                _ = self.closing.wait_for(|is_closing| *is_closing) => return None,
                () = tokio::time::sleep(LOOK_AGAIN) => true,
            };
            if is_time_to_look && !self.is_still_open().await {
                return None;
            }
        }
    }

    async fn is_still_open(&self) -> bool {
        matches!(session::find(&self.house, &self.device, &self.token).await, Ok(Some((_, Standing::Open))))
    }
}
