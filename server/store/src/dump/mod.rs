//! Everything in the database as lines of text, and back. The lines are the same on both engines, so that a backup may move from one to the
//! other. What is only good for the moment is left out: sessions, codes, counted tries.

mod tables;

use crate::{Store, StoreError, customer, head, head::Head};
use domain::Moment;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Row, any::AnyRow};
use sync::Epoch;
use tables::{
    Kind::{self, Number, Text},
    MADE_ANEW, TABLES, Table,
};
use tokio::sync::mpsc;

/// Rows inserted by one statement.
const AT_ONCE: usize = 40;

/// A line that is no row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Mark {
    Table {
        name: String,
        columns: Vec<String>,
    },
    /// The last line; a backup without it was cut off.
    End {
        rows: u64,
    },
}

impl Store {
    /// As of one moment. Answers how far that moment had come.
    pub async fn dump(&self, lines: mpsc::Sender<String>) -> Result<Head, StoreError> {
        let branch = self.branch().await?;
        self.read(move |tx| {
            Box::pin(async move {
                let mut count = 0;
                for table in &TABLES {
                    count += dump_table(tx, &branch, table, &lines).await?;
                }
                say(&lines, &Mark::End { rows: count }).await?;
                head::head(tx, &branch).await
            })
        })
        .await
    }

    /// Into a database that has no salon yet: all of it, under a new epoch, or nothing.
    pub async fn load(&self, mut lines: mpsc::Receiver<String>, now: Moment) -> Result<Epoch, StoreError> {
        if self.known_branch().await?.is_some() {
            return Err(StoreError::AlreadyFounded);
        }
        let store = self.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let (mut count, mut filling) = (0, None::<Filling>);
                while let Some(line) = lines.recv().await {
                    if line.starts_with('[') {
                        let filling = filling.as_mut().ok_or(CUT)?;
                        filling.rows.push(serde_json::from_str(&line).map_err(|_| CUT)?);
                        count += 1;
                        if filling.rows.len() == AT_ONCE {
                            filling.insert(tx).await?;
                        }
                        continue;
                    }
                    if let Some(mut full) = filling.take() {
                        full.insert(tx).await?;
                    }
                    match serde_json::from_str(&line).map_err(|_| CUT)? {
                        Mark::Table { name, columns } => filling = Some(Filling::of(&name, &columns)?),
                        Mark::End { rows } if rows == count && count > 0 => {
                            let branch = store.inner.find_branch(tx).await?.ok_or(OF_ANOTHER)?;
                            // By today's rule, whichever it was when the backup was made.
                            customer::put_grams_anew(tx, &branch).await?;
                            return head::begin_epoch(tx, &branch, now).await;
                        }
                        Mark::End { .. } => break,
                    }
                }
                Err(CUT)
            })
        })
        .await
    }
}

const OF_ANOTHER: StoreError = StoreError::Damaged { what: "the backup is of another branch" };
const CUT: StoreError = StoreError::Damaged { what: "the backup is not whole" };

async fn dump_table(
    tx: &mut AnyConnection,
    branch: &str,
    table: &Table,
    lines: &mpsc::Sender<String>,
) -> Result<u64, StoreError> {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let named = columns.iter().map(|name| (*name).to_owned()).collect();
    say(lines, &Mark::Table { name: table.name.to_owned(), columns: named }).await?;
    let text = format!("select {} from {} where branch_id = $1", columns.join(", "), table.name);
    let mut rows = sqlx::query(AssertSqlSafe(text)).bind(branch.to_owned()).fetch(tx);
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        let values = table.columns.iter().enumerate().map(|(index, (_, kind))| value(&row, index, *kind));
        say(lines, &values.collect::<Result<Vec<Value>, _>>()?).await?;
        count += 1;
    }
    Ok(count)
}

fn value(row: &AnyRow, index: usize, kind: Kind) -> Result<Value, StoreError> {
    Ok(match kind {
        Text => row.try_get::<Option<String>, _>(index)?.into(),
        Number => row.try_get::<Option<i64>, _>(index)?.into(),
    })
}

async fn say(lines: &mpsc::Sender<String>, what: &impl Serialize) -> Result<(), StoreError> {
    let line = crate::body::json(what)?;
    lines.send(line).await.map_err(|_| StoreError::Interrupted)
}

/// One table, as the backup names its columns: an older backup has fewer.
struct Filling {
    /// `None` where what it says is not taken over.
    into: Option<String>,
    kinds: Vec<Kind>,
    rows: Vec<Vec<Value>>,
}

impl Filling {
    fn of(name: &str, columns: &[String]) -> Result<Self, StoreError> {
        if name == MADE_ANEW {
            return Ok(Self { into: None, kinds: vec![Text; columns.len()], rows: Vec::new() });
        }
        let table = TABLES.iter().find(|table| table.name == name).ok_or(StoreError::NewerDatabase)?;
        let kind = |column: &String| table.columns.iter().find(|(name, _)| name == column).map(|(_, kind)| *kind);
        let kinds: Option<Vec<Kind>> = columns.iter().map(kind).collect();
        let into = Some(format!("insert into {name} ({})", columns.join(", ")));
        Ok(Self { into, kinds: kinds.ok_or(StoreError::NewerDatabase)?, rows: Vec::new() })
    }

    async fn insert(&mut self, tx: &mut AnyConnection) -> Result<(), StoreError> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        if rows.iter().any(|row| row.len() != self.kinds.len()) {
            return Err(CUT);
        }
        let Some(into) = &self.into else { return Ok(()) };
        let width = self.kinds.len();
        let places = |row: usize| {
            let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
            format!("({})", places.join(", "))
        };
        let text = format!("{into} values {}", (0..rows.len()).map(places).collect::<Vec<_>>().join(", "));
        let mut insert = sqlx::query(AssertSqlSafe(text));
        for (value, kind) in rows.iter().flat_map(|row| row.iter().zip(&self.kinds)) {
            insert = match kind {
                Text => insert.bind(value.as_str().map(str::to_owned)),
                Number => insert.bind(value.as_i64()),
            };
        }
        insert.execute(tx).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{tables::OF_THE_MOMENT, *};
    use std::collections::BTreeSet;

    /// Every `create table` and `add column` of the migrations is either backed up or left out on purpose.
    #[test]
    fn no_table_and_no_column_is_forgotten() {
        let words = crate::migrate::MIGRATIONS.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n");
        let mut made: BTreeSet<(String, String)> = BTreeSet::new();
        for table in words.split("create table ").skip(1) {
            let (name, rest) = table.split_once(" (").unwrap();
            let body = rest.split("\n);").next().unwrap();
            let columns = body.lines().map(str::trim).take_while(|line| !line.starts_with("constraint"));
            let named = columns.filter(|line| !line.is_empty()).map(|line| line.split(' ').next().unwrap().to_owned());
            made.extend(named.map(|column| (name.to_owned(), column)));
        }
        for line in words.lines().filter(|line| line.starts_with("alter table ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            made.insert((words[2].to_owned(), words[5].to_owned()));
        }
        let kept: BTreeSet<(String, String)> = TABLES
            .iter()
            .flat_map(|table| table.columns.iter().map(|(column, _)| (table.name.to_owned(), (*column).to_owned())))
            .collect();
        let of_no_use = [("branch", "backed_up_at"), ("branch", "backup_is_apart"), ("branch", "timeline")];
        let forgotten: Vec<_> = made
            .difference(&kept)
            .filter(|(table, column)| {
                table != MADE_ANEW
                    && !OF_THE_MOMENT.contains(&table.as_str())
                    && !of_no_use.contains(&(table.as_str(), column.as_str()))
            })
            .collect();
        assert_eq!(forgotten, Vec::<&(String, String)>::new());
        assert!(kept.is_subset(&made));
    }
}
