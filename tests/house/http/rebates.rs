//! Rebate claims (step 9): collected, complete only when nothing is missing, declared, and paid, or ended otherwise.

use crate::support::{Form, Placed, World};

async fn ready(w: &World) -> (Placed, String, String) {
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let claim = w.claim_begun(&order, &shipment).await;
    (order, shipment, claim)
}

fn invoice() -> Form {
    Form::from([
        ("number", "033002100111"),
        ("supplier", "启明制衣"),
        ("dated", "2026-10-20"),
        ("hs_code", "6205209099"),
        ("quantity", "2400"),
        ("unit", "pcs"),
        ("gross", "56280"),
        ("vat_rate", "13"),
    ])
}

fn filing() -> Form {
    Form::from([
        ("place[contracts]", "柜 3 / 2026-10"),
        ("place[transport]", "柜 3 / 2026-10"),
        ("reason[delegation]", "自理报关"),
        ("receipts_reason", "信用证项下，12 月到期"),
    ])
}

async fn stage(w: &World, shipment: &str) -> String {
    w.ask(&format!(
        "select r.stage from rebate_claim r join shipment s on s.id = r.shipment where s.number = '{shipment}'
         order by r.sequence desc limit 1"
    ))
    .await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_claim_goes_from_its_papers_to_its_money() {
    let w = World::new().await;
    let (order, shipment, claim) = ready(&w).await;
    let refused = w
        .claim_act(&claim, &shipment, "steps/complete", [])
        .await
        .is(409);
    assert!(refused.has("没有增值税专用发票") && refused.has("备案单证缺"));
    w.claim_act(&claim, &shipment, "invoices", invoice())
        .await
        .is(303);
    w.claim_act(&claim, &shipment, "invoices", invoice())
        .await
        .is(422);
    w.claim_act(&claim, &shipment, "filing-set", filing())
        .await
        .is(303);
    // 56,280.00 with 13 % is 49,805.31 net; 13 % of it comes back.
    let page = w.as_("xu").await.get(&claim).await.is(200);
    assert!(page.has("6,474.69"), "{}", page.texts("main").join(" "));
    w.claim_act(&claim, &shipment, "steps/complete", [])
        .await
        .is(303);
    let filed = [("batch", "2026-11-001"), ("on", "2026-11-20")];
    w.claim_act(&claim, &shipment, "steps/declare", filed)
        .await
        .is(303);
    let asked = [("on", "2026-11-21"), ("words", "专票品名与报关单不同")];
    w.claim_act(&claim, &shipment, "steps/query", asked)
        .await
        .is(303);
    let queue = w
        .as_("xu")
        .await
        .get("/rebates?state=queried")
        .await
        .is(200);
    assert!(queue.has(&shipment) && queue.has("6,474.69"));
    let yes = [("amount", "6400"), ("on", "2026-11-22")];
    w.claim_act(&claim, &shipment, "steps/approve", yes)
        .await
        .is(303);
    let page = w.as_("xu").await.get(&claim).await.is(200);
    assert!(page.has("-74.69") || page.has("−74.69"));
    let paid = [("amount", "6400"), ("on", "2026-11-23")];
    w.claim_act(&claim, &shipment, "steps/receive", paid)
        .await
        .is(303);
    assert_eq!(stage(&w, &shipment).await, "received");
    w.claim_act(&claim, &shipment, "steps/tax", [("words", "x")])
        .await
        .is(409);
    for (login, status) in [("zhou", 403), ("tang", 403), ("shen", 200), ("gu", 200)] {
        w.as_(login).await.get(&claim).await.is(status);
    }
    let reader = w.as_("tang").await.get("/rebates?state=all").await.is(200);
    assert!(reader.has(&shipment) && !reader.has("6,400.00"));
    assert!(
        w.as_("shen")
            .await
            .get("/rebates?state=all")
            .await
            .is(200)
            .has("6,400.00")
    );
    let open: i64 = w
        .ask(&format!(
            "select count(*) from open_item where order_id = '{}' and kind like '%rebate%'",
            order.id
        ))
        .await;
    assert_eq!(open, 0);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_rejected_claim_gives_its_declarations_back() {
    let w = World::new().await;
    let (order, shipment, claim) = ready(&w).await;
    w.claim_act(&claim, &shipment, "invoices", invoice())
        .await
        .is(303);
    w.claim_act(&claim, &shipment, "filing-set", filing())
        .await
        .is(303);
    w.claim_act(&claim, &shipment, "steps/complete", [])
        .await
        .is(303);
    let filed = [("batch", "2026-11-002"), ("on", "2026-11-20")];
    w.claim_act(&claim, &shipment, "steps/declare", filed)
        .await
        .is(303);
    w.claim_act(&claim, &shipment, "steps/reject", [("words", "x")])
        .await
        .is(409);
    let asked = [("on", "2026-11-21"), ("words", "函调")];
    w.claim_act(&claim, &shipment, "steps/query", asked)
        .await
        .is(303);
    let no = [("words", "供货企业非正常户")];
    w.claim_act(&claim, &shipment, "steps/reject", no)
        .await
        .is(303);
    let problem: bool = w
        .ask(&format!(
            "select problem from open_item where order_id = '{}' and kind = 'collect_rebate'",
            order.id
        ))
        .await;
    assert!(problem);
    let url = format!("{}/rebates/{shipment}/not-applicable", order.url());
    w.step_nine("xu", &url, []).await.is(422);
    w.step_nine("xu", &url, [("words", "税局不予退税，进项转成本")])
        .await
        .is(303);
    assert_eq!(stage(&w, &shipment).await, "not_applicable");
    let again = format!("{}/rebates/{shipment}", order.url());
    w.step_nine("xu", &again, []).await.is(409);
}

#[tokio::test]
async fn an_invoice_needs_a_rate_of_its_goods() {
    let w = World::new().await;
    let (_, shipment, claim) = ready(&w).await;
    let before = w.everything().await;
    let other = invoice().with("hs_code", "9405210090");
    let refused = w
        .claim_act(&claim, &shipment, "invoices", other)
        .await
        .is(409);
    assert!(refused.has("税率表"));
    let wrong = invoice().with("gross", "-1").with("hs_code", "6205");
    w.claim_act(&claim, &shipment, "invoices", wrong)
        .await
        .is(422);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn a_first_invoice_does_not_stand_for_the_whole_rebate() {
    let w = World::new().await;
    let (order, shipment, claim) = ready(&w).await;
    w.sql("insert into exchange_rate (currency, day, rate) values ('USD', '2026-11-20', 7.1) on conflict do nothing")
        .await;
    let url = format!("{}/profit", order.url());
    let half = invoice().with("quantity", "1200").with("gross", "28140");
    w.claim_act(&claim, &shipment, "invoices", half)
        .await
        .is(303);
    // 28,140.00 with 13 % gives back 3,237.34; as much is expected of the other half, rounded on its own.
    let page = w.as_("xu").await.get(&url).await.is(200);
    let told = page.texts("main").join(" ");
    assert!(
        told.contains("3,237.34") && told.contains("3,237.35"),
        "{told}"
    );
    assert!(
        told.contains("尚未申报的退税") && told.contains("只申报了一部分货"),
        "{told}"
    );
    let rest = invoice()
        .with("number", "033002100112")
        .with("quantity", "1200")
        .with("gross", "28140");
    w.claim_act(&claim, &shipment, "invoices", rest)
        .await
        .is(303);
    let page = w.as_("xu").await.get(&url).await.is(200);
    assert!(!page.has("尚未申报的退税") && page.has("退税为预计数"));
}
