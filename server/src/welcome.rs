//! What `serve` prints at start: in the demo who there is to sign in as, then where the data lie and the address to open.

use crate::{demo, place::DataPlace, say, staff::both_words, tls::Tls};
use domain::Role;
use std::{net::SocketAddr, path::PathBuf};

/// Whom to try first on each kind of device.
const FIRST: [(&str, Role); 3] =
    [("护理室 treatment room", Role::Beautician), ("前台 front desk", Role::Consultant), ("管理 management", Role::Owner)];

/// Two spaces, name, role, password: the browser tests read these lines.
pub fn people(people: &[demo::Shown]) {
    say::line("演示店，顾客都是虚构的。A demo salon with invented customers.");
    say::line("");
    say::line("先挑这个浏览器当哪种设备，再点一个人。Choose what this browser is, then who you are:");
    for (device, role) in FIRST {
        if let Some(person) = people.iter().find(|person| person.role == role) {
            say::line(format_args!("  {device}: {}, {}", person.name, both_words(role)));
        }
    }
    say::line("");
    say::line("姓名、岗位，最后一列是密码。Name, role and, in the last column, the password:");
    let (with, without): (Vec<_>, Vec<_>) = people.iter().partition(|person| person.may_work_here);
    for person in with {
        say::line(format_args!("  {} {} {}", person.name, both_words(person.role), person.password));
    }
    let without: Vec<String> = without.iter().map(|person| format!("{}, {}", person.name, both_words(person.role))).collect();
    say::fact("不看顾客档案，还没有页面 may read no customer's file, has no pages yet", without.join("; "));
    say::line("");
}

pub fn data(place: &DataPlace, is_demo: bool) {
    let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let directory = whole(place.data.clone());
    match &place.database {
        Some(_) => say::fact("数据 data", format_args!("PostgreSQL, {}", directory.display())),
        None => say::fact("数据 data", whole(place.sqlite_file()).display()),
    }
    say::line("写下的都留在那里，下次启动还在。What is entered stays there, for the next start too.");
    say::fact("停下 to stop", "Ctrl-C");
    if is_demo && place.database.is_none() {
        let program = std::env::args().next().unwrap_or_else(|| "xinyan".to_owned());
        let directory = directory.display().to_string();
        say::fact(
            "停下后从头来 to begin anew, once stopped",
            format_args!("{} demo wipe --data {}", word(&program), word(&directory)),
        );
    }
    say::line("");
}

/// Whatever a tablet or browser may open, the best first.
pub fn address(listening: SocketAddr, tls: Option<&Tls>, has_proxy: bool, set_up_word: Option<&str>) {
    let (port, is_local) = (listening.port(), listening.ip().is_loopback());
    let addresses = match tls {
        Some(tls) if !is_local => tls.names.0.iter().map(|name| format!("https://{name}:{port}")).collect(),
        Some(_) => vec![format!("https://localhost:{port}")],
        // A browser trusts this machine's own name most.
        None if is_local => vec![format!("http://localhost:{port}")],
        None => vec![format!("http://{listening}")],
    };
    for address in &addresses {
        say::fact("地址 address", address);
    }
    if let Some(authority) = tls.and_then(|tls| tls.authority.as_ref()) {
        say::fact("证书指纹 certificate fingerprint", &authority.fingerprint);
    }
    if let Some(until) = tls.and_then(|tls| tls.until.as_ref()) {
        say::line(format_args!(
            "证书有效到 {until}，之前再运行一次 xinyan cert。The certificate is good until then; make it anew before."
        ));
    }
    if tls.is_none() && !is_local && !has_proxy {
        say::line("别的设备用 http 打开时什么也不能保存：先运行 xinyan cert，再加 --tls。");
        say::line("Over plain http other devices can keep nothing: run xinyan cert, then start with --tls.");
    }
    if let (Some(word), Some(address)) = (set_up_word, addresses.first()) {
        say::fact("首次设置，只能用一次 set-up, good once", format_args!("{address}/set-up#{word}"));
    }
}

/// As a shell takes it for one word.
fn word(text: &str) -> String {
    match text.chars().any(char::is_whitespace) {
        true => format!("'{text}'"),
        false => text.to_owned(),
    }
}
