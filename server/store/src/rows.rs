//! Several rows in one statement. There are few texts, so that each is prepared once.

use crate::StoreError;
use sqlx::{Any, AnyConnection, AssertSqlSafe, any::AnyArguments, query::Query};
use std::fmt::Write;

/// Rows or values in one statement.
const MOST: usize = 64;
/// Fewer values are made up to a multiple of this by repeating one.
const STEP: usize = 8;
/// Rows can't be repeated: what is left over goes in smaller statements.
const SIZES: [usize; 3] = [MOST, STEP, 1];

pub(crate) type Statement = Query<'static, Any, AnyArguments>;

/// `into` has so many columns after the branch's, `then` follows the values.
pub(crate) struct Insert {
    pub(crate) into: &'static str,
    pub(crate) columns: usize,
    pub(crate) then: &'static str,
}

impl Insert {
    pub(crate) async fn all<T>(
        &self,
        tx: &mut AnyConnection,
        branch: &str,
        rows: &[T],
        bind: impl Fn(Statement, &T) -> Statement,
    ) -> Result<(), StoreError> {
        let mut rest = rows;
        for size in SIZES {
            while let Some((some, after)) = rest.split_at_checked(size) {
                let statement = sqlx::query(AssertSqlSafe(self.text(size))).bind(branch.to_owned());
                some.iter().fold(statement, &bind).execute(&mut *tx).await?;
                rest = after;
            }
        }
        Ok(())
    }

    fn text(&self, rows: usize) -> String {
        let row = |row: usize| format!("($1, {})", places(row * self.columns + 2, self.columns));
        let values: Vec<String> = (0..rows).map(row).collect();
        format!("insert into {} values {} {}", self.into, values.join(", "), self.then)
    }
}

/// The values in groups of which each fits into one statement, with the places they take from `first` on.
pub(crate) fn groups<T: Clone>(values: &[T], first: usize) -> impl Iterator<Item = (String, Vec<T>)> {
    values.chunks(MOST).map(move |some| {
        let size = some.len().next_multiple_of(STEP);
        let values = some.iter().chain(std::iter::repeat_n(&some[0], size - some.len())).cloned().collect();
        (places(first, size), values)
    })
}

fn places(first: usize, count: usize) -> String {
    (first..first + count).fold(String::new(), |mut places, number| {
        let comma = if places.is_empty() { "" } else { ", " };
        let _ = write!(places, "{comma}${number}");
        places
    })
}
