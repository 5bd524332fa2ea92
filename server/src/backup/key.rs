//! The backup's key pair (age). The server keeps only the half that encrypts; the other half is on paper, or it is no backup.

use crate::{keys::write_secret, place::DataPlace, say, trouble::Trouble};
use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use std::path::{Path, PathBuf};

fn file_of(data: &Path) -> PathBuf {
    data.join("backup-recipient")
}

pub fn has_key(data: &Path) -> bool {
    recipient(data).is_ok()
}

pub fn recipient(data: &Path) -> Result<Recipient, Trouble> {
    let text = std::fs::read_to_string(file_of(data)).map_err(|_| Trouble::NoBackupKey)?;
    text.trim().parse().map_err(|_| Trouble::NoBackupKey)
}

/// Comments and blank lines may stand around it, as age's own tools write them.
pub fn identity(text: &str) -> Result<Identity, Trouble> {
    let secret = text.lines().map(str::trim).find(|line| line.starts_with("AGE-SECRET-KEY-"));
    secret.and_then(|secret| secret.parse().ok()).ok_or(Trouble::BadBackupKey)
}

#[derive(Clone, Debug, clap::Args)]
pub struct BackupKey {
    /// 换一把新的；旧备份仍要旧密钥才能打开。Makes a new one; older backups still need the older key.
    #[arg(long)]
    pub renew: bool,
    #[command(flatten)]
    pub place: DataPlace,
}

pub fn make_key(how: &BackupKey) -> Result<(), Trouble> {
    if has_key(&how.place.data) && !how.renew {
        return Err(Trouble::HasBackupKey);
    }
    if !how.place.data.exists() {
        return Err(Trouble::NotFounded);
    }
    let identity = Identity::generate();
    write_secret(&file_of(&how.place.data), identity.to_public().to_string().as_bytes())?;
    say::line("把下面这一行抄下来，放在店外安全的地方。没有它，谁也打不开备份；这里不再保存。");
    say::line("Keep the next line somewhere safe, away from the shop. Without it nobody can open a backup; it is not kept here.");
    say::line(identity.to_string().expose_secret());
    Ok(())
}
