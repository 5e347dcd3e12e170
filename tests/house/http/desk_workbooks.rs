//! Lists of shipments, issues and credits leave as workbooks: the rows of the page under the same filters.

use crate::support::World;
use crate::walk::{ACTORS, typed};
use gendan::credits::stage::Stage as Credit;

/// First cells of the rows under the head.
fn firsts(sheets: &[Vec<Vec<String>>]) -> Vec<String> {
    sheets[0].iter().skip(1).map(|row| row[0].clone()).collect()
}

#[tokio::test]
async fn shipments_leave_with_the_filters_of_the_page() {
    let w = World::new().await;
    let (one, two) = (w.confirmed().await, w.confirmed().await);
    w.shipped(&one, "SH26-0901", "2026-12-20").await;
    w.shipped(&two, "SH26-0902", "2026-12-24").await;
    w.sql("update shipment set stage = 'booked', mode = 'air' where number = 'SH26-0902'")
        .await;
    let shen = w.as_("shen").await;
    let page = shen.get("/shipments?mode=air&stage=booked").await.is(200);
    let links = page.attributes(".acts a", "href");
    let link = links.iter().find(|link| link.contains(".xlsx")).unwrap();
    let sheets = shen.get(link).await.is(200).sheets();
    assert_eq!(firsts(&sheets), ["SH26-0902"]);
    assert_eq!(sheets[0][0].len(), sheets[0][1].len());
    assert!(sheets[0][1].contains(&two.number));
    assert!(sheets[1].len() >= 4, "{:?}", sheets[1]);
    let all = shen.get("/shipments.xlsx").await.is(200).sheets();
    assert_eq!(firsts(&all), ["SH26-0902", "SH26-0901"]);
    let lu = w.as_("lu").await.get("/shipments.xlsx").await.is(200);
    assert!(firsts(&lu.sheets()).is_empty());
}

#[tokio::test]
async fn issues_leave_with_the_filters_of_the_page() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.report(&order, &[]).await;
    w.report(&order, &[("severity", "line_stop"), ("title", "断针")])
        .await;
    let shen = w.as_("shen").await;
    let page = shen.get("/issues?severity=line_stop").await.is(200);
    let links = page.attributes(".acts a", "href");
    let link = links.iter().find(|link| link.contains(".xlsx")).unwrap();
    let sheets = shen.get(link).await.is(200).sheets();
    assert_eq!(firsts(&sheets), [order.number.as_str()]);
    assert!(sheets[0][1].iter().any(|cell| cell.contains("断针")));
    assert_eq!(
        firsts(&shen.get("/issues.xlsx").await.is(200).sheets()).len(),
        2
    );
    let closed = shen.get("/issues.xlsx?state=closed").await.is(200);
    assert!(firsts(&closed.sheets()).is_empty());
}

#[tokio::test]
async fn credits_leave_with_amounts_for_who_sees_them_and_those_at_risk_apart() {
    let w = World::new().await;
    let order = w
        .order_paid_by(crate::support::Wanted::EUROPE, "LC_SIGHT")
        .await;
    let credit = w.credit_at(&order, Credit::Expected).await;
    let calm = w.as_("gu").await.get("/credits?state=risk").await.is(200);
    assert!(!calm.has(&credit));
    w.sql(&format!(
        "update letter_of_credit set latest_shipment_on = '2026-12-03' where number = '{credit}'"
    ))
    .await;
    let risky = w.as_("gu").await.get("/credits?state=risk").await.is(200);
    assert!(risky.has(&credit));
    for (login, sees) in [("gu", true), ("shen", true), ("tang", false)] {
        let client = w.as_(login).await;
        let sheets = client
            .get("/credits.xlsx?state=risk")
            .await
            .is(200)
            .sheets();
        assert_eq!(firsts(&sheets), [credit.as_str()], "{login}");
        let row = &sheets[0][1];
        assert_eq!(
            row.iter().any(|cell| cell == "12480"),
            sees,
            "{login}: {row:?}"
        );
        assert_eq!(sheets[0][0].len(), row.len());
    }
    // A colleague who looks at the team finds the risk on her home, with its number.
    let home = w.as_("gu").await.get("/").await.is(200);
    let links = home.attributes("nav a", "href");
    for place in [
        "/shipments?stage=warned",
        "/credits?state=risk",
        "/?who=team&kind=money&late=yes",
    ] {
        assert!(links.iter().any(|link| link == place), "{place}");
    }
}

/// A name that no sheet may carry is a fault of one language only.
#[tokio::test]
async fn every_workbook_of_the_house_opens_in_both_languages() {
    let w = World::new().await;
    for (place, (_, login)) in ACTORS.iter().enumerate() {
        if !["admin", "gu", "xu"].contains(login) {
            continue;
        }
        let client = w.as_(login).await;
        for lang in ["en", "zh-CN"] {
            client.post("/language", [("lang", lang)]).await.is(303);
            for row in typed() {
                let sheet = row.path.rsplit('.').next() == Some("xlsx") && !row.path.contains('{');
                if sheet && row.method == "GET" && row.answers[place] == "200" {
                    let sheets = client.get(&row.path).await.is(200).sheets();
                    assert!(!sheets.is_empty(), "{}", row.path);
                }
            }
        }
    }
}
