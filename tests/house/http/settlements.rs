//! Settlement: never more than came in, yuan rounded once, the difference against the receipt's own day; and what of it
//! moves the order.

use crate::support::{Form, Placed, World, id};
use gendan::proforma::Stage;

/// The rate of the receipt's day, and of a later one.
async fn rates(w: &World) {
    w.sql(
        "insert into exchange_rate (currency, day, rate) values ('USD', '2026-11-20', 7.0912), ('USD', '2026-11-22', 7.2)
         on conflict (currency, day) do update set rate = excluded.rate",
    )
    .await;
}

/// The whole order in one shipment.
async fn shipped(w: &World, order: &Placed) {
    // until the desk of shipping has its acts
    w.sql(&format!(
        "insert into shipment (id, number, customer, department, mode, stage, currency, on_board_on, created_at)
             values ('{ship}', 'S26-0001', '{}', '{}', 'sea_fcl', 'departed', 'USD', '2026-11-20', '2026-11-20T01:00:00Z');
         insert into shipment_line (id, shipment, order_line, quantity)
             select gen_random_uuid(), '{ship}', id, quantity from order_line where order_id = '{}';",
        id("nordhavn-living"),
        id("eu"),
        order.id,
        ship = id("ship"),
    ))
    .await;
}

#[tokio::test]
async fn a_part_is_settled_and_the_rest_waits() {
    let w = World::new().await;
    rates(&w).await;
    let receipt = w.receipt("20000.00").await;
    w.settle(&receipt, "13440.00", "7.1035").await.is(303);
    let row: String = w
        .ask("select concat_ws(' ', cny, booked_rate::numeric(9, 4), difference) from settlement")
        .await;
    assert_eq!(row, "95471.04 7.0912 165.31");
    w.settle(&receipt, "6560.01", "7.1").await.is(409);
    for (amount, rate) in [
        ("0", "7.1"),
        ("10.001", "7.1"),
        ("10", "0"),
        ("10", "710.35"),
        ("10", "70.91"),
        ("10", "0.0709"),
        ("10", "7.1234567"),
    ] {
        w.settle(&receipt, amount, rate).await.is(422);
    }
    let xu = w.as_("xu").await;
    xu.post(&format!("/receipts/{receipt}/retention"), [])
        .await
        .is(303);
    w.settle(&receipt, "0.01", "7.1").await.is(409);
    xu.post(&format!("/receipts/{receipt}/retention"), [])
        .await
        .is(409);
    w.adds_up().await;
}

#[tokio::test]
async fn without_a_rate_of_that_day_no_difference_is_booked() {
    let w = World::new().await;
    w.sql("delete from exchange_rate").await;
    let receipt = w.receipt("100.00").await;
    w.settle(&receipt, "100.00", "7.125").await.is(303);
    let none: bool = w
        .ask("select difference is null and cny = 712.50 from settlement")
        .await;
    assert!(none);
    w.as_("xu")
        .await
        .get(&format!("/receipts/{receipt}"))
        .await
        .is(200);
}

#[tokio::test]
async fn a_settlement_is_reversed_by_a_row_once() {
    let w = World::new().await;
    rates(&w).await;
    let receipt = w.receipt("100.00").await;
    w.settle(&receipt, "100.00", "7.1").await.is(303);
    let row: uuid::Uuid = w.ask("select id from settlement").await;
    let url = format!("/receipts/{receipt}/settlements/{row}/reversal");
    let xu = w.as_("xu").await;
    xu.get(&url).await.is(200);
    xu.post(&url, []).await.is(422);
    w.as_("gu")
        .await
        .post(&url, [("words", "no")])
        .await
        .is(403);
    xu.post(&url, [("words", "wrong slip")]).await.is(303);
    xu.post(&url, [("words", "again")]).await.is(409);
    let sum: bool = w
        .ask("select count(*) = 2 and sum(amount) = 0 and sum(cny) = 0 and sum(difference) = 0 from settlement")
        .await;
    assert!(sum);
    w.settle(&receipt, "100.00", "7.2").await.is(303);
    w.adds_up().await;
}

#[tokio::test]
async fn an_order_is_matched_when_all_is_in_and_none_of_it_waits() {
    let w = World::new().await;
    rates(&w).await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    shipped(&w, &order).await;
    let deposit = w.receipt("3744.00").await;
    let balance = w.receipt("8700.00").await;
    w.allocate(&deposit, &order, "deposit", "3744.00")
        .await
        .is(303);
    assert!(!w.matched_money(&order).await);
    w.allocate(&balance, &order, "balance", "8700.00")
        .await
        .is(303);
    assert!(!w.matched_money(&order).await, "it waits to be settled");
    w.settle(&deposit, "3744.00", "7.1").await.is(303);
    w.as_("xu")
        .await
        .post(&format!("/receipts/{balance}/retention"), [])
        .await
        .is(303);
    assert!(
        w.matched_money(&order).await,
        "36 dollars short are the banks'"
    );
    let open: Vec<String> = w
        .ask_all(&format!(
            "select kind from open_item where order_id = '{}' and kind = 'settle_receipt'",
            order.id
        ))
        .await;
    assert!(open.is_empty());
    let page = w
        .as_("shen")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    assert!(page.has("S26-0001") && page.has("12,480.00"));
    w.adds_up().await;
}

#[tokio::test]
async fn settled_money_does_not_leave_before_its_settlement_is_reversed() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("300.00").await;
    w.allocate(&receipt, &order, "credit", "300.00")
        .await
        .is(303);
    w.settle(&receipt, "200.00", "7.1").await.is(303);
    let url = format!(
        "/receipts/{receipt}/allocations/{}/undoing",
        w.allocation(&receipt).await
    );
    let form = [("how", "refund"), ("words", "back")];
    w.as_("xu").await.post(&url, form).await.is(409);
    w.adds_up().await;
}

#[tokio::test]
async fn what_a_receipt_still_holds_stands_in_its_row() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("300.00").await;
    let holds = "select trim_scale(unclaimed) || ' ' || trim_scale(unsettled) from receipt";
    assert_eq!(w.ask::<String>(holds).await, "300 300");
    w.allocate(&receipt, &order, "credit", "200.00")
        .await
        .is(303);
    w.settle(&receipt, "120.00", "7.1").await.is(303);
    assert_eq!(w.ask::<String>(holds).await, "100 180");
    let row: uuid::Uuid = w.ask("select id from settlement").await;
    let url = format!("/receipts/{receipt}/settlements/{row}/reversal");
    let xu = w.as_("xu").await;
    xu.post(&url, [("words", "wrong slip")]).await.is(303);
    let allocation = w.allocation(&receipt).await;
    let undo = format!("/receipts/{receipt}/allocations/{allocation}/undoing");
    let form = [("how", "refund"), ("words", "back")];
    xu.post(&undo, form).await.is(303);
    assert_eq!(w.ask::<String>(holds).await, "100 100");
    // The desk counts and lists by it.
    let desk = xu.get("/finance").await.is(200);
    let counts = desk.texts("nav.tabs .n");
    assert_eq!(counts.get(..2), Some(&["1".to_owned(), "1".to_owned()][..]));
    w.settle(&receipt, "100.00", "7.1").await.is(303);
    let waits = xu.get("/receipts?state=to_settle").await.is(200);
    assert!(!waits.has(&receipt));
    w.adds_up().await;
}

/// Money of an order that is cancelled, of which the manager has agreed that it goes back; answers its address.
async fn agreed_refund(w: &World, receipt: &str, order: &Placed) -> String {
    let allocation = w.allocation(receipt).await;
    let url = format!("/receipts/{receipt}/allocations/{allocation}");
    let (gu, xu) = (w.as_("gu").await, w.as_("xu").await);
    let cancel = format!("{}/cancellation", order.url());
    gu.post(&cancel, [("reason", "customer closes the shop")])
        .await
        .is(303);
    xu.post(&format!("{url}/question"), [("plan", "refund")])
        .await
        .is(303);
    let yes = w.verdict_on("receipt", receipt, "approved").await;
    gu.post(&format!("{url}/approval"), yes).await.is(303);
    url
}

#[tokio::test]
async fn settled_money_of_a_cancelled_order_goes_back_on_a_slip_of_its_own() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("800.00").await;
    w.allocate(&receipt, &order, "deposit", "800.00")
        .await
        .is(303);
    w.settle(&receipt, "600.00", "7.1").await.is(303);
    let url = agreed_refund(&w, &receipt, &order).await;
    let (undoing, xu) = (format!("{url}/undoing"), w.as_("xu").await);
    let before = w.everything().await;
    // 200.00 lie here as they came; the rest was sold to the bank.
    let page = xu.get(&undoing).await.is(200);
    assert!(page.has("600.00"));
    let refund = Form::from([("how", "refund"), ("words", "agreed")]);
    xu.post(&undoing, refund.clone()).await.is(422);
    let typed = refund
        .with("repaid_on", "2026-11-23")
        .with("repaid_reference", "TT-7781")
        .with("repaid_cny", "4290.00");
    let bare = xu.post(&undoing, typed.clone()).await.is(422);
    assert!(bare.has("请附银行水单") && bare.has("TT-7781"));
    let slip = ("slip", "refund.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    let late = typed.clone().with("repaid_on", "2026-11-24");
    xu.upload(&undoing, late, slip).await.is(422);
    assert_eq!(w.everything().await, before);
    xu.upload(&undoing, typed, slip).await.is(303);
    let row: String = w
        .ask("select concat_ws(' ', trim_scale(repaid), repaid_cny, repaid_on, repaid_reference) from receipt_allocation where outcome = 'refunded'")
        .await;
    assert_eq!(row, "600 4290.00 2026-11-23 TT-7781");
    // The settlement stands, nothing waits, and the cancellation is over.
    let holds: String = w
        .ask("select trim_scale(unclaimed) || ' ' || trim_scale(unsettled) from receipt")
        .await;
    assert_eq!((holds.as_str(), w.count("settlement").await), ("0 0", 1));
    let condition: String = w
        .ask(&format!(
            "select condition from export_order where id = '{}'",
            order.id
        ))
        .await;
    assert_eq!(condition, "cancelled");
    let page = xu.get(&format!("/receipts/{receipt}")).await.is(200);
    assert!(page.has("TT-7781"));
    w.adds_up().await;
}

#[tokio::test]
async fn the_table_gives_back_no_money_that_is_settled_and_not_repaid() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("300.00").await;
    w.allocate(&receipt, &order, "credit", "300.00")
        .await
        .is(303);
    w.settle(&receipt, "200.00", "7.1").await.is(303);
    let undone = |repaid: &str| {
        format!(
            "insert into receipt_allocation (id, receipt, order_id, kind, amount, undoes, outcome, at, person {})
             select gen_random_uuid(), a.receipt, a.order_id, a.kind, -a.amount, a.id, 'refunded', a.at, a.person {repaid}
             from receipt_allocation a",
            if repaid.is_empty() { "" } else { ", repaid" }
        )
    };
    let refused = w.try_sql(&undone("")).await.unwrap_err();
    assert!(refused.contains("unsettled"), "{refused}");
    // Nothing is repaid without its slip.
    let refused = w.try_sql(&undone(", 200")).await.unwrap_err();
    assert!(refused.contains("receipt_allocation_repaid"), "{refused}");
}
