//! `xinyan backup` and `restore`: everything a salon can't do without in one encrypted file, database and key. The same file on both engines.

mod file;
mod key;
mod retention;
mod schedule;

pub use key::{BackupKey, has_key, make_key};
pub use schedule::{Plan, keep_on};

use crate::{clock::Clock, keys, place::DataPlace, say, trouble::Trouble};
use std::path::{Path, PathBuf};
use store::Store;
use sync::Epoch;
use tokio::{sync::mpsc, task::spawn_blocking};

/// Lines between the database and the file.
const UNDER_WAY: usize = 256;

/// While the salon works on: what is in it is of one moment.
pub async fn make(store: &Store, data: &Path, to: &Path) -> Result<(), Trouble> {
    let (recipient, server_key) = (key::recipient(data)?, keys::bytes(data)?);
    let (new, whole) = (to.with_extension("new"), to.to_owned());
    let (say, hear) = mpsc::channel(UNDER_WAY);
    let part = new.clone();
    let writing = spawn_blocking(move || file::write(&part, &recipient, server_key, hear));
    let dumped = store.dump(say).await;
    let written = writing.await.map_err(|_| Trouble::Busy)?;
    let head = match (dumped, written) {
        (Ok(head), Ok(())) => head,
        (Err(error), _) => return Err(given_up(&new, error.into())),
        (_, Err(error)) => return Err(given_up(&new, Trouble::File(new.clone(), error))),
    };
    file::put_in_place(&new, &whole).map_err(|error| Trouble::File(whole.clone(), error))?;
    store.note_backup(head.version, is_apart(data, &whole), Clock::default().now()).await?;
    Ok(())
}

/// Into a place where there is no salon yet; then every tablet is asked for what it still holds.
pub async fn restore(from: &Path, secret: &str, place: &DataPlace) -> Result<(), Trouble> {
    if place.data.join("key").exists() || (place.database.is_none() && place.sqlite_file().exists()) {
        return Err(Trouble::NotEmpty(place.data.clone()));
    }
    let identity = key::identity(secret)?;
    let restored = fill(from, identity, place).await;
    if restored.is_err() {
        take_away(place);
    }
    let epoch = restored?;
    say::line(format_args!("已恢复，核对一致（纪元 {}）。Restored; no differences.", epoch.0));
    say::line("各台平板连上后会把还留着的记录再交一次。Tablets hand in again what they still hold.");
    Ok(())
}

async fn fill(from: &Path, identity: age::x25519::Identity, place: &DataPlace) -> Result<Epoch, Trouble> {
    let unreadable = |error| Trouble::Backup(from.to_owned(), error);
    let (path, whole) = (from.to_owned(), from.to_owned());
    let opened = spawn_blocking(move || file::open(&path, &identity)).await.map_err(|_| Trouble::Busy)?;
    let (server_key, lines) = opened.map_err(unreadable)?;
    keys::keep(&place.data, &server_key)?;
    let (store, _) = place.open().await?;
    let (say, hear) = mpsc::channel(UNDER_WAY);
    let reading = spawn_blocking(move || file::read(lines, &say));
    let loaded = store.load(hear).await;
    let read = reading.await.map_err(|_| Trouble::Busy)?;
    let done = async {
        read.map_err(|error| Trouble::Backup(whole, error))?;
        loaded?;
        let epoch = store.begin_epoch(Clock::default().now()).await?;
        match store.verify().await?.len() {
            0 => Ok(epoch),
            count => Err(Trouble::Differences(count)),
        }
    };
    let done = done.await;
    store.close().await;
    done
}

fn given_up(new: &Path, trouble: Trouble) -> Trouble {
    let _ = std::fs::remove_file(new);
    trouble
}

/// What was begun and did not become a salon.
fn take_away(place: &DataPlace) {
    let database = place.sqlite_file();
    let beside = ["db-wal", "db-shm"].map(|extension| database.with_extension(extension));
    for file in [database, place.data.join("key")].iter().chain(&beside) {
        let _ = std::fs::remove_file(file);
    }
}

/// On another medium than the data: losing one does not lose the other.
#[cfg(unix)]
fn is_apart(data: &Path, backup: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let medium = |path: &Path| std::fs::metadata(path).map(|known| known.dev()).ok();
    medium(data).zip(medium(backup)).is_some_and(|(data, backup)| data != backup)
}

#[cfg(not(unix))]
fn is_apart(_: &Path, _: &Path) -> bool {
    false
}

#[derive(Clone, Debug, clap::Args)]
pub struct BackupTo {
    /// 写到这个文件。The file to write.
    pub file: PathBuf,
    #[command(flatten)]
    pub place: DataPlace,
}

#[derive(Clone, Debug, clap::Args)]
pub struct RestoreFrom {
    pub file: PathBuf,
    /// 存着备份密钥的文件，- 表示从标准输入读。The file with the backup's secret key, or - for standard input.
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    #[command(flatten)]
    pub place: DataPlace,
}

pub async fn backup(to: &BackupTo) -> Result<(), Trouble> {
    let (store, _) = to.place.open_founded().await?;
    let made = make(&store, &to.place.data, &to.file).await;
    store.close().await;
    made?;
    say::fact("备份 backup", to.file.display());
    if !is_apart(&to.place.data, &to.file) {
        say::line("它和数据在同一块盘上：请再放一份到别处。It lies on the same disk as the data: keep a copy elsewhere.");
    }
    Ok(())
}

pub async fn restore_from(from: &RestoreFrom) -> Result<(), Trouble> {
    let secret = match from.key.as_os_str() == "-" {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(&from.key),
    };
    let secret = secret.map_err(|error| Trouble::File(from.key.clone(), error))?;
    restore(&from.file, &secret, &from.place).await
}
