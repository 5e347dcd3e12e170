//! Orders on other terms of payment as far as they end step 8: a deposit and the rest through a bank, a collection, and
//! goods given on trust.

use super::deeds::Story;
use super::lc_order::{MESSAGE, production, proforma, shipping};
use crate::support::World;

/// Confirmed on these terms, with the drafts of the production orders written.
async fn ordered(payment: &str) -> Story {
    let s = Story::from_the_sheet(World::new().await, "TT_30_70_COPY").await;
    s.w.sql(&format!("update export_order set terms = '{payment}'"))
        .await;
    let reason = [("reason", "翻单，客户不要样品")];
    s.does("gu", ("", "skipping"), &reason).await;
    proforma(&s).await;
    s.does("shen", ("production", "production"), &[]).await;
    for paper in ["1-1", "2-1"] {
        s.writes_production(paper, &[]).await;
    }
    s
}

/// 30 % of USD 30,863.00 is in, settled, and opens the gate as far as money goes.
async fn deposit(s: &Story) {
    assert!(is_open(s, "await_deposit").await);
    let receipt = s.money_comes("9258.90", "20", "FT2611240001").await;
    s.claims_as_suggested(&receipt).await;
    s.settles(&receipt, "9258.90", "7.0821").await;
}

async fn is_open(s: &Story, kind: &str) -> bool {
    let kind = format!(" {kind} ");
    s.open().await.iter().any(|item| item.contains(&kind))
}

/// The manager says yes to goods on trust.
async fn trust(s: &Story) {
    assert!(is_open(s, "decide_terms").await);
    let page = "production/1-1/terms";
    let yes = [("verdict", "approved"), ("words", "老客户，信保已批")];
    s.does("gu", (page, page), &yes).await;
}

/// Made, on board, its document issued and its copy with the customer.
async fn on_board(s: &Story) -> String {
    production(s).await;
    s.adds_up().await;
    let shipment = shipping(s).await;
    s.adds_up().await;
    shipment
}

/// All documents lie with the remitting bank.
async fn collected(s: &Story, shipment: &str) -> String {
    let number = shipment.rsplit('/').next().unwrap();
    s.stands(8, "prepare_set us").await;
    let set = s.prepares_set(number).await;
    s.completes_set(&set, &["3", "3", "3", "2"]).await;
    s.stands(8, "present_set us").await;
    s.set("shen", &set, "presenting", &[("bank", "甬屿银行")])
        .await;
    set
}

/// The document goes to the customer with nothing of its goods paid.
async fn released(s: &Story, shipment: &str) {
    s.stands(8, "release_document us").await;
    let to = [("to", "Anna Lind"), ("channel", "email")];
    s.bill("shen", shipment, "release", &to).await;
    assert_eq!(s.is("step").await, "9");
}

/// What falls due, and when.
async fn due(s: &Story) -> String {
    s.w.ask(
        "select to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from open_item where kind = 'get_balance'",
    )
    .await
}

#[tokio::test]
async fn a_deposit_and_documents_against_payment_end_step_8() {
    let terms = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:COLLECTION:AGAINST_PAYMENT";
    let s = ordered(terms).await;
    deposit(&s).await;
    trust(&s).await;
    let shipment = on_board(&s).await;
    // The bill of lading is never the customer's before the bank has the money.
    let page = format!("{shipment}/transport-document");
    let release = format!("{page}/release");
    let to = [("to", "Anna Lind"), ("channel", "email")];
    s.tries("shen", (&page, &release), &to).await.is(409);
    let set = collected(&s, &shipment).await;
    assert_eq!(s.is("step").await, "8");
    s.set("xu", &set, "payment", &[("words", "Paid")]).await;
    assert_eq!(s.is("step").await, "9");
    s.adds_up().await;
}

#[tokio::test]
async fn a_deposit_and_a_usance_credit_end_step_8() {
    let terms = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:LC:MATURITY:60:BL_DATE";
    let s = ordered(terms).await;
    deposit(&s).await;
    assert!(is_open(&s, "expect_credit").await);
    let credit = s.expects_credit("21604.10").await;
    let message = MESSAGE
        .replace("USD30863,00", "USD21604,10")
        .replace("60 DAYS AFTER SIGHT", "60 DAYS AFTER B/L DATE");
    s.credit_comes(&credit, &message).await;
    s.credit(&credit, "examination", &[]).await;
    s.credit(&credit, "workable", &[]).await;
    let shipment = on_board(&s).await;
    let number = shipment.rsplit('/').next().unwrap();
    s.stands(8, "prepare_set us").await;
    let set = s.prepares_set(number).await;
    s.completes_set(&set, &["3", "2"]).await;
    s.set("shen", &set, "presenting", &[("bank", "甬屿银行")])
        .await;
    assert_eq!(s.is("step").await, "8");
    let due = [("due_on", "2027-04-21")];
    s.set("xu", &set, "acceptance", &due).await;
    assert_eq!(s.is("step").await, "9");
    s.adds_up().await;
}

#[tokio::test]
async fn documents_against_acceptance_end_step_8_before_they_are_paid() {
    let s = ordered("DA_60").await;
    trust(&s).await;
    let shipment = on_board(&s).await;
    let set = collected(&s, &shipment).await;
    let due = [("due_on", "2027-04-23")];
    s.set("xu", &set, "acceptance", &due).await;
    assert_eq!(s.is("step").await, "9");
    s.adds_up().await;
}

#[tokio::test]
async fn on_open_account_the_documents_go_and_the_money_has_its_day() {
    let s = ordered("OA_30").await;
    trust(&s).await;
    let shipment = on_board(&s).await;
    released(&s, &shipment).await;
    assert_eq!(due(&s).await, "2027-03-22");
    let receipt = s.money_comes("30863.00", "0", "FT2703220001").await;
    s.claims_as_suggested(&receipt).await;
    assert_eq!(s.w.count("open_item where kind = 'get_balance'").await, 0);
    s.adds_up().await;
}

#[tokio::test]
async fn a_transfer_after_shipment_is_trust_like_open_account() {
    let s = ordered("MIX|100:BALANCE:MATURITY:45:BL_DATE").await;
    trust(&s).await;
    let shipment = on_board(&s).await;
    released(&s, &shipment).await;
    assert_eq!(due(&s).await, "2027-04-06");
    s.adds_up().await;
}
