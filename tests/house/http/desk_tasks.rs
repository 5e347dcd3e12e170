//! Tasks by hand: written for oneself or given to a colleague, done with one click, changed, handed on, taken away and
//! put back; known to who does it, who gave it and who leads her department.

use crate::support::{Form, Placed, World, fresh_key, id};
use uuid::Uuid;

fn typed(text: &str, owner: &str) -> Form {
    Form::from([("text", text), ("day", "2026-11-23"), ("time", "")])
        .with("owner", format!("{owner}@hanyu.example"))
}

/// Writes a task and answers its id. No two tasks of a test have the same words.
async fn give(w: &World, giver: &str, form: Form) -> Uuid {
    let text = form.0.iter().find(|(name, _)| name == "text").unwrap();
    let asked = format!("select id from hand_task where text = '{}'", text.1);
    let client = w.as_(giver).await;
    client.post("/tasks", form).await.is(303);
    w.ask(&asked).await
}

fn on(order: &Placed, form: Form) -> Form {
    form.with("order", order.number.clone())
}

async fn state(w: &World, task: Uuid) -> (String, i32) {
    let text: String = w
        .ask(&format!(
            "select state || ' ' || version from hand_task where id = '{task}'"
        ))
        .await;
    let (state, version) = text.split_once(' ').unwrap();
    (state.to_owned(), version.parse().unwrap())
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_task_stands_among_the_rows_of_home_and_is_done_and_put_back_with_one_click() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    let form = shen.get("/tasks/new").await.is(200).form("/tasks");
    let today = form.0.iter().find(|(name, _)| name == "day").unwrap();
    assert_eq!(today.1, "2026-11-23");
    let task = give(&w, "shen", typed("打电话问面料", "shen")).await;
    let late = give(
        &w,
        "shen",
        typed("昨天就该做的", "shen").with("day", "2026-11-20"),
    )
    .await;
    let home = shen.get("/").await.is(200);
    let rows = home.texts(".work .do").concat();
    assert!(
        rows.contains("打电话问面料") && rows.contains("昨天就该做的"),
        "{rows}"
    );
    let groups = home.texts(".grp h2").join(" ");
    assert!(
        groups.contains("已逾期") && groups.contains("今天"),
        "{groups}"
    );
    // Beside what the order asks for.
    assert!(home.has(&order.number));
    let done = format!("/tasks/{task}/done");
    let buttons = home.attributes(".work button[data-done]", "formaction");
    assert!(buttons.contains(&done), "{buttons:?}");
    let rev = home.attributes(&format!("button[formaction='{done}']"), "value");
    shen.post(&done, [("rev", rev[0].as_str())])
        .await
        .leads_to("/");
    let home = shen.get("/").await.is(200);
    assert!(!home.texts(".work .do").concat().contains("打电话问面料"));
    let undo = format!("/tasks/{task}/reopening");
    assert_eq!(
        home.attributes("[data-toast] form", "action"),
        std::slice::from_ref(&undo)
    );
    // The same way back stands on the page of what was done.
    let page = shen.get("/tasks").await.is(200);
    assert!(page.attributes("main form", "action").contains(&undo));
    shen.post(&undo, Form::default()).await.is(303);
    assert!(
        shen.get("/")
            .await
            .texts(".work .do")
            .concat()
            .contains("打电话问面料")
    );
    assert_eq!(state(&w, task).await, ("open".to_owned(), 3));
    shen.post(&undo, Form::default()).await.is(409);
    assert_eq!(state(&w, late).await, ("open".to_owned(), 1));
}

#[tokio::test]
async fn one_form_is_one_task_and_a_stale_one_changes_nothing() {
    let w = World::new().await;
    let shen = w.as_("shen").await;
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed("/tasks", typed("问面料", "shen"), &key)
            .await
            .leads_to("/");
    }
    assert_eq!(w.ask::<i64>("select count(*) from hand_task").await, 1);
    let task: Uuid = w.ask("select id from hand_task").await;
    let url = format!("/tasks/{task}");
    let page = shen.get(&url).await.is(200);
    let form = page.form(&url).with("text", "问面料和里料");
    shen.post(&url, form.clone()).await.is(303);
    // The same page, saved by somebody who did not see that.
    let stale = shen.post(&url, form.with("text", "问拉链")).await.is(409);
    assert!(stale.has("问面料和里料") && stale.has("问拉链"));
    for act in ["done", "removal", "owner"] {
        let form = [("rev", "1"), ("owner", "tang@hanyu.example")];
        let form = if act == "owner" {
            Form::from(form)
        } else {
            Form::from([("rev", "1")])
        };
        shen.post(&format!("{url}/{act}"), form).await.is(409);
    }
    assert_eq!(state(&w, task).await, ("open".to_owned(), 2));
    // Done twice by one form is done once; by another it has been done already.
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed(&format!("{url}/done"), [("rev", "2")], &key)
            .await
            .is(303);
    }
    shen.post(&format!("{url}/done"), [("rev", "3")])
        .await
        .is(409);
    assert_eq!(state(&w, task).await, ("done".to_owned(), 3));
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_with_what_was_typed() {
    let w = World::new().await;
    let america = w.open_order(crate::support::Wanted::AMERICA).await;
    let shen = w.as_("shen").await;
    for (field, value) in [
        ("text", ""),
        ("day", "soon"),
        ("time", "noon"),
        ("owner", "nobody@hanyu.example"),
        ("order", "HY26-9999"),
        ("order", america.number.as_str()),
    ] {
        let form = typed("问面料", "shen").with(field, value);
        let page = shen.post("/tasks", form).await.is(422);
        let bad = page.attributes("[aria-invalid]", "name");
        assert_eq!(bad, [field], "{value}");
    }
    let order = w.order().await;
    // A colleague who may not know the order gets no task on it.
    let form = on(&order, typed("问面料", "lu"));
    let page = shen.post("/tasks", form).await.is(422);
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["owner"]);
    assert_eq!(w.ask::<i64>("select count(*) from hand_task").await, 0);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn both_hands_keep_a_task_her_manager_hands_it_on_and_nobody_else_knows_it() {
    let w = World::new().await;
    let task = give(&w, "zhou", typed("催打样", "shen")).await;
    let url = format!("/tasks/{task}");
    for (login, expected) in [
        ("lu", 404),
        ("tang", 404),
        ("xu", 404),
        ("admin", 404),
        ("jiang", 404),
        ("gu", 403),
    ] {
        let client = w.as_(login).await;
        for act in ["", "/done", "/removal", "/reopening"] {
            let form = [("rev", "1"), ("text", "x"), ("day", "2026-11-30")];
            let form = if act.is_empty() {
                Form::from(form)
            } else {
                Form::from([("rev", "1")])
            };
            client.post(&format!("{url}{act}"), form).await.is(expected);
        }
        client
            .get(&url)
            .await
            .is(if login == "gu" { 200 } else { 404 });
    }
    // Who gave it sees that it waits for somebody else; her manager finds it among the team's.
    let zhou = w.as_("zhou").await.get("/").await.is(200);
    assert!(zhou.texts("#waiting .do").concat().contains("催打样"));
    let gu = w.as_("gu").await;
    assert!(!gu.get("/").await.has("催打样"));
    assert!(gu.get("/?who=team").await.is(200).has("催打样"));
    assert!(
        !w.as_("jiang")
            .await
            .get("/?who=team")
            .await
            .is(200)
            .has("催打样")
    );
    let to = [("rev", "1"), ("owner", "tang@hanyu.example")];
    gu.post(&format!("{url}/owner"), to).await.is(303);
    assert!(w.as_("tang").await.get("/").await.has("催打样"));
    // Who had it and did not give it has nothing to do with it any more.
    let shen = w.as_("shen").await;
    assert!(!shen.get("/").await.has("催打样"));
    shen.get(&url).await.is(404);
    let same = [("rev", "2"), ("owner", "tang@hanyu.example")];
    gu.post(&format!("{url}/owner"), same).await.is(409);
    let zhou = w.as_("zhou").await;
    zhou.post(&format!("{url}/removal"), [("rev", "2")])
        .await
        .is(303);
    assert_eq!(state(&w, task).await.0, "gone");
}

#[tokio::test]
async fn a_task_of_an_order_stands_in_its_file_and_timeline_and_is_done_after_it_closed() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    let page = shen.get(&order.url()).await.is(200);
    let link = format!("/tasks/new?order={}", order.number);
    assert!(page.attributes("#tasks a", "href").contains(&link));
    let form = shen.get(&link).await.is(200).form("/tasks");
    let form = form.with("text", "要唛头样").with("day", "2026-11-30");
    let form = form.with("owner", "zhou@hanyu.example");
    let back = format!("{}#tasks", order.url());
    shen.post("/tasks", form).await.leads_to(&back);
    let task: Uuid = w.ask("select id from hand_task").await;
    let tang = w.as_("tang").await.get(&order.url()).await.is(200);
    assert!(tang.texts("#tasks li").concat().contains("要唛头样"));
    assert!(
        tang.attributes("#tasks form", "action").is_empty(),
        "it is not hers"
    );
    let past = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(past.texts(".tl").concat().contains("要唛头样"));
    w.sql(&format!(
        "update export_order set condition = 'closed' where id = '{}'",
        order.id
    ))
    .await;
    let zhou = w.as_("zhou").await;
    let done = format!("/tasks/{task}/done");
    zhou.post(&done, [("rev", "1"), ("back", "order")])
        .await
        .leads_to(&back);
    let told: i64 = w
        .ask(&format!(
            "select count(*) from event where stream = 'order:{}' and kind in ('task_given', 'task_done')",
            order.id
        ))
        .await;
    assert_eq!(told, 2);
}

#[tokio::test]
async fn a_task_without_an_order_leaves_its_words_out_of_what_the_administrator_reads() {
    let w = World::new().await;
    let task = give(&w, "gu", typed("核对毛利", "zhou")).await;
    let url = format!("/tasks/{task}");
    let zhou = w.as_("zhou").await;
    let form = zhou.get(&url).await.is(200).form(&url);
    zhou.post(&url, form.with("text", "核对毛利和佣金"))
        .await
        .is(303);
    zhou.post(&format!("{url}/done"), [("rev", "2")])
        .await
        .is(303);
    let stream = format!("person:{}", id("zhou"));
    let kinds: Vec<String> = w
        .ask_all(&format!(
            "select kind from event where stream = '{stream}' order by seq"
        ))
        .await;
    assert_eq!(kinds, ["task_given", "task_changed", "task_done"]);
    let admin = w.as_("admin").await;
    for page in [format!("/users/{}", id("zhou")), "/audit".to_owned()] {
        let page = admin.get(&page).await.is(200);
        assert!(!page.has("核对毛利") && page.has("待办"));
    }
}

#[tokio::test]
async fn who_loses_the_order_keeps_her_task_and_what_is_left_is_shown() {
    let w = World::new().await;
    let order = w.order().await;
    let task = give(&w, "shen", on(&order, typed("要唛头样", "zhou"))).await;
    let gu = w.as_("gu").await;
    let url = format!("{}/reassignment", order.url());
    let page = gu.get(&url).await.is(200);
    assert!(page.has("周岚: 要唛头样"), "what stays is not shown");
    w.sql(&format!(
        "insert into person (id, email, name_zh, name_en, roles, department, status, password_hash, created_at)
         values ('{}', 'new@hanyu.example', '新岚', 'Xin Lan', array['salesperson'], '{}', 'active', 'none', '2026-01-05T01:00:00Z')",
        id("new"),
        id("eu"),
    ))
    .await;
    let form = page.form(&url).with("salesperson", id("new").to_string());
    gu.post(&url, form).await.is(303);
    let list = gu.get("/orders").await.is(200);
    assert!(list.texts("[data-toast]").concat().contains("1 条手工待办"));
    let zhou = w.as_("zhou").await;
    zhou.get(&order.url()).await.is(404);
    let home = zhou.get("/").await.is(200);
    assert!(home.has("要唛头样") && !home.has(&order.number));
    zhou.get(&format!("/tasks/{task}")).await.is(200);
    zhou.post(&format!("/tasks/{task}/done"), [("rev", "1")])
        .await
        .is(303);
    // A colleague who leaves is let go with what she has not done counted.
    give(&w, "zhou", typed("交接", "zhou")).await;
    let admin = w
        .as_("admin")
        .await
        .get(&format!("/users/{}", id("zhou")))
        .await
        .is(200);
    assert!(admin.texts("#access").concat().contains("1 条手工待办"));
}
