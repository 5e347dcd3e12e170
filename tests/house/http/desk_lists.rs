//! What is done from the orders list: an order repeated, several given to others, a view kept; and its board.

use crate::support::{Form, Wanted, World, fresh_key};
use gendan::samples::Stage as Note;

#[tokio::test]
async fn a_repeat_is_opened_from_the_menu_of_the_order_it_repeats() {
    let w = World::new().await;
    let first = w.order().await;
    let note = w.sample_at(&first, Note::Received).await;
    let passed_on = gendan::samples::ParcelStage::NumberPassedOn;
    w.parcel_at(&first, &note, passed_on).await;
    w.judge(&first, &note, "approved", "Good, go ahead")
        .await
        .is(303);
    let shen = w.as_("shen").await;
    let page = shen.get(&first.url()).await.is(200);
    let links = page.attributes(".menu-b a", "href");
    let link = links.iter().find(|link| link.contains("/orders/new?from="));
    let blank = shen.get(link.expect("no entry in the menu")).await.is(200);
    let form = blank.form("/orders");
    let reply = shen.post("/orders", form).await.is(303);
    let number = reply.location().rsplit('/').next().unwrap().to_owned();
    let of: uuid::Uuid = w
        .ask(&format!(
            "select repeat_of from export_order where number = '{number}'"
        ))
        .await;
    assert_eq!(of, first.id);
    let goods = |number: &str| {
        format!(
            "select string_agg(concat_ws('|', l.item_no, l.quantity, l.unit, l.unit_price, l.factory, l.factory_price), ','
                 order by l.pos)
             from order_line l join export_order o on o.id = l.order_id where o.number = '{number}'"
        )
    };
    let (copied, old): (String, String) = (
        w.ask(&goods(&number)).await,
        w.ask(&goods(&first.number)).await,
    );
    assert_eq!(copied, old);
    let repeat = shen.get(reply.location()).await.is(200);
    assert!(repeat.has(&format!("{} S1 r1", first.number)), "no sample");
}

#[tokio::test]
async fn a_repeat_is_offered_to_who_opens_orders_and_copies_no_price_she_may_not_see() {
    let w = World::new().await;
    let order = w.order().await;
    let link = format!("/orders/new?from={}", order.number);
    for (login, offered) in [("zhou", true), ("tang", true), ("gu", false), ("xu", false)] {
        let page = w.as_(login).await.get(&order.url()).await.is(200);
        let links = page.attributes(".menu-b a", "href");
        assert_eq!(links.contains(&link), offered, "{login}");
    }
    for (login, price, factory_price) in [("shen", "5.20", "23.45"), ("tang", "", "")] {
        let form = w.as_(login).await.get(&link).await.is(200).form("/orders");
        for (column, expected) in [("price", price), ("factory_price", factory_price)] {
            let name = format!("lines[0][{column}]");
            let typed = form.0.iter().find(|(own, _)| *own == name);
            let typed = typed.map(|(_, value)| value.trim_end_matches('0'));
            let expected = expected.trim_end_matches('0');
            assert_eq!(typed, Some(expected), "{login} {column}");
        }
    }
}

/// The batch form of the list with these orders ticked.
fn batch(numbers: &[&str], operator: &str) -> Form {
    let mut form = Form::from([
        ("operator", operator),
        ("salesperson", ""),
        ("query", "who=all"),
    ]);
    let ticked = numbers.iter();
    form.0
        .extend(ticked.map(|number| ("number".to_owned(), (*number).to_owned())));
    form
}

#[tokio::test]
async fn several_orders_go_to_another_and_what_cannot_be_done_to_one_does_not_hold_the_others() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    let other = w.open_order(Wanted::AMERICA).await;
    let gu = w.as_("gu").await;
    let form = batch(
        &[&one.number, &two.number, &other.number],
        "tang@gendan.test",
    );
    let email: String = w
        .ask("select email from person where name_en = 'Tang Tong'")
        .await;
    let form = form.with("operator", email.as_str());
    let key = fresh_key();
    let url = "/orders/reassignment";
    let page = gu.post_keyed(url, form.clone(), &key).await.is(200);
    let lists = page.texts(".checks li");
    let failed: Vec<&String> = lists
        .iter()
        .filter(|li| li.contains(&other.number))
        .collect();
    assert_eq!((lists.len(), failed.len()), (3, 1), "{lists:?}");
    assert!(page.texts(".checks .no").concat().contains(&other.number));
    let kept = "select count(*) from export_order o join person p on p.id = o.operator where p.name_en = 'Tang Tong'";
    assert_eq!(w.ask::<i64>(kept).await, 2);
    // The same form again: what is done is done, and nothing is done twice.
    let events = w.count("event").await;
    let again = gu.post_keyed(url, form, &key).await.is(200);
    assert_eq!(again.texts(".checks .ok").len(), 2);
    assert_eq!(w.count("event").await, events);
}

#[tokio::test]
async fn a_refused_reassignment_shows_the_list_again_with_what_was_ticked_and_chosen() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    let gu = w.as_("gu").await;
    let before = w.everything().await;
    let page = gu
        .post("/orders/reassignment", batch(&[&one.number], ""))
        .await
        .is(422);
    assert_eq!(
        page.attributes("[data-pick][checked]", "value"),
        [one.number.as_str()]
    );
    assert!(page.has(&two.number) && !page.texts(".errors").is_empty());
    let nobody = gu
        .post(
            "/orders/reassignment",
            batch(&[&two.number], "nobody@example.com"),
        )
        .await
        .is(422);
    assert_eq!(
        nobody.attributes("[data-pick][checked]", "value"),
        [two.number.as_str()]
    );
    assert_eq!(w.everything().await, before);
    // The list's operators stand in the form; choosing one and ticking nothing keeps the choice.
    let email: String = w
        .ask("select email from person where name_en = 'Tang Tong'")
        .await;
    let none = gu
        .post("/orders/reassignment", batch(&[], &email))
        .await
        .is(422);
    let chosen = none.attributes("#f-operator option[selected]", "value");
    assert_eq!(chosen, [email]);
}

#[tokio::test]
async fn a_view_is_kept_shared_with_the_department_and_taken_away_by_its_owner_only() {
    let w = World::new().await;
    w.order().await;
    let shen = w.as_("shen").await;
    let query = "who=all&state=customer&cols=etd,factory";
    let view = |name: &str| Form::from([("name", name), ("shared", "yes")]).with("query", query);
    let kept = "/orders?who=all&state=customer&cols=factory%2Cetd";
    shen.post("/orders/views", view("等客户 ETD"))
        .await
        .leads_to(kept);
    let offered = |reply: &crate::support::Reply| {
        reply
            .attributes(".tabs a", "href")
            .contains(&kept.to_owned())
    };
    for (login, expected) in [("shen", true), ("tang", true), ("lu", false), ("gu", true)] {
        let list = w.as_(login).await.get("/orders?who=all").await.is(200);
        assert_eq!(offered(&list), expected, "{login}");
    }
    let id: uuid::Uuid = w.ask("select id from saved_view").await;
    let removal = format!("/orders/views/{id}/removal");
    w.as_("tang").await.post(&removal, []).await.is(404);
    assert_eq!(w.count("saved_view").await, 1);
    let own = shen.get(kept).await.is(200);
    assert!(own.has(&removal), "no way to take it away");
    shen.post(&removal, []).await.is(303);
    assert_eq!(w.count("saved_view").await, 0);
}

#[tokio::test]
async fn a_refused_name_of_a_view_shows_the_list_again_with_what_was_typed() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    let view =
        |name: &str, query: &str| Form::from([("name", name), ("shared", "yes"), ("query", query)]);
    shen.post("/orders/views", view("我的", "who=all"))
        .await
        .is(303);
    let long = "长".repeat(31);
    let other = "who=me&sort=due";
    for name in ["", "我的", long.as_str()] {
        let page = shen.post("/orders/views", view(name, other)).await.is(422);
        assert_eq!(page.attributes("#f-name", "value"), [name], "{name}");
        assert_eq!(
            page.attributes("input[name=shared][checked]", "value"),
            ["yes"]
        );
        assert!(page.has(&order.number), "the list is not there");
        assert!(!page.texts(".errors").is_empty(), "{name}");
    }
    assert_eq!(w.count("saved_view").await, 1);
}

#[tokio::test]
async fn the_board_shows_each_lane_with_its_count_and_sum() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    w.confirm(&two).await;
    let zhou = w.as_("zhou").await;
    let page = zhou.get("/orders/board").await.is(200);
    let lane = |number: i16| format!("section[aria-labelledby=l{number}]");
    let cards = |number: i16| page.attributes(&format!("{} .card a", lane(number)), "href");
    let step = w.step_of(&two).await;
    assert_eq!(cards(1), [one.url()]);
    assert_eq!(cards(step), [two.url()]);
    let head = page.texts(&format!("{} .lane-h", lane(1))).concat();
    assert!(head.contains("USD 12,480.00"), "{head}");
    assert!(page.texts(".lede").concat().contains("USD 24,960.00"));
    // The department's operator reads the cards, not the sums.
    let tang = w
        .as_("tang")
        .await
        .get("/orders/board?who=all")
        .await
        .is(200);
    assert!(tang.has(&one.number) && !tang.has("12,480.00"));
    let narrow = zhou.get("/orders/board?who=all&step=1").await.is(200);
    assert!(narrow.has(&one.number) && !narrow.has(&two.number));
}

#[tokio::test]
async fn the_orders_somebody_still_keeps_are_one_click_from_her_card() {
    let w = World::new().await;
    let order = w.order().await;
    let other = w.open_order(Wanted::AMERICA).await;
    for (login, filter) in [("shen", "operator"), ("zhou", "salesperson")] {
        let url = format!("/users/{}", crate::support::id(login));
        let card = w.as_("admin").await.get(&url).await.is(200);
        let links = card.attributes("#access a", "href");
        let link = links.iter().find(|link| link.contains(filter));
        let list = w.as_("qin").await.get(link.expect("no link")).await.is(200);
        assert_eq!(list.texts("tbody th"), [order.number.as_str()], "{login}");
        assert!(!list.has(&other.number));
    }
}
