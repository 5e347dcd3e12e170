//! Foreign forms (P2, P21): without our token, without a key or from another site nothing happens; and reading never writes.

use crate::support::{Client, Form, World, fresh_key, token};
use crate::walk::{ACTORS, Row, Walk, typed};
use axum::body::Body;
use axum::http::{Method, Request};

fn who(row: &Row) -> &'static str {
    let at = row
        .answers
        .iter()
        .position(|answer| matches!(answer.as_str(), "ok" | "303"));
    at.map_or("", |at| ACTORS[at].1)
}

/// The same form as five strangers would send it.
fn foreign(client: &Client, url: &str) -> Vec<(&'static str, Request<Body>)> {
    let form = |csrf: &str| Form::from([("csrf", csrf)]).with("key", fresh_key());
    let ours = token(&client.secret());
    let mut cross_site = client.form(url, form(&ours));
    cross_site
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    let mut same_site = client.form(url, form(&ours));
    same_site
        .headers_mut()
        .insert("sec-fetch-site", "same-site".parse().unwrap());
    let mut origin = client.form(url, form(&ours));
    origin.headers_mut().remove("sec-fetch-site");
    origin
        .headers_mut()
        .insert("origin", "https://evil.example".parse().unwrap());
    let mut silent = client.form(url, form(&ours));
    silent.headers_mut().remove("sec-fetch-site");
    vec![
        (
            "no token",
            client.form(url, Form::default().with("key", fresh_key())),
        ),
        ("an empty token", client.form(url, form(""))),
        (
            "another session's token",
            client.form(url, form(&token("session-of-lu"))),
        ),
        ("another site", cross_site),
        ("a sister site", same_site),
        ("another origin", origin),
        ("no origin", silent),
    ]
}

#[tokio::test]
async fn no_form_from_elsewhere_changes_anything() {
    let mut walk = Walk::begin().await;
    let mut wrong = Vec::new();
    let mut rows = typed();
    rows.retain(|row| row.method == "POST");
    for row in rows {
        let url = walk.address(&row).await;
        let client = walk.client(who(&row)).await;
        if client.secret().is_empty() {
            client.get("/sign-in").await;
        }
        let before = walk.w.everything().await;
        for (what, request) in foreign(&client, &url) {
            let reply = client.send(request).await;
            if reply.status != 403 {
                wrong.push(format!("{} with {what}: {}", row.path, reply.status));
            }
        }
        assert_eq!(walk.w.everything().await, before, "{}", row.path);
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Choosing a language is no act: sent twice it is the same choice.
const WITHOUT_KEY: [&str; 1] = ["/language"];

#[tokio::test]
async fn a_form_that_does_not_say_which_act_is_meant_is_refused_everywhere() {
    let mut walk = Walk::begin().await;
    let mut wrong = Vec::new();
    let mut rows = typed();
    rows.retain(|row| row.method == "POST" && !WITHOUT_KEY.contains(&row.path.as_str()));
    for row in rows {
        let url = walk.address(&row).await;
        let client = walk.client(who(&row)).await;
        if client.secret().is_empty() {
            client.get("/sign-in").await;
        }
        let before = walk.w.everything().await;
        let form = Form::from([("csrf", token(&client.secret()).as_str()), ("rev", "1")]);
        let no_key = form.clone().with("key", "seven");
        for form in [form, no_key] {
            let reply = client.post_raw(&url, form).await;
            if reply.status != 400 {
                wrong.push(format!("{}: {}", row.path, reply.status));
            }
        }
        assert_eq!(walk.w.everything().await, before, "{}", row.path);
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[tokio::test]
async fn reading_changes_nothing() {
    let mut walk = Walk::begin().await;
    let mut rows = typed();
    rows.retain(|row| row.method == "GET");
    let mut urls = Vec::new();
    for row in &rows {
        urls.push(walk.address(row).await);
    }
    let mut clients = Vec::new();
    for (_, login) in ACTORS {
        clients.push(walk.client(login).await);
    }
    let before = walk.w.everything().await;
    for url in &urls {
        for client in &clients {
            client.get(url).await;
            client
                .send(client.request(Method::HEAD, url, Body::empty()))
                .await;
        }
    }
    assert_eq!(walk.w.everything().await, before);
}

#[tokio::test]
async fn a_browser_that_tells_only_its_origin_is_believed_when_it_is_ours() {
    let w = World::new().await;
    let order = w.order().await;
    let client = w.as_("shen").await;
    let form = Form::from([("csrf", token(&client.secret()).as_str())]).with("key", fresh_key());
    let mut request = client.form(&format!("{}/proforma", order.url()), form);
    request.headers_mut().remove("sec-fetch-site");
    request
        .headers_mut()
        .insert("origin", "http://127.0.0.1:8026".parse().unwrap());
    client.send(request).await.is(303);
}

#[tokio::test]
async fn what_is_too_large_is_told_the_limit_of_its_own_door() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    let form = Form::from([("reason", "a".repeat(3 << 20).as_str())]);
    let page = shen
        .post(&format!("{}/hold", order.url()), form)
        .await
        .is(413);
    assert!(page.has("2 MB") && !page.has("20 MB"));
    let file = ("file", "large.pdf", &vec![b'a'; 22 << 20][..]);
    let typed = [("kind", "photo"), ("audience", "internal")];
    let url = format!("{}/documents", order.url());
    let page = shen.upload(&url, typed, file).await.is(413);
    assert!(page.has("20 MB"));
}
