//! Approval (P4, P17): never by who asked, wrote or works the order, never twice, never on other content; each case
//! leaves nothing behind.

use crate::support::{Form, Placed, Wanted, World, all_at_once, id};
use gendan::proforma::Stage;
use std::sync::Arc;

/// Refused with this status, and nothing is written.
async fn refused(w: &World, order: &Placed, login: &str, form: Form, status: u16) {
    let client = w.as_(login).await;
    let before = w.everything().await;
    let url = format!("{}/approval", order.proforma(1));
    client.post(&url, form).await.is(status);
    assert_eq!(
        w.everything().await,
        before,
        "{login} left something behind"
    );
}

async fn submitted(w: &World, wanted: Wanted) -> Placed {
    let order = w.open_order(wanted).await;
    w.proforma_at(&order, Stage::Submitted).await;
    order
}

async fn roles(w: &World, login: &str, roles: &str) {
    let person = id(login);
    w.sql(&format!(
        "update person set roles = array[{roles}] where id = '{person}'"
    ))
    .await;
}

#[tokio::test]
async fn only_who_leads_the_department_decides() {
    let w = World::new().await;
    let order = submitted(&w, Wanted::EUROPE).await;
    for (login, status) in [
        ("shen", 403),
        ("zhou", 403),
        ("tang", 403),
        ("xu", 403),
        ("he", 404),
        ("lu", 404),
        ("jiang", 404),
        ("admin", 404),
    ] {
        refused(
            &w,
            &order,
            login,
            w.decision(&order, 1, "approved").await,
            status,
        )
        .await;
        refused(
            &w,
            &order,
            login,
            w.decision(&order, 1, "returned").await,
            status,
        )
        .await;
    }
    w.act_on(&order, 1, "approval").await.is(303);
}

#[tokio::test]
async fn a_manager_who_wrote_it_does_not_decide() {
    let w = World::new().await;
    roles(&w, "gu", "'manager', 'salesperson'").await;
    let order = w
        .open_order(Wanted {
            salesperson: "gu",
            ..Wanted::EUROPE
        })
        .await;
    w.proforma_at(&order, Stage::Draft).await;
    let form = w
        .draft_form(&order, 1)
        .await
        .with("remarks", "written by the manager");
    w.as_("gu")
        .await
        .post(&order.proforma(1), form)
        .await
        .is(303);
    w.act_on(&order, 1, "submission").await.is(303);
    refused(
        &w,
        &order,
        "gu",
        w.decision(&order, 1, "approved").await,
        403,
    )
    .await;
    w.as_("qin")
        .await
        .post(
            &format!("{}/approval", order.proforma(1)),
            w.decision(&order, 1, "approved").await,
        )
        .await
        .is(303);
}

#[tokio::test]
async fn a_manager_who_asked_does_not_decide() {
    let w = World::new().await;
    roles(&w, "gu", "'manager', 'salesperson'").await;
    let order = w
        .open_order(Wanted {
            salesperson: "gu",
            ..Wanted::EUROPE
        })
        .await;
    w.proforma_at(&order, Stage::Draft).await;
    let url = format!("{}/submission", order.proforma(1));
    w.as_("gu").await.post(&url, []).await.is(303);
    refused(
        &w,
        &order,
        "gu",
        w.decision(&order, 1, "approved").await,
        403,
    )
    .await;
}

#[tokio::test]
async fn a_manager_who_works_the_order_does_not_decide_nor_as_a_deputy() {
    let w = World::new().await;
    roles(&w, "jiang", "'manager', 'order_operator'").await;
    w.sql(&format!(
        "insert into deputy (id, absent, deputy, from_day, until_day) values ('{}', '{}', '{}', '2026-11-20', '2026-11-30')",
        id("deputy"),
        id("gu"),
        id("jiang")
    ))
    .await;
    let order = w
        .open_order(Wanted {
            operator: "jiang",
            ..Wanted::EUROPE
        })
        .await;
    let zhou = w.as_("zhou").await;
    zhou.post(&format!("{}/proforma", order.url()), [])
        .await
        .is(303);
    zhou.post(&order.proforma(1), w.draft_form(&order, 1).await)
        .await
        .is(303);
    zhou.post(&format!("{}/submission", order.proforma(1)), [])
        .await
        .is(303);
    refused(
        &w,
        &order,
        "jiang",
        w.decision(&order, 1, "approved").await,
        403,
    )
    .await;
}

#[tokio::test]
async fn a_deputy_decides_for_the_absent_one_and_the_record_says_so() {
    let w = World::new().await;
    w.sql(&format!(
        "insert into deputy (id, absent, deputy, from_day, until_day) values ('{}', '{}', '{}', '2026-11-23', '2026-11-23')",
        id("deputy"),
        id("gu"),
        id("jiang")
    ))
    .await;
    let order = submitted(&w, Wanted::EUROPE).await;
    let url = format!("{}/approval", order.proforma(1));
    w.turn_to("2026-11-24");
    refused(
        &w,
        &order,
        "jiang",
        w.decision(&order, 1, "approved").await,
        404,
    )
    .await;
    w.turn_to("2026-11-23T23:59:00+08:00");
    w.as_("jiang")
        .await
        .post(&url, w.decision(&order, 1, "approved").await)
        .await
        .is(303);
    let both: (uuid::Uuid, uuid::Uuid) = w
        .ask("select (decided_by, on_behalf_of) from approval where state = 'approved'")
        .await;
    assert_eq!(both, (id("jiang"), id("gu")));
    let kind = "event where kind = 'proforma_approved' and on_behalf_of is not null";
    assert_eq!(w.count(kind).await, 1);
}

#[tokio::test]
async fn a_decision_is_taken_once_on_what_was_shown() {
    let w = World::new().await;
    let order = submitted(&w, Wanted::EUROPE).await;
    let form = w.decision(&order, 1, "approved").await;
    refused(&w, &order, "gu", form.clone().with("shown", "AAAA"), 409).await;
    refused(&w, &order, "gu", form.clone().with("shown", ""), 409).await;
    refused(
        &w,
        &order,
        "gu",
        form.clone().with("shown", "no base64!"),
        400,
    )
    .await;
    w.act_on(&order, 1, "withdrawal").await.is(303);
    refused(&w, &order, "gu", form.clone(), 409).await;
    w.act_on(&order, 1, "submission").await.is(303);
    w.act_on(&order, 1, "approval").await.is(303);
    refused(&w, &order, "gu", form.clone(), 409).await;
    refused(&w, &order, "qin", form.clone(), 409).await;
    refused(&w, &order, "gu", form.with("verdict", "returned"), 409).await;
}

#[tokio::test]
async fn a_return_needs_words_and_a_verdict_is_one_of_two() {
    let w = World::new().await;
    let order = submitted(&w, Wanted::EUROPE).await;
    let form = w.decision(&order, 1, "returned").await;
    refused(&w, &order, "gu", form.clone().with("words", "  "), 422).await;
    refused(&w, &order, "gu", form.with("verdict", "perhaps"), 422).await;
}

#[tokio::test]
async fn a_large_amount_asks_two_different_people() {
    let w = World::new().await;
    let order = submitted(
        &w,
        Wanted {
            price: "25.00",
            ..Wanted::EUROPE
        },
    )
    .await;
    w.act_on(&order, 1, "approval").await.is(303);
    assert_eq!(w.stage_of(&order, 1).await, "submitted");
    refused(
        &w,
        &order,
        "gu",
        w.decision(&order, 1, "approved").await,
        409,
    )
    .await;
    let url = format!("{}/approval", order.proforma(1));
    w.as_("qin")
        .await
        .post(&url, w.decision(&order, 1, "approved").await)
        .await
        .is(303);
    assert_eq!(w.stage_of(&order, 1).await, "approved");
}

#[tokio::test]
async fn a_thin_margin_asks_two_people_whatever_the_amount() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Draft).await;
    let form = w.draft_form(&order, 1).await;
    // 39.00 less the refund is 93 % of 5.20 at 7.1.
    let dear = form
        .with("lines[0][factory_price]", "39.00")
        .with("lines[1][factory_price]", "39.00")
        .with("act", "submit");
    w.as_("shen")
        .await
        .post(&order.proforma(1), dear)
        .await
        .is(303);
    w.act_on(&order, 1, "approval").await.is(303);
    assert_eq!(w.stage_of(&order, 1).await, "submitted");
    let url = format!("{}/approval", order.proforma(1));
    let yes = w.decision(&order, 1, "approved").await;
    w.as_("qin").await.post(&url, yes).await.is(303);
    assert_eq!(w.stage_of(&order, 1).await, "approved");
}

#[tokio::test]
async fn who_asked_reminds_once_in_four_hours_and_the_card_says_so() {
    let w = World::new().await.at("2026-11-23");
    let order = submitted(&w, Wanted::EUROPE).await;
    let id: uuid::Uuid = w.ask("select id from approval").await;
    let url = format!("/approvals/{id}/reminder");
    let gu = w.as_("gu").await;
    assert!(!gu.get("/approvals").await.is(200).has("催办"));
    w.as_("zhou").await.post(&url, []).await.is(403);
    for (at, status) in [
        ("2026-11-23T09:05:00+08:00", 303),
        ("2026-11-23T13:00:00+08:00", 409),
        ("2026-11-23T13:06:00+08:00", 303),
    ] {
        w.turn_to(at);
        // Four hours end a session, and her next one begins.
        w.as_("shen").await.post(&url, []).await.is(status);
    }
    let (shen, gu) = (w.as_("shen").await, w.as_("gu").await);
    let inbox = gu.get("/approvals").await.is(200);
    assert!(inbox.has("催办") && inbox.has("13:06"), "{}", inbox.text());
    w.act_on(&order, 1, "approval").await.is(303);
    shen.post(&url, []).await.is(409);
}

#[tokio::test]
async fn one_person_does_not_give_both_yeses_of_a_large_amount() {
    let w = World::new().await;
    let order = submitted(
        &w,
        Wanted {
            price: "25.00",
            ..Wanted::EUROPE
        },
    )
    .await;
    // The only one at level 2 says the first yes: then nobody is left for the second, and nothing is written.
    refused(
        &w,
        &order,
        "qin",
        w.decision(&order, 1, "approved").await,
        409,
    )
    .await;
    assert_eq!(w.stage_of(&order, 1).await, "submitted");
}

#[tokio::test]
async fn where_nobody_may_decide_nothing_is_handed_in() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Draft).await;
    w.sql("delete from department_lead").await;
    let client = w.as_("shen").await;
    let before = w.everything().await;
    client
        .post(&format!("{}/submission", order.proforma(1)), [])
        .await
        .is(409);
    assert_eq!(w.everything().await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_eight_yeses_at_once_one_counts() {
    let w = World::new().await;
    let order = submitted(&w, Wanted::EUROPE).await;
    let (_second, router) = w.replica().await;
    let (gu, qin) = (w.as_("gu").await, w.as_("qin").await);
    let clients = [
        Arc::new(gu.at(&router)),
        Arc::new(qin.at(&router)),
        Arc::new(gu),
        Arc::new(qin),
    ];
    let form = w.decision(&order, 1, "approved").await;
    let url = format!("{}/approval", order.proforma(1));
    let sent = (0..8).map(|turn| {
        let (client, url, form) = (Arc::clone(&clients[turn % 4]), url.clone(), form.clone());
        async move { client.post(&url, form).await.status }
    });
    let mut answers = all_at_once(sent).await;
    answers.sort_unstable();
    assert_eq!(answers, [303, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(w.count("event where kind = 'proforma_approved'").await, 1);
}

#[tokio::test]
async fn the_database_itself_refuses_a_yes_by_who_asked() {
    let w = World::new().await;
    submitted(&w, Wanted::EUROPE).await;
    let done = w
        .try_sql("update approval set state = 'approved', decided_by = requested_by, decided_at = requested_at")
        .await;
    assert!(done.unwrap_err().contains("approval_not_by_requester"));
}
