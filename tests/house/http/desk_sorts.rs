//! The list sorted by amount and by last event: both ways, page by page, what is missing last, and no amount told by its
//! place to who may not see it.

use crate::support::{Client, Placed, World};

/// Numbers of the whole list, two a page, walked to its end and back.
async fn walked(client: &Client, sort: &str) -> Vec<String> {
    let (mut pages, mut url) = (Vec::new(), format!("/orders?who=all&sort={sort}&size=20"));
    loop {
        let page = client.get(&url).await.is(200);
        pages.push(page.texts("tbody th"));
        let next = page.attributes("a[rel=next]", "href");
        let Some(next) = next.first() else {
            let back = page.attributes("a[rel=prev]", "href");
            if let Some(back) = back.first() {
                let before = client.get(back).await.is(200);
                assert_eq!(
                    Some(&before.texts("tbody th")),
                    pages.iter().rev().nth(1),
                    "{sort}"
                );
            }
            return pages.concat();
        };
        url = next.clone();
    }
}

/// Orders with these prices a piece; none: nothing agreed yet.
async fn priced(w: &World, prices: &[Option<&str>]) -> Vec<Placed> {
    let mut placed = Vec::new();
    for price in prices {
        let order = w.order().await;
        let price = price.map_or_else(|| "null".to_owned(), str::to_owned);
        w.sql(&format!(
            "update order_line set unit_price = {price} where order_id = '{}'",
            order.id
        ))
        .await;
        let zhou = w.as_("zhou").await;
        // Any act carries the sum to where the list sorts by it.
        zhou.post(&format!("{}/remarks", order.url()), [("text", "价")])
            .await
            .is(303);
        placed.push(order);
    }
    placed
}

fn numbers(orders: &[Placed], places: &[usize]) -> Vec<String> {
    places
        .iter()
        .map(|place| orders[*place].number.clone())
        .collect()
}

#[tokio::test]
async fn amounts_run_both_ways_and_what_has_none_stands_last() {
    let w = World::new().await;
    let orders = priced(&w, &[Some("7.5"), None, Some("12"), Some("0.9")]).await;
    let zhou = w.as_("zhou").await;
    assert_eq!(
        walked(&zhou, "amount").await,
        numbers(&orders, &[3, 0, 2, 1])
    );
    assert_eq!(
        walked(&zhou, "-amount").await,
        numbers(&orders, &[2, 0, 3, 1])
    );
    let page = zhou.get("/orders?who=all&sort=-amount").await.is(200);
    assert_eq!(
        page.attributes("th[aria-sort]", "aria-sort"),
        ["descending"]
    );
    let turn = page.attributes("th[aria-sort] a", "href");
    assert!(turn[0].contains("sort=amount"), "{turn:?}");
}

#[tokio::test]
async fn pages_sorted_by_amount_neither_lose_nor_repeat_an_order() {
    let w = World::new().await;
    // Many of one amount: only the order's id tells them apart.
    let prices: Vec<Option<&str>> = (0..46)
        .map(|place| match place % 4 {
            0 => None,
            1 | 2 => Some("5"),
            _ => Some("8"),
        })
        .collect();
    let orders = priced(&w, &prices).await;
    let zhou = w.as_("zhou").await;
    for sort in ["amount", "-amount", "event", "-event"] {
        let mut seen = walked(&zhou, sort).await;
        assert_eq!(seen.len(), orders.len(), "{sort}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), orders.len(), "{sort}");
    }
}

#[tokio::test]
async fn the_last_event_is_that_of_any_act_on_the_order() {
    let w = World::new().await;
    let mut orders = Vec::new();
    for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
        w.turn_to(day);
        orders.push(w.order().await);
    }
    w.turn_to("2026-11-26");
    let shen = w.as_("shen").await;
    let form = [
        ("text", "问面料"),
        ("day", "2026-11-27"),
        ("owner", "shen@hanyu.example"),
    ];
    let form = crate::support::Form::from(form).with("order", orders[0].number.clone());
    shen.post("/tasks", form).await.is(303);
    let list = "/orders?who=all&cols=event&sort=-event";
    let page = shen.get(list).await.is(200);
    assert_eq!(page.texts("tbody th"), numbers(&orders, &[0, 2, 1]));
    assert_eq!(
        page.attributes("th[aria-sort]", "aria-sort"),
        ["descending"]
    );
    assert!(page.texts("thead th").concat().contains("最近动态"));
    assert_eq!(walked(&shen, "event").await, numbers(&orders, &[1, 2, 0]));
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_amount_that_is_not_hers_has_no_place_either() {
    let w = World::new().await;
    let orders = priced(&w, &[Some("7.5"), Some("12"), Some("0.9")]).await;
    // One of them is hers: her colleague's stand behind it in both directions, whatever their amounts.
    let tang = crate::support::id("tang");
    w.sql(&format!(
        "update export_order set operator = '{tang}' where id = '{}'",
        orders[0].id
    ))
    .await;
    let tang = w.as_("tang").await;
    let (up, down) = (
        walked(&tang, "amount").await,
        walked(&tang, "-amount").await,
    );
    assert_eq!(up[0], orders[0].number);
    assert_eq!(down[0], orders[0].number);
    let rest = |all: &[String]| -> Vec<String> { all[1..].to_vec() };
    let mut turned = rest(&down);
    turned.reverse();
    // By their ids, and so the one way is the other turned round.
    assert_eq!(turned, rest(&up));
    assert_eq!(up.len(), 3);
    // Where all she sees is hers to see, amounts sort.
    for login in ["gu", "xu", "shen"] {
        let client = w.as_(login).await;
        let seen = walked(&client, "amount").await;
        let mine: Vec<String> = seen
            .into_iter()
            .filter(|own| *own != orders[0].number)
            .collect();
        assert_eq!(mine, numbers(&orders, &[2, 1]), "{login}");
    }
}

#[tokio::test]
async fn mixed_currencies_say_how_they_are_sorted() {
    let w = World::new().await;
    let orders = priced(&w, &[Some("7.5"), Some("12")]).await;
    let zhou = w.as_("zhou").await;
    let url = "/orders?who=all&sort=amount";
    assert!(!zhou.get(url).await.has("不折算"));
    w.sql(&format!(
        "update export_order set currency = 'EUR' where id = '{}'",
        orders[0].id
    ))
    .await;
    assert!(zhou.get(url).await.is(200).has("不折算"));
}
