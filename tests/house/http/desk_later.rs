//! Rows of home put off: until tomorrow, Monday or a picked moment, for oneself alone; back by themselves when the moment
//! has passed or the row says something else; and several rows at once.

use crate::support::{Client, Form, Placed, Reply, World, fresh_key, id};
use gendan::shipping::shipment::Stage;
use uuid::Uuid;

fn row(order: &Placed, name: &str) -> String {
    format!("{}:{name}", order.number)
}

fn at(row: &str, act: &str) -> String {
    format!("/home/rows/{row}/{act}")
}

/// Orders in the groups of home, and in the folded group of what is put off.
fn shown(home: &Reply) -> (Vec<String>, Vec<String>) {
    let late = home.texts("#later .no");
    let mut all = home.texts(".work .no");
    for one in &late {
        let place = all.iter().rposition(|own| own == one).unwrap();
        all.remove(place);
    }
    (all, late)
}

async fn home(client: &Client) -> (Vec<String>, Vec<String>) {
    shown(&client.get("/").await.is(200))
}

async fn task(w: &World, text: &str) -> (Uuid, String) {
    let form = [
        ("text", text),
        ("day", "2026-11-23"),
        ("owner", "shen@hanyu.example"),
    ];
    w.as_("shen").await.post("/tasks", form).await.is(303);
    let task: Uuid = w
        .ask(&format!("select id from hand_task where text = '{text}'"))
        .await;
    (task, format!("task:{task}:1"))
}

fn ticked(rows: &[&str]) -> Form {
    Form(
        rows.iter()
            .map(|row| ("row".to_owned(), (*row).to_owned()))
            .collect(),
    )
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_row_put_off_stands_apart_and_comes_back_when_its_moment_has_passed() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    let name = row(&order, "start_sample:");
    let page = shen.get("/").await.is(200);
    let offered = page.attributes("[data-later] button", "formaction");
    assert!(
        offered.iter().any(|url| url.ends_with("/snooze")),
        "{offered:?}"
    );
    shen.post(&offered[0], [("until", "tomorrow")])
        .await
        .leads_to("/");
    let page = shen.get("/").await.is(200);
    assert_eq!(shown(&page), (vec![], vec![order.number.clone()]));
    assert!(
        page.texts("#later").concat().contains("09:00"),
        "without its moment"
    );
    let undo = page.attributes("[data-toast] form", "action");
    assert_eq!(undo.len(), 1);
    // Nobody else loses it: not her manager's view of the team, not the other keeper, not the order.
    for (login, url) in [
        ("gu", "/?who=team"),
        ("tang", "/?who=team"),
        ("shen", "/?who=team"),
    ] {
        let team = w.as_(login).await.get(url).await.is(200);
        assert!(team.texts(".work .no").contains(&order.number), "{login}");
    }
    assert_eq!(shen.get(&order.url()).await.texts(".items li").len(), 1);
    let until: String = w
        .ask("select to_json(until_at at time zone 'Asia/Shanghai')::text from snooze")
        .await;
    assert_eq!(until, "\"2026-11-24T09:00:00\"");
    w.turn_to("2026-11-24T08:59:59+08:00");
    assert_eq!(
        home(&w.as_("shen").await).await.1,
        std::slice::from_ref(&order.number)
    );
    w.turn_to("2026-11-24T09:00:00+08:00");
    let shen = w.as_("shen").await;
    assert_eq!(home(&shen).await, (vec![order.number.clone()], vec![]));
    // Undo, and the way back in the row.
    shen.post(&at(&name, "snooze"), [("until", "monday")])
        .await
        .is(303);
    let undo = shen
        .get("/")
        .await
        .attributes("[data-toast] form", "action");
    w.as_("gu")
        .await
        .post(&undo[0], Form::default())
        .await
        .is(404);
    shen.post(&undo[0], Form::default()).await.leads_to("/");
    assert_eq!(home(&shen).await.1, Vec::<String>::new());
    shen.post(
        &at(&name, "snooze"),
        [("until", "moment"), ("moment", "2026-11-26T14:30")],
    )
    .await
    .is(303);
    let back = shen
        .get("/")
        .await
        .attributes("#later button", "formaction");
    shen.post(&back[0], Form::default()).await.leads_to("/");
    assert_eq!(home(&shen).await.1, Vec::<String>::new());
    shen.post(&back[0], Form::default()).await.is(409);
}

#[tokio::test]
async fn the_rail_counts_what_stands_in_the_groups() {
    let w = World::new().await;
    let order = w.order().await;
    task(&w, "问面料").await;
    let shen = w.as_("shen").await;
    let count = |page: Reply| page.texts("nav.rail a[href='/'] .n").concat();
    assert!(count(shen.get("/").await).contains('2'));
    shen.post(
        &at(&row(&order, "start_sample:"), "snooze"),
        [("until", "tomorrow")],
    )
    .await
    .is(303);
    assert!(count(shen.get("/").await).contains('1'));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_row_that_says_something_else_is_another_and_stands_in_its_place() {
    let w = World::new().await;
    let order = w.order().await;
    let heard = |words| {
        [
            ("from", "factory"),
            ("to", "customer"),
            ("words", words),
            ("channel", "wechat"),
        ]
    };
    let shen = w.as_("shen").await;
    let url = format!("{}/relays", order.url());
    shen.post(&url, heard("B缸偏浅")).await.is(303);
    let relay: i32 = w.ask("select number from relay").await;
    let name = row(&order, &format!("pass_on:{relay}"));
    shen.post(&at(&name, "snooze"), [("until", "monday")])
        .await
        .is(303);
    assert_eq!(home(&shen).await.1.len(), 1);
    // Another act on the order writes all its rows anew; this one says the same and stays away.
    shen.post(&format!("{}/remarks", order.url()), [("text", "在等")])
        .await
        .is(303);
    assert_eq!(home(&shen).await.1.len(), 1);
    // Told: now the customer is waited for, which is another row.
    let told = [("to", "customer"), ("channel", "wechat")];
    shen.post(&format!("{url}/{relay}/passed"), told)
        .await
        .is(303);
    let (groups, later) = home(&shen).await;
    assert_eq!((groups.len(), later.len()), (2, 0));
    // A task by hand that is changed comes back too.
    let (task, name) = task(&w, "问面料").await;
    shen.post(&at(&name, "snooze"), [("until", "monday")])
        .await
        .is(303);
    assert_eq!(home(&shen).await.1.len(), 1);
    let url = format!("/tasks/{task}");
    let form = shen
        .get(&url)
        .await
        .is(200)
        .form(&url)
        .with("text", "问里料");
    shen.post(&url, form).await.is(303);
    assert_eq!(home(&shen).await.1.len(), 0);
}

#[tokio::test]
async fn a_cut_off_is_not_put_off_past_its_moment() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let shipment = w.shipment_at(&order, Stage::Booked).await;
    let shen = w.as_("shen").await;
    let due: String = w
        .ask(&format!(
            "select to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI') from open_item
             where kind = 'send_customs_set' and subject = '{shipment}'"
        ))
        .await;
    let url = at(
        &row(&order, &format!("send_customs_set:{shipment}")),
        "snooze",
    );
    let moment = |moment: &str| Form::from([("until", "moment"), ("moment", moment)]);
    let refused = shen.post(&url, moment(&due)).await.is(409);
    assert!(refused.has("截止"), "no reason");
    shen.post(&url, moment("2027-03-01T09:00")).await.is(409);
    let asked = shen.get(&url).await.is(200);
    assert!(asked.has("截止事项"));
    shen.post(&url, [("until", "tomorrow")]).await.is(303);
    assert_eq!(w.ask::<i64>("select count(*) from snooze").await, 1);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn what_is_over_unreadable_or_not_hers_is_not_put_off() {
    let w = World::new().await;
    let order = w.order().await;
    let url = at(&row(&order, "start_sample:"), "snooze");
    let shen = w.as_("shen").await;
    shen.post(&url, [("until", "moment"), ("moment", "2026-11-22T09:00")])
        .await
        .is(409);
    shen.post(&url, [("until", "moment"), ("moment", "2028-11-22T09:00")])
        .await
        .is(409);
    shen.post(&url, [("until", "moment"), ("moment", "soon")])
        .await
        .is(422);
    shen.post(&url, Form::default()).await.is(422);
    shen.post(
        &at(&row(&order, "gate_in:S26-0001"), "snooze"),
        [("until", "monday")],
    )
    .await
    .is(404);
    shen.post(&at("nothing", "snooze"), [("until", "monday")])
        .await
        .is(404);
    for login in ["lu", "admin", "jiang"] {
        w.as_(login)
            .await
            .post(&url, [("until", "monday")])
            .await
            .is(404);
        w.as_(login).await.get(&url).await.is(404);
    }
    let (_, name) = task(&w, "问面料").await;
    w.as_("gu")
        .await
        .post(&at(&name, "snooze"), [("until", "monday")])
        .await
        .is(404);
    assert_eq!(w.ask::<i64>("select count(*) from snooze").await, 0);
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed(&url, [("until", "monday")], &key)
            .await
            .leads_to("/");
    }
    assert_eq!(w.ask::<i64>("select count(*) from snooze").await, 1);
}

#[tokio::test]
async fn several_rows_are_put_off_at_once_and_come_back_with_one_undo() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    let (_, by_hand) = task(&w, "问面料").await;
    let shen = w.as_("shen").await;
    let (first, second) = (row(&one, "start_sample:"), row(&two, "start_sample:"));
    let form = ticked(&[&first, &second, &by_hand]).with("until", "tomorrow");
    let key = fresh_key();
    for _ in 0..2 {
        shen.post_keyed("/home/snooze", form.clone(), &key)
            .await
            .leads_to("/");
    }
    let page = shen.get("/").await.is(200);
    assert_eq!(page.texts("#later .do").len(), 3);
    assert_eq!(page.texts(".grp").len(), 0);
    // A repeated form says nothing; the first one did.
    shen.post("/home/snooze", form).await.leads_to("/");
    let undo = shen
        .get("/")
        .await
        .attributes("[data-toast] form", "action");
    shen.post(&undo[0], Form::default()).await.leads_to("/");
    assert_eq!(w.ask::<i64>("select count(*) from snooze").await, 0);
    // One that has gone does not hold the other, and is told with its reason.
    let gone = row(&two, "gate_in:S26-0001");
    let form = ticked(&[&first, &gone]).with("until", "monday");
    let page = shen.post("/home/snooze", form).await.is(200);
    assert!(page.texts("h1").concat().starts_with('1'));
    let failed = page.texts(".checks li");
    assert!(
        failed.len() == 1 && failed[0].contains(&two.number),
        "{failed:?}"
    );
    assert_eq!(w.ask::<i64>("select count(*) from snooze").await, 1);
    for form in [Form::default(), ticked(&[&first])] {
        shen.post("/home/snooze", form).await.is(422);
    }
    let many: Vec<String> = (0..201).map(|n| format!("{first}{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    shen.post("/home/snooze", ticked(&many).with("until", "monday"))
        .await
        .is(422);
}

#[tokio::test]
async fn only_tasks_by_hand_are_done_together() {
    let w = World::new().await;
    let order = w.order().await;
    let ((one, first), (two, second)) = (task(&w, "1 问面料").await, task(&w, "2 问里料").await);
    let shen = w.as_("shen").await;
    let key = fresh_key();
    let form = ticked(&[&first, &row(&order, "start_sample:")]);
    for _ in 0..2 {
        let page = shen
            .post_keyed("/home/done", form.clone(), &key)
            .await
            .is(200);
        let failed = page.texts(".checks li");
        assert!(
            failed.len() == 1 && failed[0].contains("手工待办"),
            "{failed:?}"
        );
    }
    let states = "select string_agg(state || version, ' ' order by text) from hand_task";
    assert_eq!(w.ask::<String>(states).await, "done2 open1");
    // A stale row, and one of somebody else.
    w.as_("tang")
        .await
        .post("/home/done", ticked(&[&second]))
        .await
        .is(200);
    shen.post("/home/done", ticked(&[&format!("task:{two}:7")]))
        .await
        .is(200);
    assert_eq!(w.ask::<String>(states).await, "done2 open1");
    shen.post("/home/done", ticked(&[&second]))
        .await
        .leads_to("/");
    assert_eq!(w.ask::<String>(states).await, "done2 done2");
    shen.post(&format!("/tasks/{one}/reopening"), Form::default())
        .await
        .is(303);
    assert_eq!(w.ask::<String>(states).await, "open3 done2");
}

#[tokio::test]
async fn rows_go_to_another_where_they_may() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    w.proforma_at(&two, gendan::proforma::Stage::Submitted)
        .await;
    let (_, by_hand) = task(&w, "问面料").await;
    let to = |form: Form| form.with("to", "tang@hanyu.example");
    let first = row(&one, "start_sample:");
    // The operator hands on what she was given by hand, and no order.
    let shen = w.as_("shen").await;
    let offered = shen
        .get("/")
        .await
        .attributes("#batch button", "formaction");
    assert!(offered.contains(&"/home/reassignment".to_owned()));
    let page = shen
        .post("/home/reassignment", to(ticked(&[&by_hand, &first])))
        .await
        .is(200);
    assert_eq!(page.texts(".checks li").len(), 1);
    let owner: Uuid = w.ask("select owner from hand_task").await;
    assert_eq!(owner, id("tang"));
    // Her manager hands the order on with its row; what waits for his own decision is not a row to hand on here.
    let gu = w.as_("gu").await;
    let deciding = row(&two, "decide_proforma:1");
    let page = gu
        .post("/home/reassignment", to(ticked(&[&first, &deciding])))
        .await
        .is(200);
    assert_eq!(page.texts(".checks li").len(), 1);
    let operators = "select string_agg(p.name_en, ',' order by o.number) from export_order o join person p on p.id = o.operator";
    assert_eq!(w.ask::<String>(operators).await, "Tang Tong,Shen Xiaohe");
    let hers = w.as_("tang").await.get("/").await;
    assert!(hers.texts(".work .no").contains(&one.number));
    gu.post("/home/reassignment", ticked(&[&first]))
        .await
        .is(422);
}
