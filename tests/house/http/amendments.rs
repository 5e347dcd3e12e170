//! Credits that change: by two at once, over two orders, by an amendment asked for or not, by an extension.

use super::credits::{drain, findings, kinds, paid_by_credit};
use crate::support::{Form, MESSAGE, World, amendment, message};
use gendan::credits::Stage;

#[tokio::test]
async fn an_act_on_a_credit_that_changed_meanwhile_is_refused_and_says_so() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Examined).await;
    let (shen, page) = (w.as_("shen").await, format!("/credits/{credit}"));
    let old = shen
        .get(&page)
        .await
        .is(200)
        .form(&format!("{page}/workable"));
    let found = [
        ("tag", "47A"),
        ("ours", "none"),
        ("severity", "advisory"),
        ("ask", "Please delete."),
    ];
    w.seen_post("shen", &format!("{page}/findings"), found)
        .await
        .is(303);
    let before = w.everything().await;
    let refused = shen.post(&format!("{page}/workable"), old).await.is(409);
    assert!(refused.has(&format!("{credit} 在你打开页面之后有变动")));
    assert_eq!(w.everything().await, before);
    w.credit_act(&order, &credit, "workable").await.is(303);
}

#[tokio::test]
async fn an_act_on_a_credit_over_two_orders_is_in_the_file_of_both() {
    let w = World::new().await;
    let (first, second) = (paid_by_credit(&w).await, paid_by_credit(&w).await);
    let shen = w.as_("shen").await;
    let form = Form::from([("amount", "24960")]).with("other", second.number.clone());
    let url = format!("{}/credit", first.url());
    let reply = shen.post(&url, form).await.is(303);
    let credit = reply.location().trim_start_matches("/credits/").to_owned();
    let both = MESSAGE.replace("USD12480,00", "USD24960,00");
    w.seen_post(
        "shen",
        &format!("/credits/{credit}/receipt"),
        message(&both),
    )
    .await
    .is(303);
    for order in [&first, &second] {
        let told = shen.get(&format!("{}/timeline", order.url())).await.is(200);
        assert!(told.has("SB-88123"), "{}", order.number);
        assert!(
            kinds(&w, order)
                .await
                .contains(&"examine_credit".to_owned())
        );
    }
    // The credit is at work for the second when the first is cancelled.
    w.sql(&format!(
        "update export_order set condition = 'cancelled' where id = '{}'",
        first.id
    ))
    .await;
    w.credit_act(&second, &credit, "examination").await.is(303);
}

#[tokio::test]
async fn an_amendment_that_came_answers_what_was_asked() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::AmendmentAsked).await;
    let open = "select count(*) from relay_receipt where answered_at is null";
    assert_eq!(w.ask::<i64>(open).await, 1);
    assert!(
        kinds(&w, &order)
            .await
            .contains(&"await_amendment".to_owned())
    );
    w.credit_act(&order, &credit, "amendments").await.is(303);
    assert_eq!(w.ask::<i64>(open).await, 0);
    let now = kinds(&w, &order).await;
    assert!(now.contains(&"answer_amendment".to_owned()));
    assert!(!now.contains(&"await_amendment".to_owned()));
    assert!(
        !now.iter()
            .any(|kind| kind.contains("relay") || kind == "pass_on"),
        "{now:?}"
    );
}

#[tokio::test]
async fn an_amendment_nobody_asked_for_is_compared_with_the_order_before_it_counts() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Workable).await;
    let page = format!("/credits/{credit}");
    let late = amendment("f_42C", "90 DAYS AFTER SIGHT");
    w.seen_post("shen", &format!("{page}/amendments"), late)
        .await
        .is(303);
    let shown = w.as_("shen").await.get(&page).await.is(200);
    assert!(shown.has("接受后与订单不符"));
    w.credit_act(&order, &credit, "amendments/1/acceptance")
        .await
        .is(303);
    assert_eq!(w.credit_stage(&credit).await, "amended");
    assert!(
        kinds(&w, &order)
            .await
            .contains(&"examine_credit".to_owned())
    );
    w.credit_act(&order, &credit, "examination").await.is(303);
    assert_eq!(findings(&w, &credit).await, ["42C open"]);
    w.credit_act(&order, &credit, "workable").await.is(409);
}

#[tokio::test]
async fn an_expired_credit_is_no_trouble_once_it_is_extended_or_another_is_here() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Received).await;
    w.turn_to("2027-03-02T00:00:00+08:00");
    drain(&w).await;
    assert!(kinds(&w, &order).await.contains(&"renew_credit".to_owned()));
    let (page, own) = (format!("/credits/{credit}/amendments"), order.clone());
    // One that leaves it expired is not taken.
    let tenor = amendment("f_42C", "AT SIGHT PLUS");
    w.seen_post("shen", &page, tenor).await.is(303);
    w.credit_act(&own, &credit, "amendments/1/acceptance")
        .await
        .is(409);
    let refusal = format!("{page}/1/refusal");
    w.seen_post("shen", &refusal, [("words", "no new day")])
        .await
        .is(303);
    assert!(kinds(&w, &order).await.contains(&"renew_credit".to_owned()));
    let longer = amendment("f_31D", "270430NINGBO, CHINA");
    w.seen_post("shen", &page, longer).await.is(303);
    assert!(!kinds(&w, &order).await.contains(&"renew_credit".to_owned()));
    w.credit_act(&own, &credit, "amendments/2/acceptance")
        .await
        .is(303);
    assert_eq!(w.credit_stage(&credit).await, "amended");
    w.turn_to("2027-05-01T00:00:00+08:00");
    drain(&w).await;
    assert!(kinds(&w, &order).await.contains(&"renew_credit".to_owned()));
    w.credit_at(&order, Stage::Expected).await;
    assert!(!kinds(&w, &order).await.contains(&"renew_credit".to_owned()));
}
