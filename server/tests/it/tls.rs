//! https on the shop's own network: whoever trusts the salon's authority gets in, and nobody is fooled with it elsewhere.

use crate::support::TestSalon;
use rcgen::{CertificateParams, Issuer, KeyPair};
use server::{
    serve::{self, Limits},
    tls::Tls,
};
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Command, Output},
    sync::Arc,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore, crypto,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

fn cert(data: &Path, names: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xinyan")).arg("cert").args(names).arg("--data").arg(data).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

async fn open(salon: &TestSalon) -> SocketAddr {
    let listener = serve::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let tls = Tls::open(&salon.data).unwrap();
    tokio::spawn(serve::run(salon.house.clone(), listener, Some(tls), Limits::default()));
    address
}

/// A browser that trusts this authority and no other.
fn trusting(authority: &Path) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

async fn ask(socket: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin), path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: salon.local:3000\r\nconnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_that_trusts_the_salons_authority_comes_in_by_name_and_by_address() {
    let salon = TestSalon::open().await;
    let made = cert(&salon.data, &["192.168.1.20", "salon.local"]);
    assert!(made.status.success(), "{}", said(&made));
    let address = open(&salon).await;
    let browser = trusting(&salon.data.join("tls/ca.pem"));

    for name in ["salon.local", "192.168.1.20", "127.0.0.1"] {
        let socket = TcpStream::connect(address).await.unwrap();
        let mut secure = browser.connect(ServerName::try_from(name).unwrap(), socket).await.unwrap();
        let answer = ask(&mut secure, "/health").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{name}: {answer}");
    }
    let socket = TcpStream::connect(address).await.unwrap();
    assert!(browser.connect(ServerName::try_from("other.local").unwrap(), socket).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_without_https_gets_the_certificate_and_is_told_how_to_come_in() {
    let salon = TestSalon::open().await;
    cert(&salon.data, &["salon.local"]);
    let address = open(&salon).await;

    let page = ask(&mut TcpStream::connect(address).await.unwrap(), "/customers?q=%3Cscript%3E").await;
    for word in ["https://salon.local:3000/", "/xinyan-ca.crt", "iPad", "SHA-256"] {
        assert!(page.contains(word), "{word} is not in {page}");
    }
    assert!(!page.contains("script"));
    let file = ask(&mut TcpStream::connect(address).await.unwrap(), "/xinyan-ca.crt").await;
    assert!(file.contains("application/x-x509-ca-cert"));
    assert!(file.ends_with(&fs::read_to_string(salon.data.join("tls/ca.pem")).unwrap()));
    let interface = ask(&mut TcpStream::connect(address).await.unwrap(), "/api/door").await;
    assert!(interface.contains("https://salon.local:3000/"), "nothing of the salon over plain http");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_made_anew_keeps_the_authority_that_tablets_trust() {
    let salon = TestSalon::open().await;
    cert(&salon.data, &["salon.local"]);
    let read = |name: &str| fs::read_to_string(salon.data.join("tls").join(name)).unwrap();
    let (authority, first) = (read("ca.pem"), read("server.pem"));

    let again = cert(&salon.data, &["10.0.0.9"]);
    assert!(again.status.success(), "{}", said(&again));
    assert_eq!(read("ca.pem"), authority);
    assert_ne!(read("server.pem"), first);
    let address = open(&salon).await;
    let socket = TcpStream::connect(address).await.unwrap();
    let browser = trusting(&salon.data.join("tls/ca.pem"));
    assert!(browser.connect(ServerName::try_from("10.0.0.9").unwrap(), socket).await.is_ok());
    #[cfg(unix)]
    for name in ["ca-key.pem", "server-key.pem"] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(salon.data.join("tls").join(name)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authority_vouches_for_nothing_outside_the_shop_not_even_for_a_thief() {
    let salon = TestSalon::open().await;
    for name in ["example.com", "8.8.8.8", "local.example", "*.local", "a b.local", ""] {
        let refused = cert(&salon.data, &[name]);
        assert!(!refused.status.success() && said(&refused).contains("private network"), "{name}: {}", said(&refused));
    }
    assert!(!salon.data.join("tls").exists(), "nothing half done");

    cert(&salon.data, &["salon.local"]);
    let tls = salon.data.join("tls");
    let stolen = KeyPair::from_pem(&fs::read_to_string(tls.join("ca-key.pem")).unwrap()).unwrap();
    let mut params = CertificateParams::default();
    params.distinguished_name.push(rcgen::DnType::CommonName, "心颜 Xinyan, this salon");
    let key = KeyPair::generate().unwrap();
    let bank = CertificateParams::new(vec!["bank.example.com".to_owned()]).unwrap();
    let forged = bank.signed_by(&key, &Issuer::new(params, stolen)).unwrap();
    fs::write(tls.join("server.pem"), forged.pem()).unwrap();
    fs::write(tls.join("server-key.pem"), key.serialize_pem()).unwrap();
    let address = open(&salon).await;
    let socket = TcpStream::connect(address).await.unwrap();
    let browser = trusting(&tls.join("ca.pem"));
    let fooled = browser.connect(ServerName::try_from("bank.example.com").unwrap(), socket).await;
    assert!(format!("{:?}", fooled.unwrap_err()).contains("NameConstraintViolation"));
}

#[tokio::test]
async fn without_a_certificate_or_with_half_of_one_the_program_says_what_to_do() {
    let salon = TestSalon::open().await;
    let why = |data: &Path| Tls::open(data).map(|_| ()).unwrap_err().to_string();
    assert!(why(&salon.data).contains("run xinyan cert first"));
    cert(&salon.data, &["salon.local"]);
    fs::write(salon.data.join("tls/server-key.pem"), "not a key").unwrap();
    assert!(why(&salon.data).contains("run xinyan cert again"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(salon.data.join("tls/server-key.pem"), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(why(&salon.data).contains("chmod 600"));
    }

    // The authority that tablets trust is never replaced by the way.
    let authority = fs::read(salon.data.join("tls/ca.pem")).unwrap();
    fs::remove_file(salon.data.join("tls/ca-key.pem")).unwrap();
    let refused = cert(&salon.data, &["salon.local"]);
    assert!(!refused.status.success() && said(&refused).contains("put the other back"), "{}", said(&refused));
    assert_eq!(fs::read(salon.data.join("tls/ca.pem")).unwrap(), authority);
}
