//! `GET /health`, for whatever watches the machine: whether the program answers and its database does. Nothing about the salon.

use crate::house::House;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{sync::Arc, time::Duration};

/// A database that takes longer than this to read one row serves nobody.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

pub async fn health(State(house): State<Arc<House>>) -> Response {
    let answered = tokio::time::timeout(ANSWERS_WITHIN, house.store.salon()).await;
    let (status, said) = match answered {
        Ok(Ok(_)) => (StatusCode::OK, "ok\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], said).into_response()
}
