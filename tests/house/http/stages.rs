//! Only table transitions (P5) over HTTP: every act on every stage of a proforma invoice that the table does not know
//! is refused and writes nothing.

use crate::support::World;
use gendan::proforma::{Move, Stage};

/// The acts as they are sent, and the move each is.
const ACTS: [(&str, Move); 9] = [
    ("", Move::Edit),
    ("submission", Move::Submit),
    ("withdrawal", Move::Withdraw),
    ("approval", Move::Approve),
    ("return", Move::Return),
    ("revision", Move::Revise),
    ("sending", Move::Send),
    ("confirmation", Move::Confirm),
    ("void", Move::Void),
];

#[tokio::test]
async fn acts_that_do_not_exist_from_a_stage_are_refused_and_write_nothing() {
    let w = World::new().await;
    for stage in [
        Stage::Draft,
        Stage::Submitted,
        Stage::Returned,
        Stage::Approved,
        Stage::Sent,
        Stage::Confirmed,
        Stage::ChangeRequested,
        Stage::Void,
    ] {
        let order = w.order().await;
        let revision = w.proforma_at(&order, stage).await;
        assert_eq!(w.stage_of(&order, revision).await, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            let reply = if act.is_empty() {
                let form = w.draft_form(&order, revision).await;
                w.as_("shen")
                    .await
                    .post(&order.proforma(revision), form)
                    .await
            } else {
                w.act_on(&order, revision, act).await
            };
            assert!(
                matches!(reply.status, 403 | 409),
                "{stage:?} {step:?}: {}",
                reply.status
            );
            assert_eq!(w.everything().await, before, "{stage:?} {step:?}");
        }
    }
}

#[tokio::test]
async fn a_wish_of_the_customer_leads_to_the_next_revision_and_a_second_open_one_is_refused() {
    let w = World::new().await;
    let order = w.order().await;
    assert_eq!(w.proforma_at(&order, Stage::ChangeRequested).await, 1);
    assert_eq!(w.proforma_at(&order, Stage::Draft).await, 2);
    assert_eq!(w.stage_of(&order, 1).await, "superseded");
    let url = format!("{}/proforma", order.url());
    w.as_("shen").await.post(&url, []).await.is(409);
}

#[tokio::test]
async fn an_amendment_runs_beside_the_confirmed_revision_until_it_is_confirmed() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Confirmed).await;
    let step: i16 = w.ask("select step from export_order").await;
    assert_eq!(w.proforma_at(&order, Stage::Sent).await, 2);
    assert_eq!(w.stage_of(&order, 1).await, "confirmed");
    w.act_on(&order, 2, "confirmation").await.is(303);
    assert_eq!(w.stage_of(&order, 1).await, "superseded");
    assert_eq!(w.stage_of(&order, 2).await, "confirmed");
    assert_eq!(w.ask::<i16>("select step from export_order").await, step);
}

#[tokio::test]
async fn nothing_moves_forward_while_an_order_is_on_hold() {
    let w = World::new().await;
    let order = w.order().await;
    let revision = w.proforma_at(&order, Stage::Approved).await;
    w.sql("update export_order set condition = 'on_hold', held_until = '2026-12-01'")
        .await;
    let client = w.as_("shen").await;
    let before = w.everything().await;
    let url = format!("{}/sending", order.proforma(revision));
    client
        .post(
            &url,
            [("to", "anna@nordhavn.example"), ("channel", "email")],
        )
        .await
        .is(409);
    client
        .post(&format!("{}/proforma", order.url()), [])
        .await
        .is(409);
    assert_eq!(w.everything().await, before);
}
