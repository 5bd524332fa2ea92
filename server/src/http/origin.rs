//! Where a request came from, and whether a page of ours sent it.

use crate::{caller::Source, house::House};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, header, request::Parts},
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The connection itself is encrypted.
#[derive(Clone, Copy, Debug)]
pub struct IsTls;

const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/// What a proxy says is believed only when the salon said that there is one; then the last hop's word counts.
pub fn from_of(house: &House, parts: &Parts) -> Source {
    let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let socket = socket.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
    let said = |name: &str| house.has_trusted_proxy.then(|| last_of(&parts.headers, name)).flatten();
    Source {
        peer: said("x-forwarded-for").and_then(|ip| ip.parse().ok()).unwrap_or(socket),
        is_https: parts.extensions.get::<IsTls>().is_some() || said("x-forwarded-proto") == Some("https"),
        is_local_name: host(&parts.headers).is_some_and(is_local_name),
        is_forwarded: FORWARDED.iter().any(|name| parts.headers.contains_key(*name)),
    }
}

/// True unless a browser says that another site, or no site, made it do this. What is no browser has no cookies to borrow.
pub fn is_own(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let origin = headers.get(header::ORIGIN).is_none_or(|origin| {
        let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        origin.is_some_and(|(scheme, at)| matches!(scheme, "http" | "https") && host(headers) == Some(at))
    });
    site && origin
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

fn is_local_name(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
}

fn last_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}
