//! The road: what a device hands in, and what it fetches.

use super::Fault;
use leptos::prelude::*;
use server_fn::codec::Json;
use sync::{Fetch, Fetched, Manifest, Pull, Pulled, Push, Pushed};

/// Hands in what this device did since it last reached the server. The device alone is enough: a locked tablet drains, too.
#[server(name = PushEntries, endpoint = "sync/push", input = Json)]
pub async fn push(push: Push) -> Result<Pushed, Fault> {
    super::back_office::ask()?.push(push).await
}

/// `None`: the cursor or epoch is not of this server, begin anew.
#[server(name = PullRows, endpoint = "sync/pull", input = Json)]
pub async fn pull(pull: Pull) -> Result<Option<Pulled>, Fault> {
    super::back_office::ask()?.pull(pull).await
}

#[server(name = ListRows, endpoint = "sync/manifest", input = Json)]
pub async fn manifest() -> Result<Manifest, Fault> {
    super::back_office::ask()?.manifest().await
}

#[server(name = FetchRows, endpoint = "sync/fetch", input = Json)]
pub async fn fetch(fetch: Fetch) -> Result<Fetched, Fault> {
    super::back_office::ask()?.fetch(fetch).await
}
