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

/// The same of the orders up to the order to the factory; what is due is counted from Monday, nine o'clock in Ningbo.
const EARLY: &[(&str, i16, &str)] = &[
    (
        "太阳能庭院灯",
        1,
        "open_item x where x.kind = 'finish_sample_note' and x.waiting = 'us'",
    ),
    (
        "羊毛混纺大衣",
        1,
        "open_item x where x.kind = 'revise_sample_note' and x.problem",
    ),
    (
        "羊毛混纺大衣",
        1,
        "sample_note x where x.stage = 'returned' and x.returned_words like '里料克重没写%'",
    ),
    (
        "保温冷藏袋 18 升",
        1,
        "open_item x where x.kind = 'acknowledge_sample_note' and x.waiting = 'factory' and x.due_at < timestamptz '2026-11-23 01:00Z'",
    ),
    (
        "帆布托特包，皮拉片",
        2,
        "open_item x where x.kind = 'judge_sample' and x.subject = '1-1' and x.due_at < timestamptz '2026-11-23 01:00Z'",
    ),
    (
        "帆布托特包，皮拉片",
        2,
        "open_item x where x.kind = 'receive_sample' and x.subject = '2-1' and x.waiting = 'factory'",
    ),
    (
        "灯芯绒衬衫外套",
        2,
        "open_item x where x.kind = 'receive_sample' and x.due_at = timestamptz '2026-11-26 10:00Z'",
    ),
    (
        "LED 壁灯 W2",
        2,
        "open_item x where x.kind = 'dispatch_sample' and x.due_at = timestamptz '2026-11-23 10:00Z'",
    ),
    (
        "窑变釉碗组",
        3,
        "open_item x where x.kind = 'judge_sample' and x.waiting = 'customer' and x.due_at < timestamptz '2026-11-20 00:00Z'",
    ),
    (
        "竹制壁架",
        3,
        "(select i.order_id from open_item i where i.kind = 'pass_on' and i.due_at = timestamptz '2026-11-23 05:00Z' group by 1 having count(*) = 2) x where true",
    ),
    (
        "儿童雨衣",
        1,
        "open_item x where x.kind = 'finish_sample_note' and x.subject = '1-2'",
    ),
    (
        "儿童雨衣",
        1,
        "open_item x where x.kind = 'acknowledge' and x.waiting = 'factory'",
    ),
    (
        "丝绒矮凳",
        3,
        "open_item x where x.kind = 'judge_sample' and x.due_at = timestamptz '2026-11-24 10:00Z'",
    ),
    (
        "陶瓷花盆 3 件套",
        5,
        "open_item x where x.kind = 'expect_credit' and x.waiting = 'customer'",
    ),
    (
        "条纹沙滩包",
        5,
        "open_item x where x.kind = 'get_deposit' and x.due_at = timestamptz '2026-11-20 10:00Z'",
    ),
    (
        "清酒器 5 件套",
        5,
        "open_item x where x.kind = 'acknowledge_production' and x.due_at = timestamptz '2026-11-23 10:00Z'",
    ),
    (
        "相思木花园长椅，春季单",
        5,
        "open_item x where x.kind = 'answer_counter' and x.waiting = 'us' and x.problem",
    ),
    (
        "卷口背包",
        5,
        "open_item x where x.kind = 'acknowledge_production' and x.due_at = timestamptz '2026-11-24 10:00Z'",
    ),
];

#[tokio::test]
async fn the_demo_shows_every_step_and_queue_and_adds_up() {
    let w = World::bare().await;
    assert!(gendan::demo::seed(&w.app).await.unwrap());
    let steps: Vec<i16> = w
        .ask_all("select distinct step from export_order order by step")
        .await;
    for step in 1..=9 {
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
        (
            "a task by hand that is late",
            "hand_task where state = 'open' and due_at < timestamptz '2026-11-23 01:00Z'",
        ),
        (
            "a picture that a factory was shown",
            "sample_file a join stored_file f on f.id = a.file where f.media = 'image/png'",
        ),
    ] {
        let rows: i64 = w.ask(&format!("select count(*) from {held}")).await;
        assert!(rows > 0, "the demo has not: {what}");
    }
    for (title, step, held) in EARLY.iter().chain(LATER) {
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
    let kept: Vec<i64> = w
        .ask_all(
            "select unnest(array[(select count(*) from hand_task), (select count(*) from saved_view),
                 (select count(*) from saved_view where shared)])",
        )
        .await;
    assert_eq!(kept, [22, 6, 3], "tasks by hand, views, shared ones");
    assert_eq!(w.verify().await, Vec::<String>::new());
    // A house that holds people is left as it is.
    assert!(!gendan::demo::seed(&w.app).await.unwrap());
}
