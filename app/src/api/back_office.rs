//! What stands behind the functions, on the server only: `server` carries it out for one caller at a time.

use super::{
    Backups, DeviceCard, DeviceReport, DeviceState, Door, DoorRefusal, Fault, FirstPassword, PersonCard, SetAside, SetUp,
    SignedIn, Undecided, Verdict, customers,
    customers::{HerData, NoCopy},
    devices, door, people, road,
};
use domain::{
    CareNote, CareOf, Contact, ContactId, CustomerId, DeviceId, DeviceScope, Dot, Moment, Name, NoteId, Role, StaffId, Use, UseId,
};
use leptos::prelude::use_context;
use server_fn::axum::register_explicit;
use std::{collections::BTreeSet, future::Future, pin::Pin, sync::Arc};
use sync::{ApiFault, Bytes, CustomerRow, Fetch, Fetched, Manifest, Pull, Pulled, Push, Pushed};

pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// One caller's request: her device, her session and her address are known to whoever implements it.
pub trait BackOffice: Send + Sync {
    fn door(&self) -> Answer<'_, Door>;
    fn set_up(&self, link: String, form: SetUp) -> Answer<'_, Result<SignedIn, DoorRefusal>>;
    fn enrol(&self, code: String) -> Answer<'_, Result<(), DoorRefusal>>;
    fn enrol_here(&self, scope: DeviceScope) -> Answer<'_, Result<(), DoorRefusal>>;
    fn know_again(&self, device: DeviceId, at: Moment, proof: Bytes) -> Answer<'_, Result<(), DoorRefusal>>;
    fn sign_in(&self, staff: StaffId, password: String) -> Answer<'_, Result<SignedIn, DoorRefusal>>;
    fn unlock(&self, staff: StaffId, pin: String) -> Answer<'_, Result<SignedIn, DoorRefusal>>;
    fn lock(&self) -> Answer<'_, ()>;
    fn set_pin(&self, pin: String) -> Answer<'_, Result<(), DoorRefusal>>;
    fn change_password(&self, old: String, new: String) -> Answer<'_, Result<SignedIn, DoorRefusal>>;
    fn sign_out(&self) -> Answer<'_, ()>;

    fn new_code(&self, scope: DeviceScope, label: Name) -> Answer<'_, Result<String, DoorRefusal>>;
    fn devices(&self) -> Answer<'_, Vec<DeviceCard>>;
    fn backups(&self) -> Answer<'_, Backups>;
    fn set_device_state(&self, device: DeviceId, state: DeviceState) -> Answer<'_, Result<(), DoorRefusal>>;
    fn report(&self, report: DeviceReport) -> Answer<'_, ()>;
    fn set_aside(&self) -> Answer<'_, Vec<SetAside>>;
    fn decide_set_aside(&self, entry: Dot, verdict: Verdict) -> Answer<'_, Result<(), Undecided>>;

    fn people(&self) -> Answer<'_, Vec<PersonCard>>;
    fn add_person(&self, name: Name, roles: BTreeSet<Role>) -> Answer<'_, Result<FirstPassword, DoorRefusal>>;
    fn set_roles(&self, person: StaffId, roles: BTreeSet<Role>) -> Answer<'_, Result<(), DoorRefusal>>;
    fn set_at_work(&self, person: StaffId, is_at_work: bool) -> Answer<'_, Result<(), DoorRefusal>>;
    fn reset_password(&self, person: StaffId) -> Answer<'_, Result<FirstPassword, DoorRefusal>>;

    fn push(&self, push: Push) -> Answer<'_, Pushed>;
    fn pull(&self, pull: Pull) -> Answer<'_, Option<Pulled>>;
    fn manifest(&self) -> Answer<'_, Manifest>;
    fn fetch(&self, fetch: Fetch) -> Answer<'_, Fetched>;

    fn search(&self, query: String) -> Answer<'_, Vec<CustomerRow>>;
    fn older_notes(&self, customer: CustomerId, before: Option<NoteId>) -> Answer<'_, Vec<(NoteId, CareNote)>>;
    fn older_contacts(&self, customer: CustomerId, before: Option<ContactId>) -> Answer<'_, Vec<(ContactId, Contact)>>;
    fn older_uses(&self, customer: CustomerId, before: Option<UseId>) -> Answer<'_, Vec<(UseId, Use)>>;
    fn care_of(&self, customer: CustomerId) -> Answer<'_, Option<CareOf>>;
    fn copy_of(&self, customer: CustomerId) -> Answer<'_, Result<HerData, NoCopy>>;
}

pub(super) fn ask() -> Result<Arc<dyn BackOffice>, Fault> {
    use_context::<Arc<dyn BackOffice>>().ok_or(Fault(ApiFault::Unreachable))
}

/// By name, because a server that doesn't otherwise use these functions links them away.
pub fn register() {
    register_explicit::<door::AtTheDoor>();
    register_explicit::<door::SetUpSalon>();
    register_explicit::<door::Enrol>();
    register_explicit::<door::EnrolHere>();
    register_explicit::<door::KnowAgain>();
    register_explicit::<door::SignIn>();
    register_explicit::<door::Unlock>();
    register_explicit::<door::Lock>();
    register_explicit::<door::SetPin>();
    register_explicit::<door::ChangePassword>();
    register_explicit::<door::SignOut>();
    register_explicit::<devices::NewCode>();
    register_explicit::<devices::ListDevices>();
    register_explicit::<devices::AskBackups>();
    register_explicit::<devices::ListSetAside>();
    register_explicit::<devices::DecideSetAside>();
    register_explicit::<devices::SetDeviceState>();
    register_explicit::<devices::ReportDevice>();
    register_explicit::<people::ListPeople>();
    register_explicit::<people::AddPerson>();
    register_explicit::<people::SetRoles>();
    register_explicit::<people::SetAtWork>();
    register_explicit::<people::ResetPassword>();
    register_explicit::<road::PushEntries>();
    register_explicit::<road::PullRows>();
    register_explicit::<road::ListRows>();
    register_explicit::<road::FetchRows>();
    register_explicit::<customers::SearchCustomers>();
    register_explicit::<customers::OlderNotes>();
    register_explicit::<customers::OlderContacts>();
    register_explicit::<customers::OlderUses>();
    register_explicit::<customers::CopyOfFile>();
}
