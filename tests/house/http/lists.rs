//! Lists that are no cards leave as workbooks too.

use crate::support::World;

#[tokio::test]
async fn rates_and_the_short_lists_leave_as_workbooks() {
    let w = World::new().await;
    let shen = w.as_("shen").await;
    for url in [
        "/rates/exchange.xlsx",
        "/rates/rebate.xlsx?hs=62",
        "/catalog/currencies.xlsx",
        "/units.xlsx",
    ] {
        let reply = shen.get(url).await.is(200);
        let media = reply.header("content-type").to_owned();
        assert!(media.contains("spreadsheetml"), "{url}: {media}");
    }
    shen.get("/catalog/secrets.xlsx").await.is(404);
}

#[tokio::test]
async fn an_order_offers_every_currency_of_the_catalog() {
    let w = World::new().await;
    w.sql("insert into currency (code, name_zh, name_en, place) values ('BRL', '巴西雷亚尔', 'Brazilian real', 30)")
        .await;
    let shen = w.as_("shen").await;
    let page = shen
        .get("/orders/new?customer=nordhavn-living")
        .await
        .is(200);
    let offered = page.attributes("select[name=currency] option", "value");
    assert!(offered.iter().any(|code| code == "BRL"), "{offered:?}");
    assert!(offered.iter().any(|code| code == "KWD"));
}
