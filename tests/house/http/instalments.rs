//! Instalments: what an amendment leaves of them, what each shipment is owed, when each is asked for, and what banks kept.

use crate::support::{Form, Placed, Wanted, World, id, slip};
use gendan::production::order::Stage as Paper;
use gendan::proforma::Stage;
use rust_decimal::Decimal;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn schedule(w: &World, order: &Placed) -> Vec<Decimal> {
    w.ask(&format!("select order_instalments('{}')", order.id))
        .await
}

async fn kinds(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where order_id = '{}' order by kind",
        order.id
    ))
    .await
}

/// The next revision, with one line that comes on or off, as far as this stage.
async fn amended(w: &World, order: &Placed, (kind, amount): (&str, &str), acts: &[&str]) -> i32 {
    let revision = w.proforma_at(order, Stage::Draft).await;
    let form = w
        .draft_form(order, revision)
        .await
        .with("adjust[0][kind]", kind)
        .with("adjust[0][en]", "As agreed")
        .with("adjust[0][amount]", amount)
        .with("adjust[0][reason]", "Mail of 22 November");
    let shen = w.as_("shen").await;
    shen.post(&order.proforma(revision), form).await.is(303);
    for act in acts {
        w.act_on(order, revision, act).await.is(303);
        let stage: String = w
            .ask(&format!("select stage from proforma_invoice where order_id = '{}' and revision = {revision}", order.id))
            .await;
        // A thin margin asks the general manager too.
        if *act == "approval" && stage == "submitted" {
            let yes = w.decision(order, revision, "approved").await;
            let url = format!("{}/approval", order.proforma(revision));
            w.as_("qin").await.post(&url, yes).await.is(303);
        }
    }
    revision
}

const ALL: [&str; 4] = ["submission", "approval", "sending", "confirmation"];

#[tokio::test]
async fn a_paid_deposit_stays_paid_when_the_order_grows() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Paper::Draft).await;
    w.money(&order, "3744.00").await;
    amended(&w, &order, ("surcharge", "2000"), &ALL).await;
    assert_eq!(schedule(&w, &order).await, [d("3744.00"), d("10736.00")]);
    assert!(!kinds(&w, &order).await.contains(&"get_deposit".to_owned()));
    let page = w.as_("shen").await.get(&order.proforma(2)).await.is(200);
    assert!(page.has("3,744.00") && page.has("10,736.00") && page.has("25.86%"));
    w.produce(&order, &key, "issue").await.is(303);
    w.adds_up().await;
}

#[tokio::test]
async fn when_it_shrinks_the_rest_is_less_and_what_is_over_is_the_customers() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.money(&order, "3744.00").await;
    amended(&w, &order, ("claim", "2480"), &ALL).await;
    assert_eq!(schedule(&w, &order).await, [d("3744.00"), d("6256.00")]);
    amended(&w, &order, ("claim", "9480"), &ALL).await;
    assert_eq!(schedule(&w, &order).await, [d("3000.00"), d("0.00")]);
    let page = w
        .as_("shen")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    assert!(page.has("744.00"));
    w.adds_up().await;
}

#[tokio::test]
async fn what_is_not_paid_is_asked_by_its_share_and_money_on_the_way_changes_no_paper() {
    let w = World::new().await;
    let order = w.ordered().await;
    let revision = amended(&w, &order, ("surcharge", "2000"), &["submission"]).await;
    w.money(&order, "3744.00").await;
    for act in ["approval", "sending", "confirmation"] {
        w.act_on(&order, revision, act).await.is(303);
    }
    assert_eq!(schedule(&w, &order).await, [d("4344.00"), d("10136.00")]);
    assert!(kinds(&w, &order).await.contains(&"get_deposit".to_owned()));
    w.adds_up().await;
}

/// An order with its deposit in and its goods in two shipments of half each.
async fn in_two(w: &World) -> (Placed, [String; 2]) {
    let order = w.ready_order().await;
    let deposit = w.receipt("3744.00").await;
    w.allocate(&deposit, &order, "deposit", "3744.00")
        .await
        .is(303);
    let one = w.plan_shipment(&order, "sea_fcl", "600").await;
    let two = w.plan_shipment(&order, "sea_fcl", "600").await;
    (order, [one, two])
}

/// The goods are on board, the originals of their bill of lading here.
async fn issued(w: &World, number: &str) {
    w.sql(&format!(
        "update shipment set stage = 'departed', on_board_on = '2026-11-22', stage_since = '2026-11-22T02:00:00Z'
             where number = '{number}';
         insert into transport_document (id, shipment, stage, form, number, originals, issued_on, created_by)
             select gen_random_uuid(), id, 'issued', 'originals', 'CDRL2611001', 3, '2026-11-22', '{}' from shipment
             where number = '{number}'",
        id("shen")
    ))
    .await;
}

/// Takes what the receipt's page suggests first; answers what it says of shipment and amount.
async fn claimed(w: &World, amount: &str) -> (String, String) {
    let receipt = w.receipt(amount).await;
    let xu = w.as_("xu").await;
    let page = xu.get(&format!("/receipts/{receipt}")).await.is(200);
    let url = format!("/receipts/{receipt}/allocations");
    let form = page.form(&url);
    let field = |name: &str| {
        let found = form.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let told = (field("shipment"), field("amount"));
    xu.post(&url, form).await.is(303);
    told
}

#[tokio::test]
async fn each_shipment_is_paid_for_itself_from_the_receipts_page() {
    let w = World::new().await;
    let (order, [one, two]) = in_two(&w).await;
    assert_eq!(
        claimed(&w, "4368.00").await,
        (one.clone(), "4368.00".into())
    );
    let held: Vec<String> = w
        .ask_all("select s.number from receipt_allocation a join shipment s on s.id = a.shipment")
        .await;
    assert_eq!(held, [one.as_str()]);
    assert_eq!(claimed(&w, "4368.00").await, (two, "4368.00".into()));
    let owed = format!("select order_owed('{0}') - order_money_in('{0}')", order.id);
    assert_eq!(w.ask::<Decimal>(&owed).await, Decimal::ZERO);
    w.adds_up().await;
}

#[tokio::test]
async fn the_companys_rule_says_which_goods_the_deposit_pays_for() {
    let w = World::new().await;
    let (order, [one, two]) = in_two(&w).await;
    let admin = w.as_("admin").await;
    let url = "/settings/money/deposit";
    let form = admin.get("/settings/money").await.is(200).form(url);
    admin
        .post(url, form.clone().with("credited", "first"))
        .await
        .is(422);
    admin
        .post(url, form.with("credited", "on_last"))
        .await
        .is(303);
    let page = w
        .as_("shen")
        .await
        .get(&format!("{}/payments", order.url()))
        .await
        .is(200);
    assert!(page.has("6,240.00") && page.has("2,496.00"));
    // The first goods are let go when all of their own value is here.
    issued(&w, &one).await;
    let release = "transport-document/release";
    let refused = w.ship(&one, release).await.is(409);
    assert!(refused.has("USD 6,240.00"));
    assert_eq!(
        claimed(&w, "6240.00").await,
        (one.clone(), "6240.00".into())
    );
    w.ship(&one, release).await.is(303);
    assert_eq!(claimed(&w, "2496.00").await, (two, "2496.00".into()));
    w.adds_up().await;
}

#[tokio::test]
async fn an_instalment_before_shipment_is_asked_for_by_the_booking() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "TT_50_50_BEFORE").await;
    w.made_ready(&order).await;
    let deposit = w.receipt("6240.00").await;
    w.allocate(&deposit, &order, "deposit", "6240.00")
        .await
        .is(303);
    let asks = "ask_balance".to_owned();
    let number = w.plan_shipment(&order, "sea_fcl", "1200").await;
    assert!(!kinds(&w, &order).await.contains(&asks));
    for act in ["booking-request", "booking"] {
        w.ship(&number, act).await.is(303);
    }
    assert!(kinds(&w, &order).await.contains(&asks));
    let url = format!("{}/payments/asking", order.url());
    let shen = w.as_("shen").await;
    let form = shen.get(&url).await.is(200).form(&url);
    shen.post(&url, form).await.is(303);
    let now = kinds(&w, &order).await;
    assert!(!now.contains(&asks) && now.contains(&"get_balance".to_owned()));
    let rest = w.receipt("6240.00").await;
    w.allocate(&rest, &order, "balance", "6240.00")
        .await
        .is(303);
    assert!(!kinds(&w, &order).await.contains(&"get_balance".to_owned()));
    w.adds_up().await;
}

#[tokio::test]
async fn what_cannot_be_let_go_is_not_asked_to_be() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "TT_100_ADV").await;
    w.made_ready(&order).await;
    let number = w.plan_shipment(&order, "sea_fcl", "1200").await;
    issued(&w, &number).await;
    let receipt = w.receipt("12000.00").await;
    w.allocate(&receipt, &order, "deposit", "12000.00")
        .await
        .is(303);
    let now = kinds(&w, &order).await;
    assert!(!now.contains(&"release_document".to_owned()), "{now:?}");
    assert!(now.contains(&"get_deposit".to_owned()), "{now:?}");
    w.allocate(&w.receipt("480.00").await, &order, "deposit", "480.00")
        .await
        .is(303);
    let now = kinds(&w, &order).await;
    assert!(now.contains(&"release_document".to_owned()), "{now:?}");
}

#[tokio::test]
async fn charges_that_banks_kept_and_said_so_are_not_missing() {
    let w = World::new().await;
    for (charges, matched) in [("219", false), ("220", true)] {
        let order = w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await;
        w.proforma_at(&order, Stage::Confirmed).await;
        w.shipped(&order, &format!("S26-{charges}"), "2026-11-20")
            .await;
        let form: Form = slip("12260.00", charges).with("charges", charges);
        let reply = w.as_("xu").await.post("/receipts", form).await.is(303);
        let receipt = reply.location().rsplit('/').next().unwrap().to_owned();
        w.allocate(&receipt, &order, "balance", "12260.00")
            .await
            .is(303);
        w.settle(&receipt, "12260.00", "7.1034").await.is(303);
        assert_eq!(w.matched_money(&order).await, matched, "{charges}");
    }
}

/// The days on which the order's pages say that money is due from the customer.
async fn due_days(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select distinct to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from open_item
         where order_id = '{}' and kind in ('get_deposit', 'await_deposit', 'get_balance')",
        order.id
    ))
    .await
}

#[tokio::test]
async fn the_deposit_is_due_on_one_day_wherever_it_stands() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.production_at(&order, Paper::Draft).await;
    assert_eq!(due_days(&w, &order).await.len(), 1);
    let url = format!("{}/payments/asking", order.url());
    for (now, until) in [("2026-11-24", "2026-11-27"), ("2026-11-25", "2026-12-04")] {
        w.turn_to(now);
        let copy = ("copy", "PI.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
        let form = [("amount", "3744.00"), ("due_on", until)];
        w.as_("shen").await.upload(&url, form, copy).await.is(303);
        assert_eq!(due_days(&w, &order).await, [until], "the last word counts");
        let now = kinds(&w, &order).await;
        assert!(!now.contains(&"get_balance".to_owned()), "{now:?}");
    }
    let shen = w.as_("shen").await;
    let money = shen.get(&format!("{}/payments", order.url())).await.is(200);
    let first = &money.texts("main tbody tr")[0];
    assert!(first.contains("按催款的日期"), "{first}");
    let asked = money.texts("main .checks li");
    let dated = asked.iter().filter(|line| line.contains("前付"));
    assert_eq!(
        dated.count(),
        1,
        "an earlier day is in force no more: {asked:?}"
    );
    let open = shen.get(&order.url()).await.is(200).texts("ul.items");
    assert_eq!(
        open.join(" ").matches("按催款的日期").count(),
        1,
        "{open:?}"
    );
    w.adds_up().await;
}
