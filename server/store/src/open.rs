//! Opening a salon's database, reading from it in one snapshot, and closing it.

use crate::{
    StoreError,
    failpoint::FailPoints,
    manifest::Members,
    migrate,
    writer::{Task, Writer},
};
use domain::Version;
use sqlx::{
    AnyConnection, AnyPool, Connection,
    any::{AnyConnectOptions, AnyPoolOptions},
};
use std::{
    path::PathBuf,
    sync::{Arc, Once, OnceLock},
    time::Duration,
};
use tokio::sync::watch;

const READERS: u32 = 8;
const LEAST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// Other programs may write into the same database: that is how their changes become known here.
const POLL: Duration = Duration::from_millis(250);

#[derive(Clone, Debug)]
pub enum Place {
    Sqlite(PathBuf),
    Postgres(String),
}

/// How long to wait for another program that holds the database.
#[derive(Clone, Copy, Debug)]
pub struct Patience(pub Duration);

impl Default for Patience {
    fn default() -> Self {
        Self(Duration::from_secs(10))
    }
}

/// One salon's database. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    readers: AnyPool,
    pub(crate) writer: Writer,
    pub(crate) engine: Engine,
    /// Where the database holds several: the one that this program serves.
    wanted: Option<String>,
    branch: OnceLock<String>,
    pub(crate) head: watch::Sender<Version>,
    pub(crate) fail: FailPoints,
    pub(crate) members: Members,
}

/// What differs between the two engines: nothing in the tables or queries, only how a connection is prepared.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    is_sqlite: bool,
    address: AnyConnectOptions,
    patience_ms: u128,
}

impl Store {
    pub async fn open(place: &Place) -> Result<Self, StoreError> {
        Self::open_with(place, Patience::default()).await
    }

    pub async fn open_with(place: &Place, patience: Patience) -> Result<Self, StoreError> {
        Self::open_branch(place, None, patience).await
    }

    /// One branch of a chain whose branches share a database; one that is not there yet may be founded.
    pub async fn open_branch(place: &Place, branch: Option<String>, patience: Patience) -> Result<Self, StoreError> {
        let engine = Engine::at(place, patience)?;
        let mut first = engine.connect_writer().await?;
        if engine.is_sqlite {
            refuse_old_sqlite(&mut first).await?;
        }
        migrate::run(&mut first, &engine).await?;
        let for_readers = engine.clone();
        let readers = AnyPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(patience.0)
            .after_connect(move |reader, _| {
                let engine = for_readers.clone();
                Box::pin(async move { engine.prepare_reader(reader).await })
            })
            .connect_lazy_with(engine.address.clone());
        let inner = Arc::new_cyclic(|inner| Inner {
            readers,
            writer: Writer::start(inner.clone(), first),
            engine,
            wanted: branch,
            branch: OnceLock::new(),
            head: watch::Sender::new(Version::default()),
            fail: FailPoints::default(),
            members: Members::default(),
        });
        let store = Self { inner };
        store.look_at_head().await?;
        tokio::spawn(poll(Arc::downgrade(&store.inner)));
        Ok(store)
    }

    /// What was handed in before is written first; whoever comes after is told `Interrupted`.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.readers.close().await;
    }

    /// Newest version, told after each commit.
    pub fn watch(&self) -> watch::Receiver<Version> {
        self.inner.head.subscribe()
    }

    /// Everything `work` reads belongs to one moment.
    pub(crate) async fn read<T>(
        &self,
        work: impl for<'c> FnOnce(&'c mut AnyConnection) -> Task<'c, T> + Send,
    ) -> Result<T, StoreError> {
        let mut snapshot = self.inner.readers.begin_with(self.inner.engine.begin_reading()).await?;
        let found = work(&mut snapshot).await;
        snapshot.rollback().await?;
        found
    }

    /// Which branch this database holds; it never changes once the salon is founded.
    pub(crate) async fn branch(&self) -> Result<String, StoreError> {
        self.known_branch().await?.ok_or(StoreError::NotFounded)
    }

    pub(crate) async fn known_branch(&self) -> Result<Option<String>, StoreError> {
        if let Some(branch) = self.inner.branch.get() {
            return Ok(Some(branch.clone()));
        }
        let found = self.inner.find_branch(&mut *self.inner.readers.acquire().await?).await?;
        Ok(found.map(|branch| self.inner.branch.get_or_init(|| branch).clone()))
    }

    async fn look_at_head(&self) -> Result<(), StoreError> {
        if let Some(branch) = self.known_branch().await? {
            let (version,): (i64,) = sqlx::query_as("select version from branch where branch_id = $1")
                .bind(branch)
                .fetch_one(&self.inner.readers)
                .await?;
            self.inner.tell_head(Version(version));
        }
        Ok(())
    }
}

impl Inner {
    pub(crate) fn tell_head(&self, version: Version) {
        self.head.send_if_modified(|known| {
            let is_newer = version > *known;
            *known = version.max(*known);
            is_newer
        });
    }

    /// The one that is wanted, otherwise the only one.
    pub(crate) async fn find_branch(&self, tx: &mut AnyConnection) -> Result<Option<String>, StoreError> {
        let text = "select branch_id from branch where branch_id = $1 or $1 = '' limit 2";
        let wanted = self.wanted.clone().unwrap_or_default();
        let found: Vec<(String,)> = sqlx::query_as(text).bind(wanted).fetch_all(tx).await?;
        match <[_; 1]>::try_from(found) {
            Ok([(branch,)]) => Ok(Some(branch)),
            Err(none) if none.is_empty() => Ok(None),
            Err(_) => Err(StoreError::SeveralBranches),
        }
    }

    /// What a branch that is founded here is called.
    pub(crate) fn wanted(&self) -> Option<&str> {
        self.wanted.as_deref()
    }

    pub(crate) fn branch_if_known(&self) -> Option<&str> {
        self.branch.get().map(String::as_str)
    }
}

impl Engine {
    fn at(place: &Place, patience: Patience) -> Result<Self, StoreError> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let address = match place {
            Place::Sqlite(file) => format!("sqlite://{}?mode=rwc", escape(&file.to_string_lossy())),
            Place::Postgres(url) => url.clone(),
        };
        Ok(Self {
            is_sqlite: matches!(place, Place::Sqlite(_)),
            address: address.parse::<AnyConnectOptions>()?,
            patience_ms: patience.0.as_millis(),
        })
    }

    pub(crate) const fn is_sqlite(&self) -> bool {
        self.is_sqlite
    }

    pub(crate) async fn connect_writer(&self) -> Result<AnyConnection, StoreError> {
        let mut writer = AnyConnection::connect_with(&self.address).await?;
        let prepare = match self.is_sqlite {
            true => format!(
                "pragma busy_timeout = {}; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
                pragma cache_size = -65536;",
                self.patience_ms
            ),
            false => format!("set lock_timeout = {}; set default_transaction_isolation = 'read committed';", self.patience_ms),
        };
        sqlx::raw_sql(sqlx::AssertSqlSafe(prepare)).execute(&mut writer).await?;
        Ok(writer)
    }

    async fn prepare_reader(&self, reader: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let prepare = match self.is_sqlite {
            true => format!("pragma busy_timeout = {}; pragma query_only = on;", self.patience_ms),
            false => "set default_transaction_read_only = on;".to_owned(),
        };
        sqlx::raw_sql(sqlx::AssertSqlSafe(prepare)).execute(reader).await?;
        Ok(())
    }

    /// On SQLite the write lock is taken at once: a snapshot that turns into a writer may fail without waiting.
    pub(crate) const fn begin_writing(&self) -> &'static str {
        if self.is_sqlite { "begin immediate" } else { "begin" }
    }

    const fn begin_reading(&self) -> &'static str {
        if self.is_sqlite { "begin deferred" } else { "begin isolation level repeatable read read only" }
    }

    /// Two programs that start at once change the tables one after the other; SQLite's write lock does that already.
    pub(crate) const fn lock_tables(&self) -> &'static str {
        if self.is_sqlite { "select 1" } else { "select pg_advisory_xact_lock(7261)" }
    }
}

fn escape(path: &str) -> String {
    path.bytes().fold(String::new(), |url, byte| match byte {
        b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => url + char::from(byte).encode_utf8(&mut [0; 4]),
        _ => format!("{url}%{byte:02X}"),
    })
}

async fn refuse_old_sqlite(first: &mut AnyConnection) -> Result<(), StoreError> {
    let (found,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(first).await?;
    if is_new_enough(&found) { Ok(()) } else { Err(StoreError::TooOldSqlite { found }) }
}

/// Before 3.51.3 a checkpoint by another program could lose what was committed.
fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut part = || parts.next().unwrap_or_default();
    (part(), part(), part()) >= LEAST_SQLITE
}

async fn poll(inner: std::sync::Weak<Inner>) {
    let mut every = tokio::time::interval(POLL);
    loop {
        every.tick().await;
        let Some(inner) = inner.upgrade() else { return };
        if inner.readers.is_closed() {
            return;
        }
        // A failed look is made good by the next one.
        let _ = Store { inner }.look_at_head().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f9_a_sqlite_that_could_lose_commits_is_refused() {
        for (version, is_fit) in
            [("3.51.3", true), ("3.52.0", true), ("4.0", true), ("3.51.2", false), ("3.9.9", false), ("", false)]
        {
            assert_eq!(is_new_enough(version), is_fit, "{version}");
        }
    }
}
