//! The demo: every step that it promises has an order, every queue of finance a row, and what is stored adds up.

use crate::support::World;

#[tokio::test]
async fn the_demo_shows_every_step_and_queue_and_adds_up() {
    let w = World::bare().await;
    assert!(gendan::demo::seed(&w.app).await.unwrap());
    let steps: Vec<i16> = w
        .ask_all("select distinct step from export_order order by step")
        .await;
    for step in [1, 4, 5, 6, 7, 8, 9] {
        assert!(steps.contains(&step), "no order in step {step}: {steps:?}");
    }
    for (what, held) in [
        (
            "a question to the customer",
            "issue where stage = 'with_customer'",
        ),
        ("a change under way", "change_order where stage = 'raised'"),
        (
            "documents on the table",
            "presentation where stage = 'preparing'",
        ),
        (
            "money that nobody claimed",
            "receipt r where not exists (select from receipt_allocation a where a.receipt = r.id)",
        ),
        (
            "a part settled",
            "receipt r where receipt_to_settle(r.id) between 1 and r.amount - 1",
        ),
        ("a payable to approve", "payable where stage = 'asked'"),
        ("papers taken", "hand_over where stage = 'taken'"),
        ("a matching begun", "verification_matching"),
        ("a claim begun", "rebate_claim where stage = 'collecting'"),
    ] {
        let rows: i64 = w.ask(&format!("select count(*) from {held}")).await;
        assert!(rows > 0, "the demo has not: {what}");
    }
    assert_eq!(w.verify().await, Vec::<String>::new());
    // A house that holds people is left as it is.
    assert!(!gendan::demo::seed(&w.app).await.unwrap());
}
