//! The road a record travels: envelopes, sealing, the outbox's states, what lies over the cache, what the server decides.
//!
//! Pure like `domain`: no IO, no clock, no randomness. The device runs `Client`, the server `judge`; the simulator runs both.

mod client;
mod entry;
mod envelope;
mod judge;
mod key;
mod overlay;
mod wire;

pub use client::{Client, Effect, Event, Halt, Limits, Stored, Wake};
pub use entry::{Entry, EntryState, Told};
pub use envelope::{Envelope, Header, PROTO, SCHEMA};
pub use judge::{Judgement, Known, Ledger, Opened, Turn, judge, turn_of};
pub use key::{Key, Nonce, SALT_LENGTH, ServerKey, Unsealable, WRAP_MEMORY_KIB, WRAP_PASSES, Wrapped, proof_words, stretch};
pub use overlay::overlay;
pub use wire::{
    ApiFault, Bytes, CustomerRow, Epoch, Fetch, Fetched, Hash, Manifest, Outcome, Place, Pull, Pulled, Push, Pushed, READS_SINCE,
    Reply, Request, Row, RowBody, RowId, Sealed, Settled,
};
