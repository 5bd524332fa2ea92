use crate::support::{Tablet, TestSalon};
use axum::{body::Body, extract::Request, http::Method};
use domain::DeviceScope;
use serde_json::json;

const UNREACHABLE: &str = r#""unreachable""#;

/// H18
#[tokio::test]
async fn another_site_can_make_no_browser_of_ours_act() {
    let salon = TestSalon::open().await;
    let tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let attempts = [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("sec-fetch-site", "none", 403),
        ("origin", "https://evil.example", 403),
        ("origin", "http://salon.lan.evil.example", 403),
        ("origin", "null", 403),
        ("content-type", "text/plain", 415),
        ("content-type", "application/x-www-form-urlencoded", 415),
        ("content-type", "multipart/form-data; boundary=x", 415),
    ];
    for function in ["sync/push", "door/sign-out", "sync/manifest"] {
        for (name, value, status) in attempts {
            let mut request = tablet.request(function).body(Body::from("{}")).unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
            let reply = salon.send("192.0.2.1", request).await;
            assert_eq!(reply.said(), (status, UNREACHABLE), "{function} {name}: {value}");
        }
    }
    let mut own = tablet.request("sync/manifest").body(Body::from("{}")).unwrap();
    own.headers_mut().insert("origin", "http://salon.lan".parse().unwrap());
    own.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
    assert_eq!(salon.send("192.0.2.1", own).await.status, 200);
}

/// H19
#[tokio::test]
async fn no_other_origin_is_ever_told_that_it_may_read() {
    let salon = TestSalon::open().await;
    for origin in ["null", "https://evil.example", "http://sub.salon.lan", "http://salon.lan"] {
        for method in [Method::OPTIONS, Method::POST, Method::GET] {
            let request = Request::builder().method(method).uri("/api/door").header("host", "salon.lan").header("origin", origin);
            let reply = salon.send("192.0.2.1", request.body(Body::from("{}")).unwrap()).await;
            assert!(reply.headers.keys().all(|name| !name.as_str().starts_with("access-control")), "{origin}");
        }
    }
}

/// H40, H46
#[tokio::test]
async fn nothing_of_the_interface_is_kept_and_no_page_is_framed() {
    let salon = TestSalon::open().await;
    let mut tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let replies = [
        tablet.call("sync/manifest", json!({})).await,
        tablet.call("door", json!({})).await,
        tablet.call("no/such", json!({})).await,
        salon.get("/api/hints", "*/*").await,
        salon.get("/api/sync/pull", "text/html").await,
    ];
    for reply in &replies {
        assert_eq!(reply.headers["cache-control"], "no-store");
    }
    for reply in [salon.get("/", "text/html").await, salon.get("/none.js", "*/*").await].iter().chain(&replies) {
        let policy = reply.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
        assert_eq!(reply.headers["cross-origin-opener-policy"], "same-origin");
    }
}

/// H50
#[tokio::test]
async fn what_is_not_there_says_so() {
    let salon = TestSalon::open().await;
    let mut tablet = Tablet::new(&salon);

    assert_eq!(tablet.call("no/such", json!({})).await.said(), (404, UNREACHABLE));
    assert_eq!(salon.get("/api/door", "text/html").await.said(), (405, UNREACHABLE));
    assert_eq!(tablet.call("door/sign-in", json!({ "staff": "nobody" })).await.said(), (400, UNREACHABLE));
    for path in ["/metrics", "/debug", "/pkg/", "/pkg/xinyan.js.map", "/../Cargo.toml", "/%2e%2e/salon.db", "/.git/config"] {
        assert_eq!(salon.get(path, "*/*").await.said(), (404, "404\n"), "{path}");
    }
    for method in ["TRACE", "PUT", "DELETE", "PROPFIND"] {
        for path in ["/", "/api/door"] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            assert_eq!(salon.send("192.0.2.1", request).await.status, 405, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_screen_starts_from_the_same_shell_and_its_parts_are_kept_by_build() {
    let salon = TestSalon::open().await;
    let shell = salon.get("/customers/0190", "text/html,*/*;q=0.8").await;
    let build = shell.text.split("?v=").nth(1).unwrap().split('"').next().unwrap().to_owned();

    assert_eq!(shell.text, salon.get("/", "*/*").await.text);
    assert_eq!(shell.headers["cache-control"], "no-cache");
    let worker = salon.get("/service-worker.js", "*/*").await;
    assert_eq!(worker.text, format!(r#"const BUILD = "{build}";"#));
    assert_eq!(worker.headers["cache-control"], "no-cache");
    let part = salon.get(&format!("/pkg/xinyan.js?v={build}"), "*/*").await;
    assert_eq!(part.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(part.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(salon.get("/pkg/xinyan.js?v=other", "*/*").await.headers["cache-control"], "no-cache");
}

#[tokio::test]
async fn a_store_that_cannot_answer_asks_to_come_back() {
    let salon = TestSalon::open().await;
    let mut tablet = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    salon.house.store.close().await;

    let reply = tablet.call("sync/push", json!({ "push": { "epoch": null, "oldest": 1, "entries": [] } })).await;

    assert_eq!(reply.said(), (503, r#"{"busy":{"retry_after":2}}"#));
    assert_eq!(reply.headers["retry-after"], "2");
}

#[tokio::test]
async fn whoever_watches_the_machine_hears_whether_it_works_and_nothing_else() {
    let salon = TestSalon::open().await;
    let ask = || Request::get("/health").header("host", "salon.lan").body(Body::empty()).unwrap();

    assert_eq!(salon.send("192.0.2.1", ask()).await.said(), (200, "ok\n"));
    salon.house.store.close().await;
    assert_eq!(salon.send("192.0.2.1", ask()).await.said(), (503, "the database does not answer\n"));
}
