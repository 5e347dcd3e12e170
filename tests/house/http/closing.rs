//! Closing: only when step 9 is done and nothing stands open; what comes afterwards is shown as a late fact.

use crate::support::{World, id};
use gendan::proforma::Stage;

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn an_order_closes_only_when_nothing_stands_open() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    let shipment = w.left(&order, "2026-10-16").await;
    let url = format!("{}/closing", order.url());
    let page = w.as_("xu").await.get(&url).await.is(200);
    assert!(page.has("还不能结案"));
    let before = w.everything().await;
    w.step_nine("xu", &url, []).await.is(409);
    assert_eq!(w.everything().await, before);
    w.paper_back(&order, &shipment, "declaration").await;
    w.papers_given(&order, &shipment).await;
    let rev = w.hand_over_version(&shipment).await;
    let take = format!("{}/hand-overs/{shipment}/taking", order.url());
    w.step_nine("xu", &take, [("rev", rev.as_str())])
        .await
        .is(303);
    let money = w.money_in(&order, "12480").await;
    w.matched(&order, &shipment, (money, "12480")).await.is(303);
    let ended = format!("{}/rebates/{shipment}/not-applicable", order.url());
    // until the other desks have brought an order to its last step
    w.sql(&format!(
        "insert into order_latch (order_id, step, outcome, at)
             select '{0}', n, 'done', '2026-11-01T01:00:00Z' from generate_series(1, 9) n on conflict do nothing;
         update export_order set step = 9 where id = '{0}';
         update shipment set mode = 'courier', stage = 'arrived', arrived_on = '2026-11-10', etd = null where number = '{shipment}';
         update shipment_line set cartons = 1, gross_kg = 2, net_kg = 1, cbm = 1;
         insert into shipment_container (id, shipment, number, kind, cartons, gross_kg, cbm)
             select gen_random_uuid(), s.id, 'W1', 'loose', count(*), 2 * count(*), count(*)
             from shipment s join shipment_line l on l.shipment = s.id group by s.id;
         insert into transport_document (id, shipment, stage, number, form, issued_on, released_at, created_by)
             select gen_random_uuid(), id, 'released', 'W1', 'waybill', '2026-10-16', '2026-10-16T01:00:00Z', '{1}'
             from shipment where number = '{shipment}';
         insert into settlement (id, receipt, kind, amount, settled_on, at, person)
             select gen_random_uuid(), id, 'retained', amount, '2026-11-01', '2026-11-01T01:00:00Z', '{1}' from receipt",
        order.id,
        id("shen"),
    ))
    .await;
    w.step_nine("xu", &ended, [("words", "样品，不退税")])
        .await
        .is(303);
    let left: Vec<String> = w
        .ask_all(&format!(
            "select kind from open_item where order_id = '{}'",
            order.id
        ))
        .await;
    assert_eq!(left, ["close_order"]);
    w.step_nine("gu", &url, []).await.is(403);
    w.step_nine("xu", &url, []).await.leads_to(&order.url());
    let condition: String = w
        .ask(&format!(
            "select condition from export_order where id = '{}'",
            order.id
        ))
        .await;
    assert_eq!(condition, "closed");
    w.step_nine("xu", &url, []).await.is(409);
    let paper = format!("{}/hand-overs/{shipment}/papers/invoice", order.url());
    let form = [("on", "2026-11-20"), ("from", "海桥货代")];
    w.step_nine("shen", &paper, form).await.is(409);
}

#[tokio::test]
async fn a_late_fact_shows_on_a_closed_order() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let xu = order_closed(&w, &order.id.to_string()).await;
    let page = w
        .as_("xu")
        .await
        .get(&format!("{}/finance", order.url()))
        .await
        .is(200);
    assert!(!page.has("又有登记"), "{xu}");
    w.claim_begun(&order, &shipment).await;
    let page = w
        .as_("xu")
        .await
        .get(&format!("{}/finance", order.url()))
        .await
        .is(200);
    assert!(page.has("又有登记"));
}

/// What the order's page says of late facts.
async fn says_late(w: &World, url: &str) -> bool {
    let page = w.as_("xu").await.get(&format!("{url}/finance")).await;
    page.is(200).has("又有登记")
}

async fn kinds(w: &World, order: &str) -> Vec<String> {
    w.ask_all(&format!(
        "select distinct kind from open_item where order_id = '{order}' order by kind"
    ))
    .await
}

#[tokio::test]
async fn money_a_charge_and_a_claim_come_late_and_are_still_somebodys_work() {
    let w = World::new().await;
    for late in ["receipt", "charge", "claim"] {
        let order = w.order().await;
        w.left(&order, "2026-10-16").await;
        let id = order_closed(&w, &order.id.to_string()).await;
        assert!(!says_late(&w, &order.url()).await, "{late}");
        let work = match late {
            "receipt" => {
                let receipt = w.receipt("100.00").await;
                w.allocate(&receipt, &order, "balance", "100.00")
                    .await
                    .is(303);
                "settle_receipt"
            }
            "charge" => {
                let form = crate::support::claim(&order, "1200.00");
                w.as_("shen").await.post("/payables", form).await.is(303);
                "decide_payable"
            }
            _ => {
                w.report(&order, &[("kind", "claim"), ("from", "customer")])
                    .await;
                "hand_issue_on"
            }
        };
        assert!(says_late(&w, &order.url()).await, "{late}");
        let kinds = kinds(&w, &id).await;
        assert!(kinds.contains(&work.to_owned()), "{late}: {kinds:?}");
    }
}

async fn order_closed(w: &World, order: &str) -> String {
    w.sql(&format!(
        "update export_order set condition = 'closed' where id = '{order}';
         insert into order_closing (order_id, at, person)
             select '{order}', '2026-11-22T01:00:00Z', p.id from person p where p.email like 'xu@%'"
    ))
    .await;
    order.to_owned()
}

#[tokio::test]
async fn profit_is_the_managers_and_finances_and_shows_what_stays() {
    let w = World::new().await;
    let order = w.order().await;
    let url = format!("{}/profit", order.url());
    w.sql("insert into exchange_rate (currency, day, rate) values ('USD', '2026-11-20', 7.1)")
        .await;
    for (login, status) in [("zhou", 403), ("shen", 403), ("gu", 200), ("xu", 200)] {
        w.as_(login).await.get(&url).await.is(status);
    }
    // 12,480.00 × 7.1 less 2,400 × 23.45, no rebate rate on file.
    let page = w.as_("xu").await.get(&url).await.is(200);
    assert!(
        page.has("88,608.00") && page.has("32,328.00"),
        "{}",
        page.texts("main").join(" ")
    );
    w.as_("xu").await.get(&format!("{url}.xlsx")).await.is(200);
}
