//! The salon's root of all keys: one file that only its owner may read, made at the first start.

use crate::trouble::Trouble;
use std::{
    fs,
    io::{ErrorKind, Write},
    path::Path,
};
use sync::ServerKey;

const LENGTH: usize = 32;

/// Reads `DIR/key`, or makes it where there is none yet. A file that others may read is a reason not to start.
pub fn open(data: &Path) -> Result<ServerKey, Trouble> {
    let file = data.join("key");
    match fs::read(&file) {
        Ok(bytes) => {
            refuse_if_readable_by_others(&file)?;
            let bytes: [u8; LENGTH] = bytes.try_into().map_err(|_| Trouble::DamagedKey(file))?;
            Ok(ServerKey::new(bytes))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let bytes = crate::token::random::<LENGTH>();
            write_secret(&file, &bytes)?;
            Ok(ServerKey::new(bytes))
        }
        Err(error) => Err(Trouble::File(file, error)),
    }
}

/// As it lies there, for a backup.
pub fn bytes(data: &Path) -> Result<Vec<u8>, Trouble> {
    let file = data.join("key");
    fs::read(&file).map_err(|error| Trouble::File(file, error))
}

/// From a backup; never over another one.
pub fn keep(data: &Path, key: &[u8]) -> Result<(), Trouble> {
    fs::create_dir_all(data).map_err(|error| Trouble::File(data.to_owned(), error))?;
    write_secret(&data.join("key"), key)
}

/// Whole or not at all, and readable by its owner only from the first byte on.
pub fn write_secret(file: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let new = file.with_extension("new");
    let written = (|| {
        let _ = fs::remove_file(&new);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut open = options.open(&new)?;
        open.write_all(bytes)?;
        open.sync_all()?;
        fs::rename(&new, file)
    })();
    written.map_err(|error| Trouble::File(file.to_owned(), error))
}

#[cfg(unix)]
pub fn refuse_if_readable_by_others(file: &Path) -> Result<(), Trouble> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(file).map_err(|error| Trouble::File(file.to_owned(), error))?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(Trouble::OpenKey(file.to_owned())) }
}

#[cfg(not(unix))]
pub fn refuse_if_readable_by_others(_: &Path) -> Result<(), Trouble> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_key_is_made_once_and_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let data = std::env::temp_dir().join(format!("xinyan-key-{}", uuid::Uuid::now_v7()));
        fs::create_dir(&data).unwrap();

        let made = open(&data).unwrap();
        let again = open(&data).unwrap();

        assert_eq!(made.derive("test"), again.derive("test"));
        assert_eq!(fs::metadata(data.join("key")).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(data.join("key"), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(open(&data), Err(Trouble::OpenKey(_))));
        fs::remove_dir_all(data).unwrap();
    }
}
