//! The one door for writes. What it calls saved survives a kill of the browser.

use super::{Held, Phase, Replica, outbox::NotKept, vault::SealedRow};
use domain::{Action, Objection, Scope, Version, authorise, decide};
use leptos::prelude::*;
use sync::{Entry, Envelope, Event, Header, PROTO, RowBody, RowId, SCHEMA};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// The rules say no; what was typed stays where it was typed.
    Objected(Objection),
    /// The browser would not keep it: no room, or storage refused.
    NotKept,
    /// Nobody is signed in any more.
    Closed,
}

impl From<NotKept> for NotSaved {
    fn from(NotKept: NotKept) -> Self {
        Self::NotKept
    }
}

impl Replica {
    /// Records or requests one thing. When this comes back with `Ok`, it is saved on this tablet.
    pub async fn commit(&self, action: Action) -> Result<(), NotSaved> {
        let inner = self.inner();
        let Phase::Open(author) = inner.phase.get_untracked() else {
            return Err(NotSaved::Closed);
        };
        let session = inner.session.borrow().clone().ok_or(NotSaved::Closed)?;
        let identity = inner.identity.get_untracked().ok_or(NotSaved::Closed)?;
        let salon = inner.salon.get_untracked().ok_or(NotSaved::Closed)?;
        let row = action.customer().map_or(RowId::Salon, RowId::Customer);
        let kept = inner.cache.row(row);
        let base = self.version_held(row);
        let header = |seq| Header {
            proto: PROTO,
            schema: SCHEMA,
            device: session.vault.device,
            seq,
            author,
            claimed_at: self.now(),
            base,
        };

        // What is recorded in a file that another one shows is decided on that one.
        let shown = |id| self.row_now(id).or_else(|| untrack(|| self.shown_in(id)).and_then(|root| self.row_now(root)));
        let current = action.customer().and_then(shown);
        authorise(salon.person(author), identity.scope, &action).map_err(NotSaved::Objected)?;
        let stamp = header(domain::Seq::default()).stamp_here(base);
        let other = action.other().and_then(|id| self.row_now(id));
        let file = current.as_ref().map(|row| row.file.as_seen_by(&action));
        let scope = Scope { salon: &salon, file: file.as_deref(), other: other.as_ref().map(|row| &row.file) };
        decide(scope, &stamp, &action).map_err(NotSaved::Objected)?;

        let outbox = inner.outbox.get().ok_or(NotSaved::NotKept)?;
        let is_trace = action.is_trace();
        let mut written = None;
        let seal = |seq| {
            let envelope = Envelope { header: header(seq), action };
            let bytes = serde_json::to_vec(&envelope).unwrap_or_default();
            let sealed = session.vault.key.seal_entry(&session.author, &super::here::nonce(), &envelope.header, &bytes);
            written = Some(envelope);
            sealed
        };
        let entry = Entry { is_trace, ..Entry::saved(row) };
        let (seq, stored) = outbox.append(entry, kept.as_ref(), seal).await?;
        inner.held.borrow_mut().insert(seq, Held { entry: stored.entry.clone(), envelope: written });
        self.row_changed(row);
        self.count_entries();
        self.announce_commit(seq, stored.entry);
        Ok(())
    }

    /// Whether the screen should offer it to whoever works here.
    pub fn may(&self, action: &Action) -> bool {
        self.person().is_some_and(|person| domain::may(&person, self.scope(), action))
    }

    /// Somebody has read what became of an entry that was refused or set aside.
    pub fn seen(&self, seq: domain::Seq) {
        self.receive(Event::Seen(seq));
    }

    /// Somebody does not want to wait for the next try.
    pub fn try_now(&self) {
        self.receive(Event::Woken);
    }

    pub(crate) fn version_held(&self, row: RowId) -> Version {
        self.inner().cache.row(row).map(|row| row.version).unwrap_or_default()
    }

    pub(crate) fn open_row(&self, id: RowId, row: &SealedRow) -> Option<RowBody> {
        self.inner().session.borrow().as_ref().and_then(|session| session.vault.body(id, row))
    }
}
