//! Opening a locked screen by PIN. Wrong ones are counted here as well as on the server, through reloads, in all tabs, with and
//! without network together: the fifth drops the keys, and only the password opens.

use super::{
    Phase, Replica, Trouble, here,
    outbox::{IDENTITY, NotKept},
    patience::patiently,
};
use crate::api::{self, DoorRefusal, Fault};
use domain::StaffId;
use leptos::prelude::*;
use sync::ApiFault;

const MOST_TRIES: u8 = 5;

impl Replica {
    /// Re-opens a running session by PIN.
    pub async fn unlock(&self, staff: StaffId, pin: String) -> Result<(), Trouble> {
        // Counted before it is tried, so that a kill in between is no way to a sixth.
        let left = self.count_try(staff).await?.ok_or_else(|| self.drop_keys())?;
        match patiently(api::unlock(staff, pin.clone())).await {
            Ok(Ok(signed_in)) => {
                self.come_in(signed_in, None).await?;
                self.remember_pin(&pin);
                Ok(())
            }
            Ok(Err(DoorRefusal::WrongPin { left: on_server })) => Err(self.wrong_pin(left.min(on_server))),
            Ok(Err(DoorRefusal::PasswordNeeded)) => Err(self.drop_keys()),
            Ok(Err(refusal)) => Err(Trouble::Refused(refusal)),
            Err(Fault(ApiFault::Unreachable)) => {
                self.note_silence();
                self.unlock_here(staff, &pin, left).await
            }
            // Nobody has looked at it: it was no wrong one.
            Err(Fault(fault)) => {
                self.give_back(staff, left).await;
                Err(Trouble::Fault(fault))
            }
        }
    }

    /// Without network, while the page lives: the PIN that the server has accepted on this page before.
    async fn unlock_here(&self, staff: StaffId, pin: &str, left: u8) -> Result<(), Trouble> {
        let inner = self.inner();
        let session = inner.session.borrow().clone().filter(|session| session.person == staff);
        let Some((session, proof)) = session.and_then(|session| session.pin.map(|pin| (session, pin))) else {
            self.give_back(staff, left).await;
            return Err(Trouble::NeedsNetwork);
        };
        if session.author.mac(pin.as_bytes()) != proof {
            return Err(self.wrong_pin(left));
        }
        self.forget_tries(staff).await;
        inner.last_touch.set(here::device_now());
        inner.phase.set(Phase::Open(staff));
        self.load().await;
        Ok(())
    }

    /// How many are left after this one; `None` where there were none left for it.
    async fn count_try(&self, staff: StaffId) -> Result<Option<u8>, NotKept> {
        let inner = self.inner();
        let outbox = inner.outbox.get().ok_or(NotKept)?;
        let before = outbox.count_up(&tries_note(staff)).await?;
        Ok(MOST_TRIES.checked_sub(before.saturating_add(1)))
    }

    async fn give_back(&self, staff: StaffId, left: u8) {
        if let Some(outbox) = self.inner().outbox.get() {
            let _ = outbox.put_note(&tries_note(staff), &(MOST_TRIES - 1 - left)).await;
        }
    }

    /// She has shown who she is.
    pub(crate) async fn forget_tries(&self, staff: StaffId) {
        if let Some(outbox) = self.inner().outbox.get() {
            let _ = outbox.put_note(&tries_note(staff), &0u8).await;
        }
    }

    fn wrong_pin(&self, left: u8) -> Trouble {
        match left {
            0 => self.drop_keys(),
            left => Trouble::Refused(DoorRefusal::WrongPin { left }),
        }
    }

    fn drop_keys(&self) -> Trouble {
        self.leave();
        Trouble::Refused(DoorRefusal::PasswordNeeded)
    }

    pub async fn set_pin(&self, pin: String) -> Result<(), Trouble> {
        api::set_pin(pin.clone()).await?.map_err(Trouble::Refused)?;
        self.note_pin().await;
        self.remember_pin(&pin);
        Ok(())
    }

    async fn note_pin(&self) {
        let inner = self.inner();
        if let (Phase::Open(person), Some(mut identity)) = (inner.phase.get_untracked(), inner.identity.get_untracked()) {
            identity.with_pin.insert(person);
            if let Some(outbox) = inner.outbox.get() {
                let _ = outbox.put_note(IDENTITY, &identity).await;
            }
            inner.identity.set(Some(identity));
        }
    }

    fn remember_pin(&self, pin: &str) {
        let inner = self.inner();
        if let Some(session) = inner.session.borrow_mut().as_mut() {
            session.pin = Some(session.author.mac(pin.as_bytes()));
        }
    }
}

fn tries_note(staff: StaffId) -> String {
    format!("pin tries {staff}")
}
