//! Audits: the record of who changed what is looked through by colleague, order, kind and days, page by page, and taken home
//! with the same filters.

use crate::support::{Client, Placed, World, id};

async fn remark(w: &World, login: &str, order: &Placed, text: &str) {
    let note = [("text", text), ("audience", "internal")];
    let url = format!("{}/remarks", order.url());
    w.as_(login).await.post(&url, note).await.is(303);
}

/// Two orders; 沈小禾 and 周岚 wrote on the first on two days, 沈小禾 on the second on a third.
async fn written(w: &World) -> (Placed, Placed) {
    let (one, two) = (w.order().await, w.order().await);
    for (day, login, order) in [
        ("2026-11-24", "shen", &one),
        ("2026-11-25", "zhou", &one),
        ("2026-11-26", "shen", &two),
    ] {
        w.turn_to(day);
        remark(w, login, order, "布样已到").await;
    }
    w.turn_to("2026-11-27");
    (one, two)
}

async fn lines(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/audit?{query}")).await.is(200);
    page.texts("main tbody tr")
}

#[tokio::test]
async fn the_audit_is_looked_through_by_colleague_order_and_days() {
    let w = World::new().await;
    let (one, two) = written(&w).await;
    let gu = w.as_("gu").await;
    let of_one = lines(&gu, &format!("order={}", one.number.to_lowercase())).await;
    assert!(of_one.len() >= 3, "{of_one:?}");
    assert!(of_one.iter().all(|line| line.contains(&one.number)));
    let (zhou, shen) = (id("zhou"), id("shen"));
    let hers = lines(&gu, &format!("person={zhou}&order={}", one.number)).await;
    assert!(
        !hers.is_empty() && hers.iter().all(|line| line.contains("周岚")),
        "{hers:?}"
    );
    let day = lines(&gu, "from=2026-11-25&until=2026-11-25").await;
    assert_eq!(day.len(), 1, "{day:?}");
    assert!(day[0].contains("周岚") && day[0].contains(&one.number));
    let late = lines(&gu, &format!("person={shen}&from=2026-11-25&kind=order")).await;
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].contains("沈小禾") && late[0].contains(&two.number));
    assert!(
        lines(&gu, &format!("person={shen}&until=2026-11-01"))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_filter_that_finds_nothing_says_so_and_opens_nobody_elses_records() {
    let w = World::new().await;
    let (one, _) = written(&w).await;
    let gu = w.as_("gu").await;
    let none = gu.get("/audit?order=HY26-9999").await.is(200);
    assert!(none.has("没有符合条件的记录。"));
    assert_eq!(none.attributes("main p a", "href"), ["/audit"]);
    let filled = none.attributes("#order", "value");
    assert_eq!(
        filled,
        ["HY26-9999"],
        "what was looked for stays in the form"
    );
    for (login, query) in [
        ("jiang", format!("order={}", one.number)),
        ("jiang", format!("person={}", id("shen"))),
        ("admin", format!("order={}", one.number)),
        ("admin", format!("kind=order&person={}", id("shen"))),
    ] {
        let found = lines(&w.as_(login).await, &query).await;
        let leaked = found.iter().any(|line| line.contains(&one.number));
        assert!(!leaked, "{login} {query}: {found:?}");
    }
    // Nobody knows orders less than the administrator: she is not asked for a number.
    let admin = w.as_("admin").await.get("/audit").await.is(200);
    assert!(admin.texts("#order").is_empty());
}

#[tokio::test]
async fn a_long_answer_is_walked_page_by_page_and_goes_out_whole() {
    let w = World::new().await;
    let order = w.order().await;
    for round in 0..55 {
        remark(&w, "shen", &order, &format!("第 {round} 条")).await;
    }
    let gu = w.as_("gu").await;
    let query = format!("person={}&order={}", id("shen"), order.number);
    let first = gu.get(&format!("/audit?{query}")).await.is(200);
    assert_eq!(first.texts("main tbody tr").len(), 50);
    let next = first.attributes("a[rel='next']", "href");
    assert!(
        next[0].contains(&order.number) && next[0].contains("person="),
        "{next:?}"
    );
    let second = gu.get(&next[0]).await.is(200);
    let rest = second.texts("main tbody tr").len();
    assert!((5..50).contains(&rest), "{rest}");
    assert!(second.attributes("a[rel='next']", "href").is_empty());
    let back = second.attributes("a[rel='prev']", "href");
    assert!(back[0].contains(&order.number), "{back:?}");
    let sheet = gu
        .get(&format!("/audit.xlsx?{query}"))
        .await
        .is(200)
        .sheets();
    let held = sheet[0]
        .iter()
        .filter(|row| row.iter().any(|cell| cell.contains(&order.number)));
    assert_eq!(held.count(), 50 + rest);
}

#[tokio::test]
async fn finance_finds_the_money_of_an_order_by_its_number() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    for order in [&one, &two] {
        let receipt = w.receipt("3000.00").await;
        w.allocate(&receipt, order, "deposit", "3000.00")
            .await
            .is(303);
    }
    let of_one: String = w
        .ask(&format!(
            "select r.number from receipt r join receipt_allocation a on a.receipt = r.id where a.order_id = '{}'",
            one.id
        ))
        .await;
    let xu = w.as_("xu").await;
    let found = lines(&xu, &format!("kind=money&order={}", one.number)).await;
    assert!(!found.is_empty());
    assert!(found.iter().all(|line| line.contains(&of_one)), "{found:?}");
}
