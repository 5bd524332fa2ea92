//! What is too much for a device: all customers, and notes and contacts older than a row holds.

use super::Fault;
use domain::{Action, CareNote, Contact, ContactId, CustomerFile, CustomerId, NoteId, Reading, Use, UseId, Written};
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

/// The contacts before this one, latest first.
#[server(name = OlderContacts, endpoint = "customers/older-contacts", input = Json)]
pub async fn older_contacts(customer: CustomerId, before: Option<ContactId>) -> Result<Vec<(ContactId, Contact)>, Fault> {
    super::back_office::ask()?.older_contacts(customer, before).await
}

/// Everything the salon has of her, and who has read it: the latest first, at most a thousand for each file that hers shows.
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

/// For a manager who gives her a copy (PIPL 45); that it was made is remembered. `None` for nobody's file, and for whoever may not
/// have it.
#[server(name = CopyOfFile, endpoint = "customers/copy", input = Json)]
pub async fn copy_of(customer: CustomerId) -> Result<Option<HerData>, Fault> {
    super::back_office::ask()?.copy_of(customer).await
}
