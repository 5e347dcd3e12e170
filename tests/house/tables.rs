//! Tables 对照表: rights and transitions of the code against the tables typed by hand for the business to sign.
//!
//! The typed ones are the truth: where they differ from the code, the code is wrong or the trade has changed.

use gendan::base::Role;
use gendan::people::rights::{Deed, Hand, Reach};
use gendan::proforma::{Move, Stage};
use std::collections::BTreeMap;

const RIGHTS: &str = include_str!("expected/rights.txt");
pub(super) const TRANSITIONS: &str = include_str!("expected/transitions.txt");

/// Documents whose arrows are compared with their desk's table, here or in the test of their own.
const WRITTEN: &[&str] = &[
    "order",
    "sample_note",
    "parcel",
    "sample_verdict",
    "proforma_invoice",
    "production_order",
    "progress_report",
    "issue",
    "change_order",
    "issued_paper",
    "inspection",
    "shipment",
    "loading",
    "customs_declaration",
    "transport_document",
    "letter_of_credit",
    "credit_amendment",
    "presentation",
    "receipt",
    "allocation",
    "settlement",
    "payable",
    "hand_over",
    "verification_form",
    "verification_matching",
    "rebate_claim",
    "relay",
    // Has no table of moves in the code: `http/arrows.rs` tries its acts one by one.
    "exception",
];

/// Typed documents that wait for their desk.
const NOT_YET: &[&str] = &[];

/// The lines of a typed table, without its remarks.
fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim_end)
        .filter(|line| line.starts_with("## ") || !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The arrows of each document: `from | act | to | who`.
pub(super) fn sections(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in lines(text) {
        match line.strip_prefix("## ") {
            Some(title) => {
                name = title.split(' ').next().unwrap_or(title);
                let known = sections.insert(name, Vec::new());
                assert_eq!(known, None, "{name} stands twice");
            }
            None => sections.get_mut(name).unwrap().push(line),
        }
    }
    sections
}

/// Both sorted, as one list of what is on one side only.
pub(super) fn compare(code: &[String], typed: &[String]) {
    let only = |these: &[String], those: &[String], sign: char| -> Vec<String> {
        these
            .iter()
            .filter(|line| !those.contains(line))
            .map(|line| format!("{sign} {line}"))
            .collect()
    };
    let mut differences = only(typed, code, '-');
    differences.extend(only(code, typed, '+'));
    assert!(
        differences.is_empty(),
        "typed by hand (-) and in the code (+) differ:\n{}",
        differences.join("\n")
    );
    assert_eq!(code.len(), typed.len(), "a line stands twice");
}

pub(super) fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

// --- rights ---

pub(super) const fn letter(role: Role) -> char {
    match role {
        Role::Salesperson => 'S',
        Role::OrderOperator => 'O',
        Role::Manager => 'M',
        Role::Finance => 'F',
        Role::Admin => 'A',
    }
}

const fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Own => "own",
        Reach::Department => "department",
        Reach::Led => "led",
        Reach::All => "all",
    }
}

const fn hand(hand: Hand) -> &'static str {
    match hand {
        Hand::Author => "author",
        Hand::Requester => "requester",
        Hand::Operator => "operator",
        Hand::Approver => "approver",
        Hand::NotAuthor => "not_author",
        Hand::NotSubmitter => "not_submitter",
    }
}

fn right(deed: Deed) -> String {
    let grants: Vec<String> = deed
        .grants()
        .iter()
        .map(|grant| format!("{} {}", letter(grant.role), word(grant.reach)))
        .collect();
    let never: Vec<&str> = deed.never().iter().map(|own| hand(*own)).collect();
    let never = if never.is_empty() {
        "-".to_owned()
    } else {
        never.join(" ")
    };
    format!("{} | {} | {never}", deed.code(), grants.join(", "))
}

#[test]
fn the_rights_are_those_the_business_signed_line_by_line() {
    let mut code = Vec::new();
    for (desk, deeds) in Deed::TABLE {
        code.push(format!("## {desk}"));
        code.extend(deeds.iter().map(|deed| right(*deed)));
    }
    let typed = owned(&lines(RIGHTS));
    compare(&code, &typed);
    assert_eq!(code, typed, "the same lines in another order");
}

// --- transitions ---

/// Who does a move, in the letters of the typed table: a customer's answer is recorded for him, the house has no deed.
fn who(step: Move) -> String {
    let Some(deed) = step.deed() else {
        return "H".to_owned();
    };
    if deed.code().starts_with("record_") {
        return "C".to_owned();
    }
    // Taking back, reminding and taking up again are one deed for all desks; here only those act who may draft.
    let own: Vec<Role> = Deed::DraftProforma
        .grants()
        .iter()
        .map(|grant| grant.role)
        .collect();
    let shared = Deed::TABLE
        .iter()
        .any(|(desk, deeds)| *desk == "approvals" && deeds.contains(&deed));
    let roles = deed.grants().iter().map(|grant| grant.role);
    let letters: Vec<String> = roles
        .filter(|role| !shared || *role == Role::Manager || own.contains(role))
        .map(|role| letter(role).to_string())
        .collect();
    letters.join(" ")
}

fn proforma_arrows() -> Vec<String> {
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
        arrow("-", step, Stage::Draft);
    }
    for stage in Stage::ALL {
        for step in Move::ALL {
            if let Some(after) = stage.after(step) {
                if step.may_wait_for_another_level() {
                    arrow(stage.code(), step, stage);
                }
                arrow(stage.code(), step, after);
            }
        }
    }
    arrows
}

#[test]
fn a_proforma_invoice_walks_the_typed_arrows_and_no_other() {
    let typed = sections(TRANSITIONS);
    compare(&proforma_arrows(), &owned(&typed["proforma_invoice"]));
}

#[test]
fn every_pair_of_stage_and_move_outside_the_table_is_refused() {
    let typed = sections(TRANSITIONS);
    let allowed = |stage: Stage, step: Move| {
        typed["proforma_invoice"]
            .iter()
            .any(|line| line.starts_with(&format!("{} | {} | ", stage.code(), step.code())))
    };
    let mut walked = 0;
    for stage in Stage::ALL {
        for step in Move::ALL {
            let after = stage.after(step);
            assert_eq!(after.is_some(), allowed(stage, step), "{stage:?} {step:?}");
            walked += usize::from(after.is_some());
        }
    }
    assert!(walked > 0, "the table names none of our stages");
}

#[test]
fn every_typed_document_has_a_desk_or_waits_for_one() {
    let written = WRITTEN;
    for name in sections(TRANSITIONS).keys() {
        let waits = NOT_YET.contains(name);
        let has = written.contains(name);
        assert!(
            waits != has,
            "{name}: compare its arrows, or name it in NOT_YET, not both"
        );
    }
    for name in NOT_YET {
        assert!(
            sections(TRANSITIONS).contains_key(name),
            "{name} waits but is not typed"
        );
    }
}

#[test]
fn all_states_and_acts_are_spelled_one_way() {
    for (document, arrows) in sections(TRANSITIONS) {
        for line in arrows {
            let cells: Vec<&str> = line.split(" | ").collect();
            assert_eq!(cells.len(), 4, "{document}: {line}");
            let plain = |cell: &str| cell.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            let fits = (cells[0] == "-" || plain(cells[0])) && plain(cells[1]) && plain(cells[2]);
            let order: Vec<usize> = cells[3]
                .split(' ')
                .map(|letter| "SOMFCXWH".find(letter).unwrap_or(99))
                .collect();
            assert!(
                fits && order.is_sorted() && !order.contains(&99),
                "{document}: {line}"
            );
        }
    }
}
