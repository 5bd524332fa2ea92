//! What is too much for a device: all customers, and notes and contacts older than a row holds.

use super::Fault;
use domain::{Action, CareNote, CareOf, Contact, ContactId, CustomerFile, CustomerId, NoteId, Reading, Use, UseId, Written};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;
use sync::CustomerRow;

/// By any part of the name, pinyin, initials, the phone's last four digits, the card; best first.
#[server(name = SearchCustomers, endpoint = "customers/search", input = Json)]
pub async fn search(query: String) -> Result<Vec<CustomerRow>, Fault> {
    super::back_office::ask()?.search(query).await
}

/// The notes before this one, latest first.
#[server(name = OlderNotes, endpoint = "customers/older-notes", input = Json)]
pub async fn older_notes(customer: CustomerId, before: Option<NoteId>) -> Result<Vec<(NoteId, CareNote)>, Fault> {
    super::back_office::ask()?.older_notes(customer, before).await
}

/// The uses of products before this one, latest first, but those that wait for somebody.
#[server(name = OlderUses, endpoint = "customers/older-uses", input = Json)]
pub async fn older_uses(customer: CustomerId, before: Option<UseId>) -> Result<Vec<(UseId, Use)>, Fault> {
    super::back_office::ask()?.older_uses(customer, before).await
}

/// Everything that was recorded of her treatments and measurements; `None` for nobody's file.
#[server(name = CareOfCustomer, endpoint = "customers/care", input = Json)]
pub async fn care_of(customer: CustomerId) -> Result<Option<CareOf>, Fault> {
    super::back_office::ask()?.care_of(customer).await
}

/// The contacts before this one, latest first.
#[server(name = OlderContacts, endpoint = "customers/older-contacts", input = Json)]
pub async fn older_contacts(customer: CustomerId, before: Option<ContactId>) -> Result<Vec<(ContactId, Contact)>, Fault> {
    super::back_office::ask()?.older_contacts(customer, before).await
}

/// Everything the salon has of her, and who has read it, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HerData {
    pub file: CustomerFile,
    pub readings: Vec<Reading>,
    /// What was said of her and waits for a manager, as far as it can be read.
    pub waiting: Vec<Waiting>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    pub written: Written,
    pub action: Action,
}

/// Why there is no copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoCopy {
    /// Nobody's file, or not for whoever asks.
    None,
    /// A whole salon is not carried out copy by copy.
    TooMany { minutes: u32 },
}

/// For a manager who gives her a copy (PIPL 45); that it was made is remembered.
#[server(name = CopyOfFile, endpoint = "customers/copy", input = Json)]
pub async fn copy_of(customer: CustomerId) -> Result<Result<HerData, NoCopy>, Fault> {
    super::back_office::ask()?.copy_of(customer).await
}
