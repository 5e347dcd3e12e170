//! Receipts: never more of them than came in, undone by a row, never twice, and figures only to who may see them.

use crate::support::{Form, Placed, Wanted, World, all_at_once, id, slip};
use gendan::proforma::Stage;
use std::sync::Arc;

/// An order of USD 12,480.00 with 30 % before production, confirmed.
async fn confirmed(w: &World) -> Placed {
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    order
}

async fn money_in(w: &World, order: &Placed) -> String {
    w.ask::<String>(&format!(
        "select order_money_in('{}')::numeric(18, 2)::text",
        order.id
    ))
    .await
}

async fn kinds(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where order_id = '{}' order by kind",
        order.id
    ))
    .await
}

#[tokio::test]
async fn a_receipt_finds_its_order_and_the_deposit_is_in() {
    let w = World::new().await;
    let order = confirmed(&w).await;
    assert!(kinds(&w, &order).await.contains(&"get_deposit".to_owned()));
    let receipt = w.receipt("3744.00").await;
    assert_eq!(receipt, "R26-0001");
    let page = w
        .as_("xu")
        .await
        .get(&format!("/receipts/{receipt}"))
        .await
        .is(200);
    let url = format!("/receipts/{receipt}/allocations");
    let suggested = page.form(&url);
    assert!(
        suggested
            .0
            .contains(&("order".to_owned(), order.number.clone()))
    );
    w.as_("xu").await.post(&url, suggested).await.is(303);
    assert_eq!(money_in(&w, &order).await, "3744.00");
    assert!(!kinds(&w, &order).await.contains(&"get_deposit".to_owned()));
    let told: Vec<String> = w
        .ask_all(&format!(
            "select kind from event where stream = 'order:{}' and kind = 'receipt_allocated'",
            order.id
        ))
        .await;
    assert_eq!(told.len(), 1);
    let page = w
        .as_("shen")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    assert!(page.has("3,744.00") && page.has("8,736.00") && page.has(&receipt));
    w.adds_up().await;
}

#[tokio::test]
async fn no_more_than_came_in_nor_than_is_owed_is_allocated() {
    let w = World::new().await;
    let order = confirmed(&w).await;
    let receipt = w.receipt("20000.00").await;
    let refused = w
        .allocate(&receipt, &order, "deposit", "12480.01")
        .await
        .is(422);
    assert_eq!(
        refused.attributes("input[name=amount][aria-invalid]", "value"),
        ["12480.01"],
        "said at the figure, which stays as it was typed"
    );
    w.allocate(&receipt, &order, "deposit", "0").await.is(422);
    w.allocate(&receipt, &order, "balance", "12480.00")
        .await
        .is(303);
    let refused = w
        .allocate(&receipt, &order, "credit", "7520.01")
        .await
        .is(422);
    assert!(refused.has("USD 7,520.00"), "without its currency");
    w.allocate(&receipt, &order, "credit", "7520.00")
        .await
        .is(303);
    let insert = format!(
        "insert into receipt_allocation (id, receipt, order_id, kind, amount, at, person)
         select '{}', id, '{}', 'credit', 0.01, '2026-11-23T01:00:00Z', '{}' from receipt",
        id("one too many"),
        order.id,
        id("xu")
    );
    let refused = w.try_sql(&insert).await.unwrap_err();
    assert!(refused.contains("has not that much money"), "{refused}");
    w.adds_up().await;
}

#[tokio::test]
async fn money_does_not_cross_currencies() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("100.00").await;
    w.sql(&format!(
        "update export_order set currency = 'EUR' where id = '{}'",
        order.id
    ))
    .await;
    let before = w.everything().await;
    w.allocate(&receipt, &order, "credit", "100.00")
        .await
        .is(422);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn two_at_one_moment_do_not_find_the_same_money() {
    let w = Arc::new(World::new().await);
    let receipt = w.receipt("1000.00").await;
    let (one, two) = (w.order().await, w.order().await);
    let acts = [one, two].map(|order| {
        let (w, receipt) = (w.clone(), receipt.clone());
        async move {
            w.allocate(&receipt, &order, "credit", "700.00")
                .await
                .status
        }
    });
    let mut answers = all_at_once(acts).await;
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
    w.adds_up().await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn what_was_allocated_is_undone_by_a_row_and_free_again() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("500.00").await;
    w.allocate(&receipt, &order, "deposit", "500.00")
        .await
        .is(303);
    let url = format!(
        "/receipts/{receipt}/allocations/{}/undoing",
        w.allocation(&receipt).await
    );
    let xu = w.as_("xu").await;
    xu.get(&url).await.is(200);
    xu.post(&url, [("how", "reverse")]).await.is(422);
    xu.post(&url, [("how", "keep"), ("words", "ours")])
        .await
        .is(409);
    xu.post(&url, [("how", "reverse"), ("words", "wrong order")])
        .await
        .is(303);
    xu.post(&url, [("how", "refund"), ("words", "again")])
        .await
        .is(409);
    assert_eq!(money_in(&w, &order).await, "0.00");
    assert_eq!(w.count("receipt_allocation").await, 2);
    w.allocate(&receipt, &order, "balance", "500.00")
        .await
        .is(303);
    let back = format!(
        "/receipts/{receipt}/allocations/{}/undoing",
        w.allocation(&receipt).await
    );
    xu.post(
        &back,
        [("how", "return_by_bank"), ("words", "closed account")],
    )
    .await
    .is(303);
    w.allocate(&receipt, &order, "balance", "1.00")
        .await
        .is(422);
    w.adds_up().await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn the_money_of_a_cancelled_order_waits_for_the_managers_plan_and_another_hand() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("800.00").await;
    w.allocate(&receipt, &order, "deposit", "800.00")
        .await
        .is(303);
    let url = format!(
        "/receipts/{receipt}/allocations/{}",
        w.allocation(&receipt).await
    );
    let xu = w.as_("xu").await;
    let question = format!("{url}/question");
    xu.post(&question, [("plan", "refund")]).await.is(409);
    let cancel = format!("{}/cancellation", order.url());
    w.as_("gu")
        .await
        .post(&cancel, [("reason", "customer closes the shop")])
        .await
        .is(303);
    let undoing = format!("{url}/undoing");
    let refund = [("how", "refund"), ("words", "agreed")];
    xu.post(&undoing, refund).await.is(409);
    xu.post(&question, [("plan", "refund")]).await.is(303);
    let form = w.verdict_on("receipt", &receipt, "approved").await;
    let decision = format!("{url}/approval");
    for (login, status) in [("zhou", 403), ("shen", 403), ("xu", 403), ("jiang", 404)] {
        w.as_(login)
            .await
            .post(&decision, form.clone())
            .await
            .is(status);
    }
    let card: uuid::Uuid = w.ask("select id from approval where state = 'open'").await;
    w.as_("gu").await.get("/approvals").await.is(200);
    w.as_("gu")
        .await
        .get(&format!("/approvals/{card}"))
        .await
        .leads_to(&decision);
    w.as_("gu").await.get(&decision).await.is(200);
    w.as_("gu").await.post(&decision, form).await.is(303);
    xu.post(&undoing, [("how", "keep"), ("words", "no")])
        .await
        .is(409);
    w.sql(&format!(
        "update person set roles = array['manager', 'finance'] where id = '{}'",
        id("gu")
    ))
    .await;
    w.as_("gu").await.post(&undoing, refund).await.is(403);
    xu.post(&undoing, refund).await.is(303);
    w.adds_up().await;
}

#[tokio::test]
async fn one_bank_reference_is_recorded_once() {
    let w = World::new().await;
    let xu = w.as_("xu").await;
    xu.post("/receipts", slip("10.00", "FT1")).await.is(303);
    let before = w.everything().await;
    let reply = xu.post("/receipts", slip("11.00", "FT1")).await.is(422);
    assert!(reply.has("R26-0001") && reply.has("11.00"));
    assert_eq!(w.everything().await, before);
    for (field, value) in [
        ("amount", "10.005"),
        ("received_on", "2026-11-24"),
        ("payer", ""),
        ("account", ""),
        ("customer", "nobody"),
    ] {
        xu.post("/receipts", slip("10.00", "FT2").with(field, value))
            .await
            .is(422);
    }
    w.as_("shen")
        .await
        .post("/receipts", slip("10.00", "FT3"))
        .await
        .is(403);
}

const LIST: &str = "日期,币种,贷方金额,对方户名,流水号,手续费,附言\n\
    2026-11-20,USD,\"16,423.00\",NORDHAVN LIVING AB,FT1,20.00,HY26-0156\n\
    2026-11-20,USD,abc,PINE HARBOR,FT2,,\n";

#[tokio::test]
async fn a_banks_list_comes_in_whole_or_not_at_all_and_once() {
    let w = World::new().await;
    let xu = w.as_("xu").await;
    let account = Form::default().with("account", id("usd").to_string());
    let file = ("list", "bank.csv", LIST.as_bytes());
    let reply = xu
        .upload("/receipts/import", account.clone(), file)
        .await
        .is(303);
    let url = reply.location().to_owned();
    assert!(xu.get(&url).await.is(200).has("C3"));
    let take = format!("{url}/receipts");
    xu.post(&take, []).await.is(409);
    assert_eq!(w.count("receipt").await, 0);
    xu.post(&url, [("cells[C3]", "99.00")]).await.is(303);
    w.as_("fang").await.post(&take, []).await.is(404);
    xu.post(&take, []).await.is(303);
    assert_eq!(w.count("receipt").await, 2);
    let known: i64 = w
        .ask("select count(*) from receipt where customer is not null and imported")
        .await;
    assert_eq!(known, 1);
    xu.post(&take, []).await.is(404);
    let again = xu.upload("/receipts/import", account, file).await.is(303);
    let url = again.location().to_owned();
    assert!(xu.get(&url).await.is(200).has("R26-0001"));
    xu.post(&format!("{url}/receipts"), []).await.is(409);
    xu.post(&url, [("out[2]", "yes"), ("out[3]", "yes")])
        .await
        .is(303);
    xu.post(&format!("{url}/receipts"), []).await.is(409);
    assert_eq!(w.count("receipt").await, 2);
    w.adds_up().await;
}

#[tokio::test]
async fn amounts_are_shown_to_who_may_see_them_only() {
    let w = World::new().await;
    let order = confirmed(&w).await;
    let other = w.open_order(Wanted::AMERICA).await;
    let receipt = w.receipt("3744.00").await;
    w.allocate(&receipt, &order, "deposit", "3744.00")
        .await
        .is(303);
    for (login, status) in [
        ("zhou", 200),
        ("shen", 200),
        ("gu", 200),
        ("tang", 404),
        ("he", 404),
        ("lu", 404),
        ("jiang", 404),
    ] {
        let client = w.as_(login).await;
        client.get(&format!("/receipts/{receipt}")).await.is(status);
        let listed = client.get("/receipts").await.is(200).has(&receipt);
        assert_eq!(listed, status == 200, "{login}");
    }
    let page = w
        .as_("tang")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    assert!(!page.has("3,744") && !page.has("8,736") && !page.has(&receipt));
    w.as_("zhou")
        .await
        .get(&format!("{}/payments", other.url()))
        .await
        .is(404);
    let book = w.as_("tang").await.get("/receipts.xlsx").await.is(200);
    assert!(!book.body.is_empty());
}

#[tokio::test]
async fn the_balance_is_asked_as_a_relay_and_answered_by_the_money() {
    let w = World::new().await;
    let order = confirmed(&w).await;
    let url = format!("{}/payments/asking", order.url());
    let shen = w.as_("shen").await;
    let copy = ("copy", "BL copy.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    let form = [("amount", "12480.00"), ("due_on", "2026-11-30")];
    shen.upload(
        &url,
        [("amount", "12480.01"), ("due_on", "2026-11-30")],
        copy,
    )
    .await
    .is(422);
    shen.upload(&url, form, copy).await.is(303);
    assert!(kinds(&w, &order).await.contains(&"get_balance".to_owned()));
    let owed: i64 = w
        .ask("select count(*) from relay r join relay_file f on f.relay = r.id join relay_receipt t on t.relay = r.id
              where r.from_side = 'us' and t.to_side = 'customer' and t.passed_at is null")
        .await;
    assert_eq!(owed, 1);
    // Banks may keep fifty dollars of it.
    let receipt = w.receipt("12430.00").await;
    w.allocate(&receipt, &order, "balance", "12430.00")
        .await
        .is(303);
    assert!(!kinds(&w, &order).await.contains(&"get_balance".to_owned()));
    let heard: String = w
        .ask("select t.acknowledged_by from relay r join relay_receipt t on t.relay = r.id where r.kind = 'balance_asked'")
        .await;
    assert_eq!(heard, "NORDHAVN LIVING AB", "who has paid has heard");
    w.adds_up().await;
}
