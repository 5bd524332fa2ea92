//! The file: age around gzip around lines. The first line holds the server's key, the others are the store's.

use age::{Decryptor, Encryptor, stream::StreamReader, x25519};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
};
use sync::Bytes;
use tokio::sync::mpsc;

#[derive(Serialize, Deserialize)]
struct First {
    xinyan_backup: u16,
    key: Bytes,
}

const FORMAT: u16 = 1;

pub type Lines = io::Lines<BufReader<GzDecoder<StreamReader<BufReader<File>>>>>;

/// Writes until nothing more comes; whole and on disk when it comes back.
pub fn write(file: &Path, to: &x25519::Recipient, server_key: Vec<u8>, mut lines: mpsc::Receiver<String>) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let encryptor = Encryptor::with_recipients(std::iter::once(to as _)).map_err(io::Error::other)?;
    let sealed = encryptor.wrap_output(BufWriter::new(options.open(file)?))?;
    let mut packed = GzEncoder::new(sealed, Compression::fast());
    writeln!(packed, "{}", serde_json::to_string(&First { xinyan_backup: FORMAT, key: Bytes(server_key) })?)?;
    while let Some(line) = lines.blocking_recv() {
        writeln!(packed, "{line}")?;
    }
    let written = packed.finish()?.finish()?;
    written.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Only a whole one gets its name.
pub fn put_in_place(new: &Path, file: &Path) -> io::Result<()> {
    fs::rename(new, file)?;
    match file.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

/// The server's key, and what is left to be read.
pub fn open(file: &Path, identity: &x25519::Identity) -> io::Result<(Vec<u8>, Lines)> {
    let decryptor = Decryptor::new_buffered(BufReader::new(File::open(file)?)).map_err(io::Error::other)?;
    let sealed = decryptor.decrypt(std::iter::once(identity as _)).map_err(io::Error::other)?;
    let mut lines = BufReader::new(GzDecoder::new(sealed)).lines();
    let first = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
    let First { xinyan_backup, key } = serde_json::from_str(&first)?;
    match xinyan_backup {
        FORMAT => Ok((key.0, lines)),
        _ => Err(io::Error::other("made by a newer version of this program")),
    }
}

pub fn read(lines: Lines, say: &mpsc::Sender<String>) -> io::Result<()> {
    for line in lines {
        if say.blocking_send(line?).is_err() {
            // Whoever listened has found out already what is wrong with it.
            return Ok(());
        }
    }
    Ok(())
}
