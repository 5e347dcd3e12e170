//! The demo: every step that it promises has an order, every queue of finance a row, and what is stored adds up.

use crate::support::World;

/// Title of an order of the later steps, the step it stands in, and what must be found of it.
const LATER: &[(&str, i16, &str)] = &[
    (
        "绗缝夹克 2 色",
        6,
        "open_item x where x.kind = 'late_production' and x.problem",
    ),
    (
        "绗缝夹克 2 色",
        6,
        "open_item x where x.kind = 'await_issue_answer' and x.waiting = 'customer'",
    ),
    (
        "橡木边几，秋季款",
        6,
        "open_item x where x.kind = 'ask_progress' and x.waiting = 'factory'",
    ),
    (
        "橡木边几，秋季款",
        6,
        "(select r.order_id from progress_report r join progress_line l on l.report = r.id where l.quantity = 540) x where true",
    ),
    (
        "黄麻购物袋",
        6,
        "open_item x where x.kind = 'ask_progress' and x.due_at < timestamptz '2026-11-23 01:00Z'",
    ),
    (
        "胡桃木餐椅",
        6,
        "inspection_report x where x.kind = 'inline' and x.stage = 'failed'",
    ),
    (
        "胡桃木餐椅",
        6,
        "open_item x where x.kind = 'acknowledge_issue' and x.waiting = 'factory'",
    ),
    (
        "藤编吊灯",
        6,
        "open_item x where x.kind = 'record_inspection' and x.due_at between timestamptz '2026-11-24 00:00Z' and timestamptz '2026-11-24 12:00Z'",
    ),
    (
        "摇粒绒马甲",
        6,
        "(select r.order_id from progress_report r join progress_line l on l.report = r.id where l.stage = 'assembly' and l.quantity = 1240) x where true",
    ),
    (
        "亚麻围裙",
        6,
        "open_item x where x.kind = 'await_issue_answer' and x.waiting = 'customer'",
    ),
    (
        "LED 台灯 L7",
        7,
        "open_item x where x.kind = 'send_instructions'",
    ),
    ("LED 台灯 L7", 7, "open_item x where x.kind = 'gate_in'"),
    (
        "藤编休闲椅",
        7,
        "open_item x where x.kind = 'confirm_booking' and x.waiting = 'forwarder'",
    ),
    (
        "束口鞋袋 2 色",
        7,
        "open_item x where x.kind = 'send_customs_set'",
    ),
    (
        "沙发 3+2+1",
        8,
        "open_item x where x.kind = 'await_waiver' and x.problem",
    ),
    ("印花棉围巾", 8, "open_item x where x.kind = 'pass_on'"),
    (
        "三脚落地灯",
        9,
        "open_item x where x.kind = 'declare_rebate'",
    ),
    (
        "茶壶 0.9 升",
        9,
        "open_item x where x.kind = 'answer_rebate_query' and x.problem",
    ),
    ("印花帆布袋", 9, "order_closing x where true"),
];

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
    for (title, step, held) in LATER {
        let rows: i64 = w
            .ask(&format!(
                "select count(*) from export_order o where o.title = '{title}' and o.step = {step}
                     and exists (select from {held} and x.order_id = o.id)"
            ))
            .await;
        assert_eq!(
            rows, 1,
            "{title} does not stand in step {step} with: {held}"
        );
    }
    let over: i64 = w
        .ask("select count(*) from export_order o join order_closing c on c.order_id = o.id where o.condition = 'closed'")
        .await;
    assert_eq!(over, 21);
    assert_eq!(w.verify().await, Vec::<String>::new());
    // A house that holds people is left as it is.
    assert!(!gendan::demo::seed(&w.app).await.unwrap());
}
