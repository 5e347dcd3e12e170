//! Intake 读单 over HTTP: columns mapped by hand are remembered for this customer's next sheet and for nobody else's, and a
//! factory's packing list fills the shipment whole.

use crate::support::{Form, Reply, World};
use uuid::Uuid;

const FIRST: &str = "Zeichen,Description,Qty,Unit Price,Amount\n\
    N-1,Cotton napkin,1000,1.50,1500.00\n\
    N-2,Cotton runner,500,2.20,1100.00\n";
/// The next one has its columns in another order, and one more.
const NEXT: &str = "Pos,Description,Zeichen,Qty,Unit Price,Amount\n\
    1,Linen napkin,N-7,800,1.80,1440.00\n";

/// The page of a sheet as it was read.
async fn read(w: &World, customer: &str, sheet: &str) -> (String, Reply) {
    let shen = w.as_("shen").await;
    let file = ("sheet", "order.csv", sheet.as_bytes());
    let fields = [("customer", customer)];
    let kept = shen.upload("/orders/intake", fields, file).await.is(303);
    let url = kept.location().to_owned();
    let page = shen.get(&url).await.is(200);
    (url, page)
}

/// What the column under this heading is read as.
fn means(page: &Reply, url: &str, index: u32) -> String {
    let form = page.form(url);
    let name = format!("columns[{index}]");
    let field = form.0.into_iter().find(|(own, _)| *own == name);
    field.unwrap().1
}

fn importable(page: &Reply) -> bool {
    page.attributes("a", "href")
        .iter()
        .any(|href| href.starts_with("/orders/new?intake="))
}

async fn open(w: &World, url: &str) -> String {
    let shen = w.as_("shen").await;
    let id = url.rsplit('/').next().unwrap();
    let blank = shen.get(&format!("/orders/new?intake={id}")).await.is(200);
    let salesperson: Uuid = w
        .ask("select id from person where email like 'zhou%'")
        .await;
    let form = blank
        .form("/orders")
        .with("title", "Napkins")
        .with("salesperson", salesperson.to_string());
    let opened = shen.post("/orders", form).await.is(303);
    opened.location().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_column_mapped_by_hand_is_remembered_for_this_customer_only() {
    let w = World::new().await;
    let shen = w.as_("shen").await;
    let (url, page) = read(&w, "nordhavn-living", FIRST).await;
    assert_eq!(means(&page, &url, 0), "", "nobody knows this heading");
    let item = page
        .attributes("option", "value")
        .into_iter()
        .find(|code| code.contains("item"))
        .unwrap();
    let by_hand = page.form(&url).with("columns[0]", item.clone());
    shen.post(&url, by_hand).await.is(303);
    let page = shen.get(&url).await.is(200);
    assert_eq!(means(&page, &url, 0), item);
    assert!(importable(&page) && page.has("2,600.00"));
    let number = open(&w, &url).await;
    let items: Vec<String> = w
        .ask_all(&format!(
            "select l.item_no from order_line l join export_order o on o.id = l.order_id
             where o.number = '{number}' order by l.pos"
        ))
        .await;
    assert_eq!(items, ["N-1", "N-2"]);

    let (url, page) = read(&w, "nordhavn-living", NEXT).await;
    assert_eq!(means(&page, &url, 2), item, "known by its heading");
    assert!(importable(&page) && page.has("N-7"));
    open(&w, &url).await;

    // Another customer may mean something else by it.
    let other: Vec<String> = w
        .ask_all("select code from customer where code not in ('nordhavn-living') order by code")
        .await;
    let mut asked = 0;
    for customer in other {
        let file = ("sheet", "order.csv", NEXT.as_bytes());
        let fields = Form::from([("customer", customer.as_str())]);
        let kept = shen.upload("/orders/intake", fields, file).await;
        if kept.status != 303 {
            continue;
        }
        let page = shen.get(kept.location()).await.is(200);
        assert_eq!(means(&page, kept.location(), 2), "", "{customer}");
        asked += 1;
    }
    assert!(asked > 0, "she has another customer");
}

const LIST: &str = "factory-packing-list.xlsx";

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_factory_list_fills_the_packing_list_of_a_shipment_whole() {
    let w = World::new().await;
    let order = w.order().await;
    w.made_ready(&order).await;
    let mut lines: Vec<(Uuid, &str)> = Vec::new();
    for (pos, item, pieces) in [(1, "HT-2701", "860"), (2, "HT-2744", "620")] {
        let of_line = format!("order_id = '{}' and pos = {pos}", order.id);
        w.sql(&format!(
            "update order_line set item_no = '{item}', cartons = null where {of_line}"
        ))
        .await;
        let id = w
            .ask(&format!("select id from order_line where {of_line}"))
            .await;
        lines.push((id, pieces));
    }
    assert_eq!(lines.len(), 2);
    let mut form = Form::from([("mode", "sea_fcl")]);
    for (row, (id, pieces)) in lines.iter().enumerate() {
        form = form
            .with(&format!("lines[{row}][id]"), id.to_string())
            .with(&format!("lines[{row}][quantity]"), *pieces);
    }
    let shen = w.as_("shen").await;
    let planned = format!("{}/shipments", order.url());
    let reply = shen.post(&planned, form).await.is(303);
    let shipment = reply.location().to_owned();
    let path = format!("{}/tests/samples/{LIST}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let url = format!("{shipment}/packing-list");
    let import = format!("{url}/import");
    let page = shen.upload(&import, [], ("sheet", LIST, &bytes)).await;
    let page = page.is(200);
    let nothing = "select count(*) from shipment_line where cartons is not null";
    assert_eq!(w.ask::<i64>(nothing).await, 0, "nothing before it is saved");
    shen.post(&url, page.form(&url)).await.is(303);
    let sums: String = w
        .ask("select concat_ws(' ', sum(cartons), sum(quantity)::int, sum(gross_kg), sum(net_kg)) from shipment_line")
        .await;
    // 37 and 27 cartons of 24 would hold 1,536 pieces: five last cartons are short by 56 in all.
    assert_eq!(sums, "64 1480 776.900 679.900");
    assert_eq!(w.verify().await, Vec::<String>::new());

    // Were they full the list would not fit, and it says so.
    w.sql("update shipment_line set quantity = 888 where quantity = 860")
        .await;
    let page = shen.upload(&import, [], ("sheet", LIST, &bytes)).await;
    assert!(page.is(422).has("860"));
}
