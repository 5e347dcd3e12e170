//! People as the administrator looks after them (P13, P16, P18): invited, given and losing roles, let in no more, stood in
//! for; each through its page, each with its event, each at work with the next click.

use crate::support::{Client, Form, Reply, World, id};
use gendan::proforma::Stage;

const PASSWORD: &str = "four boats left at dawn";

fn page_of(login: &str) -> String {
    format!("/users/{}", id(login))
}

/// The one-time link on the page, without the house it leads to.
fn link(reply: &Reply) -> String {
    let links = reply.attributes("#one-time-link", "value");
    let path = links[0].split("127.0.0.1:8026").nth(1);
    path.unwrap().to_owned()
}

async fn invited(w: &World, admin: &Client) -> Reply {
    let form = admin.get("/users/new").await.is(200).form("/users");
    let form = form
        .with("name_zh", "苏雨")
        .with("name_en", "Su Yu")
        .with("email", "Su@Hanyu.example")
        .with("department", id("eu").to_string())
        .with("role_order_operator", "yes");
    assert_eq!(w.count("person where email = 'su@hanyu.example'").await, 0);
    admin.post("/users", form).await
}

async fn with_password(client: &Client, path: &str) {
    client.get(path).await.is(200);
    client
        .post(path, [("password", PASSWORD), ("again", PASSWORD)])
        .await
        .leads_to("/sign-in");
}

async fn sign_in(w: &World, login: &str) -> (Client, Reply) {
    let client = w.stranger();
    client.get("/sign-in").await.is(200);
    let form = Form::from([("password", PASSWORD)]).with("email", format!("{login}@hanyu.example"));
    let reply = client.post("/sign-in", form).await;
    (client, reply)
}

/// Kinds of what happened to a colleague, in their order.
async fn happened(w: &World, person: &str) -> Vec<String> {
    let stream = format!("select kind from event where stream = 'person:{person}' order by seq");
    w.ask_all(&stream).await
}

#[tokio::test]
async fn an_invitation_shows_its_link_once_and_lets_her_in() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let reply = invited(&w, &admin).await.is(200);
    let path = link(&reply);
    let su: uuid::Uuid = w
        .ask("select id from person where email = 'su@hanyu.example' and status = 'invited'")
        .await;
    let roles: String = w
        .ask(&format!(
            "select payload ->> 'roles' from event where stream = 'person:{su}' and person = '{}'",
            id("admin")
        ))
        .await;
    assert_eq!(roles, r#"["order_operator"]"#);
    let token = path.rsplit('/').next().unwrap();
    assert!(!w.everything().await.join(" ").contains(token));
    let again = admin.get(&format!("/users/{su}")).await.is(200);
    assert!(!again.has(token), "the link is shown this one time");
    // Nobody is let in before she has chosen a password.
    sign_in(&w, "su").await.1.is(422);
    let browser = w.stranger();
    with_password(&browser, &path).await;
    browser.get(&path).await.is(404);
    // The try above makes the next one wait.
    w.turn_to("2026-11-23T09:01:00+08:00");
    let (client, reply) = sign_in(&w, "su").await;
    reply.leads_to("/");
    client.get("/orders").await.is(200);
    client.get("/users").await.is(403);
    assert_eq!(
        happened(&w, &su.to_string()).await,
        ["person_invited", "password_set"]
    );
}

#[tokio::test]
async fn an_address_that_somebody_has_is_said_at_its_field_and_what_was_typed_stays() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let form = admin.get("/users/new").await.form("/users");
    let form = form
        .with("name_zh", "苏雨")
        .with("name_en", "Su Yu")
        .with("email", "SHEN@hanyu.example")
        .with("role_finance", "yes");
    let before = w.everything().await;
    let reply = admin.post("/users", form).await.is(422);
    let typed = reply.form("/users").0;
    for pair in [("name_zh", "苏雨"), ("role_finance", "yes")] {
        let pair = (pair.0.to_owned(), pair.1.to_owned());
        assert!(typed.contains(&pair), "{pair:?} in {typed:?}");
    }
    assert!(reply.attributes("[name=email]", "aria-invalid") == ["true"]);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn a_link_is_good_for_seven_days_and_dead_when_a_newer_one_is_made() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let first = link(&invited(&w, &admin).await.is(200));
    let browser = w.stranger();
    w.turn_to("2026-11-30T08:59:59+08:00");
    browser.get(&first).await.is(200);
    w.turn_to("2026-11-30T09:00:00+08:00");
    browser.get(&first).await.is(404);
    let form = [("password", PASSWORD), ("again", PASSWORD)];
    browser.post(&first, form).await.is(404);
    assert_eq!(w.count("person where password_hash is null").await, 1);
    let su: uuid::Uuid = w
        .ask("select id from person where status = 'invited'")
        .await;
    let admin = w.as_("admin").await;
    let reset = format!("/users/{su}/reset");
    let second = link(&admin.post(&reset, []).await.is(200));
    let third = link(&admin.post(&reset, []).await.is(200));
    browser.get(&second).await.is(404);
    with_password(&browser, &third).await;
}

#[tokio::test]
async fn a_role_given_is_an_event_ends_her_sessions_and_holds_with_the_next_sign_in() {
    let w = World::new().await;
    let (admin, zhou) = (w.as_("admin").await, w.as_("zhou").await);
    zhou.get("/receipts/new").await.is(403);
    let url = page_of("zhou");
    let form = admin.get(&url).await.is(200).form(&url);
    admin
        .post(&url, form.with("role_finance", "yes"))
        .await
        .leads_to(&url);
    zhou.get("/approvals").await.is(303);
    w.as_("zhou").await.get("/receipts/new").await.is(200);
    let change: String = w
        .ask(&format!(
            "select payload #>> '{{changes,0}}' from event where stream = 'person:{}' and person = '{}'
             and kind = 'person_changed'",
            id("zhou"),
            id("admin")
        ))
        .await;
    for words in [r#""field": "roles""#, "salesperson", "finance"] {
        assert!(change.contains(words), "{words} in {change}");
    }
    let told = admin.get(&url).await.texts("#history td").join(" ");
    assert!(
        told.contains("业务员、财务") && told.contains("系统管理员"),
        "{told}"
    );
    // A name changed ends nothing.
    let zhou = w.as_("zhou").await;
    let form = admin.get(&url).await.form(&url);
    admin
        .post(&url, form.with("name_en", "Zhou Lan-Lan"))
        .await
        .is(303);
    zhou.get("/approvals").await.is(200);
}

#[tokio::test]
async fn an_administrator_who_changes_her_own_roles_goes_on_under_a_new_secret() {
    let w = World::new().await;
    w.sql("update person set roles = roles || '{admin}' where email like 'gu@%'")
        .await;
    let here = w.as_("gu").await;
    let old = here.at(&w.router);
    let url = page_of("gu");
    let form = here.get(&url).await.is(200).form(&url);
    here.post(&url, form.with("role_finance", "yes"))
        .await
        .leads_to(&url);
    assert_ne!(here.secret(), old.secret());
    here.get("/receipts").await.is(200);
    old.get("/receipts").await.is(303);
}

#[tokio::test]
async fn the_last_administrator_keeps_her_role_and_is_not_let_out() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let url = page_of("admin");
    let mut form = admin
        .get(&url)
        .await
        .is(200)
        .form(&url)
        .with("role_finance", "yes");
    form.0.retain(|(name, _)| name != "role_admin");
    let before = w.everything().await;
    let reply = admin.post(&url, form.clone()).await.is(422);
    assert!(reply.has("最后一位"), "{}", reply.texts("main").join(" "));
    let typed = reply.form(&url).0;
    assert!(typed.contains(&("role_finance".to_owned(), "yes".to_owned())));
    let reply = admin.post(&format!("{url}/disabled"), []).await.is(409);
    assert!(reply.has("最后一位"));
    assert_eq!(w.everything().await, before);
    // With a second one the first may go.
    w.sql("update person set roles = roles || '{admin}' where email like 'fang@%'")
        .await;
    admin.post(&url, form).await.leads_to("/me");
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once_everywhere_and_comes_back_as_she_was() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let url = page_of("fang");
    let path = link(&admin.post(&format!("{url}/reset"), []).await.is(200));
    with_password(&w.stranger(), &path).await;
    let (here, reply) = sign_in(&w, "fang").await;
    reply.leads_to("/");
    let (_second, router) = w.replica().await;
    let there = here.at(&router);
    there.get("/receipts").await.is(200);
    let unused = link(&admin.post(&format!("{url}/reset"), []).await.is(200));
    with_password(&w.stranger(), &unused).await;
    let (here, _) = sign_in(&w, "fang").await;
    let there = here.at(&router);
    there.get("/receipts").await.is(200);
    admin
        .post(&format!("{url}/disabled"), [])
        .await
        .leads_to(&url);
    here.get("/receipts").await.is(303);
    there.get("/receipts").await.is(303);
    sign_in(&w, "fang").await.1.is(422);
    admin.post(&format!("{url}/disabled"), []).await.is(409);
    admin.post(&format!("{url}/reset"), []).await.is(409);
    admin
        .post(&format!("{url}/enabled"), [])
        .await
        .leads_to(&url);
    // The failure above makes the next try wait.
    w.turn_to("2026-11-23T09:01:00+08:00");
    sign_in(&w, "fang").await.1.leads_to("/");
    let all = happened(&w, &id("fang").to_string()).await;
    assert_eq!(all[all.len() - 2..], ["person_disabled", "person_enabled"]);
}

#[tokio::test]
async fn who_keeps_open_orders_stays_until_they_are_in_other_hands() {
    let w = World::new().await;
    w.order().await;
    let admin = w.as_("admin").await;
    let url = page_of("shen");
    let before = w.everything().await;
    let reply = admin.post(&format!("{url}/disabled"), []).await.is(409);
    assert!(reply.has("先改派"), "{}", reply.texts("main").join(" "));
    let mut form = admin.get(&url).await.form(&url).with("role_finance", "yes");
    form.0.retain(|(name, _)| name != "role_order_operator");
    admin.post(&url, form.clone()).await.is(422);
    assert_eq!(w.everything().await, before);
    w.sql(&format!(
        "update export_order set operator = '{}'",
        id("tang")
    ))
    .await;
    admin.post(&url, form).await.leads_to(&url);
    admin
        .post(&format!("{url}/disabled"), [])
        .await
        .leads_to(&url);
}

#[tokio::test]
async fn two_who_change_one_person_do_not_overwrite_each_other() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let url = page_of("tang");
    let seen = admin.get(&url).await.form(&url);
    let first = seen.clone().with("name_en", "Tang Tongtong");
    admin.post(&url, first).await.leads_to(&url);
    let reply = admin
        .post(&url, seen.with("name_zh", "唐小桐"))
        .await
        .is(409);
    assert!(reply.has("Tang Tongtong") && reply.has("唐小桐"));
    let names: String = w
        .ask("select name_zh || ' ' || name_en from person where email like 'tang@%'")
        .await;
    assert_eq!(names, "唐桐 Tang Tongtong");
}

/// The form of a deputy as the page draws it.
async fn naming(client: &Client, page: &str, action: &str) -> Form {
    client
        .get(page)
        .await
        .is(200)
        .form(action)
        .with("deputy", id("jiang").to_string())
        .with("from", "2026-11-23")
        .with("until", "2026-11-24")
}

#[tokio::test]
async fn a_deputy_named_on_the_page_decides_between_the_two_days_and_no_longer() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    for order in [&one, &two] {
        w.proforma_at(order, Stage::Submitted).await;
    }
    let approval = |order: &crate::support::Placed| format!("{}/approval", order.proforma(1));
    let jiang = w.as_("jiang").await;
    jiang.get(&approval(&one)).await.is(404);
    let admin = w.as_("admin").await;
    let url = page_of("gu");
    let deputies = format!("{url}/deputies");
    let form = naming(&admin, &url, &deputies).await;
    let backwards = form.clone().with("until", "2026-11-22");
    let reply = admin.post(&deputies, backwards).await.is(422);
    assert!(
        reply
            .form(&deputies)
            .0
            .contains(&("from".to_owned(), "2026-11-23".to_owned()))
    );
    let not_a_manager = form.clone().with("deputy", id("shen").to_string());
    admin.post(&deputies, not_a_manager).await.is(422);
    assert_eq!(w.count("deputy").await, 0);
    admin.post(&deputies, form).await.is(303);
    assert_eq!(happened(&w, &id("gu").to_string()).await, ["deputy_named"]);
    let form = w.decision(&one, 1, "approved").await;
    jiang.post(&approval(&one), form).await.is(303);
    let for_whom: uuid::Uuid = w
        .ask(&format!(
            "select distinct on_behalf_of from event where person = '{}' and on_behalf_of is not null",
            id("jiang")
        ))
        .await;
    assert_eq!(for_whom, id("gu"));
    w.turn_to("2026-11-25");
    w.as_("jiang").await.get(&approval(&two)).await.is(404);
}

#[tokio::test]
async fn a_manager_names_her_own_deputy_and_ends_it_on_her_page() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let url = format!("{}/approval", order.proforma(1));
    let (gu, jiang) = (w.as_("gu").await, w.as_("jiang").await);
    let form = naming(&gu, "/me", "/me/deputy").await;
    let herself = form.clone().with("deputy", id("gu").to_string());
    gu.post("/me/deputy", herself).await.is(422);
    gu.post("/me/deputy", form).await.is(303);
    jiang.get(&url).await.is(200);
    let named: uuid::Uuid = w.ask("select id from deputy").await;
    // Another manager's is not hers to end.
    let ending = format!("/me/deputy/{named}/withdrawn");
    w.as_("qin").await.post(&ending, []).await.is(404);
    gu.get("/me").await.is(200).form(&ending);
    gu.post(&ending, []).await.is(303);
    jiang.get(&url).await.is(404);
    gu.post(&ending, []).await.is(409);
    assert_eq!(
        happened(&w, &id("gu").to_string()).await,
        ["deputy_named", "deputy_withdrawn"]
    );
}
