//! A day that slips is told to the customer once, in the language of his papers, and is told no more when it is gone.

use crate::support::{Placed, World};
use gendan::production::order::Stage;

async fn says(w: &World, (order, key): (&Placed, &str), day: &str) {
    let form = w.progress(order, key, &[("expected_on", day)]).await;
    let form = form.with("words", "进度有变");
    let url = format!("{}/progress", order.paper(key));
    w.as_("shen").await.post(&url, form).await.is(303);
}

/// Lines of what is owed to the customer about the day, newest last.
async fn owed(w: &World) -> Vec<String> {
    w.ask_all(
        "select l.text from relay r join relay_line l on l.relay = r.id
         where r.kind like 'production_%' and r.withdrawn_at is null order by r.number",
    )
    .await
}

#[tokio::test]
async fn a_later_report_brings_the_one_relay_up_to_date() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::InWork).await;
    says(&w, (&order, &key), "2027-01-25").await;
    says(&w, (&order, &key), "2027-01-28").await;
    let now = owed(&w).await;
    assert_eq!(now.len(), 1, "{now:?}");
    assert!(now[0].contains("2027-01-28"), "{now:?}");
    // Nobody has told the customer: when the slip is gone there is nothing to tell.
    says(&w, (&order, &key), "2027-01-20").await;
    assert_eq!(owed(&w).await, Vec::<String>::new());
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_customer_who_was_told_hears_that_it_is_in_time_again() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::InWork).await;
    says(&w, (&order, &key), "2027-01-25").await;
    w.sql(
        "update relay_receipt t set passed_at = r.heard_at, passed_channel = 'email'
         from relay r where r.id = t.relay and r.kind = 'production_slip'",
    )
    .await;
    says(&w, (&order, &key), "2027-01-19").await;
    let now = owed(&w).await;
    assert_eq!(now.len(), 1, "{now:?}");
    assert!(now[0].contains("in time again"), "{now:?}");
    says(&w, (&order, &key), "2027-01-25").await;
    let now = owed(&w).await;
    assert_eq!(now.len(), 1, "{now:?}");
    assert!(
        now[0].contains("expects to deliver on 2027-01-25"),
        "{now:?}"
    );
}

#[tokio::test]
async fn a_customer_whose_papers_are_chinese_is_told_in_chinese() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.sql("update customer set paper_lang = 'zh-CN'").await;
    let key = w.production_at(&order, Stage::InWork).await;
    says(&w, (&order, &key), "2027-01-25").await;
    let now = owed(&w).await;
    assert!(now[0].contains("工厂预计 2027-01-25"), "{now:?}");
}

#[tokio::test]
async fn the_subject_is_the_readers_the_message_the_addressees() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w
        .shipment_at(&order, gendan::shipping::shipment::Stage::GatedIn)
        .await;
    w.ship(&number, "roll").await.is(303);
    let shen = w.as_("shen").await;
    let here = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(here.has("被甩柜"), "{}", here.text());
    assert!(!here.has("was rolled by the carrier"));
    let home = shen.get("/").await.is(200);
    assert!(!home.has("was rolled by the carrier"));
    w.sql("update person set lang = 'en' where email like 'shen@%'")
        .await;
    let shen = w.as_("shen").await;
    let here = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(here.has("was rolled by the carrier"), "{}", here.text());
}
