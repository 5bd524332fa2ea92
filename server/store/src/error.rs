//! What can go wrong with a database, as far as somebody can act on it. Never a word of what is in it.

use sqlx::error::ErrorKind;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("another program holds the database")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("SQLite {found} is too old: 3.51.3 is needed")]
    TooOldSqlite { found: String },
    #[error("the database was made by a newer version of this program")]
    NewerDatabase,
    #[error("the salon is founded already")]
    AlreadyFounded,
    #[error("there is no salon yet")]
    NotFounded,
    #[error("the database holds several branches: say which with --branch")]
    SeveralBranches,
    #[error("no such person works here")]
    UnknownPerson,
    #[error("no such device")]
    UnknownDevice,
    /// Whether it was kept is not known: ask again.
    #[error("the store was closed meanwhile")]
    Interrupted,
    /// A row that this program can't have written.
    #[error("damaged: {what}")]
    Damaged { what: &'static str },
    /// A constraint held what the rules should have held before.
    #[error("the database refused it ({code})")]
    Constraint { code: String },
    #[error("the database failed ({code})")]
    Database { code: String },
}

impl StoreError {
    /// It lies in what was to be written, and would come again each time; everything else may pass.
    pub(crate) const fn is_of_item(&self) -> bool {
        match self {
            Self::Damaged { .. } | Self::Constraint { .. } => true,
            Self::Busy
            | Self::Full
            | Self::TooOldSqlite { .. }
            | Self::NewerDatabase
            | Self::AlreadyFounded
            | Self::NotFounded
            | Self::SeveralBranches
            | Self::UnknownPerson
            | Self::UnknownDevice
            | Self::Interrupted
            | Self::Database { .. } => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let Some(fault) = error.as_database_error() {
            let code = fault.code().map(|code| code.into_owned()).unwrap_or_default();
            return of_code(code, fault.kind());
        }
        of_road(&error)
    }
}

/// Nothing that the database itself said.
#[expect(clippy::wildcard_enum_match_arm, reason = "sqlx's errors are open to new ones")]
fn of_road(error: &sqlx::Error) -> StoreError {
    let code = match error {
        sqlx::Error::PoolTimedOut => return StoreError::Busy,
        sqlx::Error::PoolClosed => return StoreError::Interrupted,
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => return StoreError::Damaged { what: "a column" },
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => "connection",
        sqlx::Error::Configuration(_) => "address",
        _ => "other",
    };
    StoreError::Database { code: code.to_owned() }
}

/// PostgreSQL's codes have five characters, SQLite's are numbers with the plain code in the low byte.
fn of_code(code: String, kind: ErrorKind) -> StoreError {
    let is_broken_rule = matches!(
        kind,
        ErrorKind::UniqueViolation | ErrorKind::ForeignKeyViolation | ErrorKind::NotNullViolation | ErrorKind::CheckViolation
    );
    if is_broken_rule {
        return StoreError::Constraint { code };
    }
    if code.len() == 5 {
        return match code.as_str() {
            "55P03" | "57014" | "40001" | "40P01" => StoreError::Busy,
            "53100" => StoreError::Full,
            _ if code.starts_with("22") || code.starts_with("23") || code.starts_with("54") => StoreError::Constraint { code },
            _ => StoreError::Database { code },
        };
    }
    match code.parse::<u32>().unwrap_or_default() & 0xff {
        5 | 6 => StoreError::Busy,
        13 => StoreError::Full,
        18..=20 => StoreError::Constraint { code },
        _ => StoreError::Database { code },
    }
}
