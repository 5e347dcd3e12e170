//! Pages of money: what the forms offer, what the manager sees beside the sum she decides about, and how a phone shows
//! the lists.

use crate::support::{World, claim, slip};
use gendan::finance::payable::stage::Stage;

#[tokio::test]
async fn the_form_offers_who_works_on_the_order_its_shipments_and_our_currencies() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let shipment = w.plan_shipment(&order, "sea_fcl", "10").await;
    let shen = w.as_("shen").await;
    let page = shen
        .get(&format!("/payables/new?order={}", order.number))
        .await
        .is(200);
    let offered = |field: &str| page.attributes(&format!("#f-{field}-list option"), "value");
    assert_eq!(offered("payee"), ["qiming"]);
    assert_eq!(offered("shipment"), [shipment.as_str()]);
    let currencies = page.attributes("#f-currency option", "value");
    assert!(currencies.contains(&"CNY".to_owned()) && currencies.contains(&"USD".to_owned()));
    assert_eq!(
        page.attributes("#f-currency option[selected]", "value"),
        ["CNY"]
    );
    // What was typed comes back with the offers beside it.
    let wrong = claim(&order, "10.00").with("shipment", "S26-9999");
    let back = shen.post("/payables", wrong).await.is(422);
    assert_eq!(back.attributes("#f-shipment", "value"), ["S26-9999"]);
    assert_eq!(
        back.attributes("#f-shipment-list option", "value"),
        [shipment.as_str()]
    );
    let right = back.form("/payables").with("shipment", shipment);
    shen.post("/payables", right).await.is(303);
    // Before an order is named there is nothing of it to offer; what another department makes is not told.
    let blank = shen.get("/payables/new").await.is(200);
    assert!(blank.attributes("#f-payee-list option", "value").is_empty());
    let other = w.as_("lu").await;
    let page = other
        .get(&format!("/payables/new?order={}", order.number))
        .await
        .is(200);
    assert!(page.attributes("#f-payee-list option", "value").is_empty());
}

#[tokio::test]
async fn the_decision_shows_what_else_the_payee_has_had_on_the_order() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "300.00", Stage::Asked).await;
    let url = format!("/payables/{number}/approval");
    let page = w.as_("gu").await.get(&url).await.is(200);
    assert!(page.attributes("#beside dl", "class").is_empty());
    w.payable_at(&order, "1100.00", Stage::Paid).await;
    w.payable_at(&order, "250.00", Stage::Asked).await;
    w.payable_at(&order, "40.00", Stage::Approved).await;
    w.payable_at(&order, "7777.00", Stage::Void).await;
    // Another payee and another order are no part of it.
    let shen = w.as_("shen").await;
    let other = claim(&order, "8888.00")
        .with("kind", "other")
        .with("payee", "甬屿报关行");
    shen.post("/payables", other).await.is(303);
    let second = w.order().await;
    w.payable_at(&second, "9999.00", Stage::Asked).await;
    let page = w.as_("gu").await.get(&url).await.is(200);
    assert_eq!(page.texts("#beside dd"), ["¥ 1,100.00", "¥ 290.00"]);
    // The buttons stand in the bar of a phone as well.
    let bar = page.attributes("section.bar button[form=decide]", "value");
    assert_eq!(bar, ["returned", "approved"]);
}

#[tokio::test]
async fn on_a_phone_every_cell_of_the_desk_says_its_column() {
    let w = World::new().await;
    let order = w.order().await;
    w.payable_at(&order, "1100.00", Stage::Approved).await;
    w.receipt("500.00").await;
    let xu = w.as_("xu").await;
    for (url, words) in [
        ("/payables", ["收款人", "金额"]),
        ("/finance", ["收款人", "金额"]),
        ("/finance", ["付款人", "到账日"]),
    ] {
        let page = xu.get(url).await.is(200);
        let labels = page.attributes("table.stack tbody td", "data-label");
        for word in words {
            assert!(
                labels.iter().any(|label| label.contains(word)),
                "{url} {word} {labels:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_receipt_is_of_a_customer_we_know_or_of_nobody_yet() {
    let w = World::new().await;
    let xu = w.as_("xu").await;
    let page = xu.get("/receipts/new").await.is(200);
    let offered = page.attributes("#f-customer-list option", "value");
    assert!(
        offered.contains(&"nordhavn-living".to_owned()),
        "{offered:?}"
    );
    let unknown = slip("10.00", "FT77").with("customer", "NORDHAVN & SONS");
    let back = xu.post("/receipts", unknown).await.is(422);
    assert_eq!(back.attributes("#f-customer", "value"), ["NORDHAVN & SONS"]);
    assert_eq!(back.attributes("#f-customer", "aria-invalid"), ["true"]);
    assert_eq!(back.attributes("#f-bank_reference", "value"), ["FT77"]);
    assert_eq!(w.count("receipt").await, 0);
    let known = slip("10.00", "FT77").with("customer", "nordhavn-living");
    xu.post("/receipts", known).await.is(303);
    let nobody = slip("10.00", "FT78").with("customer", "");
    xu.post("/receipts", nobody).await.is(303);
    assert_eq!(w.count("receipt where customer is null").await, 1);
}
