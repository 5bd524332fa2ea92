//! Coming in and going out: sign-in, lock, leaving. Keys live in memory alone.

use super::{
    Identity, Phase, Replica, Session, here,
    leader::News,
    outbox::{IDENTITY, NotKept},
    patience::patiently,
    vault::Vault,
};
use crate::api::{self, DoorRefusal, Fault, SignedIn};
use domain::{DeviceId, StaffId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use sync::{ApiFault, Event, Key};

/// Somebody left while the salon could not be told. Kept once for all tabs: another one may have told it since.
const MUST_END: &str = "must_end";

/// Why somebody could not come in, in words a screen can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    Refused(DoorRefusal),
    /// No network, and she has never signed in on this tablet with it, or may not without.
    NeedsNetwork,
    /// No network, and the last contact is longer ago than the lease allows.
    LeaseOver {
        hours: u32,
    },
    /// The salon does not know this browser, and something lies here that it does not have yet.
    Unknown,
    /// No network, and the password is not the one that was last used here.
    WrongPasswordOffline,
    Fault(ApiFault),
    NotKept,
}

impl From<NotKept> for Trouble {
    fn from(_: NotKept) -> Self {
        Self::NotKept
    }
}

impl From<Fault> for Trouble {
    fn from(Fault(fault): Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Replica {
    /// By password; without network from the keys wrapped here.
    pub async fn sign_in(&self, staff: StaffId, password: String) -> Result<(), Trouble> {
        let mut answer = patiently(api::sign_in(staff, password.clone())).await;
        // A browser that was killed may have lost its cookie since the door was looked at, and can prove what it is.
        if matches!(answer, Err(Fault(ApiFault::SignedOut))) && self.is_this_device_again().await {
            answer = patiently(api::sign_in(staff, password.clone())).await;
        }
        match answer {
            Ok(Ok(signed_in)) => self.come_in(signed_in, Some(password)).await,
            Ok(Err(refusal)) => Err(Trouble::Refused(refusal)),
            Err(Fault(ApiFault::Unreachable)) => {
                self.note_silence();
                self.restart_offline(staff, &password).await
            }
            Err(Fault(ApiFault::Wipe)) => {
                self.wipe().await;
                Err(Trouble::Fault(ApiFault::Wipe))
            }
            Err(Fault(ApiFault::SignedOut)) => Err(Trouble::Unknown),
            Err(Fault(fault)) => Err(Trouble::Fault(fault)),
        }
    }

    /// Her own: every other session of hers ends, and this tablet's keys are wrapped anew.
    pub async fn change_password(&self, old: String, new: String) -> Result<(), Trouble> {
        let signed_in = api::change_password(old, new.clone()).await?.map_err(Trouble::Refused)?;
        self.come_in(signed_in, Some(new)).await
    }

    /// Shuts the screen. What was decrypted is dropped; keys stay, so that rows and entries go on travelling.
    pub fn lock(&self) {
        let inner = self.inner();
        if let Phase::Open(person) = inner.phase.get_untracked() {
            inner.phase.set(Phase::Locked(person));
            self.drop_plaintext();
            // The session waits as well: what the cookie alone could fetch stays shut.
            spawn_local(async move {
                let _ = api::lock().await;
            });
        }
    }

    /// As if somebody had touched it: what is on show is shown once, and somebody is writing it down.
    pub fn stay_open(&self) {
        self.inner().last_touch.set(here::device_now());
    }

    /// Back to the tiles, in every tab; works without network, and leaves the outbox as it is.
    pub fn leave(&self) {
        self.leave_here();
        self.tell(&News::Left);
        let replica = *self;
        spawn_local(async move {
            replica.note_must_end(true).await;
            replica.end_session().await;
        });
    }

    /// A session that was left without network ends as soon as there is one, before anything else is asked for.
    pub(crate) async fn end_session(&self) {
        let inner = self.inner();
        let Some(true) = (match inner.outbox.get() {
            Some(outbox) => outbox.note(MUST_END).await,
            None => None,
        }) else {
            return;
        };
        let is_over = matches!(patiently(api::sign_out()).await, Ok(()) | Err(Fault(ApiFault::SignedOut)));
        self.note_must_end(!is_over).await;
    }

    pub(crate) async fn note_must_end(&self, must_end: bool) {
        if let Some(outbox) = self.inner().outbox.get() {
            let _ = outbox.put_note(MUST_END, &must_end).await;
        }
    }

    /// Another tab may have left, too.
    pub(crate) fn leave_here(&self) {
        let inner = self.inner();
        inner.phase.set(Phase::Closed);
        self.drop_plaintext();
        inner.session.replace(None);
        inner.salon.set(None);
        self.receive(Event::SignedOut);
        if let Some(stream) = inner.hints.take() {
            stream.close();
        }
    }

    fn drop_plaintext(&self) {
        let inner = self.inner();
        inner.index.set(Arc::default());
        inner.held.borrow_mut().values_mut().for_each(|held| held.envelope = None);
        inner.entries_changed.notify();
        inner.triggers.take().into_values().for_each(|trigger| trigger.notify());
    }

    pub(crate) async fn come_in(&self, signed_in: SignedIn, password: Option<String>) -> Result<(), Trouble> {
        self.become_device(signed_in.device).await?;
        let inner = self.inner();
        let outbox = inner.outbox.get().ok_or(Trouble::NotKept)?;
        let clock_offset = signed_in.server_time.since(here::device_now());
        inner.clock_offset.set(clock_offset);
        let known = inner.identity.get_untracked();
        let mut with_pin = known.as_ref().map(|known| known.with_pin.clone()).unwrap_or_default();
        match signed_in.has_pin {
            true => with_pin.insert(signed_in.person),
            false => with_pin.remove(&signed_in.person),
        };
        let identity = Identity {
            device: signed_in.device,
            scope: signed_in.scope,
            label: known.as_ref().and_then(|known| known.label.clone()),
            salon: known.as_ref().and_then(|known| known.salon.clone()),
            is_demo: known.as_ref().is_some_and(|known| known.is_demo),
            people: known.map(|known| known.people).unwrap_or_default(),
            clock_offset,
            may_restart_offline: signed_in.may_restart_offline,
            lease_hours: signed_in.lease_hours,
            last_contact: signed_in.server_time,
            with_pin,
        };
        outbox.put_note(IDENTITY, &identity).await.map_err(|_| Trouble::NotKept)?;
        self.keep_proof(&signed_in.data_key).await;
        outbox.raise_next_seq(signed_in.next_seq).await.map_err(|_| Trouble::NotKept)?;
        inner.identity.set(Some(identity));
        self.note_contact();
        self.forget_tries(signed_in.person).await;
        self.note_must_end(false).await;
        if let Some(password) = password {
            self.wrap_later(&signed_in, password);
        }
        self.open(signed_in.person, signed_in.device, signed_in.data_key, signed_in.author_key, false).await;
        Ok(())
    }

    pub(crate) async fn open(&self, person: StaffId, device: DeviceId, data: Key, author: Key, was_offline: bool) {
        let inner = self.inner();
        inner.session.replace(Some(Session { person, vault: Vault { device, key: data }, author, pin: None, was_offline }));
        inner.last_touch.set(here::device_now());
        inner.mark.update(|mark| mark.needs_sign_in = false);
        inner.phase.set(Phase::Open(person));
        self.load().await;
        if inner.is_leader.get() {
            self.follow_hints();
        }
        self.receive(Event::SignedIn);
    }
}
