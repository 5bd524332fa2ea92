//! `xinyan cert`: the salon's own certificate authority, and a certificate for its server. The authority can vouch for names and addresses of
//! private networks only, so that whoever steals its key can't pass for a bank on the salon's tablets.

use super::{Names, Paths};
use crate::{
    clock::Clock,
    keys::{refuse_if_readable_by_others, write_secret},
    place::{DataPlace, make_private},
    say,
    trouble::Trouble,
};
use chrono::{Datelike, Days, NaiveDate};
use domain::ClockOffset;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints, SanType,
};
use std::{
    fs,
    net::{IpAddr, Ipv4Addr, UdpSocket},
    path::Path,
};

const AUTHORITY_YEARS: i32 = 10;
/// Apple's devices take no server's certificate that is good for more than 825 days.
const SERVER_DAYS: u64 = 820;
/// Under these, nobody on the internet can own a name.
const PRIVATE_NAMES: [&str; 5] = ["localhost", "local", "lan", "internal", "home.arpa"];

#[derive(Clone, Debug, clap::Args)]
pub struct MakeCert {
    /// 平板打开的地址：这台电脑在店里网络上的 IP 或名字，可以写几个；不写就用现在的 IP。The addresses that tablets open: IPs or names in the shop's network.
    #[arg(value_name = "IP|NAME")]
    pub names: Vec<String>,
    #[command(flatten)]
    pub place: DataPlace,
}

pub fn make(how: &MakeCert) -> Result<(), Trouble> {
    let names = Names(if how.names.is_empty() { own_address().into_iter().collect() } else { how.names.clone() });
    let mut all = names.0.clone();
    all.extend(["localhost".to_owned(), "127.0.0.1".to_owned()]);
    let asked = all.iter().map(|name| subject(name)).collect::<Result<Vec<_>, _>>()?;
    let paths = Paths::of(&how.place.data);
    let today = ClockOffset::default().day(Clock::default().now());

    let authority = authority(&how.place.data, &paths, today)?;
    let until = today + Days::new(SERVER_DAYS);
    let mut params = CertificateParams::default();
    params.subject_alt_names = asked;
    params.distinguished_name.push(DnType::CommonName, all.first().map_or("xinyan", String::as_str));
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    good_for(&mut params, today, until);
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &authority)?;
    // The key first: a certificate without its key would be taken for a whole one.
    write_secret(&paths.server_key, key.serialize_pem().as_bytes())?;
    let text = format!("# names {}\n# until {until}\n{}", names.0.join(" "), certificate.pem());
    write_secret(&paths.server, text.as_bytes())?;
    tell(&paths, &names, until);
    Ok(())
}

fn tell(paths: &Paths, names: &Names, until: NaiveDate) {
    say::fact("证书 certificate", paths.server.display());
    say::line(format_args!("有效到 {until}；到期前再运行一次这个命令，平板不用重装。Good until {until}; run this again before."));
    say::fact("每台平板装一次 to be installed on every tablet, once", paths.authority.display());
    say::line("接着运行 next: xinyan serve --tls --listen 0.0.0.0:3000");
    for name in &names.0 {
        say::line(format_args!("平板先打开 http://{name}:3000，照着做。Tablets first open that address and follow it."));
    }
    say::line(format_args!("{} 不要给任何人。Give that key to nobody.", paths.authority_key.display()));
}

/// The one that is there, as tablets trust it already; a new one where there is none.
fn authority(data: &Path, paths: &Paths, today: NaiveDate) -> Result<Issuer<'static, KeyPair>, Trouble> {
    let params = authority_params(today);
    if paths.authority.exists() != paths.authority_key.exists() {
        return Err(Trouble::HalfAnAuthority(paths.folder.clone()));
    }
    if paths.authority.exists() {
        refuse_if_readable_by_others(&paths.authority_key)?;
        let text = fs::read_to_string(&paths.authority_key).map_err(|error| Trouble::File(paths.authority_key.clone(), error))?;
        return Ok(Issuer::new(params, KeyPair::from_pem(&text)?));
    }
    make_private(data)?;
    make_private(&paths.folder)?;
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    write_secret(&paths.authority_key, key.serialize_pem().as_bytes())?;
    write_secret(&paths.authority, certificate.pem().as_bytes())?;
    Ok(Issuer::new(params, key))
}

fn authority_params(today: NaiveDate) -> CertificateParams {
    let names = PRIVATE_NAMES.map(|name| GeneralSubtree::DnsName(name.to_owned()));
    let v4: [([u8; 4], u8); 5] =
        [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16), ([169, 254, 0, 0], 16), ([127, 0, 0, 0], 8)];
    let v6: [([u8; 2], u8); 2] = [([0xfc, 0], 7), ([0xfe, 0x80], 10)];
    let addresses = v4.map(|(address, bits)| GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix(address, bits)));
    let more = v6.map(|([first, second], bits)| {
        let mut address = [0; 16];
        [address[0], address[1]] = [first, second];
        GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(address, bits))
    });
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "心颜 Xinyan, this salon");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: names.into_iter().chain(addresses).chain(more).collect(),
        excluded_subtrees: Vec::new(),
    });
    let until = today.with_year(today.year() + AUTHORITY_YEARS).unwrap_or(today + Days::new(3_650));
    good_for(&mut params, today, until);
    params
}

/// From the day before: a tablet's clock may be a little behind.
fn good_for(params: &mut CertificateParams, from: NaiveDate, until: NaiveDate) {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let at = |day: NaiveDate| rcgen::date_time_ymd(day.year(), small(day.month()), small(day.day()));
    (params.not_before, params.not_after) = (at(from - Days::new(1)), at(until));
}

/// A name as a certificate writes it; refused where the authority could not vouch for it.
fn subject(name: &str) -> Result<SanType, Trouble> {
    let refused = || Trouble::NotPrivate(name.to_owned());
    if let Ok(address) = name.parse::<IpAddr>() {
        return if is_private(address) { Ok(SanType::IpAddress(address)) } else { Err(refused()) };
    }
    let lower = name.to_ascii_lowercase();
    let is_private = PRIVATE_NAMES.iter().any(|under| lower == *under || lower.ends_with(&format!(".{under}")));
    let is_name = !lower.split('.').any(|part| part.is_empty() || !part.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'));
    match lower.try_into() {
        Ok(dns) if is_private && is_name => Ok(SanType::DnsName(dns)),
        _ => Err(refused()),
    }
}

const fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local() || address.is_loopback(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// By which address this machine would leave for another network; nothing is sent.
fn own_address() -> Option<String> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    is_private(address).then(|| address.to_string())
}
