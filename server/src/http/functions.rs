//! Carries a call to its function, and gives every answer that is not the function's own the form that devices read.

use super::{
    admit::{Refused, admit},
    origin::from_of,
};
use crate::{caller::Caller, fault::status_of, house::House};
use app::api::BackOffice;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::{Owner, provide_context};
use server_fn::axum::get_server_fn_service;
use std::{sync::Arc, time::Duration};
use sync::ApiFault;

const DONE_WITHIN: Duration = Duration::from_secs(60);
const LONGEST_FAULT: usize = 1024;

pub async fn call(State(house): State<Arc<House>>, request: Request) -> Response {
    match answer(house, request).await {
        Ok(response) => response,
        Err((status, fault)) => refuse(status, fault),
    }
}

pub async fn no_such() -> Response {
    refuse(StatusCode::NOT_FOUND, ApiFault::Unreachable)
}

pub fn refuse(status: StatusCode, fault: ApiFault) -> Response {
    let mut response = (status, axum::Json(fault)).into_response();
    if let ApiFault::Busy { retry_after } = fault {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    response
}

async fn answer(house: Arc<House>, request: Request) -> Result<Response, Refused> {
    let (mut parts, body) = request.into_parts();
    let bytes = admit(&parts, body).await?;
    let mut function =
        get_server_fn_service(parts.uri.path(), Method::POST).ok_or((StatusCode::NOT_FOUND, ApiFault::Unreachable))?;
    let caller = Arc::new(Caller::new(house.clone(), from_of(&house, &parts), &parts.headers));
    // Else a form without script would be sent back to where it came from.
    parts.headers.remove(header::ACCEPT);
    let office: Arc<dyn BackOffice> = caller.clone();
    let run = Owner::new().with(|| {
        provide_context(office);
        leptos::reactive::computed::ScopedFuture::new(function.run(Request::from_parts(parts, Body::from(bytes))))
    });
    let late = (StatusCode::SERVICE_UNAVAILABLE, ApiFault::Busy { retry_after: 5 });
    let mut response = told(tokio::time::timeout(DONE_WITHIN, run).await.map_err(|_| late)?).await;
    for cookie in caller.cookies_to_set() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// A function's fault comes as 500; whatever stands between us and the device understands the true status better.
async fn told(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let said = to_bytes(response.into_body(), LONGEST_FAULT).await.ok();
    let fault = said.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or(ApiFault::Unreachable);
    refuse(status_of(fault), fault)
}
