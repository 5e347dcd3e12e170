//! A part of the goods leaves an order: carried over into one of its own, or given up by the customer.

use crate::support::{Placed, World};
use gendan::proforma::Stage;
use rust_decimal::Decimal;

const MAIL: (&str, &str, &[u8]) = ("evidence", "mail.txt", b"We take 1,150 only.");

async fn goods(w: &World, order: &str) -> Decimal {
    w.ask(&format!(
        "select sum(l.quantity) from order_line l join export_order o on o.id = l.order_id where o.number = '{order}'"
    ))
    .await
}

async fn given_up(w: &World, order: &Placed) -> Decimal {
    w.ask(&format!(
        "select sum(short_closed) from order_line where order_id = '{}'",
        order.id
    ))
    .await
}

#[tokio::test]
async fn a_split_loses_nothing_and_both_orders_lead_to_each_other() {
    let w = World::new().await;
    let order = w.order().await;
    let (url, shen) = (format!("{}/split", order.url()), w.as_("shen").await);
    let form = shen.get(&url).await.is(200).form(&url);
    let form = form
        .with("lines[0][quantity]", "500")
        .with("lines[1][quantity]", "1200")
        .with("title", "衬衫，第二批");
    let second = shen.post(&url, form).await.is(303).location().to_owned();
    let number = second.rsplit('/').next().unwrap();
    assert_eq!(goods(&w, &order.number).await, Decimal::from(700));
    assert_eq!(goods(&w, number).await, Decimal::from(1_700));
    assert!(shen.get(&second).await.has(&order.number));
    assert!(shen.get(&order.url()).await.has(number));
    let differences = gendan::app::verify(&w.app).await.unwrap();
    assert_eq!(differences, Vec::<String>::new());
}

#[tokio::test]
async fn an_order_keeps_a_part_of_its_goods_and_a_refused_split_keeps_what_was_typed() {
    let w = World::new().await;
    let order = w.order().await;
    let (url, shen) = (format!("{}/split", order.url()), w.as_("shen").await);
    let form = shen.get(&url).await.form(&url);
    let whole = form
        .clone()
        .with("lines[0][quantity]", "1200")
        .with("lines[1][quantity]", "1200");
    let before = w.everything().await;
    shen.post(&url, whole).await.is(409);
    let much = form.clone().with("lines[0][quantity]", "1,201");
    let page = shen.post(&url, much).await.is(422);
    assert!(page.has("1,201") && page.has("1,200"), "{}", page.text());
    shen.post(&url, form).await.is(422);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn goods_that_a_paper_fixes_are_not_split() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let (url, shen) = (format!("{}/split", order.url()), w.as_("shen").await);
    let form = shen.get(&url).await.form(&url);
    let before = w.everything().await;
    let form = form.with("lines[0][quantity]", "500");
    shen.post(&url, form).await.is(409);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn the_manager_short_closes_on_the_customers_evidence_alone() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    let (url, gu) = (format!("{}/short-close", order.url()), w.as_("gu").await);
    let form = gu.get(&url).await.is(200).form(&url);
    let form = form
        .with("lines[0][quantity]", "50")
        .with("reason", "客户不要尾数");
    let page = gu.post(&url, form.clone()).await.is(422);
    assert!(page.has("客户不要尾数"));
    assert_eq!(given_up(&w, &order).await, Decimal::ZERO);
    w.as_("shen")
        .await
        .upload(&url, form.clone(), MAIL)
        .await
        .is(403);
    gu.upload(&url, form.clone(), MAIL).await.is(303);
    assert_eq!(given_up(&w, &order).await, Decimal::from(50));
    // The page was drawn before the first one.
    gu.upload(&url, form, MAIL).await.is(409);
    assert_eq!(given_up(&w, &order).await, Decimal::from(50));
}

#[tokio::test]
async fn what_is_given_up_is_owed_by_nobody() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    let ask = |what: &str| {
        format!(
            "select {what} from order_line g where g.order_id = '{}' order by g.pos limit 1",
            order.id
        )
    };
    let owed: Decimal = w.ask(&ask("shipping_ordered(g.id)")).await;
    let total: Decimal = w.ask(&ask("order_given_up(g.order_id)")).await;
    assert_eq!(total, Decimal::ZERO);
    let (url, gu) = (format!("{}/short-close", order.url()), w.as_("gu").await);
    let form = gu.get(&url).await.form(&url);
    let form = form.with("lines[0][quantity]", "50").with("reason", "尾数");
    gu.upload(&url, form, MAIL).await.is(303);
    let left: Decimal = w.ask(&ask("shipping_ordered(g.id)")).await;
    assert_eq!(left, owed - Decimal::from(50), "nobody has to ship it");
    let price: Decimal = w.ask(&ask("g.unit_price")).await;
    let off: Decimal = w.ask(&ask("order_given_up(g.order_id)")).await;
    assert_eq!(off, price * Decimal::from(50), "nobody has to pay for it");
    let open = w
        .as_("xu")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    let total: Decimal = w
        .ask(&format!(
            "select total from proforma_invoice where order_id = '{}' and stage = 'confirmed'",
            order.id
        ))
        .await;
    let due = (total - off).round_dp(2);
    assert!(
        open.has(&gendan::base::format::fixed(due, 2)),
        "the balance asked is {due}"
    );
}

#[tokio::test]
async fn nothing_is_given_up_before_anything_is_owed() {
    let w = World::new().await;
    let order = w.order().await;
    let (url, gu) = (format!("{}/short-close", order.url()), w.as_("gu").await);
    let form = gu.get(&url).await.form(&url);
    let form = form.with("lines[0][quantity]", "50").with("reason", "尾数");
    let before = w.everything().await;
    gu.upload(&url, form, MAIL).await.is(409);
    assert_eq!(w.everything().await, before);
}

/// The order a split led to.
async fn second(w: &World, of: &Placed) -> Placed {
    let number: String = w
        .ask(&format!(
            "select number from export_order where split_of = '{}'",
            of.id
        ))
        .await;
    let id = w
        .ask(&format!(
            "select id from export_order where number = '{number}'"
        ))
        .await;
    Placed {
        number,
        id,
        wanted: of.wanted.clone(),
    }
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn after_the_customer_confirmed_a_part_is_split_off_and_every_amount_adds_up() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    w.proforma_at(&order, Stage::Draft).await;
    let freight = w
        .draft_form(&order, 1)
        .await
        .with("adjust[0][kind]", "freight")
        .with("adjust[0][en]", "Sea freight")
        .with("adjust[0][amount]", "300.10")
        .with("adjust[0][reason]", "CIF agreed by mail");
    shen.post(&order.proforma(1), freight).await.is(303);
    for act in ["submission", "approval", "sending", "confirmation"] {
        w.act_on(&order, 1, act).await.is(303);
    }
    let owed = |of: &Placed| format!("select coalesce(order_owed('{}'), 0)", of.id);
    let whole: Decimal = w.ask(&owed(&order)).await;

    let url = format!("{}/split", order.url());
    let form = shen.get(&url).await.is(200).form(&url);
    let form = form
        .with("lines[0][quantity]", "600")
        .with("title", "衬衫，第二批");
    shen.post(&url, form.clone()).await.is(303);
    // The page was drawn before the first one.
    shen.post(&url, form).await.is(409);
    let next = second(&w, &order).await;
    let first: Decimal = w.ask(&owed(&order)).await;
    let papers = format!(
        "select count(*) from proforma_invoice where order_id = '{}'",
        order.id
    );
    assert_eq!(
        w.ask::<i64>(&papers).await,
        1,
        "the confirmed revision stays"
    );
    assert!(first < whole);
    assert_eq!(w.ask::<Decimal>(&owed(&next)).await, Decimal::ZERO);
    w.adds_up().await;

    // The second order owes its part once its own paper is approved and confirmed.
    shen.post(&format!("{}/proforma", next.url()), [])
        .await
        .is(303);
    let url = next.proforma(1);
    let form = shen.get(&format!("{url}/edit")).await.is(200).form(&url);
    let form = form
        .with("discharge_port", "Gothenburg")
        .with("act", "submit");
    shen.post(&url, form).await.is(303);
    for act in ["approval", "sending", "confirmation"] {
        w.act_on(&next, 1, act).await.is(303);
    }
    let then: Decimal = w.ask(&owed(&next)).await;
    assert_eq!(first + then, whole, "nothing is owed twice or by nobody");
    w.adds_up().await;
}

#[tokio::test]
async fn what_a_factory_makes_or_a_ship_carries_is_not_split_off() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    w.shipped(&order, "HY-S9", "2027-01-18").await;
    let (url, shen) = (format!("{}/split", order.url()), w.as_("shen").await);
    let form = shen.get(&url).await.is(200).form(&url);
    let before = w.everything().await;
    shen.post(&url, form.with("lines[0][quantity]", "1"))
        .await
        .is(422);
    assert_eq!(w.everything().await, before);
}
