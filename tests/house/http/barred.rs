//! Barred: the page of a refusal names who can do it, first the order's own colleagues, and nobody who cannot either.

use crate::support::World;

/// Who is refused at which address, and whom the page names.
const REFUSED: [(&str, &str, &[&str]); 8] = [
    // The order's own operator, salesperson, managers.
    ("zhou", "/shipments/new", &["跟单员 沈小禾"]),
    ("gu", "/shipments/new", &["跟单员 沈小禾"]),
    ("shen", "/drop", &["业务员 周岚"]),
    ("shen", "/skipping", &["业务经理 顾明川", "业务经理 秦牧之"]),
    (
        "tang",
        "/hold",
        &[
            "跟单员 沈小禾",
            "业务员 周岚",
            "业务经理 顾明川",
            "业务经理 秦牧之",
        ],
    ),
    // A deed of every colleague of a role.
    ("zhou", "/closing", &["财务"]),
    ("gu", "/closing", &["财务"]),
    (
        "xu",
        "/reassignment",
        &["业务经理 顾明川", "业务经理 秦牧之"],
    ),
];

#[tokio::test]
async fn a_refusal_names_the_orders_own_colleagues_who_can() {
    let w = World::new().await;
    let url = w.order().await.url();
    for (login, place, named) in REFUSED {
        let client = w.as_(login).await;
        let page = client.get(&format!("{url}{place}")).await.is(403);
        assert_eq!(page.texts("main dd"), named, "{login} {place}");
    }
}

#[tokio::test]
async fn outside_an_order_the_roles_are_named_that_hold_the_deed() {
    let w = World::new().await;
    for (login, place, named) in [
        ("shen", "/users", &["管理员"][..]),
        ("xu", "/orders/new", &["业务员", "跟单员"]),
        ("gu", "/orders/new", &["业务员", "跟单员"]),
        ("zhou", "/ports/new", &["跟单员", "业务经理", "管理员"]),
    ] {
        let page = w.as_(login).await.get(place).await.is(403);
        assert_eq!(page.texts("main dd"), named, "{login} {place}");
    }
}

#[tokio::test]
async fn a_colleague_who_has_left_is_not_named() {
    let w = World::new().await;
    let url = w.order().await.url();
    w.sql("update person set status = 'disabled' where email like 'gu@%'")
        .await;
    let shen = w.as_("shen").await;
    let page = shen.get(&format!("{url}/skipping")).await.is(403);
    assert_eq!(page.texts("main dd"), ["业务经理 秦牧之"]);
}

/// A form of another session is no question of rights: nobody could send it for her.
#[tokio::test]
async fn a_form_of_another_session_names_nobody() {
    let w = World::new().await;
    let url = w.order().await.url();
    let zhou = w.as_("zhou").await;
    let form = [
        ("csrf", "another"),
        ("key", "00000000000000000000000000000001"),
    ];
    let page = zhou.post_raw(&format!("{url}/remarks"), form).await.is(403);
    assert!(page.texts("main dd").is_empty());
    assert_eq!(page.texts("h1"), ["这张表单不属于你现在的登录"]);
}
