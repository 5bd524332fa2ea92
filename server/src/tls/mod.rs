//! https on the shop's own network. Browsers keep nothing that came over plain http from another machine, so no tablet works without.

mod cert;
mod plain;

pub use cert::{MakeCert, make};
pub use plain::answers;

use crate::{keys::refuse_if_readable_by_others, trouble::Trouble};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// What a tablet is told to open, without the port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

pub(crate) struct Paths {
    pub(crate) folder: PathBuf,
    pub(crate) authority: PathBuf,
    pub(crate) authority_key: PathBuf,
    pub(crate) server: PathBuf,
    pub(crate) server_key: PathBuf,
}

impl Paths {
    pub(crate) fn of(data: &Path) -> Self {
        let folder = data.join("tls");
        let [authority, authority_key, server, server_key] =
            ["ca.pem", "ca-key.pem", "server.pem", "server-key.pem"].map(|name| folder.join(name));
        Self { folder, authority, authority_key, server, server_key }
    }
}

/// What `serve --tls` speaks with. A certificate from elsewhere, put in the place of ours, does as well; then nothing has to be installed.
#[derive(Clone)]
pub struct Tls {
    pub acceptor: TlsAcceptor,
    pub names: Names,
    /// The last day, where it is ours.
    pub until: Option<String>,
    pub authority: Option<Authority>,
}

/// What tablets have to trust.
#[derive(Clone, Debug)]
pub struct Authority {
    pub pem: Arc<str>,
    /// SHA-256 of the certificate, as browsers and tablets show it.
    pub fingerprint: Arc<str>,
}

impl Tls {
    pub fn open(data: &Path) -> Result<Self, Trouble> {
        let paths = Paths::of(data);
        let text = fs::read_to_string(&paths.server).map_err(|_| Trouble::NoCert)?;
        refuse_if_readable_by_others(&paths.server_key)?;
        let bad = |_| Trouble::BadCert(paths.folder.clone());
        let chain = CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<Vec<_>, _>>().map_err(bad)?;
        let key = PrivateKeyDer::from_pem_file(&paths.server_key).map_err(bad)?;
        let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|_| Trouble::BadCert(paths.folder.clone()))?;
        let said = |what: &str| text.lines().find_map(|line| line.strip_prefix(what));
        let names = said("# names ").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            names: Names(names),
            until: said("# until ").map(str::to_owned),
            authority: Authority::open(&paths),
        })
    }
}

impl Authority {
    fn open(paths: &Paths) -> Option<Self> {
        let pem = fs::read_to_string(&paths.authority).ok()?;
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
        let pairs: Vec<String> = Sha256::digest(&certificate).iter().map(|byte| format!("{byte:02X}")).collect();
        Some(Self { pem: pem.into(), fingerprint: pairs.join(":").into() })
    }
}
