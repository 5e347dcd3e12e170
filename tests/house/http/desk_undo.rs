//! What was put off, done or handed on is told, and taken back by whoever did it: each part by an act and an event of its
//! own, as long as it stands as it was left.

use crate::support::{Client, Form, Placed, World, fresh_key, id};
use uuid::Uuid;

fn row(order: &Placed, name: &str) -> String {
    format!("{}:{name}", order.number)
}

fn at(row: &str, act: &str) -> String {
    format!("/home/rows/{row}/{act}")
}

fn ticked(rows: &[&str]) -> Form {
    Form(
        rows.iter()
            .map(|row| ("row".to_owned(), (*row).to_owned()))
            .collect(),
    )
}

/// A task that 沈小禾 wrote for herself.
async fn task(w: &World, text: &str) -> (Uuid, String) {
    let form = [
        ("text", text),
        ("day", "2026-11-23"),
        ("owner", "shen@hanyu.example"),
    ];
    w.as_("shen").await.post("/tasks", form).await.is(303);
    let asked = format!("select id from hand_task where text = '{text}'");
    let task: Uuid = w.ask(&asked).await;
    (task, format!("task:{task}:1"))
}

/// The address of the one Undo in the notice of the next page.
async fn undo(client: &Client, page: &str) -> String {
    let offered = client
        .get(page)
        .await
        .is(200)
        .attributes("[data-toast] form", "action");
    assert_eq!(offered.len(), 1, "{offered:?}");
    offered[0].clone()
}

async fn kinds(w: &World, like: &str) -> String {
    w.ask(&format!(
        "select coalesce(string_agg(kind, ' ' order by kind), '') from event where kind like '{like}'"
    ))
    .await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn putting_off_is_told_on_her_own_stream_and_names_no_order() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    let shen = w.as_("shen").await;
    let (first, second) = (row(&one, "start_sample:"), row(&two, "start_sample:"));
    let of_orders = "select count(*) from event where stream like 'order:%'";
    let before: i64 = w.ask(of_orders).await;
    let form = ticked(&[&first, &second]).with("until", "tomorrow");
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed("/home/snooze", form.clone(), &key)
            .await
            .leads_to("/");
    }
    let hers = format!(
        "select coalesce(string_agg(kind, ' ' order by seq), '') || ' ' || count(distinct act) from event
         where stream = 'person:{}' and kind like 'row%'",
        id("shen")
    );
    assert_eq!(w.ask::<String>(&hers).await, "row_put_off row_put_off 1");
    // What it was can be rebuilt: the order's row, and until when.
    let kept = format!(
        "select count(*) from event e join export_order o on o.id = (e.payload -> 'row' ->> 'thing')::uuid
         where e.kind = 'row_put_off' and e.payload ->> 'until' = '2026-11-24 09:00'
             and e.payload -> 'row' ->> 'kind' = 'start_sample' and o.number in ('{}', '{}')",
        one.number, two.number
    );
    assert_eq!(w.ask::<i64>(&kept).await, 2);
    let act: Uuid = w.ask("select act from snooze limit 1").await;
    let undo = format!("/home/snooze/{act}/return");
    shen.post(&undo, Form::default()).await.leads_to("/");
    shen.post(&undo, Form::default()).await.is(404);
    shen.post(&at(&first, "snooze"), [("until", "monday")])
        .await
        .is(303);
    shen.post(&at(&first, "return"), Form::default())
        .await
        .leads_to("/");
    shen.post(&at(&first, "return"), Form::default())
        .await
        .is(409);
    assert_eq!(
        w.ask::<String>(&hers).await,
        "row_put_off row_put_off row_brought_back row_brought_back row_put_off row_brought_back 4"
    );
    assert_eq!(w.ask::<i64>(of_orders).await, before);
    // The administrator reads the streams of people, and knows no order.
    let audit = w.as_("admin").await.get("/audit?kind=person").await.is(200);
    assert!(audit.has("推迟到 2026-11-24 09:00"), "not told");
    assert!(!audit.has(&one.number), "names an order");
    // Her own page in the list of people does not fill with it.
    let user = format!("/users/{}", id("shen"));
    let page = w.as_("admin").await.get(&user).await.is(200);
    assert!(!page.has("推迟"), "on her page");
    let audit = w.as_("gu").await.get("/audit?kind=order").await.is(200);
    assert!(!audit.has("推迟"), "told among the orders");
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_task_handed_on_comes_back_to_whom_it_came_from() {
    let w = World::new().await;
    let (one, _) = task(&w, "问面料").await;
    let owner = format!("select owner from hand_task where id = '{one}'");
    let shen = w.as_("shen").await;
    let to = [("rev", "1"), ("owner", "tang@hanyu.example")];
    shen.post(&format!("/tasks/{one}/owner"), to)
        .await
        .leads_to("/");
    assert_eq!(w.ask::<Uuid>(&owner).await, id("tang"));
    let back = undo(&shen, "/").await;
    // Only who did it takes it back, and only what it was.
    for login in ["tang", "gu", "admin"] {
        w.as_(login)
            .await
            .post(&back, Form::default())
            .await
            .is(404);
    }
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed(&back, Form::default(), &key)
            .await
            .leads_to("/");
    }
    assert_eq!(w.ask::<Uuid>(&owner).await, id("shen"));
    assert_eq!(
        kinds(&w, "task_%").await,
        "task_given task_handed_on task_handed_on"
    );
    // It has been taken back.
    let page = shen.post(&back, Form::default()).await.is(200);
    assert_eq!(page.texts(".checks li").len(), 1);
    // Touched meanwhile: it stays.
    let to = [("rev", "3"), ("owner", "tang@hanyu.example")];
    shen.post(&format!("/tasks/{one}/owner"), to).await.is(303);
    let back = undo(&shen, "/").await;
    let done = format!("/tasks/{one}/done");
    w.as_("tang")
        .await
        .post(&done, [("rev", "4")])
        .await
        .is(303);
    let page = shen.post(&back, Form::default()).await.is(200);
    assert!(page.texts(".checks li").concat().contains("已经完成"));
    assert_eq!(w.ask::<Uuid>(&owner).await, id("tang"));
}

#[tokio::test]
async fn what_was_taken_back_too_late_stands() {
    let w = World::new().await;
    let (one, _) = task(&w, "问面料").await;
    let to = [("rev", "1"), ("owner", "tang@hanyu.example")];
    let shen = w.as_("shen").await;
    shen.post(&format!("/tasks/{one}/owner"), to).await.is(303);
    let back = undo(&shen, "/").await;
    w.turn_to("2026-11-25T10:00:00+08:00");
    w.as_("shen")
        .await
        .post(&back, Form::default())
        .await
        .is(404);
}

#[tokio::test]
async fn tasks_done_together_are_put_back_together() {
    let w = World::new().await;
    let order = w.order().await;
    let ((one, first), (two, second)) = (task(&w, "1 问面料").await, task(&w, "2 问里料").await);
    let states = "select string_agg(state || version, ' ' order by text) from hand_task";
    let shen = w.as_("shen").await;
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed("/home/done", ticked(&[&first, &second]), &key)
            .await
            .leads_to("/");
    }
    assert_eq!(w.ask::<String>(states).await, "done2 done2");
    // The second answer of one form leads to the same way back.
    let back = undo(&shen, "/").await;
    // One of them is reopened and done again: that is another ending.
    shen.post(&format!("/tasks/{two}/reopening"), Form::default())
        .await
        .is(303);
    w.turn_to("2026-11-23T11:00:00+08:00");
    let shen = w.as_("shen").await;
    shen.post(&format!("/tasks/{two}/done"), [("rev", "3")])
        .await
        .is(303);
    let page = shen.post(&back, Form::default()).await.is(200);
    assert_eq!(page.texts(".checks li").len(), 1);
    assert_eq!(w.ask::<String>(states).await, "open3 done4");
    assert!(kinds(&w, "task_%").await.ends_with("task_reopened"));
    // Where something could not be done, the page offers the way back of the rest.
    let form = ticked(&[&format!("task:{one}:3"), &row(&order, "start_sample:")]);
    let page = shen.post("/home/done", form).await.is(200);
    let offered = page.attributes(".form-acts form", "action");
    assert_eq!(offered.len(), 1, "{offered:?}");
    shen.post(&offered[0], Form::default()).await.leads_to("/");
    assert_eq!(w.ask::<String>(states).await, "open5 done4");
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn orders_given_away_come_back_while_they_have_not_gone_on() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    let (_, by_hand) = task(&w, "问面料").await;
    let operators = "select string_agg(p.name_en, ',' order by o.number) from export_order o join person p on p.id = o.operator";
    let gu = w.as_("gu").await;
    let to = |rows: &[&str]| ticked(rows).with("to", "tang@hanyu.example");
    let (first, second) = (row(&one, "start_sample:"), row(&two, "start_sample:"));
    gu.post("/home/reassignment", to(&[&first, &second, &by_hand]))
        .await
        .leads_to("/");
    assert_eq!(w.ask::<String>(operators).await, "Tang Tong,Tang Tong");
    let back = undo(&gu, "/").await;
    let key = fresh_key();
    for _ in 0..2 {
        gu.post_keyed(&back, Form::default(), &key)
            .await
            .leads_to("/");
    }
    assert_eq!(w.ask::<String>(operators).await, "Shen Xiaohe,Shen Xiaohe");
    assert_eq!(
        w.ask::<Uuid>("select owner from hand_task").await,
        id("shen")
    );
    let each = "select string_agg(n::text, ',') from (select count(*) as n from event where kind = 'order_reassigned'
        group by stream) t";
    assert_eq!(w.ask::<String>(each).await, "2,2");
    // From the order's own page, and gone on to a third before it is taken back.
    let keep = |operator: &str| {
        Form::default()
            .with("salesperson", id("zhou").to_string())
            .with("operator", id(operator).to_string())
    };
    let url = format!("{}/reassignment", one.url());
    gu.post(&url, keep("tang")).await.leads_to("/orders");
    let first = undo(&gu, "/orders").await;
    gu.post(&url, keep("lu")).await.leads_to("/orders");
    let second = undo(&gu, "/orders").await;
    let page = gu.post(&first, Form::default()).await.is(200);
    assert!(page.texts(".checks li").concat().contains("又转给了别人"));
    gu.post(&second, Form::default()).await.leads_to("/");
    assert_eq!(w.ask::<String>(operators).await, "Tang Tong,Shen Xiaohe");
    // From the list, whose page of results has the way back.
    let form = Form::default()
        .with("number", two.number.clone())
        .with("operator", "tang@hanyu.example");
    let page = gu.post("/orders/reassignment", form).await.is(200);
    let offered = page.attributes(".form-acts form", "action");
    gu.post(&offered[0], Form::default()).await.leads_to("/");
    assert_eq!(w.ask::<String>(operators).await, "Tang Tong,Shen Xiaohe");
}
