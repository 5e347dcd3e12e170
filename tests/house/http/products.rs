//! Products: taken into an order's goods with or without scripts, with their picture and the orders they were in.

use crate::support::{Client, Form, Placed, World, id};
use gendan::proforma::Stage;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89";

async fn lamp(w: &World) {
    let form = Form::from([
        ("item_no", "DL-08"),
        ("name_en", "Desk lamp"),
        ("name_zh", "台灯"),
        ("hs_code", "9405210090"),
        ("unit", "pcs"),
        ("per_carton", "12"),
        ("gross", "14.5"),
        ("net", "12"),
        ("carton_length", "60"),
        ("carton_width", "40"),
        ("carton_height", "35"),
    ]);
    w.as_("shen").await.post("/products", form).await.is(303);
}

fn cell(form: &Form, row: usize, column: &str) -> String {
    let name = format!("lines[{row}][{column}]");
    let field = form.0.iter().find(|(field, _)| *field == name);
    field.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Finds the lamp by its initials and takes 1,200 of them, with the page's own forms.
async fn takes(client: &Client, form: Form, (page, action): (&str, &str)) -> Form {
    let asked = form.with("product_q", "td").with("act", "find_product");
    let found = client.post(action, asked).await.is(200);
    assert!(found.has("DL-08 台灯 Desk lamp"), "{page}");
    let taken = found
        .form(action)
        .with("product_quantity", "1200")
        .with("act", "pick_product");
    client.post(action, taken).await.is(200).form(action)
}

fn is_filled(form: &Form, row: usize) {
    for (column, value) in [
        ("style", "DL-08"),
        ("description", "Desk lamp"),
        ("description_zh", "台灯"),
        ("unit", "pcs"),
        ("hs_code", "9405210090"),
        ("quantity", "1200"),
        ("cartons", "100"),
        ("gross_weight", "1450"),
        ("net_weight", "1200"),
        ("volume", "8.4"),
    ] {
        assert_eq!(cell(form, row, column), value, "{column}");
    }
}

#[tokio::test]
async fn a_product_is_taken_into_a_new_order_an_open_one_and_a_draft() {
    let w = World::new().await;
    lamp(&w).await;
    let shen = w.as_("shen").await;
    let page = shen
        .get("/orders/new?customer=nordhavn-living")
        .await
        .is(200);
    let form = page.form("/orders").with("title", "Lamps");
    let filled = takes(&shen, form, ("new", "/orders")).await;
    is_filled(&filled, 0);
    let title = filled.0.iter().find(|(name, _)| name == "title").unwrap();
    assert_eq!(title.1, "Lamps", "what was typed stays");

    let order: Placed = w.order().await;
    let page = shen.get(&format!("{}/edit", order.url())).await.is(200);
    let url = order.url();
    let filled = takes(&shen, page.form(&url), ("edit", &url)).await;
    is_filled(&filled, 2);

    w.proforma_at(&order, Stage::Draft).await;
    let url = order.proforma(1);
    let page = shen.get(&format!("{url}/edit")).await.is(200);
    let filled = takes(&shen, page.form(&url), ("draft", &url)).await;
    is_filled(&filled, 2);
    assert_eq!(w.ask::<i64>("select count(*) from order_line").await, 2);
}

#[tokio::test]
async fn anothers_own_product_is_not_offered() {
    let w = World::new().await;
    lamp(&w).await;
    w.sql(&format!(
        "update product set customer = '{}' where item_no = 'DL-08'",
        id("pine-harbor")
    ))
    .await;
    let shen = w.as_("shen").await;
    let ask = |customer: &str| format!("/product-choices?q=DL-08&customer={}", id(customer));
    assert_eq!(shen.get(&ask("nordhavn-living")).await.is(200).text(), "[]");
    assert!(shen.get(&ask("pine-harbor")).await.is(200).has("DL-08"));
    let order = w.order().await;
    let page = shen.get(&format!("{}/edit", order.url())).await.is(200);
    let form = page
        .form(&order.url())
        .with("product", "dl-08")
        .with("act", "pick_product");
    let page = shen.post(&order.url(), form).await.is(200);
    assert!(!page.has("Desk lamp"));
}

#[tokio::test]
async fn a_product_has_a_picture_and_the_orders_it_was_in() {
    let w = World::new().await;
    lamp(&w).await;
    let order = w.order().await;
    w.sql(&format!(
        "update order_line set item_no = 'DL-08' where order_id = '{}' and pos = 1",
        order.id
    ))
    .await;
    let (shen, url) = (w.as_("shen").await, "/products/dl-08");
    let picture = format!("{url}/picture");
    shen.get(&picture).await.is(404);
    let disguised = ("picture", "lamp.png", &b"%PDF-1.7\n%%EOF\n"[..]);
    shen.upload(&picture, Form::default(), disguised)
        .await
        .is(422);
    let paper = ("picture", "lamp.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    shen.upload(&picture, Form::default(), paper).await.is(422);
    shen.upload(&picture, Form::default(), ("picture", "lamp.png", PNG))
        .await
        .leads_to(url);
    let shown = shen.get(&picture).await.is(200);
    assert_eq!(shown.header("content-type"), "image/png");
    let page = shen.get(url).await.is(200);
    assert!(page.has(&picture) && page.has(&order.number));
    // The picture is everybody's in the house, the order is not.
    let lu = w.as_("lu").await;
    lu.get(&picture).await.is(200);
    assert!(!lu.get(url).await.is(200).has(&order.number));
    let stranger = w.stranger();
    stranger.get(&picture).await.is(303);
}
