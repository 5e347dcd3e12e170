//! A line's remark says who may read it, survives every save, and reaches a factory only where it is meant for it.

use crate::support::World;
use gendan::production::order::Stage;

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn a_lines_remark_is_kept_and_only_the_factorys_reaches_the_factory() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    let url = order.url();
    let page = shen.get(&format!("{url}/edit")).await.is(200);
    let form = page
        .form(&url)
        .with("lines[0][remark]", "客户说别告诉工厂单价")
        .with("lines[0][remark_for]", "internal")
        .with("lines[1][remark]", "钮扣用牛角扣")
        .with("lines[1][remark_for]", "factory");
    shen.post(&url, form).await.is(303);
    // The same form once more, as it is drawn: nothing gets lost.
    let page = shen.get(&format!("{url}/edit")).await.is(200);
    shen.post(&url, page.form(&url).with("title", "Shirts"))
        .await
        .is(303);
    let held: Vec<String> = w
        .ask_all(&format!(
            "select remark || ' ' || remark_for from order_line where order_id = '{}' order by pos",
            order.id
        ))
        .await;
    assert_eq!(
        held,
        ["客户说别告诉工厂单价 internal", "钮扣用牛角扣 factory"]
    );
    shen.post(&format!("{url}/proforma"), []).await.is(303);
    let draft = order.proforma(1);
    let page = shen.get(&format!("{draft}/edit")).await.is(200);
    let form = page
        .form(&draft)
        .with("discharge_port", "Gothenburg")
        .with("act", "submit");
    shen.post(&draft, form).await.is(303);
    for act in ["approval", "sending", "confirmation"] {
        w.act_on(&order, 1, act).await.is(303);
    }
    w.as_("gu")
        .await
        .post(&format!("{url}/skipping"), [("reason", "翻单")])
        .await
        .is(303);
    let key = w.production_at(&order, Stage::Draft).await;
    let said: String = w.of_paper(&order, &key, "remarks").await;
    assert!(!said.contains("单价"), "{said}");
    assert!(said.contains("牛角扣"), "{said}");
}
