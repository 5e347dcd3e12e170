//! Hands 经手人 (P10, P16, P17): the one authorisation function against the typed table, for every role in every
//! relation to an order, and for every hand that has been on the thing; by person, never by role.

use crate::support::id;
use gendan::base::{By, Lang, PersonId, Role, Roles, Staff, Who};
use gendan::people::Relation;
use gendan::people::rights::{Deed, Hand, Hands, Verdict, decide};
use std::collections::BTreeMap;

/// A deputy is named for oneself, and a task by hand is of two colleagues: neither is a relation to an order.
const NO_ORDER: [&str; 3] = ["appoint_deputy", "keep_task", "hand_on_task"];

fn by(roles: &[Role]) -> By {
    By {
        who: Who::Staff(Staff {
            id: PersonId(id("me")),
            name_zh: "我".to_owned(),
            name_en: "Me".to_owned(),
            roles: Roles::new(roles.iter().copied()),
            department: None,
            leads: Vec::new(),
            stands_in: Vec::new(),
        }),
        at: chrono::DateTime::UNIX_EPOCH,
        lang: Lang::Zh,
    }
}

/// The typed line of each deed: its grants and its excluded hands.
fn typed() -> BTreeMap<&'static str, (Vec<&'static str>, &'static str)> {
    include_str!("expected/rights.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            (cells[0], (cells[1].split(", ").collect(), cells[2]))
        })
        .collect()
}

fn deeds() -> impl Iterator<Item = Deed> {
    Deed::TABLE
        .iter()
        .flat_map(|(_, deeds)| deeds.iter().copied())
}

/// One of sixteen ways to stand to an order: bits for salesperson, operator, member, lead.
fn relation(bits: u8) -> Relation {
    Relation {
        known: true,
        salesperson: bits & 1 != 0,
        operator: bits & 2 != 0,
        member: bits & 4 != 0,
        led: bits & 8 != 0,
    }
}

fn granted(grants: &[&str], role: Role, stands: Relation) -> bool {
    let letter = match role {
        Role::Salesperson => "S",
        Role::OrderOperator => "O",
        Role::Manager => "M",
        Role::Finance => "F",
        Role::Admin => "A",
    };
    grants.iter().any(|grant| {
        let (who, reach) = grant.split_once(' ').unwrap();
        who == letter
            && match reach {
                "all" => true,
                "department" => stands.member,
                "led" => stands.led,
                _ => match role {
                    Role::Salesperson => stands.salesperson,
                    _ => stands.operator,
                },
            }
    })
}

#[test]
fn every_role_in_every_relation_may_what_is_typed_and_nothing_else() {
    let typed = typed();
    let mut asked = 0;
    for deed in deeds().filter(|deed| !NO_ORDER.contains(&deed.code())) {
        let (grants, never) = &typed[deed.code()];
        for role in Role::ALL {
            for bits in 0..16 {
                let stands = relation(bits);
                let barred = never.contains("operator") && stands.operator
                    || never.contains("not_author")
                    || never.contains("not_submitter");
                let expected = if granted(grants, role, stands) && !barred {
                    Verdict::Allow
                } else {
                    Verdict::Deny
                };
                let verdict = decide(&by(&[role]), &deed.into(), &stands);
                assert_eq!(verdict, expected, "{} {role:?} {stands:?}", deed.code());
                asked += 1;
            }
        }
    }
    assert!(asked > 12_000, "{asked}");
}

#[test]
fn who_may_not_know_the_order_is_told_nothing() {
    let stands = Relation {
        known: false,
        ..relation(15)
    };
    for deed in deeds() {
        let verdict = decide(&by(&Role::ALL), &deed.into(), &stands);
        assert_eq!(verdict, Verdict::Hide, "{}", deed.code());
    }
}

fn hands(hand: Hand, whose: PersonId) -> Hands {
    let mut hands = Hands::default();
    match hand {
        Hand::Author | Hand::NotAuthor => hands.authors = vec![PersonId(id("first")), whose],
        Hand::Requester | Hand::NotSubmitter => hands.requester = Some(whose),
        Hand::Approver => hands.approver = Some(whose),
        Hand::Operator => {}
    }
    hands
}

#[test]
fn nobody_holds_both_sides_whatever_roles_she_has() {
    let (me, other) = (PersonId(id("me")), PersonId(id("other")));
    for deed in deeds().filter(|deed| !deed.never().is_empty()) {
        for hand in deed.never() {
            let stands = relation(if *hand == Hand::Operator { 15 } else { 13 });
            let (barred, free) = match hand {
                Hand::NotAuthor | Hand::NotSubmitter => (other, me),
                _ => (me, other),
            };
            let asked = |whose| decide(&by(&Role::ALL), &deed.of(hands(*hand, whose)), &stands);
            assert_eq!(asked(barred), Verdict::Deny, "{} {hand:?}", deed.code());
            if *hand != Hand::Operator {
                assert_eq!(asked(free), Verdict::Allow, "{} {hand:?}", deed.code());
            }
        }
    }
}

#[test]
fn the_administrator_does_no_deed_of_trade() {
    for (desk, deeds) in Deed::TABLE {
        for deed in *deeds {
            let allowed = (0..16).any(|bits| {
                decide(&by(&[Role::Admin]), &(*deed).into(), &relation(bits)) == Verdict::Allow
            });
            assert!(
                !allowed || ["people", "parties", "tasks"].contains(desk),
                "{}",
                deed.code()
            );
        }
    }
}

#[test]
fn the_house_never_decides_what_a_person_must() {
    let house = By::house(chrono::DateTime::UNIX_EPOCH);
    for deed in deeds() {
        let verdict = decide(&house, &deed.into(), &relation(0));
        let expected = if deed.never().is_empty() {
            Verdict::Allow
        } else {
            Verdict::Deny
        };
        assert_eq!(verdict, expected, "{}", deed.code());
    }
}
