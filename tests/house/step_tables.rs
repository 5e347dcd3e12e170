//! Issues, change orders, inspections and shipping against their typed arrows.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::base::Party;
use gendan::people::rights::Deed;

/// The letters of a deed's grants; recorded for an outside party it is that party's act.
fn by_deed(deed: Deed, outside: &str) -> String {
    if deed.code().starts_with("record_") && !outside.is_empty() {
        return outside.to_owned();
    }
    let letters: Vec<String> = deed
        .grants()
        .iter()
        .map(|grant| letter(grant.role).to_string())
        .collect();
    letters.join(" ")
}

#[test]
fn an_issue_walks_the_typed_arrows_and_no_other() {
    use gendan::production::issue::{Move, Stage};
    let who = |step: Move| {
        let own = by_deed(step.deed(), "X");
        if step.is_of_the_factory_too() {
            format!("{own} X")
        } else {
            own
        }
    };
    let mut arrows = vec![format!("- | report | reported | {}", who(Move::Report))];
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                let waits = step.may_wait_for_other_factories().then_some(stage);
                for to in waits.into_iter().chain([after]) {
                    arrows.push(format!(
                        "{} | {} | {} | {}",
                        stage.code(),
                        step.code(),
                        to.code(),
                        who(step)
                    ));
                }
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["issue"]));
}

#[test]
fn a_change_order_walks_the_typed_arrows_and_no_other() {
    use gendan::production::change::{Move, Stage};
    let who = |step: Move| match step {
        // Finance submits and reminds on its own desk only.
        Move::Remind => "S O".to_owned(),
        Move::Agree => by_deed(step.deed(), "C"),
        Move::AcknowledgeLine => by_deed(step.deed(), "X"),
        Move::Refuse => format!(
            "{} {}",
            by_deed(Move::Approve.deed(), ""),
            by_deed(step.deed(), "C X")
        ),
        _ => by_deed(step.deed(), ""),
    };
    let mut arrows = vec![format!("- | raise | raised | {}", who(Move::Raise))];
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(format!(
                    "{} | {} | {} | {}",
                    stage.code(),
                    step.code(),
                    after.code(),
                    who(step)
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["change_order"]));
}

#[test]
fn an_inspection_walks_the_typed_arrows_and_no_other() {
    use gendan::production::inspection::{Move, Stage};
    let who = |step: Move| by_deed(step.deed(), "");
    let mut arrows = vec![format!("- | plan | planned | {}", who(Move::Plan))];
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(format!(
                    "{} | {} | {} | {}",
                    stage.code(),
                    step.code(),
                    after.code(),
                    who(step)
                ));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["inspection"]));
}

/// Letters of who tells it: ours by the rights, an outside party's by its own.
fn told(deed: Deed, told_by: &[Party]) -> String {
    if told_by.is_empty() {
        return "H".to_owned();
    }
    let mut letters = Vec::new();
    for party in told_by {
        match party {
            Party::Us => letters.extend(
                deed.grants()
                    .iter()
                    .map(|grant| letter(grant.role).to_string()),
            ),
            Party::Forwarder => letters.push("W".to_owned()),
            Party::Customer => letters.push("C".to_owned()),
            other => panic!("{other:?} tells nothing of shipping"),
        }
    }
    letters.join(" ")
}

/// The arrows of one document of shipping, whose stage and move have the same shape.
macro_rules! arrows_of {
    ($desk:path) => {{
        use $desk::{Move, Stage};
        let mut arrows = Vec::new();
        let mut arrow = |from: &str, step: Move, to: Stage| {
            let who = told(step.deed(), step.told_by());
            arrows.push(format!("{from} | {} | {} | {who}", step.code(), to.code()));
        };
        for (step, to) in Move::BEGINNINGS {
            arrow("-", step, to);
        }
        for stage in Stage::ALL {
            for step in Move::ALL {
                if let Some(after) = Stage::after(stage, step) {
                    arrow(stage.code(), step, after);
                }
            }
        }
        arrows
    }};
}

#[test]
fn shipping_walks_the_typed_arrows_and_no_other() {
    let typed = sections(TRANSITIONS);
    let code = arrows_of!(gendan::shipping::shipment);
    compare(&code, &owned(&typed["shipment"]));
    let code = arrows_of!(gendan::shipping::loading);
    compare(&code, &owned(&typed["loading"]));
    let code = arrows_of!(gendan::shipping::customs);
    compare(&code, &owned(&typed["customs_declaration"]));
    let code = arrows_of!(gendan::shipping::transport);
    compare(&code, &owned(&typed["transport_document"]));
}
