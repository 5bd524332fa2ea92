//! One line in the log for each answer: of what kind, how it went, how long it took. A path may be anything that somebody typed, so only
//! the names of functions that exist are told; nobody's address, id or name is.

use axum::{extract::Request, http::Method, middleware::Next, response::Response};
use server_fn::axum::get_server_fn_service;
use std::time::Instant;

pub async fn tell(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let (status, took_ms) = (response.status(), u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    let what = kind_of(&path);
    if status.is_server_error() {
        tracing::warn!(what, status = status.as_u16(), took_ms, "answered");
    } else {
        tracing::info!(what, status = status.as_u16(), took_ms, "answered");
    }
    response
}

fn kind_of(path: &str) -> &str {
    let is_function = path == app::api::HINTS || get_server_fn_service(path, Method::POST).is_some();
    match path.strip_prefix("/api/") {
        Some(function) if is_function => function,
        Some(_) => "nothing there",
        None if path == "/health" => "health",
        None => "site",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_never_named() {
        app::api::register();
        assert_eq!(kind_of("/api/customers/search"), "customers/search");
        assert_eq!(kind_of("/api/linxiaoyu"), "nothing there");
        assert_eq!(kind_of("/customers/019a-her-file"), "site");
    }
}
