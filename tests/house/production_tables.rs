//! Tables of production: the arrows of a production order and of a progress report against those typed by hand.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::base::Role;
use gendan::people::rights::Deed;
use gendan::production::order::{Move, Stage};
use gendan::production::progress::report;

fn letters(deed: Deed) -> Vec<char> {
    deed.grants()
        .iter()
        .map(|grant| letter(grant.role))
        .collect()
}

/// Who does a move: the house, the factory whose answer is recorded for it, or a colleague; some are said by both.
fn who(step: Move) -> String {
    let Some(deed) = step.deed() else {
        return "H".to_owned();
    };
    if deed.code().starts_with("record_") {
        return "X".to_owned();
    }
    let mut all = letters(deed);
    all.extend(step.higher_deed().map(letters).unwrap_or_default());
    if step.is_said_by_both() {
        all.push('X');
    }
    let all: Vec<String> = all.iter().map(char::to_string).collect();
    all.join(" ")
}

fn arrows() -> Vec<String> {
    let arrow = |from: &str, step: Move, to: Stage| {
        format!("{from} | {} | {} | {}", step.code(), to.code(), who(step))
    };
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .into_iter()
        .map(|step| arrow("-", step, Stage::Draft))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            arrows.extend(stage.after(step).map(|to| arrow(stage.code(), step, to)));
        }
    }
    arrows
}

#[test]
fn a_production_order_walks_the_typed_arrows_and_no_other() {
    compare(
        &arrows(),
        &owned(&sections(TRANSITIONS)["production_order"]),
    );
}

#[test]
fn what_the_manager_alone_accepts_is_the_managers_deed() {
    assert_eq!(
        letters(Deed::ApproveCounterProposal),
        [letter(Role::Manager)]
    );
    assert_eq!(
        Move::Accept.higher_deed(),
        Some(Deed::ApproveCounterProposal)
    );
}

#[test]
fn a_progress_report_is_made_and_has_no_life_of_its_own() {
    let (act, stage) = report::ACT;
    let who: Vec<String> = letters(Deed::ReportProgress)
        .iter()
        .map(char::to_string)
        .collect();
    let arrow = format!("- | {act} | {stage} | {} X", who.join(" "));
    compare(&[arrow], &owned(&sections(TRANSITIONS)["progress_report"]));
}
