//! Signing in (P18, P20, P22): guessing is slow, a planted session is never taken over, the first start has a code.

use crate::support::{Client, Form, Reply, World};
use gendan::app;

const PASSWORD: &str = "four boats left at dawn";

/// A password set through the one-time link, as people do.
async fn with_password(w: &World, login: &str) {
    let said = app::reset_user(&w.app, &format!("{login}@hanyu.example"))
        .await
        .unwrap();
    let path = said
        .split("127.0.0.1:8026")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    let browser = w.stranger();
    browser.get(path).await.is(200);
    browser
        .post(path, [("password", PASSWORD), ("again", PASSWORD)])
        .await
        .leads_to("/sign-in");
    browser.get(path).await.is(404);
}

async fn sign_in(client: &Client, login: &str, password: &str) -> Reply {
    if client.secret().is_empty() {
        client.get("/sign-in").await;
    }
    let form = Form::from([("password", password)]).with("email", format!("{login}@hanyu.example"));
    client.post("/sign-in", form).await
}

#[tokio::test]
async fn a_password_opens_a_session_under_a_new_secret_that_is_kept_as_a_hash() {
    let w = World::new().await;
    with_password(&w, "shen").await;
    let client = w.stranger();
    client.set_secret("planted-by-somebody-else");
    let planted = client.at(&w.router);
    let reply = sign_in(&client, "shen", PASSWORD).await.leads_to("/");
    let fresh = client.secret();
    assert!(fresh.len() >= 43 && fresh != "planted-by-somebody-else");
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/")
    );
    client.get("/approvals").await.is(200);
    planted.get("/approvals").await.is(303);
    let held: i64 = w
        .count(&format!("session where token_hash = sha256('{fresh}')"))
        .await;
    assert_eq!(held, 1);
    assert!(!w.everything().await.join(" ").contains(&fresh));
}

#[tokio::test]
async fn signing_in_again_ends_the_session_it_came_with() {
    let w = World::new().await;
    with_password(&w, "shen").await;
    let client = w.as_("lu").await;
    let old = client.at(&w.router);
    sign_in(&client, "shen", PASSWORD).await.is(303);
    old.get("/approvals").await.is(303);
}

#[tokio::test]
async fn a_new_password_opens_a_new_session_and_ends_every_other() {
    let w = World::new().await;
    with_password(&w, "shen").await;
    let (here, phone) = (w.stranger(), w.stranger());
    sign_in(&here, "shen", PASSWORD).await.leads_to("/");
    sign_in(&phone, "shen", PASSWORD).await.leads_to("/");
    let old = here.at(&w.router);
    let form = here.get("/me").await.is(200).form("/me/password");
    let new = "the tide turned twice today";
    let form = form
        .with("current", PASSWORD)
        .with("password", new)
        .with("again", new);
    here.post("/me/password", form).await.is(303);
    here.get("/approvals").await.is(200);
    assert_ne!(here.secret(), old.secret());
    old.get("/approvals").await.is(303);
    phone.get("/approvals").await.is(303);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_look_the_same() {
    let w = World::new().await;
    with_password(&w, "shen").await;
    let told = |reply: Reply| reply.texts("main").join(" ");
    let wrong = sign_in(&w.stranger(), "shen", "not her password at all")
        .await
        .is(422);
    let nobody = sign_in(&w.stranger(), "nobody", "not her password at all")
        .await
        .is(422);
    w.sql("update person set status = 'disabled' where email like 'shen@%'")
        .await;
    w.turn_to("2026-11-23T10:00:00+08:00");
    let disabled = sign_in(&w.stranger(), "shen", PASSWORD).await.is(422);
    let words = told(wrong);
    assert_eq!(words, told(nobody));
    assert_eq!(words, told(disabled));
}

#[tokio::test]
async fn guessing_becomes_slow_and_never_locks_the_owner_out_for_good() {
    let w = World::new().await;
    with_password(&w, "shen").await;
    let (_second, router) = w.replica().await;
    let mut second = 0_u32;
    let mut guess = async |wait: u32| {
        second += wait;
        w.turn_to(&format!(
            "2026-11-23T09:{:02}:{:02}+08:00",
            second / 60,
            second % 60
        ));
        let there = u8::try_from(second % 200).unwrap();
        let client = w.stranger().seen_from([10, 0, 0, there]).at(&router);
        sign_in(&client, "shen", "not her password at all")
            .await
            .status
    };
    // One second after each of the first two, three after each of the next.
    for (wait, status) in [
        (0, 422),
        (0, 429),
        (1, 422),
        (1, 422),
        (1, 429),
        (2, 422),
        (2, 429),
        (1, 422),
    ] {
        assert_eq!(guess(wait).await, status, "after {wait} s");
    }
    w.sql("update sign_in_failure set failures = 99 where subject like 'account:shen%'")
        .await;
    w.turn_to("2026-11-23T09:30:00+08:00");
    let owner = w.stranger().seen_from([192, 168, 1, 9]);
    sign_in(&owner, "shen", PASSWORD).await.leads_to("/");
    assert_eq!(
        w.count("sign_in_failure where subject like 'account:shen%'")
            .await,
        0
    );
}

#[tokio::test]
async fn one_address_has_ten_wrong_tries_a_minute() {
    let w = World::new().await;
    for turn in 0..10 {
        let client = w.stranger().seen_from([10, 9, 9, 9]);
        sign_in(&client, &format!("guess{turn}"), "a password of no one")
            .await
            .is(422);
    }
    let blocked = w.stranger().seen_from([10, 9, 9, 9]);
    sign_in(&blocked, "guess11", "a password of no one")
        .await
        .is(429);
    let elsewhere = w.stranger().seen_from([10, 9, 9, 8]);
    sign_in(&elsewhere, "guess12", "a password of no one")
        .await
        .is(422);
    w.turn_to("2026-11-23T09:01:01+08:00");
    sign_in(&blocked, "guess13", "a password of no one")
        .await
        .is(422);
}

#[tokio::test]
async fn after_signing_in_one_goes_on_but_never_to_another_site() {
    let w = World::new().await;
    with_password(&w, "shen").await;
    for (next, led) in [
        ("/approvals?tab=sent", "/approvals?tab=sent"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
    ] {
        let client = w.stranger();
        client.get("/sign-in").await;
        let form = [
            ("email", "Shen@hanyu.example"),
            ("password", PASSWORD),
            ("next", next),
        ];
        client.post("/sign-in", form).await.leads_to(led);
    }
}

#[tokio::test]
async fn the_first_start_gives_a_code_and_the_door_closes_behind_it() {
    let w = World::new().await;
    w.sql("delete from person where email like 'admin@%'").await;
    let browser = w.stranger();
    browser.get("/sign-in").await.leads_to("/set-up");
    let said = app::greeting(&w.app).await.unwrap().join(" ");
    let code = said.split("the code ").nth(1).unwrap().to_owned();
    assert_eq!(w.count("one_time_link where purpose = 'set_up'").await, 1);
    browser.get("/set-up").await.is(200);
    let form = Form::from([
        ("company_zh", "宁波甬川"),
        ("company_en", "Yongchuan"),
        ("name_zh", "王一"),
        ("name_en", "Wang Yi"),
        ("email", "wang@yongchuan.example"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ]);
    browser
        .post("/set-up", form.clone().with("code", "AAAA-BBBB-CCCC-DDDD"))
        .await
        .is(422);
    browser
        .post("/set-up", form.clone().with("code", code.clone()))
        .await
        .leads_to("/sign-in");
    browser.get("/set-up").await.is(404);
    browser
        .post("/set-up", form.with("code", code))
        .await
        .is(404);
    assert_eq!(w.count("person where 'admin' = any(roles)").await, 1);
}

#[tokio::test]
async fn the_last_administrator_cannot_be_taken_away() {
    let w = World::new().await;
    assert!(
        app::disable_user(&w.app, "admin@hanyu.example")
            .await
            .is_err()
    );
    assert_eq!(
        w.count("person where status = 'active' and 'admin' = any(roles)")
            .await,
        1
    );
    w.sql("update person set roles = roles || '{admin}' where email like 'gu@%'")
        .await;
    app::disable_user(&w.app, "admin@hanyu.example")
        .await
        .unwrap();
}
