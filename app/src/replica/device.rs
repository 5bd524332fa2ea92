//! What this browser is to the salon: which of its devices, of what kind, or none any more.

use super::{
    Phase, Replica, Trouble, here,
    leader::News,
    outbox::{IDENTITY, NotKept},
    patience::patiently,
};
use crate::api::{self, Door, Fault, SetUp, Tile};
use domain::{DeviceId, DeviceScope, Moment, Name, StaffId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use sync::ApiFault;

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

impl Replica {
    /// How the salon's door stands; brings the tiles and the clock up to date.
    pub async fn look_at_door(&self) -> Result<Door, Fault> {
        self.end_session().await;
        let mut asked = here::device_now();
        let mut door = patiently(api::door()).await;
        // Enrolled, but the browser has lost the cookie that says so.
        if let Ok(Door { device: None, server_time, .. }) = door {
            if self.is_known_again(server_time).await {
                asked = here::device_now();
                door = patiently(api::door()).await;
            } else {
                self.forget_a_lost_salon().await;
            }
        }
        match &door {
            Ok(door) => self.note_door(door, asked).await,
            Err(Fault(ApiFault::Wipe)) => self.wipe_all().await,
            Err(_) => self.note_silence(),
        }
        door
    }

    pub async fn set_up(&self, link: String, form: SetUp) -> Result<(), Trouble> {
        let password = form.password.clone();
        let signed_in = api::set_up(link, form).await?.map_err(Trouble::Refused)?;
        self.come_in(signed_in, Some(password)).await
    }

    /// Makes this browser one of the salon's devices.
    pub async fn enrol(&self, code: String) -> Result<(), Trouble> {
        api::enrol(code).await?.map_err(Trouble::Refused)?;
        self.look_at_door().await?;
        Ok(())
    }

    /// The same for a demo salon on this machine, where no code is needed.
    pub async fn enrol_here(&self, scope: DeviceScope) -> Result<(), Trouble> {
        api::enrol_here(scope).await?.map_err(Trouble::Refused)?;
        self.look_at_door().await?;
        Ok(())
    }

    /// Shows where a code may be typed, though this browser is a device already: see `SyncMark::must_be_enrolled_anew`.
    pub fn ask_for_code(&self) {
        self.inner().phase.set(Phase::Unenrolled);
    }

    /// A browser that was another device keeps nothing of it but what the salon may not have yet. A kill between the salon's word and this
    /// is made good when the salon next says which device this is.
    pub(super) async fn become_device(&self, device: DeviceId) -> Result<(), NotKept> {
        let inner = self.inner();
        let outbox = inner.outbox.get().ok_or(NotKept)?;
        if outbox.owner() == Some(device) {
            return Ok(());
        }
        // What the salon still answers is about the former device's numbers.
        let leads = inner.is_leader.replace(false);
        inner.runner.forget_flight();
        let is_another = outbox.belong_to(device).await;
        inner.is_leader.set(leads);
        if !is_another? {
            return Ok(());
        }
        inner.cache.load();
        inner.cache.clear();
        // They have other numbers now.
        inner.held.borrow_mut().clear();
        inner.identity.set(None);
        inner.mark.update(|mark| (mark.halt, mark.is_unknown) = (None, false));
        self.tell(&News::BegunAnew);
        match inner.is_leader.get() {
            true => self.lead().await,
            false => drop(self.reload_entries().await),
        }
        Ok(())
    }

    async fn note_door(&self, door: &Door, asked: Moment) {
        let inner = self.inner();
        self.note_contact();
        let (Some(device), Some(salon)) = (&door.device, &door.salon) else {
            return;
        };
        // Sent away: it hands in what it holds, and does not settle in again.
        if device.is_revoked {
            // It may have forgotten everything already, and handed in more since: it says so again.
            match inner.identity.with_untracked(Option::is_some) {
                true => self.wipe().await,
                false => self.report(true),
            }
            return;
        }
        if self.become_device(device.id).await.is_err() {
            return;
        }
        // Half of the way there and back is as near as the two clocks can be compared.
        let middle = Moment((asked.0 + here::device_now().0) / 2);
        let known = inner.identity.get_untracked();
        let is_new = known.is_none();
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
            let _ = outbox.put_note(IDENTITY, &identity).await;
        }
        inner.identity.set(Some(identity));
        // Otherwise somebody is typing a code for what this browser is to be.
        if is_new && inner.phase.get_untracked() == Phase::Unenrolled {
            inner.phase.set(Phase::Closed);
        }
    }

    /// The salon does not know this browser, nor takes its word for it: another salon's demo, or data begun anew. With nothing
    /// to hand in, it begins anew as well; otherwise what lies here waits for a manager's code.
    async fn forget_a_lost_salon(&self) {
        let inner = self.inner();
        let Some(is_demo) = inner.identity.with_untracked(|identity| identity.as_ref().map(|identity| identity.is_demo)) else {
            return;
        };
        match is_demo || inner.held.borrow().is_empty() {
            true => drop(self.forget_everything(false).await),
            false => inner.mark.update(|mark| mark.is_unknown = true),
        }
    }

    /// The salon has asked for it: nothing of customers stays here.
    pub(crate) async fn wipe(&self) {
        // What the salon has taken in may not lie on a second medium yet.
        let has_entries = !self.inner().held.borrow().is_empty();
        if self.forget_everything(has_entries).await {
            self.report(true);
        }
    }

    /// Nor is anything of it taken in any more.
    pub(crate) async fn wipe_all(&self) {
        if self.forget_everything(false).await {
            self.report(true);
        }
    }

    /// False where the browser would not let go of it.
    async fn forget_everything(&self, but_entries: bool) -> bool {
        let inner = self.inner();
        self.leave();
        inner.cache.load();
        inner.cache.clear();
        let is_forgotten = match inner.outbox.get() {
            Some(outbox) => outbox.clear(but_entries).await.is_ok(),
            None => true,
        };
        inner.held.borrow_mut().clear();
        self.reload_entries().await;
        inner.identity.set(None);
        inner.phase.set(Phase::Unenrolled);
        is_forgotten
    }
}
