//! The shell and its parts. Nothing here knows any customer.

use crate::{house::House, site::Part};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;

pub async fn page(State(house): State<Arc<House>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "405\n").into_response();
    }
    let Some(site) = house.site.now() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "页面还没有做好：make site。The site has not been built: make site.\n")
            .into_response();
    };
    let path = request.uri().path();
    if path == "/" {
        return shown(site.shell(), false);
    }
    let is_this_build = request.uri().query().is_some_and(|query| query == format!("v={}", site.build()));
    match site.part(path) {
        Some(part) => shown(part, is_this_build),
        None if is_navigation(request.headers()) => shown(site.shell(), false),
        None => (StatusCode::NOT_FOUND, "404\n").into_response(),
    }
}

/// Every screen of the app starts from the shell; whatever else asks for an unknown address hears that there is none.
fn is_navigation(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn shown(part: Part, is_for_ever: bool) -> Response {
    let keep = if is_for_ever { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kept = [(header::CONTENT_TYPE, part.kind), (header::CACHE_CONTROL, HeaderValue::from_static(keep))];
    (kept, part.bytes).into_response()
}
