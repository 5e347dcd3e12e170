//! Open links: what a page of an order or a shipment offers a reader is open to her. Every link between `<main>` and
//! `</main>` is followed, from the order file on, for each role; none answers that she may not.

use crate::support::{Client, World};
use gendan::finance::payable::stage::Stage as Claim;
use gendan::production::order::Stage as Paper;
use gendan::samples::Stage as Sample;
use gendan::shipping::shipment::Stage;
use std::collections::{BTreeMap, BTreeSet};

const READERS: [&str; 5] = ["zhou", "shen", "tang", "gu", "xu"];

/// Orders far along and in the middle: samples, a draft for the factory, issues and changes and inspections, goods on their
/// way to the port with a container, goods that have left with papers back, money in and money asked for.
async fn far_along(w: &World) -> Vec<String> {
    let sampled = w.order().await;
    w.sample_at(&sampled, Sample::Received).await;
    let drafted = w.ordered().await;
    w.production_at(&drafted, Paper::Draft).await;
    w.step_six().await;
    let shipped = w.ready_order().await;
    let shipment = w.shipment_at(&shipped, Stage::DocumentsSent).await;
    w.ship(&shipment, "loading").await.is(303);
    let receipt = w.receipt("3000.00").await;
    w.allocate(&receipt, &shipped, "deposit", "3000.00")
        .await
        .is(303);
    w.payable_at(&shipped, "500.00", Claim::Asked).await;
    let left = w.order().await;
    let gone = w.left(&left, "2026-10-16").await;
    w.paper_back(&left, &gone, "declaration").await;
    w.ask_all("select number from export_order order by number")
        .await
}

/// Pages that are read further: those of this order, and of shipments.
fn is_read_on(url: &str, order: &str) -> bool {
    let page = url.split('?').next().unwrap_or(url);
    let of_file = page.contains("/files/") || page.contains('.') || page.ends_with("/workbook");
    (page.starts_with(order) || page.starts_with("/shipments/")) && !of_file
}

/// Follows the links of an order; every address with its answer and the page it stands on.
async fn follow(client: &Client, order: &str) -> BTreeMap<String, (u16, String)> {
    let mut answers = BTreeMap::new();
    let mut known = BTreeSet::from([order.to_owned()]);
    let mut ahead = vec![(order.to_owned(), String::new())];
    while let Some((url, from)) = ahead.pop() {
        let reply = client.get(&url).await;
        if reply.status == 200 && is_read_on(&url, order) {
            for link in reply.attributes("main a[href^='/']", "href") {
                let link = link.split('#').next().unwrap_or("").to_owned();
                if known.insert(link.clone()) {
                    ahead.push((link, url.clone()));
                }
            }
        }
        answers.insert(url, (reply.status, from));
    }
    answers
}

#[tokio::test]
async fn no_link_of_an_order_or_a_shipment_leads_to_a_closed_door() {
    let w = World::new().await;
    let orders = far_along(&w).await;
    let (mut shut, mut seen, mut shipments) = (Vec::new(), 0, 0);
    for login in READERS {
        let client = w.as_(login).await;
        for number in &orders {
            let answers = follow(&client, &format!("/orders/{number}")).await;
            seen += answers.len();
            for (url, (status, from)) in answers {
                shipments += usize::from(url.starts_with("/shipments/"));
                if status == 403 {
                    shut.push(format!("{login}: {url}, offered on {from}"));
                }
            }
        }
    }
    assert!(
        seen > 500 && shipments > 20,
        "{seen} links, {shipments} of shipments"
    );
    assert!(shut.is_empty(), "\n{}\n", shut.join("\n"));
}

/// The administrator knows no order, and no page of hers leads to one.
#[tokio::test]
async fn no_link_of_the_administrator_leads_to_a_closed_door() {
    let w = World::new().await;
    let order = w.order().await;
    let admin = w.as_("admin").await;
    admin.get(&order.url()).await.is(404);
    for page in [
        "/",
        "/users",
        "/settings",
        "/audit",
        "/customers",
        "/factories",
    ] {
        let reply = admin.get(page).await;
        for link in reply.attributes("main a[href^='/']", "href") {
            let status = admin.get(&link).await.status;
            assert_ne!(status, 403, "{link}, offered on {page}");
        }
    }
}

#[tokio::test]
async fn a_reader_without_the_deed_reads_the_tasks_and_the_containers_without_links() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::DocumentsSent).await;
    w.ship(&number, "loading").await.is(303);
    let url = format!("/shipments/{number}");
    let forms = ["/gate-in", "/loading/"];
    for (login, offered) in [
        ("shen", true),
        ("zhou", false),
        ("gu", false),
        ("xu", false),
    ] {
        let page = w.as_(login).await.get(&url).await.is(200);
        let links = page.attributes("main .tasks a, main td a, main th a", "href");
        for form in forms {
            let there = links.iter().any(|link| link.contains(form));
            assert_eq!(there, offered, "{login} {form} {links:?}");
        }
        assert!(page.text().contains("CSQU"), "{login} reads the container");
    }
}
