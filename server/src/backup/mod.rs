//! `xinyan backup` and `restore`: everything a salon can't do without in one encrypted file, database and key. The same file on both engines.

mod erased;
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
///
/// `is_apart`: whoever runs the server keeps it where losing the data does not lose it, so that tablets need not hold what is in it.
pub async fn make(store: &Store, data: &Path, to: &Path, is_apart: bool) -> Result<(), Trouble> {
    let (recipient, server_key) = (key::recipient(data)?, keys::bytes(data)?);
    let mut new = to.as_os_str().to_owned();
    new.push(".part");
    let (new, whole) = (PathBuf::from(new), to.to_owned());
    let (say, hear) = mpsc::channel(UNDER_WAY);
    let part = new.clone();
    let writing = spawn_blocking(move || file::write(&part, &recipient, server_key, hear));
    let dumped = store.dump(say).await;
    let written = writing.await.map_err(|_| Trouble::Busy)?;
    let head = match (dumped, written) {
        (Ok(head), Ok(())) => head,
        // A disk that is full is the reason why nobody listened any more.
        (_, Err(error)) => return Err(given_up(&new, Trouble::File(new.clone(), error))),
        (Err(error), Ok(())) => return Err(given_up(&new, error.into())),
    };
    file::put_in_place(&new, &whole).map_err(|error| Trouble::File(whole.clone(), error))?;
    erased::note(store, to).await?;
    store.note_backup(head.version, is_apart, Clock::default().now()).await?;
    Ok(())
}

/// Into a place where there is no salon yet; then every tablet is asked for what it still holds.
pub async fn restore(from: &Path, secret: &str, place: &DataPlace) -> Result<(), Trouble> {
    if place.data.join("key").exists() || (place.database.is_none() && place.sqlite_file().exists()) {
        return Err(Trouble::NotEmpty(place.data.clone()));
    }
    let identity = key::identity(secret)?;
    std::fs::File::open(from).map_err(|error| Trouble::File(from.to_owned(), error))?;
    let (store, epoch) = match fill(from, identity, place).await {
        Ok(filled) => filled,
        Err(trouble) => {
            take_away(place);
            return Err(trouble);
        }
    };
    let checked = check(&store, from).await;
    store.close().await;
    let (erased, differences) = match checked {
        Ok(checked) => checked,
        Err(trouble) => {
            take_away(place);
            return Err(trouble);
        }
    };
    match erased {
        Some(0) => {}
        Some(count) => {
            say::line(format_args!(
                "备份之后删除过的 {count} 份档案又删了一次。Files erased since that backup, erased again: {count}."
            ));
        }
        None => {
            say::line("备份旁边没有 erased-files：这以后删除过的档案又回来了，请再删一次。");
            say::line(
                "There is no erased-files beside the backup: whoever was erased since is back, and has to be erased again.",
            );
        }
    }
    match differences {
        0 => {}
        count => return Err(Trouble::Differences(count)),
    }
    say::line(format_args!("已恢复，核对一致（纪元 {}）。Restored; no differences.", epoch.0));
    say::line("各台平板连上后会把还留着的记录再交一次。Tablets hand in again what they still hold.");
    say::line("员工、密码和设备回到备份那一刻：之后离店的人、停用或丢失的设备，请再处理一次。");
    say::line("People, passwords and devices are as of the backup: dismiss and disable again whoever and whatever was since.");
    say::line("这里还没有备份密钥，自动备份停着：运行 xinyan backup-key，再启动 xinyan serve。");
    say::line("There is no backup key here yet, and so no backups: run xinyan backup-key, then start xinyan serve.");
    Ok(())
}

/// How many files were erased again, and how many differences there are.
async fn check(store: &Store, from: &Path) -> Result<(Option<usize>, usize), Trouble> {
    let erased = erased::erase_again(store, from, Clock::default().now()).await?;
    Ok((erased, store.verify().await?.len()))
}

/// All of it or nothing: an error means that there is no salon.
async fn fill(from: &Path, identity: age::x25519::Identity, place: &DataPlace) -> Result<(Store, Epoch), Trouble> {
    let path = from.to_owned();
    let opened = spawn_blocking(move || file::open(&path, &identity)).await.map_err(|_| Trouble::Busy)?;
    let (server_key, lines) = opened.map_err(|error| Trouble::Backup(from.to_owned(), error))?;
    keys::keep(&place.data, &server_key)?;
    let (store, _) = place.open().await?;
    let (say, hear) = mpsc::channel(UNDER_WAY);
    let reading = spawn_blocking(move || file::read(lines, &say));
    let loaded = store.load(hear, Clock::default().now()).await;
    let read = reading.await.map_err(|_| Trouble::Busy)?;
    match (loaded, read) {
        (Ok(epoch), _) => Ok((store, epoch)),
        (Err(_), Err(error)) => {
            store.close().await;
            Err(Trouble::Backup(from.to_owned(), error))
        }
        (Err(error), Ok(())) => {
            store.close().await;
            Err(error.into())
        }
    }
}

fn given_up(new: &Path, trouble: Trouble) -> Trouble {
    let _ = std::fs::remove_file(new);
    trouble
}

/// What was begun and did not become a salon; none of it was there before.
fn take_away(place: &DataPlace) {
    let _ = std::fs::remove_file(place.data.join("key"));
    if place.database.is_none() {
        let database = place.sqlite_file();
        for file in ["db", "db-wal", "db-shm"].map(|extension| database.with_extension(extension)) {
            let _ = std::fs::remove_file(file);
        }
    }
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
    let made = make(&store, &to.place.data, &to.file, false).await;
    store.close().await;
    made?;
    say::fact("备份 backup", to.file.display());
    say::line("请把它放到别的机器或别的盘上。Keep it on another machine or disk.");
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
