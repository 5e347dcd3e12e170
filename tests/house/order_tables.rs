//! An order's conditions and its issued papers against their typed arrows, in the table and as they are acted.

use crate::support::{Form, Placed, Reply, World, id};
use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::documents::{self, Paper, register};
use gendan::orders::{Condition, Move};
use gendan::people::rights::Deed;

fn who(deed: Option<Deed>) -> String {
    let Some(deed) = deed else {
        return "H".to_owned();
    };
    let letters: Vec<String> = deed
        .grants()
        .iter()
        .map(|grant| letter(grant.role).to_string())
        .collect();
    letters.join(" ")
}

#[test]
fn an_order_walks_the_typed_arrows_and_no_other() {
    let mut arrows = Vec::new();
    let mut arrow = |from: &str, act: Move, to: Condition| {
        let (who, act) = (who(act.deed()), act.code());
        arrows.push(format!("{from} | {act} | {} | {who}", to.code()));
    };
    for act in Move::BEGINNINGS {
        arrow("-", act, Condition::Open);
    }
    for condition in Condition::ALL {
        for act in Move::ALL {
            if let Some(after) = condition.after(act) {
                arrow(condition.code(), act, after);
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["order"]));
}

/// The form of one act, as a page of an open order shows it and filled in; whose act it is, and where it goes.
async fn form(w: &World, order: &Placed, act: Move) -> Option<(&'static str, String, Form)> {
    let reason = Form::from([("reason", "客户要求")]);
    let (login, path, form) = match act {
        Move::Edit => {
            let page = w
                .as_("shen")
                .await
                .get(&format!("{}/edit", order.url()))
                .await;
            return Some(("shen", order.url(), page.is(200).form(&order.url())));
        }
        Move::Split => {
            let url = format!("{}/split", order.url());
            let page = w.as_("shen").await.get(&url).await;
            let form = page.is(200).form(&url).with("title", "第二批");
            return Some(("shen", url, form.with("lines[0][quantity]", "500")));
        }
        Move::Reassign => {
            let form = Form::default().with("salesperson", id("zhou").to_string());
            (
                "gu",
                "reassignment",
                form.with("operator", id("tang").to_string()),
            )
        }
        Move::SkipSamples => ("gu", "skipping", reason),
        Move::Reopen => ("gu", "reopening", reason.with("step", "1")),
        Move::Hold => ("gu", "hold", reason.with("day", "2026-12-20")),
        Move::Resume => ("gu", "resumption", Form::default()),
        Move::Drop => ("zhou", "drop", reason),
        Move::Cancel => ("gu", "cancellation", reason),
        Move::Close => ("xu", "closing", Form::default()),
        // Opening needs no order, the end of a cancellation no form, and giving up goods a confirmed paper: see portions.
        Move::Open | Move::FinishCancelling | Move::ShortCloseLine => return None,
    };
    Some((login, format!("{}/{path}", order.url()), form))
}

async fn acted(w: &World, order: &Placed, from: Condition, act: Move) -> Option<Reply> {
    let (login, url, form) = form(w, order, act).await?;
    w.sql(&format!(
        "update export_order set condition = '{}', condition_reason = 'r',
             held_until = case when '{0}' = 'on_hold' then date '2026-12-24' end where id = '{}'",
        from.code(),
        order.id
    ))
    .await;
    let before = w.everything().await;
    let reply = w.as_(login).await.post(&url, form).await;
    if reply.status != 303 {
        assert_eq!(w.everything().await, before, "{from:?} {act:?}");
    }
    Some(reply)
}

#[tokio::test]
async fn acts_are_taken_in_the_conditions_of_the_table_and_in_no_other() {
    let w = World::new().await;
    for from in Condition::ALL {
        for act in Move::ALL {
            let order = w.order().await;
            let Some(reply) = acted(&w, &order, from, act).await else {
                continue;
            };
            let now: String = w
                .ask(&format!(
                    "select condition from export_order where id = '{}'",
                    order.id
                ))
                .await;
            match from.after(act) {
                // Closing asks more than the condition: an order whose step 9 is not done stands open.
                Some(_) if act == Move::Close => assert_eq!(reply.status, 409),
                Some(after) => {
                    reply.is(303);
                    // Nobody holds a paper of a fresh order, so its cancellation ends in the same act.
                    let ended = after == Condition::Cancelling && now == "cancelled";
                    assert!(ended || now == after.code(), "{from:?} {act:?}: {now}");
                }
                None => assert_eq!(reply.status, 409, "{from:?} {act:?}"),
            }
        }
    }
}

/// The arrows of an issued paper as the register takes them, found by trying each act in each state.
#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one state and act after the other")]
async fn an_issued_paper_walks_the_typed_arrows_and_no_other() {
    let w = World::new().await;
    let order = w.order().await;
    let of = gendan::base::OrderId(order.id);
    let by = w.by("gu");
    let mut db = w.app.db.acquire().await.unwrap();
    let mut arrows = Vec::new();
    for from in ["-", "current", "stale"] {
        for act in ["issue", "mark_stale", "override_stale"] {
            let number = format!("{from}-{act}");
            let paper = Paper {
                kind: "proforma_invoice",
                number: number.clone(),
                revision: 1,
                fields: vec![(number.clone(), "5.20".to_owned())],
            };
            let changed = [number.clone()];
            if from != "-" {
                documents::issue(&mut db, of, &by, &paper).await.unwrap();
            }
            if from == "stale" {
                documents::mark_stale(&mut db, of, &changed, "C1", by.at)
                    .await
                    .unwrap();
            }
            let id = || async {
                let all: Vec<uuid::Uuid> = w
                    .ask_all(&format!(
                        "select id from issued_paper where number = '{number}'"
                    ))
                    .await;
                all.first().copied().unwrap_or_default()
            };
            let taken = match act {
                "issue" => documents::issue(&mut db, of, &by, &paper).await.is_ok(),
                "mark_stale" => {
                    let marked = documents::mark_stale(&mut db, of, &changed, "C2", by.at).await;
                    !marked.unwrap().is_empty()
                }
                _ => {
                    register::override_stale(&mut db, of, id().await, (by.person(), by.at), "急用")
                        .await
                        .unwrap()
                }
            };
            if taken {
                let to: String = w
                    .ask(&format!(
                        "select case when stale_since is null then 'current' else 'stale' end
                         from issued_paper where number = '{number}'"
                    ))
                    .await;
                let deed = (act == "override_stale").then_some(Deed::OverrideStalePaper);
                arrows.push(format!("{from} | {act} | {to} | {}", who(deed)));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["issued_paper"]));
}
