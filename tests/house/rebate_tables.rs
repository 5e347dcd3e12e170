//! Tables of hand-over, verification and rebate: their arrows against those typed by hand.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::finance::hand_over;
use gendan::finance::rebate_claim;
use gendan::finance::verification::{FormMove, FormStage, MatchMove, MatchStage};
use gendan::people::rights::Deed;

fn letters(deed: Deed) -> String {
    let roles = deed.grants().iter().map(|grant| letter(grant.role));
    roles.map(String::from).collect::<Vec<_>>().join(" ")
}

fn typed(document: &str) -> Vec<String> {
    owned(&sections(TRANSITIONS)[document])
}

#[test]
fn a_hand_over_walks_the_typed_arrows_and_no_other() {
    use hand_over::{Move, Stage};
    let who = |step: Move| step.deed().map_or_else(|| "H".to_owned(), letters);
    let line = |from: &str, step: Move, to: Stage| {
        format!("{from} | {} | {} | {}", step.code(), to.code(), who(step))
    };
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .into_iter()
        .map(|(step, to)| line("-", step, to))
        .collect();
    for from in Stage::ALL {
        for step in Move::ALL {
            arrows.extend(from.after(step).map(|to| line(from.code(), step, to)));
        }
    }
    compare(&arrows, &typed("hand_over"));
}

#[test]
fn a_verification_form_walks_the_typed_arrows_and_no_other() {
    let line = |from: &str, step: FormMove, to: FormStage| {
        let who = letters(step.deed());
        format!("{from} | {} | {} | {who}", step.code(), to.code())
    };
    let mut arrows: Vec<String> = FormMove::BEGINNINGS
        .into_iter()
        .map(|(step, to)| line("-", step, to))
        .collect();
    for from in FormStage::ALL {
        for step in FormMove::ALL {
            arrows.extend(from.after(step).map(|to| line(from.code(), step, to)));
        }
    }
    compare(&arrows, &typed("verification_form"));
}

#[test]
fn a_matching_walks_the_typed_arrows_and_no_other() {
    let line = |from: &str, step: MatchMove, to: MatchStage| {
        let who = letters(step.deed());
        format!("{from} | {} | {} | {who}", step.code(), to.code())
    };
    let mut arrows: Vec<String> = MatchMove::BEGINNINGS
        .into_iter()
        .map(|(step, to)| line("-", step, to))
        .collect();
    for from in MatchStage::ALL {
        for step in MatchMove::ALL {
            arrows.extend(from.after(step).map(|to| line(from.code(), step, to)));
        }
    }
    compare(&arrows, &typed("verification_matching"));
}

#[test]
fn a_rebate_claim_walks_the_typed_arrows_and_no_other() {
    use rebate_claim::{Move, Stage};
    let line = |from: &str, step: Move, to: Stage| {
        let who = letters(step.deed());
        format!("{from} | {} | {} | {who}", step.code(), to.code())
    };
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .into_iter()
        .map(|(step, to)| line("-", step, to))
        .collect();
    for from in Stage::ALL {
        for step in Move::ALL {
            arrows.extend(from.after(step).map(|to| line(from.code(), step, to)));
        }
    }
    compare(&arrows, &typed("rebate_claim"));
}
