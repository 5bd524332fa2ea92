//! What the screen shows of a row: the server's copy with this device's own entries laid over it.

use crate::{CustomerRow, EntryState, Envelope};
use domain::{Change, CustomerFile, DeviceScope, Person, Salon, Scope, authorise, decide, settled};

/// Re-applied after every pull: the server may have decided otherwise meanwhile. Entries that the row holds already are
/// passed over; those the rules object to change nothing here and are shown in the list of entries.
pub fn overlay(
    row: Option<CustomerRow>,
    salon: &Salon,
    device: DeviceScope,
    entries: impl IntoIterator<Item = (EntryState, Envelope)>,
) -> Option<CustomerRow> {
    let held = row.as_ref().map(|row| row.file.version).unwrap_or_default();
    // What joins two files, or parts them, is the salon's to say: nothing of it is shown before.
    let is_shown = |envelope: &Envelope| envelope.action.other().is_none();
    entries.into_iter().filter(|(state, envelope)| lies_over(state, held) && is_shown(envelope)).fold(
        row,
        |row, (_, envelope)| {
            let file = row.as_ref().map(|row| row.file.as_seen_by(&envelope.action));
            let stamp = envelope.header.stamp_here(held);
            let author: Option<&Person> = salon.person(envelope.header.author);
            let scope = Scope { salon, file: file.as_deref(), other: None };
            let action = settled(scope, envelope.header.author, &envelope.action);
            let changes = authorise(author, device, &action).and_then(|()| decide(scope, &stamp, &action));
            let Ok(changes) = changes else {
                return row;
            };
            let changes: Vec<Change> = match &row {
                Some(row) => changes.into_iter().map(|change| row.file.shows(change)).collect(),
                None => changes,
            };
            match row {
                Some(row) => CustomerFile::after(Some(row.file), &changes, &stamp).map(|file| CustomerRow { file, ..row }),
                None => CustomerFile::after(None, &changes, &stamp).map(CustomerRow::unsent),
            }
        },
    )
}

fn lies_over(state: &EntryState, held: domain::Version) -> bool {
    match state {
        EntryState::Saved => true,
        EntryState::Acked { version, .. } => *version > held,
        EntryState::Objected { .. } | EntryState::Seen { .. } => false,
    }
}

impl CustomerRow {
    /// A file that the server has not seen: its pinyin is not known yet.
    pub fn unsent(file: CustomerFile) -> Self {
        let phone_tail = file.phone().map(|phone| phone.tail().to_owned());
        Self {
            file,
            pinyin: String::new(),
            initials: String::new(),
            phone_tail,
            older_notes: 0,
            older_contacts: 0,
            older_uses: 0,
            older_care: 0,
        }
    }
}
