//! A credit over several orders: each of them is asked, and each says that it is expected, received and workable.

use super::credits::{kinds, paid_by_credit};
use crate::support::{Form, MESSAGE, Placed, Wanted, World, message};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_credit_is_expected_over_several_orders_and_each_of_them_is_asked() {
    let w = World::new().await;
    let orders = [
        paid_by_credit(&w).await,
        paid_by_credit(&w).await,
        paid_by_credit(&w).await,
    ];
    let [first, second, third] = &orders;
    let tangs = Wanted {
        operator: "tang",
        ..Wanted::EUROPE
    };
    let hers = w.order_paid_by(tangs, "LC_SIGHT").await;
    let shen = w.as_("shen").await;
    let url = format!("{}/credit", first.url());
    let form = |others: &[&Placed]| {
        let mut form = Form::from([("amount", "37440"), ("expected_on", "2026-12-04")]);
        for other in others {
            form.0.push(("other".to_owned(), other.number.clone()));
        }
        form
    };
    let question = shen.get(&format!("{url}/new")).await.is(200);
    let offered = question.attributes("input[name=other]", "value");
    assert!(
        offered.contains(&second.number) && offered.contains(&third.number),
        "{offered:?}"
    );
    // A colleague's order of the same customer is hers to cover, not ours.
    assert!(!offered.contains(&hers.number), "{offered:?}");
    shen.post(&url, form(&[second, &hers])).await.is(403);
    // What has ended waits for no credit.
    let condition = |condition: &str| {
        format!(
            "update export_order set condition = '{condition}' where id = '{}'",
            third.id
        )
    };
    w.sql(&condition("cancelled")).await;
    shen.post(&url, form(&[second, third])).await.is(409);
    w.sql(&condition("open")).await;
    // Refused for an amount, all that was ticked comes back.
    let wrong = form(&[second, third]).with("amount", "-1");
    let again = shen.post(&url, wrong).await.is(422);
    assert_eq!(
        again
            .attributes("input[name=other][checked]", "value")
            .len(),
        2
    );
    let reply = shen.post(&url, form(&[second, third])).await.is(303);
    let credit = reply.location().trim_start_matches("/credits/").to_owned();
    let awaited = |order: &Placed| {
        format!(
            "select string_agg(waiting || ' ' || subject || ' ' || (due_at at time zone 'Asia/Shanghai')::date, ', ')
             from open_item where order_id = '{}' and kind = 'expect_credit'",
            order.id
        )
    };
    for order in &orders {
        let found: String = w.ask(&awaited(order)).await;
        assert_eq!(
            found,
            format!("customer {credit} 2026-12-04"),
            "{}",
            order.number
        );
    }
    // Nobody asked for it again, and the colleague's order still waits for a credit of its own.
    assert!(!kinds(&w, &hers).await.contains(&"expect_credit".to_owned()));
    let all = MESSAGE.replace("USD12480,00", "USD37440,00");
    w.seen_post("shen", &format!("/credits/{credit}/receipt"), message(&all))
        .await
        .is(303);
    for act in ["examination", "workable"] {
        w.credit_act(third, &credit, act).await.is(303);
    }
    for order in &orders {
        let kinds = kinds(&w, order).await;
        assert!(
            !kinds.contains(&"expect_credit".to_owned())
                && kinds.contains(&"ship_under_credit".to_owned()),
            "{kinds:?}"
        );
    }
}
