//! Headers where they are easily forgotten (P26, P27): behind https on every answer, and on the page of a broken request.

use crate::support::{Client, World};
use axum::body::Body;
use axum::http::Method;
use gendan::app;
use gendan::web::headers::CONTENT_POLICY;
use gendan::web::serve::Halt;
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
