//! The same order from the space on a vessel to the closed file: steps 7 to 9.

use super::deeds::Story;

/// Cartons, gross, net and volume of the five lines, and what they come to.
pub const PACKED: [[&str; 4]; 5] = [
    ["35", "525", "455", "3.36"],
    ["30", "450", "390", "2.88"],
    ["46", "690", "598", "4.416"],
    ["46", "690", "598", "4.416"],
    ["20", "300", "260", "1.92"],
];
pub const SUMS: [&str; 3] = ["177", "2655", "16.992"];

/// Step 7: the goods slip, another vessel is found, the customs let them go.
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
pub async fn booking(s: &Story) -> String {
    s.w.turn_to("2027-01-04");
    s.knows_forwarder("海翎国际货运").await;
    let shipment = s.plans_shipment().await;
    s.stands(7, "ask_booking us").await;
    s.asks_for_space(&shipment, "2027-01-10", "2027-01-20")
        .await;
    s.stands(7, "confirm_booking forwarder").await;
    s.forwarder_books(&shipment, "booking", ("HL270101", "041W", "2027-01"))
        .await;
    s.owes(&["cut_offs factory heard", "shipment_dates customer heard"])
        .await;
    s.tells("shen", "customer").await;
    s.tells("shen", "factory").await;
    s.hears_back("shen", "factory", "俞建平").await;
    s.packs(&shipment, &PACKED).await;
    s.checks_customs_set(&shipment).await;
    let to = [("to", "海翎国际货运"), ("channel", "email")];
    s.ships(&shipment, "customs-documents", &to).await;

    let slip = [
        ("ready_on", "2027-01-28"),
        ("reason", "B缸重染"),
        ("channel", "phone"),
    ];
    s.ships(&shipment, "warning", &slip).await;
    s.stands(7, "get_rebooking forwarder").await;
    s.owes(&["shipment_dates customer", "slip forwarder"]).await;
    s.forwarder_books(&shipment, "rebooking", ("HL270202", "043W", "2027-02"))
        .await;
    s.owes(&["cut_offs factory heard", "shipment_dates customer heard"])
        .await;
    s.tells("shen", "customer").await;
    s.hears_back("shen", "customer", "Anna Lind").await;
    s.tells("shen", "factory").await;
    s.hears_back("shen", "factory", "俞建平").await;
    s.owes(&[]).await;
    s.w.turn_to("2027-02-11");
    s.ships(&shipment, "customs-documents", &to).await;
    s.stands(7, "send_instructions us").await;

    s.loads(&shipment, SUMS).await;
    s.instructs_carrier(&shipment).await;
    s.declares(&shipment, "310120260000123456").await;
    s.w.turn_to("2027-02-16");
    s.is_told_of(&shipment, "gate-in", &[]).await;
    s.is_told_of(&shipment, "customs-release", &[]).await;
    s.stands(8, "get_draft forwarder").await;
    shipment
}

/// Step 8: the draft is corrected and confirmed, the balance comes against its copy, the goods are let go.
pub async fn shipping_documents(s: &Story, shipment: &str) {
    let vessel = "CEDAR BRIDGE 043W";
    s.draft_comes(shipment, vessel, ["177", "2565", "16.992"])
        .await;
    s.bill("shen", shipment, "check", &[]).await;
    s.draft_comes(shipment, vessel, SUMS).await;
    s.bill("shen", shipment, "check", &[]).await;
    s.stands(8, "send_draft us").await;
    let to = [("to", "Anna Lind"), ("channel", "email")];
    s.bill("shen", shipment, "sending", &to).await;
    s.customer_confirms_draft(shipment).await;
    s.owes(&[]).await;

    s.w.turn_to("2027-02-22");
    s.is_told_of(shipment, "departure", &[("day", "2027-02-20")])
        .await;
    s.owes(&["shipping_advice customer heard"]).await;
    s.tells("shen", "customer").await;
    s.hears_back("shen", "customer", "Anna Lind").await;
    let telex = [
        ("number", "CDRL2702001"),
        ("form", "telex"),
        ("who", "海翎 林工"),
        ("channel", "wechat"),
    ];
    s.bill("shen", shipment, "issue", &telex).await;

    // Nothing is let go before the balance is here.
    let page = format!("{shipment}/transport-document");
    let release = format!("{page}/release");
    s.tries("shen", (&page, &release), &to).await.is(409);
    s.does("shen", ("payments", "payments/asking"), &[]).await;
    s.stands(8, "pass_on us").await;
    s.tells("shen", "customer").await;
    s.stands(8, "get_balance customer").await;
    let balance = s.money_comes("21250.00", "15", "FT2702240001").await;
    s.claims_as_suggested(&balance).await;
    s.bill("shen", shipment, "release", &to).await;
    s.owes(&["waybill_number customer"]).await;
    s.hears_back("shen", "customer", "Anna Lind").await;
    s.settles(&balance, "21250.00", "7.1034").await;
    s.stands(9, "get_arrival forwarder").await;
}

/// Step 9: the papers go to finance, who settles, verifies, claims the rebate, pays the factories and closes the file.
pub async fn settlement(s: &Story, shipment: &str) {
    let number = shipment.rsplit('/').next().unwrap();
    s.w.turn_to("2027-03-22");
    s.is_told_of(shipment, "arrival", &[]).await;
    s.is_cleared(shipment, "2027-02-20").await;
    s.papers_come_back(number).await;
    s.stands(9, "hand_over_papers us").await;
    s.hand_over("shen", number, "handing-over", &[]).await;
    s.stands(9, "take_papers finance").await;
    s.hand_over("xu", number, "sending-back", &[("words", "报关单要退税联")])
        .await;
    s.stands(9, "mend_papers us").await;
    s.hand_over("shen", number, "handing-over", &[]).await;
    s.hand_over("xu", number, "taking", &[]).await;
    s.matches(number, &[]).await;
    s.pays_factory("hemu", "57000.00").await;
    s.pays_factory("qiming", "96100.00").await;

    s.claims_whole_rebate(number).await;
    let profit = s.w.as_("gu").await.get(&s.url("profit")).await.is(200);
    assert!(profit.has("17,613.27"), "the rebate stands in the profit");
    s.stands(9, "close_order finance").await;
    s.owes(&[]).await;
    s.does("xu", ("finance", "closing"), &[]).await;
    assert_eq!(s.is("condition").await, "closed");
    assert_eq!(s.open().await, Vec::<String>::new());
}
