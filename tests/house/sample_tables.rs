//! Tables of the sample desk: the arrows of the note, the parcel and the verdict against those typed by hand.

use crate::tables::{TRANSITIONS, compare, letter, owned, sections};
use gendan::base::Role;
use gendan::people::rights::Deed;
use gendan::samples::{Move, ParcelMove, ParcelStage, Stage, Verdict};

/// Who does a deed; shared ones (withdraw, revise) by the operator who drafts, and the manager.
fn letters(deed: Deed) -> String {
    let shared = Deed::TABLE
        .iter()
        .any(|(desk, deeds)| *desk == "approvals" && deeds.contains(&deed));
    let roles = deed.grants().iter().map(|grant| grant.role);
    let kept = roles.filter(|role| !shared || matches!(role, Role::Manager | Role::OrderOperator));
    kept.map(|role| letter(role).to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

fn note_arrow(from: Option<Stage>, step: Move, to: Stage) -> String {
    let who = match step {
        Move::Acknowledge => "X".to_owned(),
        _ if step.by_house(from) => format!("{} H", letters(step.deed())),
        _ => letters(step.deed()),
    };
    let from = from.map_or("-", Stage::code);
    format!("{from} | {} | {} | {who}", step.code(), to.code())
}

#[test]
fn a_sample_note_walks_the_typed_arrows_and_no_other() {
    let mut arrows: Vec<String> = Move::BEGINNINGS
        .into_iter()
        .map(|step| note_arrow(None, step, Stage::Draft))
        .collect();
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(note_arrow(Some(stage), step, after));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["sample_note"]));
}

#[test]
fn a_parcel_walks_the_typed_arrows_and_no_other() {
    let arrow = |from: &str, step: ParcelMove, to: ParcelStage| {
        let house = if step.is_imported_too() { " H" } else { "" };
        let (act, who) = (step.code(), letters(step.deed()));
        format!("{from} | {act} | {} | {who}{house}", to.code())
    };
    let mut arrows = vec![arrow("-", ParcelMove::Pack, ParcelStage::Packed)];
    for stage in ParcelStage::ALL {
        for step in ParcelMove::ALL {
            if let Some(after) = stage.after(step) {
                arrows.push(arrow(stage.code(), step, after));
            }
        }
    }
    compare(&arrows, &owned(&sections(TRANSITIONS)["parcel"]));
}

#[test]
fn a_sample_is_judged_in_the_typed_ways_and_no_other() {
    assert!(Deed::RecordSampleVerdict.code().starts_with("record_"));
    let arrows = Verdict::ALL
        .map(|verdict| format!("- | {} | {} | C", verdict.act(), verdict.code()))
        .to_vec();
    compare(&arrows, &owned(&sections(TRANSITIONS)["sample_verdict"]));
}
