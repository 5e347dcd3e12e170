//! Headers where they are easily forgotten (P26, P27): behind https on every answer, and on the page of a broken request.

use crate::support::{Client, World};
use crate::walk::{ACTORS, Walk, typed};
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use gendan::app;
use gendan::web::headers::CONTENT_POLICY;
use gendan::web::serve::Halt;
use gendan::web::{Door, Routes};
use std::sync::Arc;
use tokio::sync::watch;

const STRICT: &str = "strict-transport-security";

/// The same house behind a proxy that does https.
fn behind_tls(w: &World, client: &Client) -> Client {
    let mut house = w.app.clone();
    let mut config = (*house.config).clone();
    config.base_url = "https://gendan.example.com".to_owned();
    config.behind_tls = true;
    house.config = Arc::new(config);
    let (_halt, told) = watch::channel(Halt::No);
    client.at(&app::router(&house, told))
}

#[tokio::test]
async fn behind_https_every_answer_asks_for_https_and_the_cookie_keeps_to_it() {
    let w = World::new().await;
    let order = w.order().await;
    let plain = w.as_("shen").await;
    let secure = behind_tls(&w, &plain);
    secure.set_cookie("__Host-gendan", &plain.secret());
    let asset = gendan::web::assets::url("js/app.js");
    for url in [
        order.url().as_str(),
        "/approvals",
        "/sign-in",
        "/no-such-page",
        asset.as_str(),
        "/users",
    ] {
        let told = secure.get(url).await.header(STRICT).to_owned();
        assert!(told.starts_with("max-age=31536000"), "{url}: `{told}`");
        assert_eq!(plain.get(url).await.header(STRICT), "", "{url}");
    }
    let refused = secure
        .send(secure.request(Method::DELETE, "/approvals", Body::empty()))
        .await;
    assert!(!refused.header(STRICT).is_empty());
    let stranger = behind_tls(&w, &w.stranger());
    let cookie = stranger
        .get("/sign-in")
        .await
        .header("set-cookie")
        .to_owned();
    assert!(
        cookie.starts_with("__Host-") && cookie.contains("Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn a_broken_request_is_a_whole_page_that_tells_its_number_and_nothing_else() {
    let w = World::new().await;
    let order = w.order().await;
    let client = w.as_("shen").await;
    w.sql("alter table order_line rename to gone").await;
    for (lang, words) in [("zh-CN", "编号"), ("en", "Reference")] {
        w.sql(&format!("update person set lang = '{lang}'")).await;
        client.set_cookie("gendan-lang", lang);
        let reply = client.get(&format!("{}/edit", order.url())).await.is(500);
        assert_eq!(reply.header("content-security-policy"), CONTENT_POLICY);
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.attributes("html", "lang"), [lang]);
        assert!(
            reply.texts("main").join(" ").contains(words),
            "{}",
            reply.text()
        );
        assert!(
            !reply.has("order_line") && !reply.has("relation"),
            "{}",
            reply.text()
        );
    }
    client.get("/approvals").await.is(200);
}

/// What stands on an answer that no page could be drawn for.
fn bare(headers: &HeaderMap, behind_tls: bool, what: &str) {
    let told = |name: &str| {
        headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    };
    assert_eq!(told("content-security-policy"), CONTENT_POLICY, "{what}");
    assert_eq!(told("cache-control"), "no-store", "{what}");
    assert_eq!(told("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(told("referrer-policy"), "same-origin", "{what}");
    assert_eq!(told("cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(!told("permissions-policy").is_empty(), "{what}");
    assert_eq!(told(STRICT).is_empty(), !behind_tls, "{what}");
}

#[test]
fn what_is_refused_before_any_page_carries_the_same_headers() {
    for status in [405, 408, 413, 414, 431, 500, 503] {
        for behind_tls in [false, true] {
            let status = StatusCode::from_u16(status).unwrap();
            let reply = app::refusal(status, &HeaderMap::new(), behind_tls);
            assert_eq!(reply.status(), status);
            bare(reply.headers(), behind_tls, status.as_str());
        }
    }
}

async fn panics() -> &'static str {
    panic!("a handler that panics, as this test wants it")
}

#[tokio::test]
async fn a_handler_that_panics_is_a_500_with_the_same_headers() {
    let w = World::new().await;
    for behind_tls in [false, true] {
        let mut house = w.app.clone();
        let mut config = (*house.config).clone();
        config.behind_tls = behind_tls;
        house.config = Arc::new(config);
        let (_halt, told) = watch::channel(Halt::No);
        let routes = Routes::new().get("/panics", Door::Open, panics);
        let client = w.stranger().at(&app::around(routes, &house, told));
        let reply = client.get("/panics").await.is(500);
        bare(&reply.headers, behind_tls, "a panic");
        assert!(!reply.has("as this test wants it"), "{}", reply.text());
    }
}

/// First parts of addresses behind which are who may come in, people, money and accounts.
const FIRST: [&str; 18] = [
    "sign-in",
    "set-up",
    "password",
    "me",
    "users",
    "users.xlsx",
    "departments",
    "audit",
    "audit.xlsx",
    "finance",
    "receipts",
    "payables",
    "payees",
    "hand-overs",
    "verifications",
    "rebates",
    "credits",
    "presentations",
];

/// The same below an order, and its files.
const OF_ORDER: [&str; 9] = [
    "finance",
    "profit",
    "profit.xlsx",
    "payments",
    "hand-overs",
    "verifications",
    "rebates",
    "credit",
    "files",
];

/// Pages that must be gone from the browser with the session: who may come in, people, money, accounts, files.
fn never_kept(path: &str) -> bool {
    // A workbook is a file like any other.
    let is_book = path
        .rsplit_once('.')
        .is_some_and(|(_, kind)| kind == "xlsx");
    if is_book || path.ends_with("/workbook") || path == "/catalog/{list}" {
        return true;
    }
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts[..] {
        ["company", second, ..] => second.starts_with("accounts"),
        ["orders", "{number}", third, ..] => OF_ORDER.contains(&third) || third == "dossier.zip",
        ["products", _, "picture"] => true,
        [first, ..] => FIRST.contains(&first.trim_end_matches(".xlsx")) || FIRST.contains(&first),
        [] => false,
    }
}

#[tokio::test]
async fn what_must_be_gone_with_the_session_is_never_kept() {
    let mut walk = Walk::begin().await;
    let mut rows = typed();
    rows.retain(|row| row.method == "GET" && !row.path.starts_with("/static/"));
    let (mut wrong, mut kept, mut never) = (Vec::new(), 0, 0);
    for row in rows {
        let Some(at) = row.answers.iter().position(|answer| answer == "200") else {
            continue;
        };
        let url = walk.address(&row).await;
        let client = walk.client(ACTORS[at].1).await;
        let reply = client.get(&url).await;
        if reply.status != 200 {
            continue;
        }
        let expected = if never_kept(&row.path) {
            never += 1;
            "no-store"
        } else {
            kept += 1;
            "private, no-cache"
        };
        let told = reply.header("cache-control");
        if told != expected {
            wrong.push(format!("{}: {expected} expected, {told} came", row.path));
        }
        // A file has a policy of its own, stricter or for the viewer of a PDF.
        let policy = reply.header("content-security-policy");
        let page = reply.header("content-type").starts_with("text/html");
        let own = ["script-src 'self'", "style-src 'self'", "base-uri 'none'"];
        let strict = own.iter().all(|part| policy.contains(part)) && !policy.contains("unsafe");
        if page && !strict || policy.is_empty() {
            wrong.push(format!("{}: {policy}", row.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    assert!(kept > 100 && never > 60, "{kept} kept, {never} never");
}
