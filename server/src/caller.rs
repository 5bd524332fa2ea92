//! One request's caller: from where, on which device, in whose session.

use crate::{
    cookies::Jar,
    door, fault,
    house::House,
    road,
    session::{self, Standing},
    token,
};
use app::api::{
    Answer, BackOffice, Backups, DeviceCard, DeviceReport, DeviceState, Door, DoorRefusal, Fault, FirstPassword, HerData, NoCopy,
    PersonCard, SetAside, SetUp, SignedIn, Undecided, Verdict,
};
use axum::http::{HeaderMap, HeaderValue};
use domain::{
    CareNote, CareOf, Contact, ContactId, CustomerId, DeviceId, DeviceScope, Dot, Moment, Name, NoteId, Role, StaffId, Use, UseId,
};
use std::{
    collections::BTreeSet,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Device, DeviceStatus, Session};
use sync::{ApiFault, Bytes, CustomerRow, Fetch, Fetched, Manifest, Pull, Pulled, Push, Pushed};

pub struct Caller {
    house: Arc<House>,
    from: Source,
    device_cookie: Option<String>,
    session_cookie: Option<String>,
    to_set: Mutex<Vec<HeaderValue>>,
}

/// Where a request came from, as far as it can be believed.
#[derive(Clone, Debug)]
pub struct Source {
    pub peer: IpAddr,
    pub is_https: bool,
    /// The address the browser shows is this machine's own name for itself.
    pub is_local_name: bool,
    /// Somebody in between says that it comes from elsewhere.
    pub is_forwarded: bool,
}

impl Caller {
    pub fn new(house: Arc<House>, from: Source, headers: &HeaderMap) -> Self {
        let (device_cookie, session_cookie) = (Jar::Device.read(headers), Jar::Session.read(headers));
        Self { house, from, device_cookie, session_cookie, to_set: Mutex::default() }
    }

    pub fn house(&self) -> &House {
        &self.house
    }

    pub fn peer(&self) -> IpAddr {
        self.from.peer
    }

    /// A browser keeps things, and may be trusted with keys, only over https or on the machine itself.
    pub fn is_secure(&self) -> bool {
        self.from.is_https || self.from.is_local_name
    }

    /// The demo, on the server's own machine, under its own name: not by way of somebody else's name for it.
    pub fn may_enrol_here(&self) -> bool {
        self.house.is_demo && self.from.peer.is_loopback() && self.from.is_local_name && !self.from.is_forwarded
    }

    /// The device as enrolled, whatever has become of it since.
    pub async fn any_device(&self) -> Result<Option<Device>, Fault> {
        match &self.device_cookie {
            Some(cookie) => self.house.store.device_by_cookie(token::hash(cookie)).await.map_err(fault::of_store),
            None => Ok(None),
        }
    }

    /// A device that may be worked on.
    pub async fn device(&self) -> Result<Device, Fault> {
        let device = self.any_device().await?.ok_or(Fault(ApiFault::SignedOut))?;
        match device.status {
            DeviceStatus::Active => Ok(device),
            DeviceStatus::Revoked | DeviceStatus::Stolen => Err(Fault(ApiFault::Wipe)),
        }
    }

    /// The session that the browser holds on this device, open or locked.
    pub async fn standing(&self, device: &Device) -> Result<Option<(Session, Standing)>, Fault> {
        match &self.session_cookie {
            Some(token) => session::find(&self.house, device, token).await,
            None => Ok(None),
        }
    }

    /// Device and person, for everything but handing in.
    pub async fn signed_in(&self) -> Result<(Device, Session), Fault> {
        let device = self.device().await?;
        match self.standing(&device).await? {
            Some((session, Standing::Open)) => Ok((device, session)),
            Some((_, Standing::Locked)) => Err(Fault(ApiFault::Locked)),
            None => Err(Fault(ApiFault::SignedOut)),
        }
    }

    pub fn session_token(&self) -> Option<&str> {
        self.session_cookie.as_deref()
    }

    pub fn set_cookie(&self, jar: Jar, token: &str) {
        self.push_cookie(jar.set(token, self.from.is_https));
    }

    pub fn drop_cookie(&self, jar: Jar) {
        self.push_cookie(jar.empty(self.from.is_https));
    }

    pub fn cookies_to_set(&self) -> Vec<HeaderValue> {
        std::mem::take(&mut self.to_set.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn push_cookie(&self, cookie: Option<HeaderValue>) {
        self.to_set.lock().unwrap_or_else(PoisonError::into_inner).extend(cookie);
    }
}

impl BackOffice for Caller {
    fn door(&self) -> Answer<'_, Door> {
        Box::pin(door::look(self))
    }

    fn set_up(&self, link: String, form: SetUp) -> Answer<'_, Result<SignedIn, DoorRefusal>> {
        Box::pin(door::set_up(self, link, form))
    }

    fn enrol(&self, code: String) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::enrol(self, code))
    }

    fn enrol_here(&self, scope: DeviceScope) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::enrol_here(self, scope))
    }

    fn know_again(&self, device: DeviceId, at: Moment, proof: Bytes) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::know_again(self, device, at, proof))
    }

    fn sign_in(&self, staff: StaffId, password: String) -> Answer<'_, Result<SignedIn, DoorRefusal>> {
        Box::pin(door::sign_in(self, staff, password))
    }

    fn unlock(&self, staff: StaffId, pin: String) -> Answer<'_, Result<SignedIn, DoorRefusal>> {
        Box::pin(door::unlock(self, staff, pin))
    }

    fn lock(&self) -> Answer<'_, ()> {
        Box::pin(door::lock(self))
    }

    fn set_pin(&self, pin: String) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::set_pin(self, pin))
    }

    fn change_password(&self, old: String, new: String) -> Answer<'_, Result<SignedIn, DoorRefusal>> {
        Box::pin(door::change_password(self, old, new))
    }

    fn sign_out(&self) -> Answer<'_, ()> {
        Box::pin(door::sign_out(self))
    }

    fn new_code(&self, scope: DeviceScope, label: Name) -> Answer<'_, Result<String, DoorRefusal>> {
        Box::pin(door::new_code(self, scope, label))
    }

    fn devices(&self) -> Answer<'_, Vec<DeviceCard>> {
        Box::pin(door::devices(self))
    }

    fn backups(&self) -> Answer<'_, Backups> {
        Box::pin(door::backups(self))
    }

    fn set_aside(&self) -> Answer<'_, Vec<SetAside>> {
        Box::pin(door::set_aside(self))
    }

    fn decide_set_aside(&self, entry: Dot, verdict: Verdict) -> Answer<'_, Result<(), Undecided>> {
        Box::pin(door::decide_set_aside(self, entry, verdict))
    }

    fn set_device_state(&self, device: DeviceId, state: DeviceState) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::set_device_state(self, device, state))
    }

    fn report(&self, report: DeviceReport) -> Answer<'_, ()> {
        Box::pin(door::report(self, report))
    }

    fn people(&self) -> Answer<'_, Vec<PersonCard>> {
        Box::pin(door::people(self))
    }

    fn add_person(&self, name: Name, roles: BTreeSet<Role>) -> Answer<'_, Result<FirstPassword, DoorRefusal>> {
        Box::pin(door::add_person(self, name, roles))
    }

    fn set_roles(&self, person: StaffId, roles: BTreeSet<Role>) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::set_roles(self, person, roles))
    }

    fn set_at_work(&self, person: StaffId, is_at_work: bool) -> Answer<'_, Result<(), DoorRefusal>> {
        Box::pin(door::set_at_work(self, person, is_at_work))
    }

    fn reset_password(&self, person: StaffId) -> Answer<'_, Result<FirstPassword, DoorRefusal>> {
        Box::pin(door::reset_password(self, person))
    }

    fn push(&self, push: Push) -> Answer<'_, Pushed> {
        Box::pin(road::push(self, push))
    }

    fn pull(&self, pull: Pull) -> Answer<'_, Option<Pulled>> {
        Box::pin(road::pull(self, pull))
    }

    fn manifest(&self) -> Answer<'_, Manifest> {
        Box::pin(road::manifest(self))
    }

    fn fetch(&self, fetch: Fetch) -> Answer<'_, Fetched> {
        Box::pin(road::fetch(self, fetch))
    }

    fn search(&self, query: String) -> Answer<'_, Vec<CustomerRow>> {
        Box::pin(road::search(self, query))
    }

    fn older_notes(&self, customer: CustomerId, before: Option<NoteId>) -> Answer<'_, Vec<(NoteId, CareNote)>> {
        Box::pin(road::older_notes(self, customer, before))
    }

    fn older_contacts(&self, customer: CustomerId, before: Option<ContactId>) -> Answer<'_, Vec<(ContactId, Contact)>> {
        Box::pin(road::older_contacts(self, customer, before))
    }

    fn older_uses(&self, customer: CustomerId, before: Option<UseId>) -> Answer<'_, Vec<(UseId, Use)>> {
        Box::pin(road::older_uses(self, customer, before))
    }

    fn care_of(&self, customer: CustomerId) -> Answer<'_, Option<CareOf>> {
        Box::pin(road::care_of(self, customer))
    }

    fn copy_of(&self, customer: CustomerId) -> Answer<'_, Result<HerData, NoCopy>> {
        Box::pin(door::copy_of(self, customer))
    }
}
