//! Currencies: the administrator keeps the catalog; the letters and the decimals of one stay as they were given.

use crate::support::{Form, World};

fn dong() -> Form {
    Form::from([
        ("code", "VND"),
        ("name_zh", "越南盾"),
        ("name_en", "Vietnamese dong"),
        ("decimals", "0"),
    ])
}

#[tokio::test]
async fn a_currency_is_added_with_its_own_decimals_and_offered_from_then_on() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let before = w.everything().await;
    let refused = admin
        .post("/currencies", dong().with("decimals", "2"))
        .await
        .is(422);
    assert_eq!(refused.attributes(".errors a", "href"), ["#f-decimals"]);
    for login in ["shen", "gu", "xu", "zhou"] {
        let client = w.as_(login).await;
        client.get("/currencies/new").await.is(403);
        client.post("/currencies", dong()).await.is(403);
    }
    assert_eq!(w.everything().await, before);
    admin.post("/currencies", dong()).await.is(303);
    // Once more: the code is taken, and the form says so at its field.
    let twice = dong().with("anyway", "yes");
    let taken = admin.post("/currencies", twice).await.is(422);
    assert_eq!(taken.attributes(".errors a", "href"), ["#f-code"]);
    let told: i64 = w
        .ask("select count(*) from event e join currency c on e.stream = 'currency:' || c.id where c.code = 'VND'")
        .await;
    assert_eq!(told, 1);
    let page = w
        .as_("shen")
        .await
        .get("/orders/new?customer=nordhavn-living")
        .await
        .is(200);
    let offered = page.attributes("select[name=currency] option", "value");
    assert!(offered.iter().any(|code| code == "VND"), "{offered:?}");
    let audit = admin.get("/audit?kind=catalog").await.is(200);
    assert!(audit.texts("main tbody tr").len() == 1);
}

#[tokio::test]
async fn the_names_change_and_the_decimals_do_not() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let url = "/currencies/USD";
    let page = admin.get(&format!("{url}/edit")).await.is(200);
    assert!(page.texts("#f-decimals").is_empty() && page.texts("#f-code").is_empty());
    let form = page.form(url);
    let smuggled = form.clone().with("decimals", "0");
    assert!(admin.post(url, smuggled).await.status >= 400);
    let named = form.with("name_zh", "美金");
    admin.post(url, named.clone()).await.is(303);
    admin.post(url, named.with("name_zh", "美刀")).await.is(409);
    let stands: String = w
        .ask("select name_zh || ' ' || decimals from currency where code = 'USD'")
        .await;
    assert_eq!(stands, "美金 2");
    let found = admin.get("/currencies?q=meijin").await.is(200);
    assert_eq!(found.attributes("tbody th a", "href"), [url]);
}
