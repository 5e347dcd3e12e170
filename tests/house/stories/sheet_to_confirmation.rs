//! From the customer's order sheet to the confirmed proforma invoice: steps 1 to 4, by operator, salesperson and two
//! managers. Returned once, changed once at the customer's wish, and the line moves only when the facts are there.

use crate::support::{Reply, World};

const SHEET: &str = "customer-po-garments.xlsx";

fn sheet() -> Vec<u8> {
    let path = format!("{}/tests/samples/{SHEET}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

async fn step(w: &World, number: &str) -> i16 {
    w.ask(&format!(
        "select step from export_order where number = '{number}'"
    ))
    .await
}

/// The next action of the order: kind and whose move it is.
async fn next(w: &World, number: &str) -> (String, String) {
    let order = format!("from export_order where number = '{number}'");
    (
        w.ask(&format!("select next_kind {order}")).await,
        w.ask(&format!("select waiting {order}")).await,
    )
}

fn pair(kind: &str, party: &str) -> (String, String) {
    (kind.to_owned(), party.to_owned())
}

#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn open_from_the_sheet(w: &World) -> String {
    let shen = w.as_("shen").await;
    let fields = [("customer", "nordhavn-living")];
    let read = shen
        .upload("/orders/intake", fields, ("sheet", SHEET, &sheet()))
        .await
        .is(303);
    let page = shen.get(read.location()).await.is(200);
    assert!(
        page.has("30,863.00") && page.has("4,260"),
        "the sheet's own sums"
    );
    assert!(
        page.has("K13") && page.has("6.40"),
        "the price that its amount proves"
    );
    let intake = read.location().rsplit('/').next().unwrap().to_owned();
    let blank = shen
        .get(&format!("/orders/new?intake={intake}"))
        .await
        .is(200);
    let salesperson = w
        .ask::<uuid::Uuid>("select id from person where email like 'zhou%'")
        .await
        .to_string();
    let form = blank
        .form("/orders")
        .with("title", "服装 5 款")
        .with("salesperson", salesperson);
    let opened = shen.post("/orders", form).await.is(303);
    let number = opened.location().rsplit('/').next().unwrap().to_owned();
    assert_eq!(w.count("order_line").await, 5);
    let cells: i64 = w
        .ask("select sum(jsonb_array_length(sizes))::bigint from order_line")
        .await;
    assert_eq!(cells, 24);
    let file: i64 = w
        .ask("select count(*) from stored_file where order_id is not null")
        .await;
    assert_eq!(file, 1, "the customer's sheet is on the order's file");
    number
}

async fn submit(w: &World, number: &str, revision: i32) -> Reply {
    let shen = w.as_("shen").await;
    let url = format!("/orders/{number}/proforma/{revision}");
    let editor = shen.get(&format!("{url}/edit")).await.is(200);
    let form = editor
        .form(&url)
        .with("loading_port", "NINGBO")
        .with("discharge_port", "GOTHENBURG")
        .with("act", "submit");
    shen.post(&url, form).await
}

async fn decide(
    w: &World,
    login: &str,
    number: &str,
    revision: i32,
    verdict: &str,
    words: &str,
) -> Reply {
    let manager = w.as_(login).await;
    let url = format!("/orders/{number}/proforma/{revision}/approval");
    let form = manager
        .get(&url)
        .await
        .is(200)
        .form(&url)
        .with("verdict", verdict)
        .with("words", words);
    manager.post(&url, form).await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_sheet_becomes_a_confirmed_proforma_invoice() {
    let w = World::new().await;
    let number = open_from_the_sheet(&w).await;
    assert_eq!(step(&w, &number).await, 1);

    // The same samples as last year: the manager skips the first three steps, with the reason.
    let gu = w.as_("gu").await;
    let skip = format!("/orders/{number}/skipping");
    gu.post(&skip, [("reason", "")]).await.is(422);
    gu.post(&skip, [("reason", "翻单，客户不要样品")])
        .await
        .is(303);
    assert_eq!(step(&w, &number).await, 4);
    assert_eq!(next(&w, &number).await, pair("draft_proforma", "us"));

    let shen = w.as_("shen").await;
    shen.post(&format!("/orders/{number}/proforma"), [])
        .await
        .leads_to(&format!("/orders/{number}/proforma/1/edit"));
    submit(&w, &number, 1)
        .await
        .leads_to(&format!("/orders/{number}/proforma/1"));
    assert_eq!(next(&w, &number).await, pair("decide_proforma", "manager"));

    // Returned with words, revised, submitted again, approved.
    decide(&w, "gu", &number, 1, "returned", "").await.is(422);
    decide(&w, "gu", &number, 1, "returned", "衬里克重没有写")
        .await
        .is(303);
    let returned = shen
        .get(&format!("/orders/{number}/proforma/1"))
        .await
        .is(200);
    assert!(returned.has("衬里克重没有写"));
    shen.post(&format!("/orders/{number}/proforma/1/revision"), [])
        .await
        .is(303);
    submit(&w, &number, 1).await.is(303);
    decide(&w, "gu", &number, 1, "approved", "").await.is(303);
    assert_eq!(next(&w, &number).await, pair("send_proforma", "us"));

    send_and_answer(&w, &number, 1, "change_requested").await;
    assert_eq!(next(&w, &number).await, pair("reopen_proforma", "us"));
    assert_eq!(step(&w, &number).await, 4);

    // The customer's wish becomes the next revision, which shows what it changes.
    shen.post(&format!("/orders/{number}/proforma"), [])
        .await
        .leads_to(&format!("/orders/{number}/proforma/2/edit"));
    let url = format!("/orders/{number}/proforma/2");
    let form = shen
        .get(&format!("{url}/edit"))
        .await
        .form(&url)
        .with("lines[0][price]", "7.80")
        .with("act", "submit");
    shen.post(&url, form).await.is(303);
    let decision = gu.get(&format!("{url}/approval")).await.is(200);
    assert!(
        decision.has("30,863.00") && decision.has("30,820.00"),
        "before and after of the total"
    );
    decide(&w, "gu", &number, 2, "approved", "").await.is(303);
    send_and_answer(&w, &number, 2, "confirmed").await;

    assert_eq!(step(&w, &number).await, 5);
    assert_eq!(next(&w, &number).await, pair("start_production", "us"));
    let confirmed: i32 = w
        .ask("select revision from proforma_invoice where stage = 'confirmed'")
        .await;
    assert_eq!(confirmed, 2);
    assert_eq!(
        gendan::app::verify(&w.app).await.unwrap(),
        Vec::<String>::new()
    );
}

async fn send_and_answer(w: &World, number: &str, revision: i32, answer: &str) {
    let shen = w.as_("shen").await;
    let url = format!("/orders/{number}/proforma/{revision}");
    shen.post(
        &format!("{url}/sending"),
        [("to", ""), ("channel", "email")],
    )
    .await
    .is(422);
    shen.post(
        &format!("{url}/sending"),
        [("to", "Erik Lund"), ("channel", "email")],
    )
    .await
    .leads_to(&url);
    let form = shen
        .get(&format!("{url}/confirmation"))
        .await
        .is(200)
        .form(&format!("{url}/confirmation"));
    let form = form
        .with("answer", answer)
        .with("words", "Please 7.80 for the cardigan");
    let file = ("evidence", "mail.txt", &b"From: Erik Lund\nconfirmed"[..]);
    shen.upload(&format!("{url}/confirmation"), form, file)
        .await
        .leads_to(&url);
}

#[tokio::test]
async fn verify_names_each_planted_difference() {
    let w = World::new().await;
    let number = open_from_the_sheet(&w).await;
    let found = async || gendan::app::verify(&w.app).await.unwrap().join("\n");
    assert_eq!(found().await, "");
    w.sql(&format!(
        "update export_order set step = 3 where number = '{number}'"
    ))
    .await;
    assert!(found().await.contains("stands at step 3"));
    w.sql(&format!(
        "update export_order set step = 1 where number = '{number}'"
    ))
    .await;
    w.sql("delete from open_item").await;
    assert!(found().await.contains("open items are []"));
    w.sql("alter table event disable trigger event_append_only")
        .await;
    w.sql("update event set payload = payload || '{\"lines\": 6}' where seq = 1 and payload ? 'lines'").await;
    assert!(found().await.contains("events: order:"));
    let files: Vec<std::path::PathBuf> = walk(&w.app.files);
    std::fs::write(&files[0], b"other bytes").unwrap();
    assert!(found().await.contains("is missing or changed"));
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}
