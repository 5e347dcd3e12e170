//! Payment terms: the company's own list is chosen from, and what was chosen stays what it was when the card changes.

use crate::support::{Form, World};
use gendan::proforma::Stage;

const WRITTEN: &str = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:OPEN_ACCOUNT:MATURITY:45:BL_DATE";

fn value(form: &Form, name: &str) -> String {
    let field = form.0.iter().find(|(field, _)| field == name);
    field.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// 30 % before production, the rest on open account.
fn card(first: &str, rest: &str) -> Form {
    Form::from([
        ("name_zh", "三成定金，余款提单后 45 天"),
        ("name_en", "30% deposit, balance 45 days"),
        ("share_1", first),
        ("instrument_1", "tt"),
        ("event_1", "before_production"),
        ("share_2", rest),
        ("instrument_2", "oa"),
        ("days_2", "45"),
    ])
}

#[tokio::test]
async fn a_card_of_payment_terms_sums_to_the_whole_and_is_entered_once() {
    let w = World::new().await;
    let finance = w.as_("xu").await;
    let refused = finance
        .post("/payment-terms", card("30", "60"))
        .await
        .is(422);
    assert!(refused.has("90%"));
    assert_eq!(value(&refused.form("/payment-terms"), "days_2"), "45");
    finance
        .post("/payment-terms", card("30", "70"))
        .await
        .leads_to("/payment-terms/PT_30_DEPOSIT_BALANCE_45_DAYS");
    let page = finance
        .get("/payment-terms/PT_30_DEPOSIT_BALANCE_45_DAYS")
        .await
        .is(200);
    assert!(page.has("三成定金") && page.has("45"));
    finance
        .post("/payment-terms", card("30", "70"))
        .await
        .is(422);
    assert!(
        finance
            .get("/payment-terms?q=sanchengdingjin")
            .await
            .has("三成定金")
    );
    assert!(finance.get("/payment-terms?q=scdj").await.has("三成定金"));
    w.as_("shen")
        .await
        .post("/payment-terms", card("20", "80"))
        .await
        .is(403);
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn what_an_order_took_over_stays_when_the_card_changes() {
    let w = World::new().await;
    let (finance, shen) = (w.as_("xu").await, w.as_("shen").await);
    finance
        .post("/payment-terms", card("30", "70"))
        .await
        .is(303);
    w.sql("update customer set terms = 'PT_30_DEPOSIT_BALANCE_45_DAYS' where code = 'nordhavn-living'")
        .await;
    let form = shen
        .get("/orders/new?customer=nordhavn-living")
        .await
        .is(200);
    assert_eq!(value(&form.form("/orders"), "payment"), WRITTEN);
    let order = w.order().await;
    w.sql(&format!(
        "update export_order set terms = '{WRITTEN}' where id = '{}'",
        order.id
    ))
    .await;
    w.proforma_at(&order, Stage::Confirmed).await;
    let paper = shen.get(&order.proforma(1)).await.is(200);
    assert!(paper.has("三成定金，余款提单后 45 天") && paper.has("3,744.00"));

    let url = "/payment-terms/PT_30_DEPOSIT_BALANCE_45_DAYS";
    let changed = card("40", "60")
        .with("name_zh", "四成定金")
        .with("rev", "1");
    finance.post(url, changed).await.leads_to(url);
    let paper = shen.get(&order.proforma(1)).await.is(200);
    assert!(paper.has("三成定金，余款提单后 45 天") && paper.has("3,744.00"));
    let held: String = w
        .ask(&format!(
            "select terms from export_order where id = '{}'",
            order.id
        ))
        .await;
    assert_eq!(held, WRITTEN);
    // The next order follows the card; this one keeps its own among the choices.
    let form = shen
        .get("/orders/new?customer=nordhavn-living")
        .await
        .is(200);
    assert!(value(&form.form("/orders"), "payment").starts_with("MIX|40:"));
    let change = shen
        .get(&format!("{}/changes/new", order.url()))
        .await
        .is(200);
    assert!(change.has("O/A 赊销 70%"));
    // Money is asked by what was confirmed: the deposit before production, the rest on trust.
    let money = shen.get(&format!("{}/payments", order.url())).await.is(200);
    assert!(money.has("3,744.00") && money.has("8,736.00"));
    w.adds_up().await;
}
