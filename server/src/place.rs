//! Where a salon's data lie: a directory with the key file, and in it, or elsewhere, the database.

use crate::{keys, trouble::Trouble};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use store::Store;
use sync::ServerKey;

#[derive(Clone, Debug, clap::Args)]
pub struct DataPlace {
    /// 数据放在这个文件夹。The directory that holds the salon's data.
    #[arg(long, value_name = "DIR", default_value = "xinyan-data")]
    pub data: PathBuf,
    /// 连锁店用：PostgreSQL 的地址。For chains: a PostgreSQL address instead of the file in DIR.
    #[arg(long, value_name = "URL", env = "XINYAN_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// 几家分店共用一个数据库时，这是哪一家；新名字就是新的一家。Which branch, where several share that database; a new name founds another.
    #[arg(long, value_name = "NAME", requires = "database", value_parser = branch_name)]
    pub branch: Option<String>,
}

/// Short and plain: it stands in every row, and in commands.
fn branch_name(typed: &str) -> Result<String, String> {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    match (1..=40).contains(&typed.len()) && typed.chars().all(is_plain) {
        true => Ok(typed.to_owned()),
        false => Err("1 to 40 letters a to z, digits or hyphens".to_owned()),
    }
}

impl DataPlace {
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("salon.db")
    }

    pub async fn open(&self) -> Result<(Store, ServerKey), Trouble> {
        make_private(&self.data)?;
        let keys = keys::open(&self.data)?;
        let place = match &self.database {
            Some(url) => store::Place::Postgres(url.clone()),
            None => {
                make_file_private(&self.sqlite_file())?;
                store::Place::Sqlite(self.sqlite_file())
            }
        };
        let store = Store::open_branch(&place, self.branch.clone(), store::Patience::default()).await?;
        Ok((store, keys))
    }

    /// Held by whoever serves the salon from this directory, until it ends: nobody takes the data away under it, nor serves them twice.
    /// Salons on PostgreSQL may be served by several.
    pub fn take(&self) -> Result<Option<File>, Trouble> {
        if self.database.is_some() {
            return Ok(None);
        }
        make_private(&self.data)?;
        let path = self.data.join("in-use");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| Trouble::File(path.clone(), error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Err(Trouble::InUse(self.data.clone())),
            Err(TryLockError::Error(error)) => Err(Trouble::File(path, error)),
        }
    }

    /// For commands that make no sense before there is a salon: they leave no traces where there is none.
    pub async fn open_founded(&self) -> Result<(Store, ServerKey), Trouble> {
        if self.database.is_none() && !self.sqlite_file().exists() {
            return Err(Trouble::NotFounded);
        }
        self.open().await
    }
}

/// Made for its owner only; one that exists is left as it is.
pub fn make_private(directory: &Path) -> Result<(), Trouble> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(|error| Trouble::File(directory.to_owned(), error))
}

/// SQLite gives the files beside it the same rights.
fn make_file_private(file: &Path) -> Result<(), Trouble> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(Trouble::File(file.to_owned(), error)),
        Ok(_) | Err(_) => Ok(()),
    }
}
