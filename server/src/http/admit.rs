//! What a request must be before anybody looks at what it says: ours, JSON, small, shallow, and here in time.

use super::origin::is_own;
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use std::time::Duration;
use sync::ApiFault;

const MOST: usize = 64 * 1024;
const MOST_TO_HAND_IN: usize = 512 * 1024;
const HERE_WITHIN: Duration = Duration::from_secs(30);
const DEEPEST: usize = 32;

pub type Refused = (StatusCode, ApiFault);

pub async fn admit(parts: &Parts, body: Body) -> Result<Bytes, Refused> {
    if parts.method != Method::POST {
        return Err((StatusCode::METHOD_NOT_ALLOWED, ApiFault::Unreachable));
    }
    if !is_own(&parts.headers) {
        return Err((StatusCode::FORBIDDEN, ApiFault::Unreachable));
    }
    if !is_json(&parts.headers) || parts.headers.contains_key(header::CONTENT_ENCODING) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, ApiFault::Unreachable));
    }
    let most = if parts.uri.path() == "/api/sync/push" { MOST_TO_HAND_IN } else { MOST };
    if announced(&parts.headers).is_some_and(|length| length > most) {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, ApiFault::TooMuch));
    }
    let bytes = match tokio::time::timeout(HERE_WITHIN, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => bytes,
        // Too large, or broken off; then nobody is there to read it.
        Ok(Err(_)) => return Err((StatusCode::PAYLOAD_TOO_LARGE, ApiFault::TooMuch)),
        Err(_) => return Err((StatusCode::REQUEST_TIMEOUT, ApiFault::Unreachable)),
    };
    match is_shallow(&bytes) {
        true => Ok(bytes),
        false => Err((StatusCode::BAD_REQUEST, ApiFault::Unreachable)),
    }
}

/// Said beforehand; what is not, or not truly, is counted as it comes.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A form of another site can't say this without asking first, and is never answered that it may.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// No reading yet: brackets are counted, those inside strings are not.
fn is_shallow(json: &[u8]) -> bool {
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b'[' | b'{' if !is_quoted => depth += 1,
            b']' | b'}' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_shallow;

    #[test]
    fn brackets_in_words_are_words() {
        assert!(is_shallow(format!(r#"{{"note":"{}\"{}"}}"#, "[".repeat(99), "{".repeat(99)).as_bytes()));
        assert!(!is_shallow("[".repeat(33).as_bytes()));
    }
}
