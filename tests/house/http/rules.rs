//! Rules of money 收款与核销规则: kept by the administrator, one event a change, in force at once on orders under way.

use crate::support::World;
use gendan::production::order::Stage;
use gendan::work;

#[tokio::test]
async fn what_banks_may_keep_is_one_rule_at_every_gate_and_on_every_order() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    w.money(&order, "3650.00").await;
    w.produce(&order, &key, "issue").await.is(409);
    let admin = w.as_("admin").await;
    let page = admin.get("/settings/money").await.is(200);
    let url = "/settings/money/tolerance";
    let form = page.form(url);
    admin
        .post(url, form.clone().with("USD", "-1"))
        .await
        .is(422);
    admin
        .post(url, form.clone().with("USD", "100"))
        .await
        .is(303);
    // The same page of before: somebody saved meanwhile.
    admin.post(url, form.with("USD", "70")).await.is(409);
    let told: i64 = w
        .ask("select count(*) from event where stream = 'setting:bank_charge_tolerance'")
        .await;
    assert_eq!(told, 1);
    let held: i64 = w
        .ask("select count(*) from open_item where kind in ('await_deposit', 'get_deposit')")
        .await;
    while work::one(&w.app).await.unwrap() {}
    let after: i64 = w
        .ask("select count(*) from open_item where kind in ('await_deposit', 'get_deposit')")
        .await;
    assert!(held > after && after == 0, "{held} {after}");
    assert_eq!(w.verify().await, Vec::<String>::new());
    w.produce(&order, &key, "issue").await.is(303);
    w.as_("xu").await.get("/settings/money").await.is(403);
}

#[tokio::test]
async fn the_day_from_which_no_paper_form_is_asked_is_kept_with_its_history() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let url = "/settings/money/verification";
    let form = admin.get("/settings/money").await.is(200).form(url);
    for wrong in ["", "soon", "1999-12-31", "2027-01-01"] {
        let form = form.clone().with("matching_from", wrong);
        admin.post(url, form).await.is(422);
    }
    let regime = "select verification_regime(date '2014-05-01')";
    assert_eq!(w.ask::<String>(regime).await, "matching");
    let form = form.with("matching_from", "2015-01-01");
    admin.post(url, form).await.is(303);
    assert_eq!(w.ask::<String>(regime).await, "paper_form");
    let page = admin.get("/settings/money").await.is(200);
    assert!(page.has("2015-01-01") && page.has("2012-08-01"));
}
