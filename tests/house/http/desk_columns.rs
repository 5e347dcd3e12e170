//! Columns, filters and search of the orders list: what is chosen goes with the address, page and workbook agree, and
//! amounts are there for who may see them only.

use crate::support::{Form, Placed, Reply, Wanted, World};

const EVERY: &str = "customer,reference,factory,quantity,amount,balance,payment,etd,eta,operator,salesperson,opened";

fn heads(page: &Reply) -> Vec<String> {
    page.texts("thead th:not(.pick)")
}

/// Texts of one order's row.
fn row(page: &Reply, order: &Placed) -> Vec<String> {
    let at = page
        .texts("tbody th")
        .iter()
        .position(|number| *number == order.number)
        .unwrap_or_else(|| panic!("{} is not listed", order.number));
    page.texts(&format!("tbody tr:nth-child({}) td:not(.pick)", at + 1))
}

/// Two orders of one department; the second confirmed, a third of its money in, sailing on 20 December.
async fn two(w: &World) -> (Placed, Placed) {
    let (plain, sailing) = (w.order().await, w.order().await);
    w.confirm(&sailing).await;
    w.money(&sailing, "4000").await;
    w.shipped(&sailing, "SH26-0900", "2026-12-20").await;
    w.sql("update shipment set stage = 'booked', eta = '2027-01-22' where number = 'SH26-0900'")
        .await;
    (plain, sailing)
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn the_columns_chosen_stand_on_the_page_and_in_the_workbook() {
    let w = World::new().await;
    let (plain, sailing) = two(&w).await;
    let zhou = w.as_("zhou").await;
    let usual = zhou.get("/orders?who=all").await.is(200);
    assert_eq!(heads(&usual).len(), 9);
    // The form of the page asks for them without a script.
    let chooser = usual.attributes("form input[name=cols]", "value");
    assert!(chooser.contains(&"balance".to_owned()), "{chooser:?}");
    let url = format!("/orders?who=all&cols={EVERY}");
    let page = zhou.get(&url).await.is(200);
    assert_eq!(heads(&page).len(), 13, "{:?}", heads(&page));
    let cells = row(&page, &sailing).join(" | ");
    for expected in [
        "PO 88213",
        "启明制衣",
        "2,400 pcs",
        "12,480.00",
        "8,480.00",
        "2026-12-20",
        "2027-01-22",
        "沈小禾",
        "周岚",
    ] {
        let expected = expected.replace("2026-", "").replace("2027-", "");
        let said = cells.replace("2026-", "").replace("2027-", "");
        assert!(said.contains(&expected), "{expected} is not in {cells}");
    }
    // Nothing is owed before the customer confirmed.
    assert!(!row(&page, &plain).join(" | ").contains("8,480"));

    let sheets = zhou
        .get(&url.replace("/orders?", "/orders.xlsx?"))
        .await
        .is(200)
        .sheets();
    let (head, rows) = sheets[0].split_first().unwrap();
    // A figure's currency and unit have columns of their own.
    assert_eq!(head.len(), 16, "{head:?}");
    let own = rows.iter().find(|row| row[0] == sailing.number).unwrap();
    for expected in ["USD", "12480", "8480", "2400", "pcs", "启明制衣"] {
        assert!(
            own.iter().any(|cell| cell == expected),
            "{expected}: {own:?}"
        );
    }
    assert!(sheets[1].concat().iter().any(|cell| cell == "周岚"));
}

#[tokio::test]
async fn every_address_of_the_list_keeps_the_columns_and_a_view_brings_them_back() {
    let w = World::new().await;
    two(&w).await;
    let shen = w.as_("shen").await;
    let page = shen
        .get("/orders?who=all&cols=etd&cols=reference")
        .await
        .is(200);
    assert_eq!(heads(&page).len(), 3);
    let links = page
        .attributes(".tabs a, thead a, .chips a, .seg a", "href")
        .into_iter()
        .filter(|href| {
            href.starts_with("/orders?") && href.contains("who=") && !href.contains("cols=")
        });
    // Only what takes the choice back has none, and the way to the usual columns and filters is that.
    let without: Vec<String> = links.collect();
    assert!(
        without.iter().all(|href| href == "/orders?who=all"),
        "{without:?}"
    );
    let kept = Form::from([("name", "船期")]).with(
        "query",
        page.form("/orders/views")
            .0
            .iter()
            .find(|(name, _)| name == "query")
            .unwrap()
            .1
            .clone(),
    );
    let reply = shen.post("/orders/views", kept).await.is(303);
    assert_eq!(heads(&shen.get(reply.location()).await.is(200)).len(), 3);
    // What nobody knows is shown as such and does no harm.
    let odd = shen.get("/orders?who=all&cols=colour").await.is(200);
    assert_eq!(heads(&odd).len(), 9);
    assert!(odd.texts(".chip s").concat().contains("colour"));
}

#[tokio::test]
async fn amounts_are_no_column_for_who_may_not_see_them() {
    let w = World::new().await;
    let (_, sailing) = two(&w).await;
    for (login, sees) in [("shen", true), ("xu", true), ("tang", false)] {
        let client = w.as_(login).await;
        let page = client
            .get(&format!("/orders?who=all&cols={EVERY}"))
            .await
            .is(200);
        assert_eq!(heads(&page).len(), if sees { 13 } else { 11 }, "{login}");
        assert_eq!(page.has("12,480.00"), sees, "{login}");
        assert_eq!(page.has("8,480.00"), sees, "{login}");
        let offered = page.attributes("form input[name=cols]", "value");
        assert_eq!(offered.contains(&"amount".to_owned()), sees, "{login}");
        let book = client
            .get(&format!("/orders.xlsx?who=all&cols={EVERY}"))
            .await
            .is(200);
        let sheets = book.sheets();
        assert_eq!(sheets[0][0].len(), if sees { 16 } else { 12 }, "{login}");
        let row = sheets[0]
            .iter()
            .find(|row| row[0] == sailing.number)
            .unwrap();
        assert_eq!(row.iter().any(|cell| cell == "12480"), sees, "{login}");
    }
}

/// Numbers the list shows, in its order.
async fn listed(w: &World, query: &str) -> Vec<String> {
    let page = w
        .as_("xu")
        .await
        .get(&format!("/orders?who=all&sort=-number&{query}"))
        .await
        .is(200);
    page.texts("tbody th")
}

#[tokio::test]
async fn the_list_is_narrowed_by_factory_sailing_and_who_is_waited_for() {
    let w = World::new().await;
    let (plain, sailing) = two(&w).await;
    let american = w.open_order(Wanted::AMERICA).await;
    w.sql(&format!(
        "update order_line set factory = (select id from factory where code <> 'qiming' order by code limit 1)
         where order_id = '{}'",
        american.id
    ))
    .await;
    let mut both = vec![sailing.number.clone(), plain.number.clone()];
    assert_eq!(listed(&w, "factory=qiming").await, both);
    both.reverse();
    assert_eq!(listed(&w, "factory=qiming&sort=number").await, both);
    for (days, there) in [
        ("2026-12-01..2026-12-31", true),
        ("2026-12-20..2026-12-20", true),
        ("..2026-12-19", false),
        ("2026-12-21..", false),
    ] {
        let found = listed(&w, &format!("etd={days}")).await;
        assert_eq!(found.contains(&sailing.number), there, "{days}");
        assert!(!found.contains(&plain.number), "{days}");
    }
    let typed = listed(&w, "etd_from=2026-12-01&etd_until=2026-12-31").await;
    assert_eq!(typed, [sailing.number.as_str()]);
    for party in ["finance", "bank", "tax_office"] {
        w.sql(&format!(
            "update export_order set waiting = '{party}' where id = '{}'",
            plain.id
        ))
        .await;
        let found = listed(&w, &format!("state={party}")).await;
        assert_eq!(found, [plain.number.as_str()], "{party}");
    }
}

#[tokio::test]
async fn filters_and_search_hold_on_the_next_page_and_on_the_way_back() {
    let w = World::new().await;
    let mut numbers = Vec::new();
    for _ in 0..23 {
        numbers.push(w.order().await.number);
    }
    numbers.reverse();
    let xu = w.as_("xu").await;
    let place = |page: &Reply, rel: &str| page.attributes(&format!("a[rel={rel}]"), "href");
    for query in ["factory=qiming", "q=linen", "q=PO%2088213"] {
        let url = format!("/orders?who=all&{query}&cols=etd&size=20&sort=-number");
        let first = xu.get(&url).await.is(200);
        assert_eq!(first.texts("tbody th"), numbers[..20], "{query}");
        let next = xu.get(&place(&first, "next")[0]).await.is(200);
        assert_eq!(next.texts("tbody th"), numbers[20..], "{query}");
        assert_eq!(heads(&next).len(), 2, "{query}");
        let back = xu.get(&place(&next, "prev")[0]).await.is(200);
        assert_eq!(back.texts("tbody th"), numbers[..20], "{query}");
        assert!(place(&back, "prev").is_empty(), "{query}");
    }
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn an_order_is_found_by_what_its_goods_and_samples_travel_under() {
    let w = World::new().await;
    let (plain, sailing) = two(&w).await;
    let american = w.open_order(Wanted::AMERICA).await;
    let shen = crate::support::id("shen");
    w.sql(&format!(
        "insert into shipment_container (id, shipment, number, kind, cartons, gross_kg, cbm)
             select '{0}', id, 'MSKU1234565', '40HQ', 10, 100, 10 from shipment where number = 'SH26-0900';
         insert into transport_document (id, shipment, stage, form, originals, number, issued_on, created_by)
             select '{0}', id, 'issued', 'originals', 3, 'COSU6298-44710', '2026-11-22', '{shen}' from shipment where number = 'SH26-0900';
         update shipment set booking_no = 'BK7700123' where number = 'SH26-0900';
         insert into parcel (id, order_id, number, stage, kind, recipient, contents, cost_payer, packed_by, packed_at,
                 courier, waybill, dispatched_on)
             values ('{0}', '{1}', 7, 'dispatched', 'samples', 'Anna', 'shirts', 'us', '{shen}', '2026-11-23', 'DHL', '7738 2201 44', '2026-11-23');",
        uuid::Uuid::from_u128(rand::random()),
        plain.id,
    ))
    .await;
    for (typed, expected) in [
        ("MSKU1234565", &sailing),
        ("msku%20123456%205", &sailing),
        ("U123456", &sailing),
        ("COSU6298-44710", &sailing),
        ("bk7700123", &sailing),
        ("sh26-0900", &sailing),
        ("7738220144", &plain),
        ("7738%202201%2044", &plain),
    ] {
        assert_eq!(
            listed(&w, &format!("q={typed}")).await,
            [expected.number.as_str()],
            "{typed}"
        );
        let found = w
            .as_("shen")
            .await
            .get(&format!("/search?q={typed}"))
            .await
            .is(200);
        assert!(found.has(&expected.number), "{typed}");
    }
    assert!(listed(&w, "q=MSKU9999999").await.is_empty());
    // Another department's reader finds nothing by the same number, and an order by its own as before.
    let lu = w.as_("lu").await;
    let none = lu.get("/orders?who=all&q=MSKU1234565").await.is(200);
    assert!(none.texts("tbody th").is_empty());
    assert_eq!(
        listed(&w, &format!("q={}", american.number)).await,
        [american.number.as_str()]
    );
}
