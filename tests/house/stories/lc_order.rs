//! One order paid by letter of credit at sight, through all nine steps by all roles: the salesperson opens it and sends the
//! proforma invoice, the credit is mended before it opens the gate, the documents go to the bank in time, a discrepancy is
//! answered, and the bank pays.

use super::deeds::Story;
use super::deeds::proforma::MAKERS;
use super::tt_export::{PACKED, SUMS};
use crate::support::World;

/// As the bank sends it; the tenor is not what was agreed.
pub const MESSAGE: &str = ":52A:SKARGARD BANK (DEMO)\n:40A:IRREVOCABLE\n:20:SB-88123\n:31C:261120\n:40E:UCP LATEST VERSION\n\
    :31D:270331NINGBO, CHINA\n:50:NORDHAVN LIVING AB\nGOTHENBURG\n:59:NINGBO HANYU IMPORT AND EXPORT (DEMO) CO., LTD.\nNINGBO\n\
    :32B:USD30863,00\n:39A:03/03\n:41D:ANY BANK\nBY NEGOTIATION\n:42C:60 DAYS AFTER SIGHT\n:43P:ALLOWED\n:43T:ALLOWED\n:44E:NINGBO, CHINA\n\
    :44F:GOTHENBURG, SWEDEN\n:44C:270228\n:45A:KNITTED AND WOVEN GARMENTS FOB NINGBO\n:46A:+COMMERCIAL INVOICE IN 3 ORIGINALS\n\
    +PACKING LIST IN 2 ORIGINALS\n:48:21\n:49:WITHOUT";

#[tokio::test]
async fn an_order_paid_by_credit_goes_through_the_bank() {
    let s = Story::opened_by("zhou", World::new().await, "LC_SIGHT").await;
    samples(&s).await;
    s.adds_up().await;
    proforma(&s).await;
    s.adds_up().await;
    let credit = credit(&s).await;
    s.adds_up().await;
    production(&s).await;
    s.adds_up().await;
    let shipment = shipping(&s).await;
    s.adds_up().await;
    let receipt = presentation(&s, &credit, &shipment).await;
    s.adds_up().await;
    settlement(&s, &shipment, &receipt).await;
    s.adds_up().await;
}

/// Steps 1 to 3: one round, signed and sent, in hand, by courier to the customer, who takes it as it is.
async fn samples(s: &Story) {
    s.stands(1, "start_sample us").await;
    s.does("shen", ("samples", "samples"), &[]).await;
    s.writes_sample_note("1-1", "贝壳扣\n领高 7 cm").await;
    s.decides_sample_note("1-1", "approved", "").await;
    s.sends_sample_note("1-1").await;
    s.factory_has_sample_note("1-1").await;
    s.stands(2, "receive_sample factory").await;
    s.samples_arrive("1-1").await;
    s.dispatches("1-1", (1, "DHL", "7389 1051 146")).await;
    s.passes_number_on("1-1", 1).await;
    s.parcel_arrives("1-1", 1).await;
    s.stands(3, "judge_sample customer").await;
    s.customer_judges(
        "1-1",
        &[
            ("overall_verdict", "approved"),
            ("overall_words", "Approved as it is."),
        ],
    )
    .await;
    s.tells("shen", "factory").await;
    s.hears_back("shen", "factory", "王师傅").await;
    s.stands(4, "draft_proforma us").await;
    s.owes(&[]).await;
}

/// The salesperson begins the proforma invoice and sends it; factories and their prices are the operator's.
pub async fn proforma(s: &Story) {
    s.does("zhou", ("proforma", "proforma"), &[]).await;
    s.writes_proforma(1, &MAKERS).await;
    s.decides_proforma(1, "approved", "").await;
    let to = [("to", "Anna Lind"), ("channel", "email")];
    s.does("zhou", ("proforma/1", "proforma/1/sending"), &to)
        .await;
    s.customer_answers_proforma(1, "confirmed", "Confirmed")
        .await;
    s.owes(&[]).await;
}

/// Received with its fields, examined: one term is wrong, asked of the customer, mended by the bank.
async fn credit(s: &Story) -> String {
    s.does("shen", ("production", "production"), &[]).await;
    for paper in ["1-1", "2-1"] {
        s.writes_production(paper, &[]).await;
    }
    let credit = s.expects_credit("30863").await;
    s.stands(5, "expect_credit customer").await;
    s.credit_comes(&credit, MESSAGE).await;
    s.stands(5, "examine_credit us").await;
    s.credit(&credit, "examination", &[]).await;
    s.stands(5, "settle_findings us").await;
    s.credit(&credit, "amendment-request", &[]).await;
    s.tells("shen", "customer").await;
    s.hears_back("shen", "customer", "Anna Lind").await;
    s.answers("shen", "customer", "Our bank amends it today")
        .await;
    s.stands(5, "await_amendment customer").await;
    let amended = [("f_42C", "AT SIGHT"), ("act", "receive")];
    s.credit(&credit, "amendments", &amended).await;
    s.stands(5, "answer_amendment us").await;
    s.credit(&credit, "amendments/1/acceptance", &[]).await;
    s.credit(&credit, "examination", &[]).await;
    s.stands(5, "declare_workable us").await;
    s.credit(&credit, "workable", &[]).await;
    s.owes(&[]).await;
    s.stands(5, "finish_production us").await;
    credit
}

pub async fn production(s: &Story) {
    for paper in ["1-1", "2-1"] {
        s.issues_production(paper).await;
        s.factory_answers(paper, &[]).await;
    }
    for paper in ["1-1", "2-1"] {
        s.factory_begins(paper).await;
        s.factory_is_ready(paper).await;
    }
    s.inspects(1, &["860", "720", "1100", "1100", "480"], "0")
        .await;
    s.judges_inspection(1, "passed").await;
    for paper in ["1-1", "2-1"] {
        let page = format!("production/{paper}");
        s.does("shen", (&page, &format!("{page}/closing")), &[])
            .await;
    }
    s.stands(7, "plan_shipment us").await;
}

/// Steps 7 and 8 up to the bill of lading.
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
pub async fn shipping(s: &Story) -> String {
    s.w.turn_to("2027-02-01");
    s.knows_forwarder("海翎国际货运").await;
    let shipment = s.plans_shipment().await;
    s.asks_for_space(&shipment, "2027-02-08", "2027-02-20")
        .await;
    s.forwarder_books(&shipment, "booking", ("HL270202", "043W", "2027-02"))
        .await;
    for (side, who) in [("customer", "Anna Lind"), ("factory", "俞建平")] {
        s.tells("shen", side).await;
        s.hears_back("shen", side, who).await;
    }
    s.packs(&shipment, &PACKED).await;
    s.checks_customs_set(&shipment).await;
    let to = [("to", "海翎国际货运"), ("channel", "email")];
    s.ships(&shipment, "customs-documents", &to).await;
    s.loads(&shipment, SUMS).await;
    s.instructs_carrier(&shipment).await;
    s.declares(&shipment, "310120260000123456").await;
    s.w.turn_to("2027-02-16");
    s.is_told_of(&shipment, "gate-in", &[]).await;
    s.is_told_of(&shipment, "customs-release", &[]).await;
    s.stands(8, "get_draft forwarder").await;
    s.draft_comes(&shipment, "CEDAR BRIDGE 043W", SUMS).await;
    s.bill("shen", &shipment, "check", &[]).await;
    let to = [("to", "Anna Lind"), ("channel", "email")];
    s.bill("shen", &shipment, "sending", &to).await;
    s.customer_confirms_draft(&shipment).await;
    s.w.turn_to("2027-02-22");
    s.is_told_of(&shipment, "departure", &[("day", "2027-02-20")])
        .await;
    let originals = [
        ("number", "CDRL2702001"),
        ("form", "originals"),
        ("originals", "3"),
        ("who", "海翎 林工"),
        ("channel", "wechat"),
    ];
    s.bill("shen", &shipment, "issue", &originals).await;
    s.tells("shen", "customer").await;
    s.hears_back("shen", "customer", "Anna Lind").await;
    s.owes(&[]).await;
    shipment
}

/// The set goes to the bank in time; what the bank finds is answered; the money comes.
async fn presentation(s: &Story, credit: &str, shipment: &str) -> String {
    let number = shipment.rsplit('/').next().unwrap();
    s.stands(8, "prepare_set us").await;
    let set = s.prepares_set(number).await;
    s.stands(8, "complete_presentation us").await;
    s.completes_set(&set, &["3", "2"]).await;
    s.stands(8, "present_set us").await;
    s.set("shen", &set, "presenting", &[("bank", "甬屿银行")])
        .await;
    let last: String = s.w.ask("select last_day_on::text from presentation").await;
    assert_eq!(last, "2027-03-15", "21 days on is a Saturday");
    let found = [("words", "Packing list: gross weight differs")];
    s.set("shen", &set, "discrepancy", &found).await;
    s.stands(8, "answer_discrepancy us").await;
    let mended = [("words", "Corrected packing list presented")];
    s.set("shen", &set, "correction", &mended).await;
    s.set("xu", &set, "honour", &[("words", "Honoured")]).await;
    s.stands(9, "collect_payment bank").await;
    let receipt = s.money_comes("30863.00", "40", "FT2703010001").await;
    s.claims_as_suggested(&receipt).await;
    s.set("xu", &set, "payment", &[("words", "Paid")]).await;
    let drawn = [("shipment", number), ("amount", "30863.00")];
    s.does("xu", (credit, &format!("{credit}/drawings")), &drawn)
        .await;
    receipt
}

async fn settlement(s: &Story, shipment: &str, receipt: &str) {
    let number = shipment.rsplit('/').next().unwrap();
    s.w.turn_to("2027-03-22");
    s.settles(receipt, "30863.00", "7.1034").await;
    s.is_told_of(shipment, "arrival", &[]).await;
    s.is_cleared(shipment, "2027-02-20").await;
    s.papers_come_back(number).await;
    s.hand_over("shen", number, "handing-over", &[]).await;
    s.hand_over("xu", number, "taking", &[]).await;
    s.matches(number, &[]).await;
    s.claims_whole_rebate(number).await;
    s.stands(9, "close_order finance").await;
    s.owes(&[]).await;
    s.does("xu", ("finance", "closing"), &[]).await;
    assert_eq!(s.is("condition").await, "closed");
}
