//! Presentations: the set counted and examined, in time or late by a manager, answered by the bank, paid.

use crate::support::{Form, Placed, Reply, Wanted, World};
use gendan::credits::Stage;
use gendan::credits::presentation::stage::{Move, Stage as SetStage};

const SET: &str = "/presentations/S26-0001/1";

/// Goods of an order on board, their set begun; answers the order.
async fn begun(w: &World, payment: &str, on_board: &str) -> Placed {
    let order = w.order_paid_by(Wanted::EUROPE, payment).await;
    match payment {
        "LC_SIGHT" => drop(w.credit_at(&order, Stage::Workable).await),
        // The wrong credit of the other tests is the right one where sixty days are agreed.
        "LC_USANCE_60" => {
            let credit = w.credit_at(&order, Stage::Expected).await;
            for act in ["wrong-receipt", "examination", "workable"] {
                w.credit_act(&order, &credit, act).await.is(303);
            }
        }
        _ => {}
    }
    w.shipped(&order, "S26-0001", on_board).await;
    let shen = w.as_("shen").await;
    let url = format!("{}/presentations", order.url());
    shen.post(&url, [("shipment", "S26-0001")])
        .await
        .leads_to(&format!("{SET}/edit"));
    order
}

/// The editor's form with every document there and examined.
async fn all_there(w: &World) -> Form {
    let page = w
        .as_("shen")
        .await
        .get(&format!("{SET}/edit"))
        .await
        .is(200);
    let mut form = page.form(SET);
    for row in 0..4 {
        let asked = |form: &Form, column: &str| {
            let name = format!("papers[{row}][{column}]");
            form.0
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        if asked(&form, "name").is_empty() {
            continue;
        }
        let (originals, copies) = (asked(&form, "originals"), asked(&form, "copies"));
        form = form
            .with(&format!("papers[{row}][originals_present]"), originals)
            .with(&format!("papers[{row}][copies_present]"), copies)
            .with(&format!("papers[{row}][examined]"), "yes");
    }
    form
}

async fn act(w: &World, who: &str, step: Move) -> Reply {
    let form = match step {
        Move::Edit => all_there(w).await.with("act", "save"),
        Move::Complete => Form::default(),
        Move::Present => Form::from([("bank", "Yongyu Bank"), ("day", "2026-11-23")]),
        Move::PresentLate => Form::from([
            ("bank", "Yongyu Bank"),
            ("day", "2026-11-23"),
            ("words", "typhoon"),
        ]),
        Move::Accept => Form::from([("day", "2026-11-23"), ("due_on", "2027-01-22")]),
        _ => Form::from([("day", "2026-11-23"), ("words", "B/L: port differs")]),
    };
    let url = if step == Move::Edit {
        SET.to_owned()
    } else {
        format!("{SET}/{}", step.path())
    };
    w.seen_post(who, &url, form).await
}

async fn stage(w: &World) -> String {
    w.ask("select stage from presentation order by sequence desc limit 1")
        .await
}

async fn complete(w: &World) {
    act(w, "shen", Move::Edit).await.is(303);
    act(w, "shen", Move::Complete).await.is(303);
}

#[tokio::test]
async fn the_set_is_listed_from_the_credit_and_complete_when_every_document_is_there() {
    let w = World::new().await;
    begun(&w, "LC_SIGHT", "2026-11-20").await;
    let papers: Vec<String> = w
        .ask_all(
            "select name || ' ' || originals || '/' || copies from presentation_paper order by pos",
        )
        .await;
    assert_eq!(papers, ["COMMERCIAL INVOICE 3/0", "PACKING LIST 2/0"]);
    act(&w, "shen", Move::Complete).await.is(409);
    let page = w
        .as_("shen")
        .await
        .get(&format!("{SET}/edit"))
        .await
        .is(200);
    let half = page
        .form(SET)
        .with("papers[0][originals_present]", "three")
        .with("act", "save");
    w.as_("shen").await.post(SET, half).await.is(422);
    complete(&w).await;
    assert_eq!(stage(&w).await, "set_complete");
}

#[tokio::test]
async fn a_set_goes_to_the_bank_in_time_and_is_honoured_and_paid() {
    let w = World::new().await;
    let order = begun(&w, "LC_SIGHT", "2026-11-20").await;
    complete(&w).await;
    let asked = w
        .as_("shen")
        .await
        .get(&format!("{SET}/presenting"))
        .await
        .is(200);
    assert!(asked.has("2026年12月11日"), "21 days after shipment");
    act(&w, "shen", Move::Present).await.is(303);
    assert_eq!(
        w.ask::<String>("select last_day_on::text from presentation")
            .await,
        "2026-12-11"
    );
    act(&w, "shen", Move::Honour).await.is(403);
    act(&w, "xu", Move::Honour).await.is(303);
    act(&w, "xu", Move::Pay).await.is(303);
    assert_eq!(stage(&w).await, "paid");
    let told = w
        .as_("shen")
        .await
        .get(&format!("{}/timeline", order.url()))
        .await
        .is(200);
    assert!(told.has("S26-0001/1"));
}

#[tokio::test]
async fn after_the_last_day_only_a_manager_presents_and_says_why() {
    let w = World::new().await;
    begun(&w, "LC_SIGHT", "2026-10-20").await;
    complete(&w).await;
    act(&w, "shen", Move::Present).await.is(409);
    act(&w, "shen", Move::PresentLate).await.is(403);
    let silent = [("bank", "Yongyu Bank"), ("day", "2026-11-23")];
    w.seen_post("gu", &format!("{SET}/late-presenting"), silent)
        .await
        .is(422);
    act(&w, "gu", Move::PresentLate).await.is(303);
    assert_eq!(stage(&w).await, "presented");
    assert!(w.as_("shen").await.get(SET).await.is(200).has("typhoon"));
}

#[tokio::test]
async fn after_the_last_day_the_operator_presents_on_an_exception() {
    let w = World::new().await;
    let order = begun(&w, "LC_SIGHT", "2026-10-20").await;
    complete(&w).await;
    let refused = act(&w, "shen", Move::Present).await.is(409);
    assert!(refused.has("申请放行"));
    let asked = w
        .ask_exception(&order, "late-presenting", "S26-0001.1")
        .await;
    let url = asked.is(303).location().to_owned();
    act(&w, "shen", Move::PresentLate).await.is(403);
    w.decide_exception(&url, "gu", "approved").await.is(303);
    assert!(w.as_("shen").await.get(SET).await.is(200).has("按放行办理"));
    act(&w, "shen", Move::PresentLate).await.is(303);
    let reason: String = w.ask("select late_reason from presentation").await;
    assert!(
        reason.contains("typhoon") && reason.contains("顾明川"),
        "{reason}"
    );
}

#[tokio::test]
async fn what_is_in_time_is_not_presented_late() {
    let w = World::new().await;
    begun(&w, "LC_SIGHT", "2026-11-20").await;
    complete(&w).await;
    act(&w, "gu", Move::PresentLate).await.is(409);
}

#[tokio::test]
async fn discrepancies_are_waived_by_the_customer_and_a_usance_draft_is_accepted() {
    let w = World::new().await;
    begun(&w, "LC_USANCE_60", "2026-11-20").await;
    complete(&w).await;
    act(&w, "shen", Move::Present).await.is(303);
    act(&w, "shen", Move::NoticeDiscrepancy).await.is(303);
    act(&w, "xu", Move::Accept).await.is(409);
    act(&w, "shen", Move::AskWaiver).await.is(303);
    let relay: String = w.ask("select subject from relay").await;
    assert_eq!(relay, "Waiver of discrepancies asked: S26-0001/1");
    act(&w, "xu", Move::Accept).await.is(303);
    assert_eq!(
        w.ask::<String>("select due_on::text from presentation")
            .await,
        "2027-01-22"
    );
}

#[tokio::test]
async fn a_refused_set_is_followed_by_the_next() {
    let w = World::new().await;
    let order = begun(&w, "LC_SIGHT", "2026-11-20").await;
    complete(&w).await;
    act(&w, "shen", Move::Present).await.is(303);
    let shen = w.as_("shen").await;
    let url = format!("{}/presentations", order.url());
    shen.post(&url, [("shipment", "S26-0001")]).await.is(409);
    act(&w, "xu", Move::Refuse).await.is(303);
    shen.post(&url, [("shipment", "S26-0001")])
        .await
        .leads_to("/presentations/S26-0001/2/edit");
    let open: Vec<String> = w
        .ask_all("select kind from open_item where kind in ('complete_presentation', 'prepare_set', 'present_set', 'refused_set')")
        .await;
    assert_eq!(open, ["complete_presentation"]);
}

#[tokio::test]
async fn documents_against_payment_go_to_a_bank_without_a_credit_and_without_a_last_day() {
    let w = World::new().await;
    begun(&w, "DP_SIGHT", "2026-01-05").await;
    assert_eq!(
        w.ask::<String>("select way from presentation").await,
        "against_payment"
    );
    complete(&w).await;
    act(&w, "shen", Move::Present).await.is(303);
    // A collection is neither honoured nor accepted: the goods' papers are let go when the drawee pays.
    act(&w, "xu", Move::Honour).await.is(409);
    act(&w, "xu", Move::Accept).await.is(409);
    act(&w, "xu", Move::Pay).await.is(303);
    assert_eq!(stage(&w).await, "paid");
}

#[tokio::test]
async fn documents_against_acceptance_are_accepted_and_paid_when_due() {
    let w = World::new().await;
    begun(&w, "DA_60", "2026-11-20").await;
    complete(&w).await;
    act(&w, "shen", Move::Present).await.is(303);
    act(&w, "xu", Move::Honour).await.is(409);
    act(&w, "xu", Move::Pay).await.is(409);
    act(&w, "xu", Move::Accept).await.is(303);
    act(&w, "xu", Move::Pay).await.is(303);
}

#[tokio::test]
async fn two_who_answer_the_same_set_at_once_are_told_of_each_other() {
    let w = World::new().await;
    begun(&w, "LC_SIGHT", "2026-11-20").await;
    complete(&w).await;
    act(&w, "shen", Move::Present).await.is(303);
    let url = format!("{SET}/discrepancy");
    let form = |client: &Reply| client.form(&url).with("words", "port");
    let (shen, xu) = (w.as_("shen").await, w.as_("xu").await);
    let (hers, theirs) = (
        form(&shen.get(&url).await.is(200)),
        form(&xu.get(&url).await.is(200)),
    );
    xu.post(&url, theirs).await.is(303);
    let refused = shen.post(&url, hers).await.is(409);
    assert!(refused.has("这套单据在你打开页面之后有变动"));
}

#[tokio::test]
async fn the_confirmed_terms_say_which_way_the_documents_go() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "TT_30_70_COPY").await;
    w.proforma_at(&order, gendan::proforma::Stage::Confirmed)
        .await;
    w.shipped(&order, "S26-0001", "2026-11-20").await;
    // The working copy is on its way to other terms; what is agreed stays until the next revision is confirmed.
    w.sql("update export_order set terms = 'DP_SIGHT'").await;
    let url = format!("{}/presentations", order.url());
    let form = [("shipment", "S26-0001")];
    w.as_("shen").await.post(&url, form).await.is(409);
}

#[tokio::test]
async fn terms_without_a_bank_and_a_credit_that_is_not_workable_make_no_set() {
    let w = World::new().await;
    for payment in ["TT_30_70_COPY", "LC_SIGHT"] {
        let order = w.order_paid_by(Wanted::EUROPE, payment).await;
        let number = format!("S26-{}", &order.number[5..]);
        w.shipped(&order, &number, "2026-11-20").await;
        let form = Form::default().with("shipment", number);
        w.as_("shen")
            .await
            .post(&format!("{}/presentations", order.url()), form)
            .await
            .is(409);
    }
    assert_eq!(w.count("presentation").await, 0);
}

#[tokio::test]
async fn acts_that_do_not_exist_from_a_stage_are_refused_and_write_nothing() {
    let w = World::new().await;
    begun(&w, "LC_SIGHT", "2026-11-20").await;
    complete(&w).await;
    for reached in SetStage::ALL {
        w.sql(&format!(
            "update presentation set stage = '{}'",
            reached.code()
        ))
        .await;
        for step in Move::ALL {
            if step == Move::Prepare
                || step == Move::Edit
                || step == Move::PresentLate
                || reached.after(step).is_some()
            {
                continue;
            }
            let who = if step
                .deed()
                .grants()
                .iter()
                .any(|grant| grant.role.code() == "order_operator")
            {
                "shen"
            } else {
                "xu"
            };
            let before = w.everything().await;
            assert_eq!(act(&w, who, step).await.status, 409, "{reached:?} {step:?}");
            assert_eq!(w.everything().await, before, "{reached:?} {step:?}");
        }
    }
}
