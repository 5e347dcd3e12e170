//! Pages 页面: every page of the house drawn from real orders, in both languages, read as a browser reads it; and the
//! headers on every answer, refusals too.

use crate::support::{Client, Reply};
use crate::walk::{ACTORS, Row, Walk, typed};
use axum::body::Body;
use axum::http::Method;
use std::collections::BTreeSet;

/// Exactly this, on every answer.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// What a browser would stumble over.
fn faults(reply: &Reply, lang: &str) -> Vec<String> {
    let html = reply.html();
    let mut found: Vec<String> = html.errors.iter().map(ToString::to_string).collect();
    if reply.attributes("html", "lang") != [lang] {
        found.push(format!("the page does not say that it is in {lang}"));
    }
    let title = reply.texts("title").join("");
    if title.trim_matches([' ', '·', '-']).chars().count() < 3 {
        found.push(format!("the title says nothing: `{title}`"));
    }
    for address in reply.attributes("a[href], link[href]", "href") {
        if address.trim().is_empty() || address.contains("{{") || address.starts_with("javascript")
        {
            found.push(format!("a link leads to `{address}`"));
        }
    }
    for label in reply.attributes("table.stack [data-label]", "data-label") {
        if label.trim().is_empty() {
            found.push("a cell that stands alone on a phone has no name".to_owned());
        }
    }
    found.extend(ids(reply));
    if reply
        .attributes("form[method=post]", "action")
        .contains(&String::new())
    {
        found.push("a form without an address".to_owned());
    }
    let landmarks = reply.texts("main").len();
    if landmarks != 1 {
        found.push(format!("{landmarks} main parts"));
    }
    found
}

/// Every id once, and every name of one leads to it.
fn ids(reply: &Reply) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for id in reply.attributes("[id]", "id") {
        if id.is_empty() || !seen.insert(id.clone()) {
            found.push(format!("the id `{id}` is empty or stands twice"));
        }
    }
    for name in [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
    ] {
        for ids in reply.attributes(&format!("[{name}]"), name) {
            for id in ids.split_whitespace().filter(|id| !seen.contains(*id)) {
                found.push(format!("{name} names `{id}`, which is not there"));
            }
        }
    }
    found
}

/// A file somebody sent us leaves with a stricter policy of its own.
fn is_shut(reply: &Reply) -> bool {
    let policy = reply.header(HEADERS[0].0);
    let is_file = !reply.header("content-disposition").is_empty();
    is_file
        && policy.starts_with("default-src 'none';")
        && policy.contains("frame-ancestors 'none'")
        && !policy.contains("script")
}

fn bad_headers(reply: &Reply) -> Vec<String> {
    let mut found: Vec<String> = HEADERS
        .iter()
        .filter(|(name, value)| {
            reply.header(name) != *value && !(*name == HEADERS[0].0 && is_shut(reply))
        })
        .map(|(name, _)| format!("{name}: `{}`", reply.header(name)))
        .collect();
    if reply.header("cache-control").is_empty() {
        found.push("no cache-control".to_owned());
    }
    if reply.headers.contains_key("server") {
        found.push("says which server it is".to_owned());
    }
    for cookie in reply.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap_or("");
        if !cookie.contains("SameSite=Lax")
            || !cookie.contains("HttpOnly")
            || cookie.contains("Domain")
        {
            found.push(format!("cookie {cookie}"));
        }
    }
    found
}

/// Whom the typed table promises the page: the operator of the order, whose pages are the fullest, or the first actor.
fn who_sees(row: &Row) -> Option<&'static str> {
    let mut seen = ACTORS
        .iter()
        .zip(&row.answers)
        .filter(|(_, answer)| *answer == "200")
        .map(|((actor, login), _)| (*actor, *login));
    let first = seen.clone().next();
    seen.find(|(actor, _)| *actor == "op_own")
        .or(first)
        .map(|(_, login)| login)
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let mut walk = Walk::begin().await;
    let mut wrong = Vec::new();
    for row in typed().iter().filter(|row| row.method == "GET") {
        let url = walk.address(row).await;
        for (lang, other) in [("zh-CN", "en"), ("en", "zh-CN")] {
            walk.w
                .sql(&format!("update person set lang = '{lang}'"))
                .await;
            if let Some(login) = who_sees(row) {
                let client = walk.client(login).await;
                client.set_cookie("gendan-lang", lang);
                let reply = client.get(&url).await;
                let mut found = bad_headers(&reply);
                if reply.header("content-type").starts_with("text/html") {
                    found.extend(faults(&reply, lang));
                    found.extend(foreign_words(&reply, other));
                }
                wrong.extend(
                    found
                        .iter()
                        .map(|fault| format!("{} in {lang}: {fault}", row.path)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Heads of columns and buttons speak the reader's language; names and goods keep theirs.
fn foreign_words(reply: &Reply, other: &str) -> Vec<String> {
    if other == "en" {
        return Vec::new();
    }
    let han = |text: &String| {
        text.chars()
            .any(|sign| ('\u{4E00}'..='\u{9FFF}').contains(&sign))
    };
    reply
        .texts("button, thead th, label, legend")
        .into_iter()
        .filter(|text| han(text) && !text.contains("中文"))
        .map(|text| format!("`{text}` on an English page"))
        .collect()
}

/// Answers that are no page of a desk: refusals of every kind.
async fn refusals(walk: &Walk) -> Vec<(&'static str, Reply)> {
    let operator = walk.client("shen").await;
    let draft = format!("{}/proforma", walk.w.order().await.url());
    let mut replies = vec![
        ("404", operator.get("/no-such-page").await),
        ("404", operator.get("/orders/HY26-9999/proforma").await),
        ("404", operator.get("/static/x/no.js").await),
        ("403", operator.post_raw(&draft, []).await),
        ("422", operator.post(&draft, [("colour", "blue")]).await),
        ("303", walk.w.stranger().get("/approvals").await),
        ("403", walk.client("admin").await.get("/approvals").await),
    ];
    for method in [Method::DELETE, Method::TRACE] {
        let request = operator.request(method, "/approvals", Body::empty());
        replies.push(("405", operator.send(request).await));
    }
    let large = format!("title={}", "a".repeat(3 << 20)).into_bytes();
    for (status, kind, body) in [
        ("413", "application/x-www-form-urlencoded", large),
        ("415", "text/csv", b"a,b".to_vec()),
        (
            "400",
            "application/x-www-form-urlencoded",
            vec![b'a', b'=', 0xFF],
        ),
    ] {
        let mut request = operator.form("/language", []);
        request
            .headers_mut()
            .insert("content-type", kind.parse().unwrap());
        *request.body_mut() = Body::from(body);
        replies.push((status, operator.send(request).await));
    }
    replies
}

#[tokio::test]
async fn refusals_are_whole_pages_with_every_header() {
    let walk = Walk::begin().await;
    let mut wrong = Vec::new();
    for (expected, reply) in refusals(&walk).await {
        let mut found = bad_headers(&reply);
        if reply.status.to_string() != expected {
            found.push(format!("{} came", reply.status));
        }
        if expected != "303" {
            found.extend(faults(&reply, "zh-CN"));
        }
        wrong.extend(found.iter().map(|fault| format!("{expected}: {fault}")));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[tokio::test]
async fn only_what_may_be_kept_is_kept() {
    let walk = Walk::begin().await;
    let operator = walk.client("shen").await;
    let order = walk.w.order().await;
    let kept = |reply: Reply| reply.header("cache-control").to_owned();
    let page = format!("{}/proforma", order.url());
    assert_eq!(kept(operator.get(&page).await), "private, no-cache");
    assert_eq!(kept(walk.w.stranger().get("/sign-in").await), "no-store");
    assert_eq!(kept(operator.get("/no-such-page").await), "no-store");
    let asset = gendan::web::assets::url("js/app.js");
    let forever = if cfg!(debug_assertions) {
        "no-cache"
    } else {
        "immutable"
    };
    assert!(kept(operator.get(&asset).await).contains(forever));
    let left = operator.post("/sign-out", []).await.leads_to("/sign-in");
    assert_eq!(left.header("clear-site-data"), "\"cache\"");
}

#[tokio::test]
async fn an_address_answers_head_as_it_answers_get() {
    let walk = Walk::begin().await;
    let client: Client = walk.client("shen").await;
    let reply = client
        .send(client.request(Method::HEAD, "/approvals", Body::empty()))
        .await
        .is(200);
    assert!(reply.body.is_empty());
}
