//! Who has read what: link by link, and look by look as the audit and the mutations tell of it.

use super::{Difference, PAGE, replay::Replayed};
use crate::{StoreError, body, mutation, reading};
use domain::{CustomerId, HowRead, Moment, Reading, Version};
use sqlx::AnyConnection;
use std::collections::VecDeque;

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    replayed: &Replayed,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let mut looks = Looks { replayed, number: 0, due: VecDeque::new(), latest: None };
    let (mut number, mut link) = (0, String::new());
    loop {
        let page = reading::after(tx, branch, number, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        let end = last.number;
        for (row, kept) in page {
            for missing in number + 1..row.number {
                looks.next(tx, branch).await?;
                differences.push(Difference::ReadingMissing { number: missing });
            }
            if row.number != number + 1 || row.link(&link) != kept {
                differences.push(Difference::ReadingBroken { number: row.number });
            }
            (number, link) = (row.number, kept);
            if looks.may_have_shown(&row) {
                continue;
            }
            match looks.next(tx, branch).await? {
                Some(look) if look.is_in(&row) => {}
                Some(_) => differences.push(Difference::ReadingDiffers { number }),
                None => differences.push(Difference::ReadingUntold { number }),
            }
        }
        number = end;
    }
    while looks.next(tx, branch).await?.is_some() {
        number += 1;
        differences.push(Difference::ReadingMissing { number });
    }
    Ok(())
}

/// A reading as it must have been written.
#[derive(Clone, Copy)]
struct Look {
    reading: Reading,
    received_at: Moment,
    /// Her file was erased since: when it was opened nobody knows any more, nor what it showed besides, only when that was handed in.
    is_of_erased: bool,
}

impl Look {
    fn is_in(&self, row: &reading::Row) -> bool {
        let Ok(found) = row.told() else { return false };
        let by_when = if self.is_of_erased { found } else { self.reading };
        let due = Reading { at: by_when.at, is_clock_off: by_when.is_clock_off, ..self.reading };
        found == due && row.received_at() == self.received_at
    }
}

/// What the audit tells of, in its order, a page at a time.
struct Looks<'a> {
    replayed: &'a Replayed,
    /// The audit's row up to which it was read.
    number: i64,
    due: VecDeque<Look>,
    latest: Option<Look>,
}

/// Number, time, kind, device, person, customer and version, and the mutation where one was kept.
type Fact = (i64, i64, String, Option<String>, Option<String>, Option<String>, Option<i64>, Option<String>);

impl Looks<'_> {
    async fn next(&mut self, tx: &mut AnyConnection, branch: &str) -> Result<Option<Look>, StoreError> {
        if self.due.is_empty() {
            let text = "select a.number, a.at, a.kind, a.device_id, a.staff_id, a.subject, a.version, m.envelope from audit a
                left join mutation m on m.branch_id = a.branch_id and m.version = a.version
                where a.branch_id = $1 and a.number > $2 and a.kind in ('applied open_file', 'copy_given')
                order by a.number limit $3";
            let page: Vec<Fact> = sqlx::query_as(text).bind(branch).bind(self.number).bind(PAGE).fetch_all(tx).await?;
            for fact in page {
                self.number = fact.0;
                self.expect(&fact)?;
            }
        }
        self.latest = self.due.pop_front();
        Ok(self.latest)
    }

    fn expect(&mut self, (_, at, _, device, staff, subject, version, mutation): &Fact) -> Result<(), StoreError> {
        let customer: CustomerId = body::id(subject.as_deref().unwrap_or_default())?;
        let by = body::id(staff.as_deref().unwrap_or_default())?;
        let on = device.as_deref().map(body::id).transpose()?;
        let received_at = Moment(*at);
        let how = if version.is_some() { HowRead::Opened } else { HowRead::Copied };
        // One that can't be read any more is told of where mutations are replayed.
        let envelope = mutation.as_deref().and_then(|text| mutation::read(text).ok().flatten());
        let is_of_erased = version.is_some() && envelope.is_none();
        let at = envelope.map_or(received_at, |envelope| envelope.header.claimed_at);
        let reading = Reading { customer, by, on, how, at, is_clock_off: at.is_ahead_of(received_at) };
        let shown = version.map(|version| self.replayed.shown_in(customer, Version(version))).unwrap_or_default();
        let shown = shown.iter().map(|other| Reading { customer: *other, how: HowRead::Shown, ..reading });
        let readings = std::iter::once(reading).chain(shown);
        self.due.extend(readings.map(|reading| Look { reading, received_at, is_of_erased }));
        Ok(())
    }

    /// What was read within a file that is no more.
    fn may_have_shown(&self, row: &reading::Row) -> bool {
        let Ok(found) = row.told() else { return false };
        self.latest.filter(|latest| latest.is_of_erased && found.how == HowRead::Shown).is_some_and(|latest| {
            (found.by, found.on, row.received_at()) == (latest.reading.by, latest.reading.on, latest.received_at)
        })
    }
}
