//! One customer's file as a device may hold it: fields withheld, the latest notes, contacts and uses, and what only the server can work out.

use crate::pinyin;
use domain::{CustomerFile, DeviceScope, Use, UseId, withhold};
use std::collections::BTreeMap;
use sync::{CustomerRow, Row, RowBody, RowId};

/// Older notes, contacts and uses stay on the server and are fetched while online.
const LATEST: usize = 20;
/// Former values of one field; older ones stay on the server.
const FORMER: usize = 10;

pub(crate) fn of_customer(mut file: CustomerFile, device: DeviceScope) -> CustomerRow {
    let phone_tail = file.phone().map(|phone| phone.tail().to_owned());
    let reading = file.name().map(pinyin::read).unwrap_or_default();
    let older_notes = keep_latest(&mut file.notes);
    let older_contacts = keep_latest(&mut file.contacts);
    let older_uses = keep_latest_uses(&mut file);
    let older_care = file.shorten_care();
    file.shorten(FORMER);
    let (pinyin, initials) = (reading.joined(), reading.initials());
    CustomerRow {
        file: withhold(file, device),
        pinyin,
        initials,
        phone_tail,
        older_notes,
        older_contacts,
        older_uses,
        older_care,
    }
}

/// What somebody has yet to see is never too old.
fn keep_latest_uses(file: &mut CustomerFile) -> usize {
    let waiting: Vec<(UseId, Use)> = file.uses_to_confirm().filter_map(|id| Some((id, file.uses.get(&id)?.clone()))).collect();
    let (before, _) = (file.uses.len(), keep_latest(&mut file.uses));
    file.uses.extend(waiting);
    file.uses_seen.retain(|id, _| file.uses.contains_key(id));
    before - file.uses.len()
}

/// Answers how many stay behind.
fn keep_latest<K: Ord + Copy, V>(all: &mut BTreeMap<K, V>) -> usize {
    let older = all.len().saturating_sub(LATEST);
    if let Some(first_kept) = all.keys().nth(older).copied() {
        *all = all.split_off(&first_kept);
    }
    older
}

pub(crate) fn shown(file: CustomerFile, device: DeviceScope) -> Row {
    let (id, version) = (RowId::Customer(file.id), file.version);
    let body = (!file.is_erased()).then(|| RowBody::Customer(Box::new(of_customer(file, device))));
    Row { id, version, body }
}
