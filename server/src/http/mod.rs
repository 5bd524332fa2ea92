//! The program as browsers see it: functions and hints below `/api`, the shell and its parts everywhere else.

mod admit;
mod functions;
mod headers;
mod health;
mod origin;
mod pages;
mod told;

use crate::{hints::hints, house::House};
use axum::{
    Router, middleware,
    routing::{any, get},
};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

pub use functions::refuse;
pub use origin::{IsTls, from_of, is_own};

pub fn router(house: Arc<House>) -> Router {
    app::api::register();
    let interface = Router::new()
        .route(app::api::HINTS, get(hints).fallback(functions::no_such))
        .route("/api/{*function}", any(functions::call))
        .route("/health", get(health::health))
        .route("/api", any(functions::no_such))
        .route("/api/", any(functions::no_such));
    let mut site = Router::new().fallback(pages::page);
    // A program built for trying things out would take longer over it than the network takes over the rest.
    if cfg!(not(debug_assertions)) {
        site = site.layer(CompressionLayer::new());
    }
    interface
        .fallback_service(site.with_state(house.clone()))
        .layer(middleware::from_fn(headers::set))
        .layer(middleware::from_fn(told::tell))
        .with_state(house)
}
