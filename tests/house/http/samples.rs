//! Steps 1 to 3: a sample note returned once, signed, sent, acknowledged; the sample in hand; a parcel with its number
//! passed on; rejected, and approved with comments in the second round.

use crate::support::{Form, Placed, World};
use gendan::samples::{ParcelStage, Stage};

async fn kinds(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where order_id = '{}' order by kind",
        order.id
    ))
    .await
}

#[tokio::test]
async fn every_stage_of_a_note_can_be_reached_by_its_acts() {
    let w = World::new().await;
    for stage in Stage::ALL {
        let order = w.order().await;
        let note = w.sample_at(&order, stage).await;
        assert_eq!(w.sample_stage(&order, &note).await, stage.code());
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn samples_go_from_the_note_to_the_customers_yes_in_two_rounds() {
    let w = World::new().await;
    let order = w.order().await;
    assert_eq!(kinds(&w, &order).await, ["start_sample"]);

    let note = w.sample_at(&order, Stage::Returned).await;
    assert_eq!(kinds(&w, &order).await, ["revise_sample_note"]);
    let operator = w.as_("shen").await;
    let page = operator.get(&order.sample(&note)).await.is(200);
    assert!(
        page.has("尺寸表再写细一点"),
        "the manager's words stand on top"
    );
    for (act, item) in [
        ("revision", "finish_sample_note"),
        ("submission", "sign_sample_note"),
        ("sign", "send_sample_note"),
        ("sending", "acknowledge_sample_note"),
    ] {
        w.act_on_sample(&order, &note, act).await.is(303);
        assert_eq!(kinds(&w, &order).await, [item], "after {act}");
        assert_eq!(w.step_of(&order).await, 1, "after {act}");
    }
    w.act_on_sample(&order, &note, "acknowledgement")
        .await
        .is(303);
    assert_eq!(w.step_of(&order).await, 2);
    w.act_on_sample(&order, &note, "receipt").await.is(303);
    assert_eq!(kinds(&w, &order).await, ["dispatch_sample"]);
    let parcel = w.parcel_at(&order, &note, ParcelStage::Dispatched).await;
    assert_eq!(kinds(&w, &order).await, ["pass_on"], "owed in the ledger");
    assert_eq!(
        w.step_of(&order).await,
        2,
        "a number nobody was told is not passed on"
    );
    w.act_on_parcel(&order, parcel, "passing-on").await.is(303);
    assert_eq!(w.step_of(&order).await, 3);
    assert_eq!(kinds(&w, &order).await, ["acknowledge", "judge_sample"]);

    let next = w
        .judge(&order, &note, "rejected", "Collar too wide")
        .await
        .is(303);
    assert!(
        next.location().ends_with("/samples/1-2/edit"),
        "{}",
        next.location()
    );
    assert_eq!(
        w.step_of(&order).await,
        1,
        "a rejection contains a reopening of step 1"
    );
    assert_eq!(w.sample_stage(&order, "1-1").await, "superseded");
    assert_eq!(w.sample_stage(&order, "1-2").await, "draft");
    let reopened = w.ask::<i64>("select count(*) from event where kind = 'step_reopened'");
    assert_eq!(reopened.await, 1);

    let form = w.sample_form(&order, "1-2").await;
    let form = form.with("details", "Collar 7 cm").with("act", "submit");
    operator.post(&order.sample("1-2"), form).await.is(303);
    let decision = w
        .as_("gu")
        .await
        .get(&format!("{}/signature", order.sample("1-2")))
        .await;
    assert!(
        decision.is(200).has("<ins>Collar 7 cm</ins>"),
        "the difference is shown"
    );
    for act in ["sign", "sending", "acknowledgement", "receipt"] {
        w.act_on_sample(&order, "1-2", act).await.is(303);
    }
    w.parcel_at(&order, "1-2", ParcelStage::Delivered).await;
    let yes = ("approved_with_comments", "Blue buttons please");
    w.judge(&order, "1-2", yes.0, yes.1).await.is(303);
    assert_eq!(
        w.step_of(&order).await,
        3,
        "the factory has not heard of either verdict"
    );
    w.tell_factory(&order).await;
    assert_eq!(w.step_of(&order).await, 4);
    let sql = format!(
        "select audience || ': ' || text from order_remark where order_id = '{}'",
        order.id
    );
    let remark = w.ask::<String>(&sql);
    assert_eq!(remark.await, "factory: S1 r2 整体: Blue buttons please");
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_line_reaches_the_proforma_only_with_the_customers_reference() {
    let w = World::new().await;
    let order = w.order().await;
    w.sql(&format!(
        "update export_order set customer_reference = '' where id = '{}'",
        order.id
    ))
    .await;
    let note = w.sample_at(&order, Stage::Received).await;
    w.parcel_at(&order, &note, ParcelStage::NumberPassedOn)
        .await;
    w.judge(&order, &note, "approved", "All good").await.is(303);
    w.tell_factory(&order).await;
    assert_eq!(w.step_of(&order).await, 3);
    assert_eq!(kinds(&w, &order).await, ["acknowledge", "get_reference"]);
}

#[tokio::test]
async fn nobody_signs_a_note_of_her_own_and_no_other_content_than_shown() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Submitted).await;
    let url = format!("{}/signature", order.sample(&note));
    let form = w.sample_decision(&order, &note, "approved").await;
    w.as_("shen").await.post(&url, form.clone()).await.is(403);
    let other = form.with("shown", "AAAA");
    w.as_("gu").await.post(&url, other).await.is(409);
    assert_eq!(w.sample_stage(&order, &note).await, "submitted");
}

#[tokio::test]
async fn a_note_without_its_details_is_not_handed_in_and_says_what_lacks() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Draft).await;
    let form = w.sample_form(&order, &note).await;
    let operator = w.as_("shen").await;
    let form = form.with("details", "").with("act", "submit");
    let reply = operator.post(&order.sample(&note), form).await.is(409);
    assert!(reply.has("缺特殊要求"));
    assert_eq!(w.sample_stage(&order, &note).await, "draft");
}

#[tokio::test]
async fn a_draft_somebody_else_saved_is_not_overwritten() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Draft).await;
    let form = w.sample_form(&order, &note).await;
    let operator = w.as_("shen").await;
    let mine = form.clone().with("colour", "ecru");
    operator.post(&order.sample(&note), mine).await.is(303);
    let late = operator
        .post(&order.sample(&note), form.with("colour", "navy"))
        .await;
    assert!(late.is(409).has("ecru"), "both versions are shown");
}

#[tokio::test]
async fn a_number_that_fits_no_form_is_kept_and_doubted() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Received).await;
    let parcel = w.parcel_at(&order, &note, ParcelStage::Packed).await;
    let operator = w.as_("shen").await;
    let url = format!("{}/dispatch", order.parcel(parcel));
    let form = Form::from([
        ("courier", "DHL"),
        ("waybill", "12-34 5"),
        ("day", "2026-11-23"),
    ]);
    let empty = form.clone().with("waybill", "");
    operator.post(&url, empty).await.is(422);
    operator.post(&url, form).await.is(303);
    let kept = w.ask::<String>("select waybill from parcel").await;
    assert_eq!(kept, "12345");
    let page = operator
        .get(&format!("{}/samples", order.url()))
        .await
        .is(200);
    assert!(page.has("单号与该快递的格式不符"));
}

#[tokio::test]
async fn a_sample_that_is_not_in_hand_is_neither_packed_nor_judged() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Acknowledged).await;
    w.judge(&order, &note, "approved", "Fine").await.is(409);
    let id: uuid::Uuid = w.ask("select id from sample_note").await;
    let form = Form::from([
        ("kind", "samples"),
        ("recipient", "Anna Lind"),
        ("contents", "shirts"),
        ("cost_payer", "us"),
    ])
    .with("notes", id.to_string());
    let operator = w.as_("shen").await;
    let url = format!("{}/parcels", order.url());
    operator.post(&url, form).await.is(409);
    assert_eq!(w.count("parcel").await, 0);
}

#[tokio::test]
async fn a_round_is_judged_once() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Received).await;
    w.judge(&order, &note, "approved", "Good").await.is(303);
    w.judge(&order, &note, "rejected", "No").await.is(409);
}

#[tokio::test]
async fn a_lost_parcel_asks_for_another_one() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Received).await;
    w.parcel_at(&order, &note, ParcelStage::Lost).await;
    assert!(
        kinds(&w, &order)
            .await
            .contains(&"dispatch_sample".to_owned())
    );
    let told = w.ask::<String>("select words from relay where kind = 'parcel_mishap'");
    assert_eq!(told.await, "courier's own report", "owed to the customer");
    w.parcel_at(&order, &note, ParcelStage::NumberPassedOn)
        .await;
    assert_eq!(
        kinds(&w, &order).await,
        ["acknowledge", "judge_sample", "pass_on"]
    );
}

#[tokio::test]
async fn a_number_passed_on_in_the_ledger_is_passed_on_at_the_parcel() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Received).await;
    let parcel = w.parcel_at(&order, &note, ParcelStage::Dispatched).await;
    let words = w.ask::<String>("select words from relay where kind = 'tracking_number'");
    assert!(words.await.contains("73891051146"), "the dispatch wrote it");
    let form = Form::from([("to", "customer"), ("channel", "whatsapp")]);
    let url = format!("{}/relays/1/passed", order.url());
    w.as_("shen").await.post(&url, form).await.is(303);
    let stage = w.ask::<String>("select stage || ' ' || passed_channel from parcel");
    assert_eq!(stage.await, "number_passed_on whatsapp");
    assert_eq!(w.step_of(&order).await, 3);
    w.act_on_parcel(&order, parcel, "delivery").await.is(303);
    assert_eq!(
        kinds(&w, &order).await,
        ["judge_sample"],
        "who signed for it has its number"
    );
}

#[tokio::test]
async fn a_number_passed_on_at_the_parcel_is_passed_on_in_the_ledger() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Received).await;
    w.parcel_at(&order, &note, ParcelStage::NumberPassedOn)
        .await;
    let told = w.ask::<String>("select to_side || ' ' || passed_channel from relay_receipt");
    assert_eq!(told.await, "customer email");
}

#[tokio::test]
async fn a_factory_renamed_after_the_signature_does_not_hold_the_note() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Submitted).await;
    let rename = |name: &str| format!("update factory set name_zh = '{name}'");
    w.sql(&rename("甲厂")).await;
    w.act_on_sample(&order, &note, "sign").await.is(303);
    w.sql(&rename("乙厂")).await;
    w.act_on_sample(&order, &note, "sending").await.is(303);
    let printed = w
        .ask::<String>("select fields ->> 'sample.factory' from issued_paper")
        .await;
    assert!(
        !printed.contains("甲厂") && !printed.contains("乙厂"),
        "{printed}"
    );
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn attached_files_are_signed_and_go_with_the_next_round() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Draft).await;
    let operator = w.as_("shen").await;
    let form = w.sample_form(&order, &note).await;
    let file = ("files", "collar.txt", b"collar 7 cm".as_slice());
    let reply = operator.upload(&order.sample(&note), form, file).await;
    reply.is(303);
    let kept =
        "select s.name || ' ' || s.audience from sample_file f join stored_file s on s.id = f.file";
    assert_eq!(w.ask::<String>(kept).await, "collar.txt factory");
    for act in ["submission", "sign", "sending", "round"] {
        w.act_on_sample(&order, &note, act).await.is(303);
    }
    let signed = "select content -> 'files' -> 0 ->> 'name' from sample_note where round = 1";
    assert_eq!(w.ask::<String>(signed).await, "collar.txt");
    assert_eq!(w.count("sample_file").await, 2);
    let file: uuid::Uuid = w.ask("select id from stored_file limit 1").await;
    let form = w.sample_form(&order, "1-2").await;
    let off = form.with("off", file.to_string());
    operator.post(&order.sample("1-2"), off).await.is(303);
    assert_eq!(w.count("sample_file").await, 1, "only the draft lets it go");
}

#[tokio::test]
async fn a_rejected_sample_is_told_to_the_factory_point_by_point() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Received).await;
    let no = w.judge(&order, &note, "rejected", "Collar too wide").await;
    no.is(303);
    let line = w.ask::<String>("select text from relay_line");
    assert_eq!(line.await, "整体 不确认: Collar too wide");
    assert_eq!(
        kinds(&w, &order).await,
        ["finish_sample_note", "pass_on"],
        "the next round and the verdict"
    );
}

#[tokio::test]
async fn papers_go_by_courier_where_no_sample_was_wanted() {
    let w = World::new().await;
    let order = w.order().await;
    let gu = w.as_("gu").await;
    gu.post(&format!("{}/skipping", order.url()), [("reason", "翻单")])
        .await
        .is(303);
    let shen = w.as_("shen").await;
    let (list, url) = (
        format!("{}/samples", order.url()),
        format!("{}/parcels", order.url()),
    );
    let way = format!("{url}/new");
    let page = shen.get(&list).await.is(200);
    assert!(page.attributes("main a", "href").contains(&way));
    for (number, kind) in [(1, "documents"), (2, "originals")] {
        let form = shen.get(&way).await.is(200).form(&url);
        let form = form
            .with("kind", kind)
            .with("recipient", "Anna Lind, Nordhavn Living AB")
            .with("contents", "invoice, packing list")
            .with("cost_payer", "us");
        shen.post(&url, form).await.is(303);
        for act in ["dispatch", "passing-on", "delivery"] {
            w.act_on_parcel(&order, number, act).await.is(303);
        }
    }
    let ended: i64 = w
        .ask("select count(*) from parcel where stage = 'delivered'")
        .await;
    assert_eq!(ended, 2);
    assert!(shen.get(&list).await.is(200).has("7389"));
}

#[tokio::test]
async fn the_factorys_receipt_of_a_note_is_proved_by_words_or_a_paper() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, Stage::Sent).await;
    let url = format!("{}/acknowledgement", order.sample(&note));
    let said = Form::from([
        ("who", "王师傅"),
        ("channel", "wechat"),
        ("day", "2026-11-23"),
    ]);
    let shen = w.as_("shen").await;
    let before = w.everything().await;
    shen.post(&url, said.clone()).await.is(422);
    assert_eq!(w.everything().await, before);
    let paper = ("evidence", "回签.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    shen.upload(&url, said, paper).await.is(303);
    let kept: bool = w
        .ask("select acknowledgement is not null from sample_note")
        .await;
    assert!(kept);
}
