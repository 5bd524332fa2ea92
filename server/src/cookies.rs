//! The two cookies: which device this is, and which session. Neither can be read by scripts, nor leaves for another site.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

#[derive(Clone, Copy)]
pub enum Jar {
    Device,
    Session,
}

impl Jar {
    const fn name(self) -> &'static str {
        match self {
            Self::Device => "xinyan_device",
            Self::Session => "xinyan_session",
        }
    }

    const fn seconds(self) -> u32 {
        match self {
            Self::Device => 365 * 24 * 3600,
            Self::Session => 16 * 3600,
        }
    }

    /// What the browser sent under this name, if it looks like something given out here.
    pub fn read(self, headers: &HeaderMap) -> Option<String> {
        let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
        let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(name, _)| *name == self.name());
        let (_, token) = found.next()?;
        (token.len() == 64 && token.bytes().all(|c| c.is_ascii_hexdigit())).then(|| token.to_owned())
    }

    pub fn set(self, token: &str, is_https: bool) -> Option<HeaderValue> {
        self.header(token, self.seconds(), is_https)
    }

    pub fn empty(self, is_https: bool) -> Option<HeaderValue> {
        self.header("", 0, is_https)
    }

    fn header(self, value: &str, seconds: u32, is_https: bool) -> Option<HeaderValue> {
        let secure = if is_https { "; Secure" } else { "" };
        let line = format!("{}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Strict{secure}", self.name());
        HeaderValue::from_str(&line).ok()
    }
}
