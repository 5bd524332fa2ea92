//! Coming in and going out: enrolment, sign-in, lock, restart without network. Keys live in memory alone.

use super::{Phase, Replica, Session, here, leader::News, outbox::NotKept, vault::Vault};
use crate::api::{self, Door, DoorRefusal, Fault, SetUp, SignedIn, Tile};
use domain::{DeviceId, DeviceScope, Moment, Name, StaffId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use sync::{ApiFault, Event, Key};

/// Somebody left while the salon could not be told. Kept once for all tabs: another one may have told it since.
const MUST_END: &str = "must_end";

/// What this browser is to the salon, kept so that it can be started without network. Names of staff, no customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub device: DeviceId,
    pub scope: DeviceScope,
    pub label: Option<Name>,
    pub salon: Option<Name>,
    pub is_demo: bool,
    pub people: Vec<Tile>,
    pub clock_offset: i64,
    pub may_restart_offline: bool,
    pub lease_hours: u32,
    pub last_contact: Moment,
    /// Who has a PIN, as far as this device has heard.
    #[serde(default)]
    pub with_pin: BTreeSet<StaffId>,
}

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
    /// Entries of the device that this browser was have not reached the salon yet.
    MustHandIn {
        count: usize,
    },
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
    /// How the salon's door stands; brings the tiles and the clock up to date.
    pub async fn look_at_door(&self) -> Result<Door, Fault> {
        self.end_session().await;
        let mut asked = here::device_now();
        let mut door = api::door().await;
        // Enrolled, but the browser has lost the cookie that says so.
        if let Ok(Door { device: None, server_time, .. }) = door {
            if self.is_known_again(server_time).await {
                asked = here::device_now();
                door = api::door().await;
            } else {
                self.forget_a_lost_salon().await;
            }
        }
        match &door {
            Ok(door) => self.note_door(door, asked).await,
            Err(Fault(ApiFault::Wipe)) => self.forget_everything(false).await,
            Err(_) => self.note_silence(),
        }
        door
    }

    pub async fn set_up(&self, link: String, form: SetUp) -> Result<(), Trouble> {
        self.must_have_handed_in()?;
        let password = form.password.clone();
        let signed_in = api::set_up(link, form).await?.map_err(Trouble::Refused)?;
        self.part_from_former_device().await?;
        self.come_in(signed_in, Some(password)).await
    }

    /// Makes this browser one of the salon's devices.
    pub async fn enrol(&self, code: String) -> Result<(), Trouble> {
        self.must_have_handed_in()?;
        api::enrol(code).await?.map_err(Trouble::Refused)?;
        self.part_from_former_device().await?;
        self.look_at_door().await?;
        Ok(())
    }

    /// The same for a demo salon on this machine, where no code is needed.
    pub async fn enrol_here(&self, scope: DeviceScope) -> Result<(), Trouble> {
        self.must_have_handed_in()?;
        api::enrol_here(scope).await?.map_err(Trouble::Refused)?;
        self.part_from_former_device().await?;
        self.look_at_door().await?;
        Ok(())
    }

    /// Entries are sealed and numbered for the device that this browser was: they are handed in before it becomes another.
    fn must_have_handed_in(&self) -> Result<(), Trouble> {
        match self.inner().mark.with_untracked(|mark| mark.waiting) {
            0 => Ok(()),
            count => {
                self.try_now();
                Err(Trouble::MustHandIn { count })
            }
        }
    }

    /// The new one counts from the beginning.
    async fn part_from_former_device(&self) -> Result<(), Trouble> {
        let inner = self.inner();
        inner.outbox.get().ok_or(Trouble::NotKept)?.clear(false).await?;
        inner.mark.update(|mark| mark.halt = None);
        if inner.is_leader.get() {
            self.lead().await;
        }
        Ok(())
    }

    /// By password; without network from the keys wrapped here.
    pub async fn sign_in(&self, staff: StaffId, password: String) -> Result<(), Trouble> {
        match api::sign_in(staff, password.clone()).await {
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
        let is_over = matches!(api::sign_out().await, Ok(()) | Err(Fault(ApiFault::SignedOut)));
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
        outbox.put_note("identity", &identity).await.map_err(|_| Trouble::NotKept)?;
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

    async fn note_door(&self, door: &Door, asked: Moment) {
        let inner = self.inner();
        self.note_contact();
        let (Some(device), Some(salon)) = (&door.device, &door.salon) else {
            return;
        };
        // Sent away: it hands in what it holds, and does not settle in again.
        if device.is_revoked && inner.identity.with_untracked(Option::is_none) {
            return;
        }
        // Half of the way there and back is as near as the two clocks can be compared.
        let middle = Moment((asked.0 + here::device_now().0) / 2);
        let known = inner.identity.get_untracked();
        let identity = Identity {
            device: device.id,
            scope: device.scope,
            label: Some(device.label.clone()),
            salon: Some(salon.name.clone()),
            is_demo: salon.is_demo,
            people: door.people.clone(),
            clock_offset: door.server_time.since(middle),
            may_restart_offline: known.as_ref().is_some_and(|known| known.may_restart_offline),
            lease_hours: known.as_ref().map_or(72, |known| known.lease_hours),
            last_contact: known.as_ref().map_or(door.server_time, |known| known.last_contact),
            with_pin: known.map(|known| known.with_pin).unwrap_or_default(),
        };
        inner.clock_offset.set(identity.clock_offset);
        if let Some(outbox) = inner.outbox.get() {
            let _ = outbox.put_note("identity", &identity).await;
        }
        inner.identity.set(Some(identity));
        if inner.phase.get_untracked() == Phase::Unenrolled {
            inner.phase.set(Phase::Closed);
        }
    }

    /// The salon does not know this browser, nor takes its word for it: another salon's demo, or data begun anew. With nothing
    /// to hand in, it begins anew as well; otherwise what lies here waits for a person.
    async fn forget_a_lost_salon(&self) {
        let inner = self.inner();
        let Some(is_demo) = inner.identity.with_untracked(|identity| identity.as_ref().map(|identity| identity.is_demo)) else {
            return;
        };
        if is_demo || inner.held.borrow().is_empty() {
            self.forget_everything(false).await;
        }
    }

    /// The salon has asked for it: nothing of customers stays here.
    pub(crate) async fn wipe(&self) {
        // What the salon has taken in may not lie on a second medium yet.
        let has_entries = !self.inner().held.borrow().is_empty();
        self.forget_everything(has_entries).await;
    }

    pub(crate) async fn forget_everything(&self, but_entries: bool) {
        let inner = self.inner();
        self.leave();
        inner.cache.load();
        inner.cache.clear();
        if let Some(outbox) = inner.outbox.get() {
            let _ = outbox.clear(but_entries).await;
        }
        self.reload_entries().await;
        inner.identity.set(None);
        inner.phase.set(Phase::Unenrolled);
    }
}
