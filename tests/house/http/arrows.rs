//! Only table transitions (P5) over HTTP: each act that a table does not know from a stage is sent as its page would send
//! it, is refused by the rules, and writes nothing.

use crate::support::{Form, Placed, Reply, World, paid};
use crate::tables::{TRANSITIONS, sections};
use gendan::finance::hand_over;
use gendan::finance::payable::stage as payable;
use gendan::finance::rebate_claim as rebate;
use gendan::production::change;
use gendan::production::inspection;
use gendan::production::order::Stage as PaperStage;
use gendan::samples::{Move, Stage};

/// The act is refused by the rules, not by its form, and nothing is written.
async fn refused(w: &World, what: String, act: impl Future<Output = Reply>) {
    let before = w.everything().await;
    let reply = act.await;
    let told = || reply.texts("main").join(" ");
    assert!(
        matches!(reply.status, 403 | 409),
        "{what}: {} {}",
        reply.status,
        told()
    );
    assert_eq!(w.everything().await, before, "{what}");
}

#[tokio::test]
async fn a_sample_note_refuses_what_its_stage_does_not_know() {
    const ACTS: [(&str, Move); 10] = [
        ("submission", Move::Submit),
        ("withdrawal", Move::Withdraw),
        ("sign", Move::Sign),
        ("return", Move::Return),
        ("revision", Move::Revise),
        ("sending", Move::Send),
        ("acknowledgement", Move::Acknowledge),
        ("receipt", Move::Receive),
        ("round", Move::OpenNextRound),
        ("void", Move::Void),
    ];
    let w = World::new().await;
    let mut tried = 0;
    for stage in Stage::ALL {
        let order = w.order().await;
        let note = w.sample_at(&order, stage).await;
        assert_eq!(w.sample_stage(&order, &note).await, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_none() {
                let what = format!("{stage:?} {step:?}");
                refused(&w, what, w.act_on_sample(&order, &note, act)).await;
                tried += 1;
            }
        }
        if stage.after(Move::Edit).is_none() {
            let form = w.sample_form(&order, &note).await;
            let shen = w.as_("shen").await;
            refused(
                &w,
                format!("{stage:?} edit"),
                shen.post(&order.sample(&note), form),
            )
            .await;
        }
    }
    assert!(tried > 60, "{tried}");
}

/// One act on a payable, by the colleague whose act it is.
async fn pay(w: &World, number: &str, act: &str) -> Reply {
    let words = Form::from([("words", "不付了")]);
    let (login, form) = match act {
        "approval" => ("gu", w.verdict_on("payable", number, "approved").await),
        "payment" => ("xu", paid()),
        "reversal" => ("xu", words),
        "void" => ("gu", words),
        _ => ("shen", Form::default()),
    };
    let url = format!("/payables/{number}/{act}");
    w.as_(login).await.post(&url, form).await
}

#[tokio::test]
async fn a_payable_refuses_what_its_stage_does_not_know() {
    use payable::Move;
    const ACTS: [(&str, Move); 7] = [
        ("submission", Move::Ask),
        ("withdrawal", Move::Withdraw),
        ("approval", Move::Approve),
        ("revision", Move::Revise),
        ("payment", Move::Pay),
        ("reversal", Move::Reverse),
        ("void", Move::Void),
    ];
    let w = World::new().await;
    for stage in payable::Stage::ALL {
        let order = w.order().await;
        let number = w.payable_at(&order, "1200.00", stage).await;
        for (act, step) in ACTS {
            if stage.after(step).is_none() {
                refused(&w, format!("{stage:?} {step:?}"), pay(&w, &number, act)).await;
            }
        }
    }
}

async fn inspect(w: &World, order: &Placed, act: &str) -> Reply {
    match act {
        "record" => w.record_inspection(order, 1, "0").await,
        "waiver" => {
            let url = format!("{}/inspections/1/waiver", order.url());
            let reason = [("words", "老客户的翻单")];
            w.as_("gu").await.post(&url, reason).await
        }
        verdict => w.judge_inspection(order, 1, verdict).await,
    }
}

#[tokio::test]
async fn an_inspection_refuses_what_its_stage_does_not_know() {
    use inspection::{Move, Stage};
    const ACTS: [(&str, Move); 5] = [
        ("record", Move::Record),
        ("passed", Move::Pass),
        ("failed", Move::Fail),
        ("pending", Move::LeavePending),
        ("waiver", Move::Waive),
    ];
    let w = World::new().await;
    for stage in Stage::ALL {
        let order = w.confirmed().await;
        w.plan_inspection(&order, "inline").await.is(303);
        let way: &[&str] = match stage {
            Stage::Planned => &[],
            Stage::Done => &["record"],
            Stage::Passed => &["record", "passed"],
            Stage::Failed => &["record", "failed"],
            Stage::Pending => &["record", "pending"],
            Stage::Waived => &["waiver"],
            // Falls with its order, which then refuses every act.
            Stage::CalledOff => continue,
        };
        for act in way {
            inspect(&w, &order, act).await.is(303);
        }
        for (act, step) in ACTS {
            if stage.after(step).is_none() {
                refused(&w, format!("{stage:?} {step:?}"), inspect(&w, &order, act)).await;
            }
        }
    }
}

#[tokio::test]
async fn a_change_order_that_has_ended_refuses_everything() {
    use change::{Move, Stage};
    const ACTS: [(&str, Move); 6] = [
        ("approval", Move::Approve),
        ("agreement", Move::Agree),
        ("lines/1/acknowledgement", Move::AcknowledgeLine),
        ("application", Move::Apply),
        ("refusal", Move::Refuse),
        ("withdrawal", Move::Withdraw),
    ];
    let w = World::new().await;
    for stage in [Stage::Applied, Stage::Refused, Stage::Withdrawn] {
        let order = w.confirmed().await;
        let change = w.raise(&order, &[("lines[0][quantity]", "1300")]).await;
        match stage {
            Stage::Applied => w.apply(&order, change).await,
            Stage::Refused => drop(w.change(&order, change, "refusal").await.is(303)),
            _ => drop(w.change(&order, change, "withdrawal").await.is(303)),
        }
        for (act, step) in ACTS {
            assert!(stage.after(step).is_none());
            refused(
                &w,
                format!("{stage:?} {step:?}"),
                w.change(&order, change, act),
            )
            .await;
        }
    }
}

/// One act on a hand-over, with the version it has now.
async fn give(w: &World, order: &Placed, shipment: &str, act: &str) -> Reply {
    let rev = w.hand_over_version(shipment).await;
    let (login, form) = match act {
        "papers/declaration" => (
            "shen",
            Form::from([("on", "2026-11-20"), ("from", "海桥货代")]),
        ),
        "handing-over" => (
            "shen",
            Form::from([("reason", "银行水单月底才有")]).with("rev", rev),
        ),
        "sending-back" => (
            "xu",
            Form::from([("words", "报关单没盖章")]).with("rev", rev),
        ),
        _ => ("xu", Form::default().with("rev", rev)),
    };
    let url = format!("{}/hand-overs/{shipment}/{act}", order.url());
    w.step_nine(login, &url, form).await
}

#[tokio::test]
async fn a_hand_over_refuses_what_its_stage_does_not_know() {
    use hand_over::{Move, Stage};
    const ACTS: [(&str, Move); 4] = [
        ("papers/declaration", Move::RecordReturn),
        ("handing-over", Move::HandOver),
        ("taking", Move::Take),
        ("sending-back", Move::SendBack),
    ];
    let w = World::new().await;
    for stage in Stage::ALL {
        let order = w.order().await;
        let shipment = w.left(&order, "2026-10-16").await;
        let way: &[&str] = match stage {
            Stage::Expected => &[],
            Stage::Returned => &["papers/declaration"],
            Stage::HandedOver => &["papers/declaration", "handing-over"],
            Stage::SentBack => &["papers/declaration", "handing-over", "sending-back"],
            Stage::Taken => &["papers/declaration", "handing-over", "taking"],
        };
        for act in way {
            give(&w, &order, &shipment, act).await.is(303);
        }
        for (act, step) in ACTS {
            if stage.after(step).is_none() {
                let what = format!("{stage:?} {step:?}");
                refused(&w, what, give(&w, &order, &shipment, act)).await;
            }
        }
    }
}

/// One step of a claim, filled in.
async fn claim(w: &World, (claim, shipment): (&str, &str), step: rebate::Move) -> Reply {
    use rebate::Move;
    let form = match step {
        Move::Declare => Form::from([("batch", "2026-11-001"), ("on", "2026-11-20")]),
        Move::Query => Form::from([("words", "函调"), ("on", "2026-11-21")]),
        Move::Approve | Move::Receive => Form::from([("amount", "6400"), ("on", "2026-11-22")]),
        Move::Collect | Move::Complete => Form::default(),
        _ => Form::from([("words", "税局不予退税")]),
    };
    w.claim_act(claim, shipment, &format!("steps/{}", step.code()), form)
        .await
}

#[tokio::test]
async fn a_rebate_claim_refuses_what_its_stage_does_not_know() {
    use rebate::{Move, Stage};
    let w = World::new().await;
    for stage in Stage::ALL {
        let order = w.order().await;
        let shipment = w.left(&order, "2026-10-16").await;
        let begun = w.claim_begun(&order, &shipment).await;
        w.vat_invoice(&shipment).await;
        let filing = Form::from([
            ("place[contracts]", "柜 3"),
            ("place[transport]", "柜 3"),
            ("reason[delegation]", "自理报关"),
            ("receipts_reason", "12 月到期"),
        ]);
        w.claim_act(&begun, &shipment, "filing-set", filing)
            .await
            .is(303);
        let way: &[Move] = match stage {
            Stage::Collecting => &[],
            Stage::Complete => &[Move::Complete],
            Stage::Declared => &[Move::Complete, Move::Declare],
            Stage::Queried => &[Move::Complete, Move::Declare, Move::Query],
            Stage::Approved => &[Move::Complete, Move::Declare, Move::Approve],
            Stage::Received => &[Move::Complete, Move::Declare, Move::Approve, Move::Receive],
            Stage::Rejected => &[Move::Complete, Move::Declare, Move::Query, Move::Reject],
            Stage::TurnedExempt => &[Move::TurnExempt],
            Stage::Taxed => &[Move::Tax],
            Stage::NotApplicable => &[Move::DeclareNotApplicable],
        };
        for step in way {
            claim(&w, (&begun, &shipment), *step).await.is(303);
        }
        for step in Move::ALL {
            if step != Move::Collect && stage.after(step).is_none() {
                let what = format!("{stage:?} {step:?}");
                refused(&w, what, claim(&w, (&begun, &shipment), step)).await;
            }
        }
    }
}

#[tokio::test]
async fn money_that_was_given_back_is_not_given_back_again() {
    let w = World::new().await;
    let order = w.order().await;
    let allocation = w.money_in(&order, "3744.00").await;
    let receipt: String = w.ask("select number from receipt").await;
    let url = format!("/receipts/{receipt}/allocations/{allocation}/undoing");
    let form = [("how", "reverse"), ("words", "记错了订单")];
    w.as_("xu").await.post(&url, form).await.is(303);
    for how in ["reverse", "refund", "return_by_bank", "keep"] {
        let form = [("how", how), ("words", "再来一次")];
        let xu = w.as_("xu").await;
        refused(&w, how.to_owned(), xu.post(&url, form)).await;
    }
}

/// One act on an exception at the production gate of this paper, by the colleague whose act it is.
async fn except(w: &World, (order, key, url): (&Placed, &str, &str), act: &str) -> Reply {
    let shen = w.as_("shen").await;
    match act {
        "grant" => w.decide_exception(url, "gu", "approved").await,
        "return" => w.decide_exception(url, "gu", "returned").await,
        "withdraw" => shen.post(&format!("{url}/withdrawal"), []).await,
        "note" => shen.post(&format!("{url}/note"), []).await,
        "remind" => {
            let id = url.rsplit('/').next().unwrap();
            shen.post(&format!("/approvals/{id}/reminder"), []).await
        }
        _ => {
            let over = format!("{}/override", order.paper(key));
            let page = shen.get(&over).await;
            let form = if page.status == 200 {
                page.form(&over)
            } else {
                Form::from([("words", "老客户，先做")]).with("rev", "1")
            };
            shen.post(&over, form).await
        }
    }
}

/// It has no table of moves in the code: what it takes and refuses is compared with the typed arrows itself.
#[tokio::test]
async fn an_exception_takes_the_typed_acts_and_no_other() {
    let typed = sections(TRANSITIONS);
    let knows = |from: &str, act: &str| {
        let arrow = format!("{from} | {act} | ");
        typed["exception"]
            .iter()
            .any(|line| line.starts_with(&arrow))
    };
    let w = World::new().await;
    let mut taken = 0;
    for (from, way) in [
        ("asked", &[][..]),
        ("granted", &["grant"]),
        ("returned", &["return"]),
        ("withdrawn", &["withdraw"]),
        ("used", &["grant", "use"]),
    ] {
        for act in ["grant", "return", "withdraw", "note", "use", "remind"] {
            let order = w.ordered().await;
            let key = w.production_at(&order, PaperStage::Draft).await;
            let asked = w
                .ask_exception(&order, "production-gate", &key)
                .await
                .is(303);
            let thing = (&order, key.as_str(), asked.location());
            for step in way {
                except(&w, thing, step).await.is(303);
            }
            if knows(from, act) {
                let reply = except(&w, thing, act).await;
                assert_eq!(reply.status, 303, "{from} {act}: {}", reply.text());
                taken += 1;
            } else {
                refused(&w, format!("{from} {act}"), except(&w, thing, act)).await;
            }
        }
    }
    assert_eq!(taken, 8);
}
