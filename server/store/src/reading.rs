//! Who has had whose file before her (M2-07, PIPL 45 and 51), in a chain of its own: ids and times, never contents.

use crate::{
    Store, StoreError, audit, body, head,
    rows::{self, Insert, Statement},
};
use domain::{CustomerId, HowRead, Moment, Reading, StaffId};
use sqlx::{AnyConnection, AssertSqlSafe};

/// Rows read at a time: a file that is looked at every day has thousands.
const PAGE: i64 = 1_000;

const fn word(how: HowRead) -> &'static str {
    match how {
        HowRead::Opened => "opened",
        HowRead::Shown => "shown",
        HowRead::Copied => "copied",
    }
}

/// In the order of the table, without the branch.
type Columns = (i64, String, String, Option<String>, String, i64, i64, String);

/// A reading in its place.
pub(crate) struct Linked {
    row: Row,
    link: String,
}

/// As it is kept: what a link is made of.
pub(crate) struct Row {
    pub(crate) number: i64,
    customer_id: String,
    staff_id: String,
    device_id: Option<String>,
    how: String,
    at: i64,
    received_at: i64,
}

impl Row {
    fn of(number: i64, reading: &Reading, now: Moment) -> Self {
        Self {
            number,
            customer_id: reading.customer.to_string(),
            staff_id: reading.by.to_string(),
            device_id: reading.on.map(|device| device.to_string()),
            how: word(reading.how).to_owned(),
            at: reading.at.0,
            received_at: now.0,
        }
    }

    fn kept((number, customer_id, staff_id, device_id, how, at, received_at, link): Columns) -> (Self, String) {
        (Self { number, customer_id, staff_id, device_id, how, at, received_at }, link)
    }

    pub(crate) const fn received_at(&self) -> Moment {
        Moment(self.received_at)
    }

    pub(crate) fn link(&self, before: &str) -> String {
        body::hex(&body::digest(&[
            before,
            &self.number.to_string(),
            &self.customer_id,
            &self.staff_id,
            self.device_id.as_deref().unwrap_or_default(),
            &self.how,
            &self.at.to_string(),
            &self.received_at.to_string(),
        ]))
    }
}

/// The branch is locked: there is only one end of the chain.
pub(crate) async fn append(tx: &mut AnyConnection, branch: &str, readings: &[Reading], now: Moment) -> Result<(), StoreError> {
    if readings.is_empty() {
        return Ok(());
    }
    let text = "select number, link from reading where branch_id = $1 order by number desc limit 1";
    let last: Option<(i64, String)> = sqlx::query_as(text).bind(branch).fetch_optional(&mut *tx).await?;
    let (mut number, mut link) = last.unwrap_or_default();
    let mut linked = Vec::with_capacity(readings.len());
    for reading in readings {
        number += 1;
        let row = Row::of(number, reading, now);
        link = row.link(&link);
        linked.push(Linked { row, link: link.clone() });
    }
    let insert = Insert {
        into: "reading (branch_id, number, customer_id, staff_id, device_id, how, at, received_at, link)",
        columns: 8,
        then: "",
    };
    let bind = |statement: Statement, Linked { row, link }: &Linked| {
        statement
            .bind(row.number)
            .bind(row.customer_id.clone())
            .bind(row.staff_id.clone())
            .bind(row.device_id.clone())
            .bind(row.how.clone())
            .bind(row.at)
            .bind(row.received_at)
            .bind(link.clone())
    };
    insert.all(tx, branch, &linked, bind).await
}

/// The next rows of the chain after a number, each with the link that is kept with it.
pub(crate) async fn after(
    tx: &mut AnyConnection,
    branch: &str,
    number: i64,
    limit: i64,
) -> Result<Vec<(Row, String)>, StoreError> {
    let text = "select number, customer_id, staff_id, device_id, how, at, received_at, link from reading
        where branch_id = $1 and number > $2 order by number limit $3";
    let rows: Vec<Columns> = sqlx::query_as(text).bind(branch).bind(number).bind(limit).fetch_all(tx).await?;
    Ok(rows.into_iter().map(Row::kept).collect())
}

impl Store {
    /// Everybody who has ever read her file, also while it was joined to another one: the latest first.
    pub async fn readings(&self, customers: Vec<CustomerId>) -> Result<Vec<Reading>, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| Box::pin(async move { of(tx, &branch, &customers).await })).await
    }

    /// Somebody was given all that is known of her, in as many files as hers shows.
    pub async fn note_copy(&self, customers: Vec<CustomerId>, by: StaffId, now: Moment) -> Result<(), StoreError> {
        let branch = self.branch().await?;
        self.write(move |tx| {
            Box::pin(async move {
                head::lock(tx, &branch).await?;
                for customer in &customers {
                    audit::append(tx, &branch, audit::Fact::of("copy_given", now).by(by).about(customer)).await?;
                }
                let copied = |customer| Reading { customer, by, on: None, how: HowRead::Copied, at: now, is_clock_off: false };
                let copied: Vec<Reading> = customers.into_iter().map(copied).collect();
                append(tx, &branch, &copied, now).await
            })
        })
        .await
    }
}

async fn of(tx: &mut AnyConnection, branch: &str, customers: &[CustomerId]) -> Result<Vec<Reading>, StoreError> {
    let mut readings = Vec::new();
    for (places, ids) in rows::groups(customers, 4) {
        let text = format!(
            "select number, customer_id, staff_id, device_id, how, at, received_at, link from reading
            where branch_id = $1 and number < $2 and customer_id in ({places}) order by number desc limit $3"
        );
        let mut before = i64::MAX;
        loop {
            let select = sqlx::query_as::<_, Columns>(AssertSqlSafe(text.clone())).bind(branch).bind(before).bind(PAGE);
            let select = ids.iter().fold(select, |select, id| select.bind(id.to_string()));
            let page = select.fetch_all(&mut *tx).await?;
            let Some((last, ..)) = page.last() else { break };
            before = *last;
            for row in page {
                readings.push(Row::kept(row).0.told()?);
            }
        }
    }
    Ok(readings)
}

impl Row {
    pub(crate) fn told(&self) -> Result<Reading, StoreError> {
        let how = [HowRead::Opened, HowRead::Shown, HowRead::Copied].into_iter().find(|how| word(*how) == self.how);
        Ok(Reading {
            customer: body::id(&self.customer_id)?,
            by: body::id(&self.staff_id)?,
            on: self.device_id.as_deref().map(body::id).transpose()?,
            how: how.ok_or(StoreError::Damaged { what: "a reading of an unknown kind" })?,
            at: Moment(self.at),
            is_clock_off: Moment(self.at).is_ahead_of(self.received_at()),
        })
    }
}
