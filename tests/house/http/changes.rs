//! Change orders 变更单: after the confirmation goods and terms change no other way; every answer that a field asks for is
//! in before it is applied, and the papers that say otherwise are known.

use super::issues::sailed;
use crate::support::{Form, Placed, World, id};
use gendan::production::order::Stage;

async fn line(w: &World, order: &Placed, column: &str) -> String {
    w.ask(&format!(
        "select {column}::text from order_line where order_id = '{}' and pos = 1",
        order.id
    ))
    .await
}

async fn stage(w: &World, order: &Placed, change: i32) -> String {
    w.ask(&format!(
        "select stage from change_order where order_id = '{}' and number = {change}",
        order.id
    ))
    .await
}

async fn words_to(w: &World, order: &Placed, to: &str) -> Vec<String> {
    w.ask_all(&format!(
        "select distinct r.words from relay r join relay_receipt t on t.relay = r.id
         where r.order_id = '{}' and t.to_side = '{to}' and r.withdrawn_at is null",
        order.id
    ))
    .await
}

#[tokio::test]
async fn before_the_confirmation_the_order_itself_is_edited() {
    let w = World::new().await;
    let order = w.order().await;
    let refused = w
        .try_raise(&order, &[("lines[0][quantity]", "1300")])
        .await
        .is(409);
    assert!(refused.has("还没有确认"));
}

#[tokio::test]
async fn a_change_is_applied_when_manager_customer_and_factory_have_answered() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let cells = [("lines[0][quantity]", "1300"), ("lines[0][price]", "5.10")];
    let change = w.raise(&order, &cells).await;
    assert_eq!(w.change(&order, change, "application").await.status, 409);
    w.change(&order, change, "approval").await.is(303);
    w.change(&order, change, "agreement").await.is(303);
    let lacking = w.change(&order, change, "application").await.is(409);
    assert!(lacking.has("第 1 行"), "names the line that is missing");
    w.change(&order, change, "lines/1/acknowledgement")
        .await
        .is(303);
    assert_eq!(line(&w, &order, "quantity").await, "1200.0000");
    w.change(&order, change, "application").await.is(303);
    assert_eq!(line(&w, &order, "quantity").await, "1300.0000");
    assert_eq!(line(&w, &order, "unit_price").await, "5.100000");
    assert_eq!(w.stage_of(&order, 2).await, "draft");
    assert_eq!(w.stage_of(&order, 1).await, "confirmed");
    let stale: String = w
        .ask(&format!(
            "select number || ' ' || stale_by from issued_paper where order_id = '{}' and stale_since is not null",
            order.id
        ))
        .await;
    assert_eq!(stale, format!("{}-PI change_order:{change}", order.number));
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
    w.change(&order, change, "application").await.is(409);
}

#[tokio::test]
async fn the_factory_reads_no_price_and_the_customer_no_carton() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let cells = [
        ("lines[0][quantity]", "1300"),
        ("lines[0][price]", "5.10"),
        ("lines[0][cartons]", "44"),
    ];
    w.raise(&order, &cells).await;
    let factory = words_to(&w, &order, "factory").await.join("\n");
    let customer = words_to(&w, &order, "customer").await.join("\n");
    assert!(factory.contains("1300") && factory.contains("44") && !factory.contains("5.10"));
    assert!(customer.contains("1300") && customer.contains("5.10") && !customer.contains("44"));
    let tang = w.as_("tang").await;
    let page = tang
        .get(&format!("{}/changes/1", order.url()))
        .await
        .is(200);
    assert!(!page.texts(".diff").join(" ").contains("5.10"));
}

#[tokio::test]
async fn what_only_the_factory_packs_otherwise_asks_the_factory_alone() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let change = w.raise(&order, &[("lines[1][cartons]", "44")]).await;
    assert_eq!(w.count("approval").await, 1, "the proforma invoice's only");
    assert!(words_to(&w, &order, "customer").await.is_empty());
    w.apply(&order, change).await;
    let revisions: i64 = w.count("proforma_invoice").await;
    assert_eq!(revisions, 1, "nothing the customer confirmed is changed");
    assert_eq!(stage(&w, &order, change).await, "applied");
}

#[tokio::test]
async fn no_line_falls_below_what_is_shipped() {
    let w = World::new().await;
    let order = w.confirmed().await;
    sailed(&w, &order, "departed", "1100").await;
    let refused = w
        .try_raise(&order, &[("lines[0][quantity]", "1000")])
        .await
        .is(409);
    assert!(refused.has("1100"));
    let change = w.raise(&order, &[("lines[0][quantity]", "1150")]).await;
    // More has left before it was applied.
    w.sql(&format!(
        "update shipment_line set quantity = 1180 where shipment = '{}'",
        order.id
    ))
    .await;
    for act in ["approval", "agreement", "lines/1/acknowledgement"] {
        w.change(&order, change, act).await.is(303);
    }
    w.change(&order, change, "application").await.is(409);
    assert_eq!(line(&w, &order, "quantity").await, "1200.0000");
}

#[tokio::test]
async fn a_no_ends_it_and_what_it_asked_falls() {
    let w = World::new().await;
    let order = w.confirmed().await;
    for (act, by) in [("no", "manager"), ("refusal", "factory")] {
        let change = w.raise(&order, &[("lines[0][quantity]", "1300")]).await;
        w.change(&order, change, act).await.is(303);
        assert_eq!(stage(&w, &order, change).await, "refused");
        let refused: String = w
            .ask(&format!(
                "select refused_by from change_order where order_id = '{}' and number = {change}",
                order.id
            ))
            .await;
        assert_eq!(refused, by);
    }
    let open: i64 = w
        .ask("select count(*) from approval where state = 'open'")
        .await;
    assert_eq!((open, words_to(&w, &order, "factory").await.len()), (0, 0));
    assert_eq!(line(&w, &order, "quantity").await, "1200.0000");
}

#[tokio::test]
async fn one_raises_and_the_other_may_withdraw() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let change = w.raise(&order, &[("lines[0][price]", "5.10")]).await;
    let url = format!("{}/changes/{change}/withdrawal", order.url());
    w.as_("zhou").await.post(&url, []).await.is(422);
    let reason = [("words", "客户不改了")];
    w.as_("zhou").await.post(&url, reason).await.is(303);
    assert_eq!(stage(&w, &order, change).await, "withdrawn");
    w.as_("gu").await.get("/approvals").await.is(200);
}

#[tokio::test]
async fn nothing_typed_over_is_nothing_to_raise_and_one_cell_has_one_change() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.try_raise(&order, &[]).await.is(422);
    w.try_raise(&order, &[("lines[0][quantity]", "many")])
        .await
        .is(422);
    w.raise(&order, &[("lines[0][quantity]", "1300")]).await;
    w.try_raise(&order, &[("lines[0][quantity]", "1400")])
        .await
        .is(409);
    w.raise(&order, &[("lines[1][quantity]", "1400")]).await;
}

#[tokio::test]
async fn who_raised_it_does_not_approve_it() {
    let w = World::new().await;
    w.sql(&format!(
        "update person set roles = array['manager', 'salesperson'] where id = '{}'",
        id("gu")
    ))
    .await;
    let order = w
        .open_order(crate::support::Wanted {
            salesperson: "gu",
            manager: "qin",
            ..crate::support::Wanted::EUROPE
        })
        .await;
    w.proforma_at(&order, gendan::proforma::Stage::Confirmed)
        .await;
    let action = format!("{}/changes", order.url());
    let gu = w.as_("gu").await;
    let page = gu.get(&format!("{action}/new")).await.is(200);
    let form = page
        .form(&action)
        .with("reason", "降价")
        .with("lines[0][price]", "5.00");
    gu.post(&action, form).await.is(303);
    let answer = w.decision(&order, 1, "approved").await;
    gu.post(&format!("{action}/1/approval"), answer)
        .await
        .is(403);
    w.change(&order, 1, "approval").await.is(303);
}

#[tokio::test]
async fn an_outdated_paper_leaves_only_in_a_managers_name() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let change = w.raise(&order, &[("packing", "20 pcs a carton")]).await;
    w.apply(&order, change).await;
    let paper: uuid::Uuid = w
        .ask(&format!(
            "select id from issued_paper where order_id = '{}' and stale_since is not null",
            order.id
        ))
        .await;
    let shen = w.as_("shen").await;
    let again = format!("{}/papers/{paper}/sending", order.url());
    let to = [("to", "Anna Lind"), ("channel", "email")];
    shen.post(&again, []).await.is(422);
    let before = w.everything().await;
    let refused = shen.post(&again, to).await.is(409);
    assert!(refused.has(&format!("{}-PI r1", order.number)));
    assert_eq!(w.everything().await, before);
    let url = format!("{}/papers/{paper}/override", order.url());
    let reason = Form::from([("words", "客户只要旧版存档")]);
    shen.post(&url, reason.clone()).await.is(403);
    w.as_("gu").await.post(&url, []).await.is(422);
    w.as_("gu").await.post(&url, reason.clone()).await.is(303);
    shen.post(&again, to).await.is(303);
    let told: i64 = w
        .ask("select count(*) from event where kind = 'paper_sent_again'")
        .await;
    assert_eq!(told, 1);
    w.as_("gu").await.post(&url, reason).await.is(409);
    let list = shen.get(&format!("{}/papers", order.url())).await.is(200);
    assert!(list.has("客户只要旧版存档"));
}

#[tokio::test]
async fn an_applied_change_begins_the_next_order_to_the_factory_and_stands_open_until_it_leaves() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Acknowledged).await;
    let cells = [
        ("lines[0][quantity]", "1300"),
        ("packing", "20 pcs a carton"),
        ("delivery_on", "2027-01-20"),
    ];
    let change = w.raise(&order, &cells).await;
    w.apply(&order, change).await;
    let asked = format!(
        "select count(*) from open_item where order_id = '{}' and kind = 'revise_production'",
        order.id
    );
    assert_eq!(w.ask::<i64>(&asked).await, 1);
    assert_eq!(w.paper_stage(&order, &key).await, "acknowledged");
    assert_eq!(w.paper_stage(&order, "1-2").await, "draft");
    let packing: String = w.of_paper(&order, "1-2", "packing").await;
    assert_eq!(packing, "20 pcs a carton");
    let day: chrono::NaiveDate = w.of_paper(&order, "1-2", "delivery_on").await;
    assert_eq!(day.to_string(), "2027-01-20");
    let quantity: String = w
        .ask(
            "select l.quantity::int::text from production_order_line l join production_order p on p.id = l.production_order
             join order_line g on g.id = l.order_line where p.revision = 2 and g.pos = 1",
        )
        .await;
    assert_eq!(quantity, "1300");
    // More than the customer has confirmed is not ordered: his next paper comes first.
    w.produce(&order, "1-2", "issue").await.is(409);
    w.confirm_revision(&order, 2).await;
    w.produce(&order, "1-2", "issue").await.is(303);
    assert_eq!(w.ask::<i64>(&asked).await, 0);
    assert_eq!(w.paper_stage(&order, &key).await, "superseded");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_change_makes_the_papers_of_a_customs_set_stale() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let shipment = w
        .shipment_at(&order, gendan::shipping::shipment::Stage::DocumentsSent)
        .await;
    let change = w.raise(&order, &[("marks", "NORDHAVN / C-NO. 1-UP")]).await;
    w.apply(&order, change).await;
    let stale: Vec<String> = w
        .ask_all(
            "select kind || ' ' || number from issued_paper where stale_since is not null
             and kind in ('commercial_invoice', 'packing_list') order by kind",
        )
        .await;
    let named = [
        format!("commercial_invoice {shipment}-CI"),
        format!("packing_list {shipment}-PL"),
    ];
    assert_eq!(stale, named);
    let page = w
        .as_("shen")
        .await
        .get(&format!("{}/papers", order.url()))
        .await;
    assert!(page.is(200).has(&format!("{shipment}-CI r1")));
}

#[tokio::test]
async fn each_factory_hears_of_its_own_lines_only() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, gendan::proforma::Stage::Confirmed)
        .await;
    w.second_factory(&order).await;
    let cells = [
        ("lines[0][quantity]", "1300"),
        ("lines[1][quantity]", "1300"),
    ];
    let change = w.raise(&order, &cells).await;
    let receipts = "select t.line || ' ' || f.code || case when t.acknowledged_at is null then '' else ' has it' end
        from relay_receipt t join factory f on f.id = t.party order by 1";
    assert_eq!(w.ask_all::<String>(receipts).await, ["1 qiming", "2 hemu"]);
    w.change(&order, change, "lines/1/acknowledgement")
        .await
        .is(303);
    let told = w.ask_all::<String>(receipts).await;
    assert_eq!(told, ["1 qiming has it", "2 hemu"]);
    let waits =
        "select count(*) from relay_receipt where passed_at is null and to_side = 'factory'";
    assert_eq!(
        w.ask::<i64>(waits).await,
        1,
        "nobody told the second factory"
    );
}
