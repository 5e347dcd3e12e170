//! Adjustment lines: freight, discounts and the like stand beside the goods and count into every total from then on.

use crate::support::{Form, World};
use gendan::proforma::Stage;
use rust_decimal::Decimal;

fn with_rows(mut form: Form, rows: &[[&str; 4]]) -> Form {
    for (place, [kind, zh, en, amount]) in rows.iter().enumerate() {
        let cells = [("kind", kind), ("zh", zh), ("en", en), ("amount", amount)];
        for (column, value) in cells {
            form = form.with(&format!("adjust[{place}][{column}]"), *value);
        }
        form = form.with(&format!("adjust[{place}][reason]"), REASON);
    }
    form
}

const REASON: &str = "Agreed with Anna Lind on 20 November";
const FREIGHT: [&str; 4] = ["freight", "海运费", "Sea freight", "300"];
const ALLOWANCE: [&str; 4] = ["discount", "色差折让", "Shade allowance", "120.50"];

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[tokio::test]
async fn adjustments_count_into_the_total_in_figures_words_and_instalments() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Draft).await;
    let (shen, url) = (w.as_("shen").await, order.proforma(1));
    let form = with_rows(w.draft_form(&order, 1).await, &[FREIGHT, ALLOWANCE]);
    shen.post(&url, form).await.is(303);
    let page = shen.get(&format!("{url}/edit")).await.is(200);
    assert!(page.has("海运费") && page.has("12,659.50") && page.has("-120.5"));
    for act in ["submission", "approval", "sending"] {
        w.act_on(&order, 1, act).await.is(303);
    }
    let paper = shen.get(&url).await.is(200);
    assert!(paper.has("12,480.00") && paper.has("12,659.50"));
    assert!(paper.text().to_uppercase().contains("SIX HUNDRED"));
    // 30 % of the whole, not of the goods.
    assert!(paper.has("3,797.85") && paper.has("8,861.65"));
    w.act_on(&order, 1, "confirmation").await.is(303);
    w.adds_up().await;

    let figure = async |sql: &str| {
        let sql = sql.replace("$1", &format!("'{}'", order.id));
        w.ask::<Decimal>(&format!("select {sql}")).await
    };
    assert_eq!(figure("order_owed($1)").await, d("12659.50"));
    assert_eq!(figure("order_amount($1, 'USD')").await, d("12659.50"));
    w.shipped(&order, "HY-S1", "2027-01-18").await;
    let of_shipment = "(select id from shipment where number = 'HY-S1')";
    let shipped = figure(&format!("order_shipped_value($1, {of_shipment})")).await;
    assert_eq!(shipped, d("12659.50"));
    let customs = figure(&format!("order_customs_value($1, {of_shipment})")).await;
    assert_eq!(customs, d("12359.50"));
    assert_eq!(figure("order_owed($1)").await, d("12659.50"));
}

#[tokio::test]
async fn the_next_revision_shows_what_it_changes_in_them() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    w.proforma_at(&order, Stage::Draft).await;
    let shen = w.as_("shen").await;
    let url = order.proforma(2);
    let form = with_rows(w.draft_form(&order, 2).await, &[ALLOWANCE]);
    shen.post(&url, form).await.is(303);
    let page = shen.get(&format!("{url}/edit")).await.is(200);
    assert!(page.has("Shade allowance −120.50") && page.has("12,359.50"));
    let owed = format!("select order_owed('{}')", order.id);
    assert_eq!(w.ask::<Decimal>(&owed).await, d("12480"));
    for act in ["submission", "approval", "sending", "confirmation"] {
        w.act_on(&order, 2, act).await.is(303);
    }
    assert_eq!(w.ask::<Decimal>(&owed).await, d("12359.50"));
    w.adds_up().await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_comes_back_and_nothing_may_eat_the_whole() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Draft).await;
    let (shen, url) = (w.as_("shen").await, order.proforma(1));
    let wrong = [FREIGHT, ["other", "杂费", "", "a lot"]];
    let form = with_rows(w.draft_form(&order, 1).await, &wrong);
    let page = shen.post(&url, form).await.is(422);
    assert!(page.has("a lot") && page.has("海运费"));
    let all = with_rows(
        w.draft_form(&order, 1).await,
        &[["discount", "全免", "Free of charge", "12480"]],
    );
    shen.post(&url, all).await.is(303);
    w.act_on(&order, 1, "submission").await.is(409);
    assert_eq!(w.stage_of(&order, 1).await, "draft");
}

#[tokio::test]
async fn what_comes_on_or_off_has_a_name_and_a_reason_that_the_manager_reads() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Draft).await;
    let (shen, url) = (w.as_("shen").await, order.proforma(1));
    let whole = with_rows(w.draft_form(&order, 1).await, &[ALLOWANCE])
        .with("discount_percent", "2")
        .with("discount_reason", "Second order of the year");
    let silent = [
        ("adjust[0][reason]", "请写明这一项的原因"),
        ("discount_reason", "色差折让"),
    ];
    for (field, shown) in silent {
        let page = shen.post(&url, whole.clone().with(field, "")).await.is(422);
        assert!(page.has(shown), "{field}");
    }
    let nameless = whole
        .clone()
        .with("adjust[0][zh]", "")
        .with("adjust[0][en]", "");
    let page = shen.post(&url, nameless).await.is(422);
    assert!(page.has("加减项要有名称") && page.has(REASON));
    shen.post(&url, whole).await.is(303);
    w.act_on(&order, 1, "submission").await.is(303);
    let decision = w
        .as_("gu")
        .await
        .get(&format!("{url}/approval"))
        .await
        .is(200);
    assert!(decision.has(REASON) && decision.has("Second order of the year"));
}

#[tokio::test]
async fn a_line_of_before_reasons_is_not_handed_in_without_one() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Draft).await;
    w.sql(
        r#"update proforma_invoice set adjustments =
           '[{"kind": "freight", "label_zh": "", "label_en": "Sea freight", "amount": "300"}]'"#,
    )
    .await;
    let refused = w.act_on(&order, 1, "submission").await.is(409);
    assert!(refused.has("加减项没有写原因"));
}
