//! Whoever comes to the https port with plain http is told how to come in: where the authority's certificate is, how it is installed, and
//! what to open then.

use super::Tls;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, header},
    response::{Html, IntoResponse},
    routing::get,
};

pub fn answers(tls: &Tls) -> Router {
    Router::new().route("/xinyan-ca.crt", get(certificate)).fallback(page).with_state(tls.clone())
}

async fn certificate(State(tls): State<Tls>) -> impl IntoResponse {
    let pem = tls.authority.map(|authority| authority.pem.to_string()).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"xinyan-ca.crt\""),
    ];
    (headers, pem)
}

async fn page(State(tls): State<Tls>, headers: HeaderMap) -> impl IntoResponse {
    let address = address_in(&tls, headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default());
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    let quiet = [(header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, "no-store")];
    (quiet, Html(words(&address, tls.authority.is_some())))
}

/// A name that is in the certificate, as it was typed where that is one; with the port that was typed.
fn address_in(tls: &Tls, host: &str) -> String {
    let (name, port) = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).unwrap_or((host, "443"));
    let named = tls.names.0.iter().map(String::as_str).chain(["localhost", "127.0.0.1"]);
    let known = named.clone().find(|known| known.eq_ignore_ascii_case(name));
    format!("{}:{port}", known.or_else(|| named.clone().next()).unwrap_or("localhost"))
}

fn words(address: &str, has_authority: bool) -> String {
    let install = has_authority.then_some(
            "<h2>1</h2>
<p>第一次，先在这台设备上装本店的证书：<a href=/xinyan-ca.crt>下载证书</a>。</p>
<ul>
<li>iPad、iPhone：下载后到“设置 → 通用 → VPN与设备管理”安装，再到“设置 → 通用 → 关于本机 → 证书信任设置”打开它。</li>
<li>安卓平板：下载后到“设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书”选它。</li>
<li>电脑：装进系统的“受信任的根证书”。</li>
</ul>
<p>装的时候，这台设备会显示证书的 SHA-256 指纹。请店长拿店里那台电脑启动时打印的来对：对得上才装。不要拿这一页上写的来对，路上可能有人改过。
拿不准，就用 U 盘把那台电脑上的 ca.pem 带过来装。</p>
<p lang=en>The first time, install this salon’s certificate on this device: <a href=/xinyan-ca.crt>download it</a>.
iPad: Settings → General → VPN &amp; Device Management, then General → About → Certificate Trust Settings.
Android: Settings → Security → Encryption &amp; credentials → Install a certificate → CA certificate.
While installing, the device shows the certificate’s SHA-256 fingerprint: install it only if it is the one that the salon’s computer
printed at start, whatever this page says, which somebody on the way may have changed. If in doubt, carry ca.pem over on a USB stick.</p>
<h2>2</h2>",
    );
    format!(
        "<!DOCTYPE html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>心颜</title>
<style>body{{font:1.1rem/1.6 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}code{{overflow-wrap:anywhere}}a{{color:#8c3b32}}</style>
<h1>心颜</h1>
<p>这个地址要用 https 打开：在 http 上浏览器什么也不保存，断网就不能用。</p>
<p lang=en>Open this address with https: browsers keep nothing on plain http, and nothing would work offline.</p>
{}
<p>然后打开 then open <a href=https://{address}/>https://{address}/</a></p>",
        install.unwrap_or_default()
    )
}
