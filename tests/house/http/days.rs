//! Days (P43): what is due, valid or drawn "today" follows the company's zone, not the server's and not the reader's.

use crate::support::{Form, Placed, World};
use gendan::proforma::Stage;
use gendan::work;

/// Valid through 2026-12-07 in Ningbo.
async fn sent(w: &World) -> Placed {
    let order = w.order().await;
    w.proforma_at(&order, Stage::Sent).await;
    order
}

fn confirmed_on(day: &str) -> Form {
    Form::from([
        ("answer", "confirmed"),
        ("who", "Anna Lind"),
        ("channel", "email"),
        ("words", "OK"),
    ])
    .with("day", day)
}

async fn drain(w: &World) {
    while work::one(&w.app).await.unwrap() {}
}

#[tokio::test]
async fn a_revision_is_valid_until_midnight_in_the_companys_zone() {
    let w = World::new().await;
    let order = sent(&w).await;
    w.turn_to("2026-12-07T23:59:59+08:00");
    drain(&w).await;
    assert_eq!(w.stage_of(&order, 1).await, "sent");
    w.turn_to("2026-12-08T00:00:00+08:00");
    drain(&w).await;
    assert_eq!(w.stage_of(&order, 1).await, "lapsed");
}

#[tokio::test]
async fn a_confirmation_on_the_last_day_counts_and_one_of_the_morning_after_does_not() {
    let w = World::new().await;
    let order = sent(&w).await;
    let url = format!("{}/confirmation", order.proforma(1));
    // Seven in the morning in Ningbo is still the day before in London.
    w.turn_to("2026-12-08T07:00:00+08:00");
    let client = w.as_("shen").await;
    client.post(&url, confirmed_on("2026-12-08")).await.is(409);
    assert_eq!(w.stage_of(&order, 1).await, "sent");
    client.post(&url, confirmed_on("2026-12-07")).await.is(303);
}

#[tokio::test]
async fn an_answer_is_not_recorded_before_it_came() {
    let w = World::new().await;
    let order = sent(&w).await;
    let url = format!("{}/confirmation", order.proforma(1));
    // Half past midnight in Ningbo: the server's own day is still the 23rd.
    w.turn_to("2026-11-24T00:30:00+08:00");
    let client = w.as_("shen").await;
    client.post(&url, confirmed_on("2026-11-25")).await.is(422);
    client.post(&url, confirmed_on("2026-11-24")).await.is(303);
}

#[tokio::test]
async fn a_leap_day_and_a_month_end_are_days_like_others() {
    let w = World::new().await.at("2028-02-29");
    let order = w.order().await;
    assert_eq!(order.number, "HY28-0001");
    let url = format!("{}/proforma", order.url());
    w.as_("shen").await.post(&url, []).await.is(303);
    let days: (chrono::NaiveDate, chrono::NaiveDate) = w
        .ask("select (dated, valid_until) from proforma_invoice")
        .await;
    assert_eq!(
        (days.0.to_string(), days.1.to_string()),
        ("2028-02-29".to_owned(), "2028-03-14".to_owned())
    );
}

#[tokio::test]
async fn a_job_that_ran_twice_lapsed_once() {
    let w = World::new().await;
    let order = sent(&w).await;
    w.turn_to("2026-12-09");
    let by = gendan::base::By::house(w.now());
    for _ in 0..2 {
        gendan::proforma::lapse(&w.app, by.clone(), &order.order_number(), 1)
            .await
            .unwrap();
    }
    assert_eq!(w.count("event where kind = 'proforma_lapsed'").await, 1);
}

#[tokio::test]
async fn what_is_due_today_is_so_from_midnight_to_midnight_of_the_company() {
    let w = World::new().await;
    w.order().await;
    let due = "2026-11-25T18:00:00+08:00";
    w.sql(&format!(
        "update open_item set due_at = '{due}'; update export_order set next_due = '{due}'"
    ))
    .await;
    for (moment, expected) in [
        // In London it is the 24th until eight in the morning of Ningbo.
        ("2026-11-24T23:59:59+08:00", false),
        ("2026-11-25T00:00:00+08:00", true),
        ("2026-11-25T17:59:00+08:00", true),
    ] {
        w.turn_to(moment);
        let home = w.as_("shen").await.get("/").await.is(200);
        let heads = home.texts(".grp h2");
        assert_eq!(
            heads.iter().any(|head| head == "今天"),
            expected,
            "{moment}: {heads:?}"
        );
    }
}
