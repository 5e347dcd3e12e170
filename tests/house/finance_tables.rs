//! Money's arrows against the typed table: receipts, allocations, settlements, payables.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::finance::payable::stage as payable;
use gendan::finance::receipt::stage as receipt;
use gendan::finance::settlement::stage as settlement;
use gendan::people::Deed;

/// In the letters of the typed table. Deeds that all desks share are done here by who may ask for a payment.
fn who(deed: Option<Deed>) -> String {
    let Some(deed) = deed else {
        return "H".to_owned();
    };
    let asks: Vec<char> = roles(Deed::AskPayable);
    let shared = Deed::TABLE
        .iter()
        .any(|(desk, deeds)| *desk == "approvals" && deeds.contains(&deed));
    let letters: Vec<String> = roles(deed)
        .into_iter()
        .filter(|role| !shared || *role == 'M' || asks.contains(role))
        .map(String::from)
        .collect();
    letters.join(" ")
}

fn roles(deed: Deed) -> Vec<char> {
    deed.grants()
        .iter()
        .map(|grant| letter(grant.role))
        .collect()
}

fn line(from: &str, act: &str, to: &str, deed: Option<Deed>) -> String {
    format!("{from} | {act} | {to} | {}", who(deed))
}

#[test]
fn receipts_walk_the_typed_arrows() {
    use receipt::{Move, Stage};
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .iter()
        .map(|step| line("-", step.code(), "recorded", Some(step.deed())))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(line(
                    stage.code(),
                    step.code(),
                    after.code(),
                    Some(step.deed()),
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["receipt"]));
}

#[test]
fn allocations_walk_the_typed_arrows() {
    use receipt::{AllocationMove as Move, AllocationStage as Stage};
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .iter()
        .map(|step| line("-", step.code(), "allocated", Some(step.deed())))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(line(
                    stage.code(),
                    step.code(),
                    after.code(),
                    Some(step.deed()),
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["allocation"]));
}

#[test]
fn settlements_walk_the_typed_arrows() {
    use settlement::{Move, Stage};
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .iter()
        .map(|step| line("-", step.code(), "queued", step.deed()))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                if step.may_leave_a_rest() {
                    arrows.push(line(stage.code(), step.code(), stage.code(), step.deed()));
                }
                arrows.push(line(stage.code(), step.code(), after.code(), step.deed()));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["settlement"]));
}

#[test]
fn payables_walk_the_typed_arrows() {
    use payable::{Move, Stage};
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .iter()
        .map(|step| line("-", step.code(), "asked", Some(step.deed())))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                if step.may_wait_for_another_level() {
                    arrows.push(line(
                        stage.code(),
                        step.code(),
                        stage.code(),
                        Some(step.deed()),
                    ));
                }
                arrows.push(line(
                    stage.code(),
                    step.code(),
                    after.code(),
                    Some(step.deed()),
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["payable"]));
}
