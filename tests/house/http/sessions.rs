//! Sessions (P13, P16, P19): they end when they should, everywhere at once; and the administrator stays out of trade.

use crate::support::{Wanted, World, fresh_key, id};
use gendan::proforma::Stage;
use gendan::web::{Error, FormKey};
use gendan::{history, orders};

#[tokio::test]
async fn a_session_ends_when_idle_and_after_half_a_day_whatever_happens() {
    let w = World::new().await;
    let (shen, xu) = (w.as_("shen").await, w.as_("xu").await);
    w.turn_to("2026-11-23T09:14:59+08:00");
    xu.get("/approvals").await.is(200);
    shen.get("/approvals").await.is(200);
    w.turn_to("2026-11-23T09:30:00+08:00");
    xu.get("/approvals").await.is(303);
    shen.get("/approvals").await.is(200);
    for quarter in 3..48 {
        let (hour, minute) = (9 + quarter / 4, quarter % 4 * 15);
        w.turn_to(&format!("2026-11-23T{hour:02}:{minute:02}:00+08:00"));
        shen.get("/approvals").await.is(200);
    }
    w.turn_to("2026-11-23T21:00:01+08:00");
    shen.get("/approvals").await.is(303);
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_on_every_replica() {
    let w = World::new().await;
    let (_second, router) = w.replica().await;
    let here = w.as_("shen").await;
    let there = here.at(&router);
    w.sql(&format!(
        "insert into session (token_hash, person, created_at, last_seen, address, agent)
         values (sha256('phone'), '{}', '{1}', '{1}', '', '')",
        id("shen"),
        w.now().to_rfc3339()
    ))
    .await;
    let phone = w.stranger();
    phone.set_secret("phone");
    phone.get("/approvals").await.is(200);
    here.post("/sign-out/everywhere", [])
        .await
        .leads_to("/sign-in");
    there.get("/approvals").await.is(303);
    phone.get("/approvals").await.is(303);
}

#[tokio::test]
async fn changed_rights_hold_with_the_next_click_on_every_replica() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let (_second, router) = w.replica().await;
    let gu = w.as_("gu").await.at(&router);
    let url = format!("{}/approval", order.proforma(1));
    w.sql(&format!(
        "delete from department_lead where person = '{}'",
        id("gu")
    ))
    .await;
    gu.post(&url, w.decision(&order, 1, "approved").await)
        .await
        .is(404);
    w.sql(&format!(
        "update person set status = 'disabled' where id = '{}'",
        id("gu")
    ))
    .await;
    gu.get("/approvals").await.is(303);
}

#[tokio::test]
async fn the_administrator_opens_no_order_and_decides_none() {
    let w = World::new().await;
    let key = FormKey {
        route: "/orders".to_owned(),
        key: uuid::Uuid::parse_str(&fresh_key()).unwrap(),
        digest: [0; 32],
    };
    let act = history::begin(&w.app, w.by("admin"), &key).await.unwrap();
    let opened = orders::open(act, w.app.config.zone, &w.opening(&Wanted::EUROPE)).await;
    assert!(matches!(opened.err(), Some(Error::Barred(_))));
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let admin = w.as_("admin").await;
    let url = format!("{}/approval", order.proforma(1));
    admin
        .post(&url, w.decision(&order, 1, "approved").await)
        .await
        .is(404);
    // Not even where somebody made the administrator a lead.
    w.sql(&format!(
        "insert into department_lead (department, person, level) values ('{}', '{}', 2)",
        id("eu"),
        id("admin")
    ))
    .await;
    admin
        .post(&url, w.decision(&order, 1, "approved").await)
        .await
        .is(404);
}
