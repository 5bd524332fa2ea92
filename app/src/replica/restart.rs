//! Coming back in without the server, by password: from the keys wrapped here.

use super::{Replica, Trouble, here, stretcher::stretched};
use crate::api::SignedIn;
use domain::StaffId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use sync::{Key, Wrapped};

/// Kept for each person who has signed in here with the network.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Restart {
    wrapped: Wrapped,
    password_generation: i64,
    data_key_id: i64,
}

#[derive(Serialize, Deserialize)]
struct Secrets {
    data: Key,
    author: Key,
}

impl Replica {
    /// Wrapping takes a second of work: after the first screen has been painted, and only when something changed.
    pub(crate) fn wrap_later(&self, signed_in: &SignedIn, password: String) {
        let replica = *self;
        let name = restart_note(signed_in.person);
        let (generation, password_generation) = (signed_in.generation, signed_in.password_generation);
        let secrets = Secrets { data: signed_in.data_key.clone(), author: signed_in.author_key.clone() };
        let may = signed_in.may_restart_offline;
        spawn_local(async move {
            let inner = replica.inner();
            let Some(outbox) = inner.outbox.get() else {
                return;
            };
            let known: Option<Restart> = outbox.note(&name).await;
            let is_known =
                known.is_some_and(|known| known.password_generation == password_generation && known.data_key_id == generation);
            if is_known || !may {
                return;
            }
            here::rest(1_500).await;
            let plain = serde_json::to_vec(&secrets).unwrap_or_default();
            let salt = here::salt();
            if let Some(key) = stretched(&password, salt).await {
                let wrapped = Wrapped::wrap(&key, salt, &here::nonce(), &name, &plain);
                let _ = outbox.put_note(&name, &Restart { wrapped, password_generation, data_key_id: generation }).await;
            }
        });
    }

    pub(crate) async fn restart_offline(&self, staff: StaffId, password: &str) -> Result<(), Trouble> {
        let inner = self.inner();
        let outbox = inner.outbox.get().ok_or(Trouble::NotKept)?;
        let identity =
            inner.identity.get_untracked().filter(|identity| identity.may_restart_offline).ok_or(Trouble::NeedsNetwork)?;
        let name = restart_note(staff);
        let restart: Restart = outbox.note(&name).await.ok_or(Trouble::NeedsNetwork)?;
        let lease = i64::from(identity.lease_hours) * 3_600_000;
        if self.now().since(identity.last_contact) > lease {
            return Err(Trouble::LeaseOver { hours: identity.lease_hours });
        }
        here::paint().await;
        let key = stretched(password, restart.wrapped.salt).await.ok_or(Trouble::NeedsNetwork)?;
        let plain = restart.wrapped.unwrap(&key, &name).map_err(|_| Trouble::WrongPasswordOffline)?;
        let secrets: Secrets = serde_json::from_slice(&plain).map_err(|_| Trouble::NeedsNetwork)?;
        self.forget_tries(staff).await;
        self.open(staff, identity.device, secrets.data, secrets.author, true).await;
        Ok(())
    }
}

fn restart_note(staff: StaffId) -> String {
    format!("restart {staff}")
}
