//! Relays against their typed arrows.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::people::rights::Deed;
use gendan::relay::stage::{Move, Stage};

/// Who does a move: what is heard or passed on we do, heard by a rule the house does; the rest is the other side's word.
fn who(step: Move) -> String {
    let ours = || {
        let grants = step.deed().map(Deed::grants).unwrap_or_default();
        let letters = grants.iter().map(|grant| letter(grant.role).to_string());
        letters.collect::<Vec<_>>().join(" ")
    };
    match step {
        Move::Hear => format!("{} H", ours()),
        Move::PassOn | Move::Withdraw => ours(),
        Move::See | Move::AcknowledgeLine | Move::Answer => "C X W".to_owned(),
        Move::Close => "H".to_owned(),
    }
}

#[test]
fn a_relay_walks_the_typed_arrows_and_no_other() {
    let mut arrows = Vec::new();
    let mut arrow = |from: &str, step: Move, to: Stage| {
        arrows.push(format!(
            "{from} | {} | {} | {}",
            step.code(),
            to.code(),
            who(step)
        ));
    };
    for step in Move::BEGINNINGS {
        arrow("-", step, Stage::Heard);
    }
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                if step.may_wait_for_other_lines() {
                    arrow(stage.code(), step, stage);
                }
                arrow(stage.code(), step, after);
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["relay"]));
}
