//! Payables: asked with exact content, approved by the manager, at two levels where large, paid by another hand, once.

use crate::support::{World, claim, id, paid};
use gendan::finance::payable::stage::Stage;

async fn stage(w: &World, number: &str) -> String {
    w.ask(&format!(
        "select stage from payable where number = '{number}'"
    ))
    .await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn a_payable_is_asked_approved_and_paid() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "28140.00", Stage::Asked).await;
    assert_eq!(number, "P26-0001");
    let kinds: Vec<String> = w
        .ask_all(&format!(
            "select kind from open_item where order_id = '{}'",
            order.id
        ))
        .await;
    assert!(kinds.contains(&"decide_payable".to_owned()));
    let inbox = w.as_("gu").await.get("/approvals").await.is(200);
    assert!(inbox.has("28,140.00"));
    let card: uuid::Uuid = w.ask("select id from approval").await;
    w.as_("gu")
        .await
        .get(&format!("/approvals/{card}"))
        .await
        .leads_to(&format!("/payables/{number}/approval"));
    let page = w
        .as_("gu")
        .await
        .get(&format!("/payables/{number}/approval"))
        .await
        .is(200);
    let form = page
        .form(&format!("/payables/{number}/approval"))
        .with("verdict", "approved");
    w.as_("gu")
        .await
        .post(&format!("/payables/{number}/approval"), form)
        .await
        .is(303);
    let url = format!("/payables/{number}/payment");
    w.as_("shen").await.post(&url, paid()).await.is(403);
    w.as_("gu").await.post(&url, paid()).await.is(403);
    w.as_("xu")
        .await
        .post(&url, paid().with("paid_on", "2026-11-24"))
        .await
        .is(422);
    w.as_("xu").await.post(&url, paid()).await.is(303);
    w.as_("xu").await.post(&url, paid()).await.is(409);
    assert_eq!(stage(&w, &number).await, "paid");
    w.adds_up().await;
}

#[tokio::test]
async fn who_approved_does_not_pay_whatever_the_role() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "100.00", Stage::Approved).await;
    w.sql(&format!(
        "update person set roles = array['manager', 'finance'] where id = '{}'",
        id("gu")
    ))
    .await;
    let url = format!("/payables/{number}/payment");
    w.as_("gu").await.post(&url, paid()).await.is(403);
    let insert = format!(
        "insert into payment (id, payable, amount, paid_on, at, person)
         select gen_random_uuid(), id, amount, '2026-11-23', '2026-11-23T01:00:00Z', '{}' from payable",
        id("gu")
    );
    assert!(w.try_sql(&insert).await.is_err());
    w.as_("xu").await.post(&url, paid()).await.is(303);
}

#[tokio::test]
async fn a_large_payable_asks_for_a_second_yes_of_another_person() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "355000.00", Stage::Asked).await;
    w.decide_payable(&number, "gu", "approved").await.is(303);
    assert_eq!(stage(&w, &number).await, "asked");
    w.decide_payable(&number, "gu", "approved").await.is(409);
    w.decide_payable(&number, "qin", "approved").await.is(303);
    assert_eq!(stage(&w, &number).await, "approved");
    let hands: i32 = w.ask("select cardinality(approved_by) from payable").await;
    assert_eq!(hands, 2);
}

#[tokio::test]
async fn what_came_back_is_changed_by_its_author_and_asked_again() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "1000.00", Stage::Returned).await;
    let url = format!("/payables/{number}");
    let shen = w.as_("shen").await;
    w.as_("xu")
        .await
        .post(&format!("{url}/revision"), [])
        .await
        .is(403);
    shen.post(&format!("{url}/submission"), []).await.is(409);
    shen.post(&format!("{url}/revision"), []).await.is(303);
    let form = shen.get(&format!("{url}/edit")).await.is(200).form(&url);
    shen.post(&url, form.clone().with("amount", "900.00").with("rev", "1"))
        .await
        .is(409);
    shen.post(&url, form.with("amount", "900.00")).await.is(303);
    shen.post(&format!("{url}/submission"), []).await.is(303);
    w.decide_payable(&number, "gu", "approved").await.is(303);
    let amount: String = w
        .ask("select amount::numeric(18, 2)::text from payable")
        .await;
    assert_eq!(
        (stage(&w, &number).await.as_str(), amount.as_str()),
        ("approved", "900.00")
    );
    w.adds_up().await;
}

#[tokio::test]
async fn a_yes_to_another_content_does_not_count() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "1000.00", Stage::Asked).await;
    w.sql("update payable set amount = 9000").await;
    let before = w.everything().await;
    w.decide_payable(&number, "gu", "approved").await.is(409);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn a_payment_comes_back_by_a_row_and_a_void_one_is_not_paid() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "50.00", Stage::Reversed).await;
    assert_eq!(stage(&w, &number).await, "reversed");
    let sum: bool = w
        .ask("select count(*) = 2 and sum(amount) = 0 from payment")
        .await;
    assert!(sum);
    let void = w.payable_at(&order, "60.00", Stage::Void).await;
    w.as_("xu")
        .await
        .post(&format!("/payables/{void}/payment"), paid())
        .await
        .is(409);
    w.adds_up().await;
}

#[tokio::test]
async fn no_salesperson_sees_a_cost_and_accounts_are_finances_and_the_managers() {
    let w = World::new().await;
    let order = w.order().await;
    w.sql(&format!(
        "insert into payee_account (id, factory, bank, account, holder)
         values (gen_random_uuid(), '{}', '甬屿银行', '3301550199', '启明制衣')",
        id("qiming")
    ))
    .await;
    let number = w.payable_at(&order, "1234.00", Stage::Asked).await;
    let url = format!("/payables/{number}");
    w.as_("zhou").await.get(&url).await.is(404);
    w.as_("zhou").await.get("/payables").await.is(403);
    let page = w
        .as_("zhou")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    assert!(!page.has("1,234"));
    for (login, sees) in [("shen", false), ("gu", true), ("xu", true)] {
        let page = w.as_(login).await.get(&url).await.is(200);
        assert!(page.has("1,234.00"));
        assert_eq!(page.has("3301550199"), sees, "{login}");
    }
    w.as_("tang").await.get(&url).await.is(404);
    w.as_("zhou")
        .await
        .post("/payables", claim(&order, "1.00"))
        .await
        .is(403);
    w.as_("tang")
        .await
        .post("/payables", claim(&order, "1.00"))
        .await
        .is(403);
    w.decide_payable(&number, "gu", "approved").await.is(303);
    let pay = format!("{url}/payment");
    w.as_("xu").await.post(&pay, paid()).await.is(422);
    let form = w.as_("xu").await.get(&pay).await.is(200);
    assert!(form.has("3301550199"));
}

#[tokio::test]
async fn an_invoice_that_comes_after_the_asking_is_noted_beside_it() {
    let w = World::new().await;
    let order = w.order().await;
    for stage in [Stage::Asked, Stage::Paid] {
        let number = w.payable_at(&order, "9000.00", stage).await;
        let url = format!("/payables/{number}");
        let shen = w.as_("shen").await;
        let page = shen.get(&url).await.is(200);
        let act = format!("{url}/vat-invoice");
        let form = page.form(&act);
        shen.post(&act, form.clone()).await.is(422);
        let form = form.with("vat_invoice", "03300-77120001");
        w.as_("zhou").await.post(&act, form.clone()).await.is(404);
        shen.post(&act, form).await.is(303);
        assert!(shen.get(&url).await.is(200).has("03300-77120001"));
    }
}

/// An account of the factory 启明制衣, at this bank number.
async fn account_of_factory(w: &World, number: &str) -> String {
    let xu = w.as_("xu").await;
    let typed = xu
        .get("/payees/new?of=factory/qiming")
        .await
        .is(200)
        .form("/payees?of=factory/qiming")
        .with("holder", "启明制衣")
        .with("bank", "甬屿银行")
        .with("account", number)
        .with("currency", "CNY");
    xu.post("/payees?of=factory/qiming", typed).await.is(303);
    let id: uuid::Uuid = w.ask("select id from payee_account").await;
    format!("/payees/{id}")
}

#[tokio::test]
async fn a_yes_binds_the_account_and_another_account_wants_another_yes() {
    let w = World::new().await;
    let order = w.order().await;
    let card = account_of_factory(&w, "3301550199").await;
    let number = w.payable_at(&order, "1000.00", Stage::Approved).await;
    let (url, xu) = (format!("/payables/{number}"), w.as_("xu").await);
    xu.post(&format!("{url}/submission"), []).await.is(409);

    let other = xu.get(&card).await.is(200).form(&card);
    xu.post(&card, other.with("account", "3301550288"))
        .await
        .is(303);
    let account: uuid::Uuid = w.ask("select id from payee_account").await;
    let pay = paid().with("account", account.to_string());
    let refused = xu
        .post(&format!("{url}/payment"), pay.clone())
        .await
        .is(409);
    assert!(refused.has("收款账户在批准后有修改"));
    xu.get(&format!("{url}/payment")).await.is(409);
    assert_eq!(stage(&w, &number).await, "approved");
    assert!(xu.get(&url).await.is(200).has("重新提交审批"));

    xu.post(&format!("{url}/submission"), []).await.is(303);
    let page = format!("{url}/approval");
    let shown = w.as_("gu").await.get(&page).await.is(200);
    assert!(shown.has("3301550288") && !shown.has("3301550199"));
    w.decide_payable(&number, "gu", "approved").await.is(303);
    xu.post(&format!("{url}/payment"), pay).await.is(303);

    // What was paid to stays what was paid to, and the operator reads no account.
    let again = xu.get(&card).await.is(200).form(&card);
    xu.post(&card, again.with("account", "3301550377"))
        .await
        .is(303);
    assert!(xu.get(&url).await.is(200).has("3301550288"));
    let reader = w.as_("shen").await.get(&url).await.is(200);
    assert!(!reader.has("3301550288") && !reader.has("3301550377"));
    w.adds_up().await;
}

#[tokio::test]
async fn an_account_that_changed_after_the_request_is_not_decided_about() {
    let w = World::new().await;
    let order = w.order().await;
    let card = account_of_factory(&w, "3301550199").await;
    let number = w.payable_at(&order, "1000.00", Stage::Asked).await;
    let xu = w.as_("xu").await;
    let other = xu.get(&card).await.is(200).form(&card);
    xu.post(&card, other.with("holder", "启明制衣二厂"))
        .await
        .is(303);
    let refused = w.decide_payable(&number, "gu", "approved").await.is(409);
    assert!(refused.has("收款账户在提交后有修改"));
    let shen = w.as_("shen").await;
    let url = format!("/payables/{number}");
    shen.post(&format!("{url}/withdrawal"), []).await.is(303);
    shen.post(&format!("{url}/submission"), []).await.is(303);
    w.decide_payable(&number, "gu", "approved").await.is(303);
}

#[tokio::test]
async fn what_was_changed_since_it_was_read_is_not_made_void() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "60.00", Stage::Draft).await;
    let void = format!("/payables/{number}/void");
    let gu = w.as_("gu").await;
    let form = gu.get(&void).await.is(200).form(&void);
    let form = form.with("words", "typed twice");
    // Somebody saved another amount meanwhile.
    w.sql("update payable set amount = 90, version = version + 1")
        .await;
    gu.post(&void, form).await.is(409);
    let form = gu.get(&void).await.is(200).form(&void);
    gu.post(&void, form.with("words", "typed twice"))
        .await
        .is(303);
}
