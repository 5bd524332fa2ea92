//! One customer's file as a device may hold it: fields withheld, the latest notes, and what only the server can work out.

use crate::pinyin;
use domain::{CustomerFile, DeviceScope, NoteId, withhold};
use sync::{CustomerRow, Row, RowBody, RowId};

/// Older notes stay on the server and are fetched while online.
const NOTES: usize = 20;
/// Former values of one field; older ones stay on the server.
const FORMER: usize = 10;

pub(crate) fn of_customer(mut file: CustomerFile, device: DeviceScope) -> CustomerRow {
    let phone_tail = file.phone().map(|phone| phone.tail().to_owned());
    let reading = file.name().map(pinyin::read).unwrap_or_default();
    let older_notes = file.notes.len().saturating_sub(NOTES);
    if let Some(first_kept) = file.notes.keys().nth(older_notes).copied().filter(|_| older_notes > 0) {
        file.notes = file.notes.split_off::<NoteId>(&first_kept);
    }
    file.shorten(FORMER);
    CustomerRow { file: withhold(file, device), pinyin: reading.joined(), initials: reading.initials(), phone_tail, older_notes }
}

pub(crate) fn shown(file: CustomerFile, device: DeviceScope) -> Row {
    let (id, version) = (RowId::Customer(file.id), file.version);
    let body = (!file.is_erased()).then(|| RowBody::Customer(Box::new(of_customer(file, device))));
    Row { id, version, body }
}
