//! Tables of the credits: arrows of the code against those typed by hand.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::credits::amendment::stage::{AmendmentMove, AmendmentStage};
use gendan::credits::presentation::stage::{Move as SetMove, Stage as SetStage};
use gendan::credits::{Move, Stage};
use gendan::people::rights::Deed;

/// Who does it, in the letters of the typed table; without a deed the house does.
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

fn arrow(from: &str, act: &str, to: &str, who: &str) -> String {
    format!("{from} | {act} | {to} | {who}")
}

#[test]
fn a_letter_of_credit_walks_the_typed_arrows_and_no_other() {
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .iter()
        .map(|step| arrow("-", step.code(), "expected", &who(step.deed())))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(arrow(
                    stage.code(),
                    step.code(),
                    after.code(),
                    &who(step.deed()),
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["letter_of_credit"]));
}

#[test]
fn an_amendment_walks_the_typed_arrows_and_no_other() {
    let mut arrows: Vec<String> = AmendmentMove::BEGINNINGS
        .iter()
        .map(|step| arrow("-", step.code(), "received", &who(Some(step.deed()))))
        .collect();
    for stage in AmendmentStage::ALL {
        for step in AmendmentMove::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(arrow(
                    stage.code(),
                    step.code(),
                    after.code(),
                    &who(Some(step.deed())),
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["credit_amendment"]));
}

#[test]
fn a_presentation_walks_the_typed_arrows_and_no_other() {
    let mut arrows: Vec<String> = SetMove::BEGINNINGS
        .iter()
        .map(|step| arrow("-", step.code(), "preparing", &who(Some(step.deed()))))
        .collect();
    for stage in SetStage::ALL {
        for step in SetMove::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(arrow(
                    stage.code(),
                    step.code(),
                    after.code(),
                    &who(Some(step.deed())),
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["presentation"]));
}
