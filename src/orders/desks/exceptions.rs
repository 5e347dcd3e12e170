//! What the order reads of exceptions 放行 that were asked of the manager.

use super::super::item_kind::ItemKind;
use super::super::lifecycle::Step;
use super::super::open_items::{OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::{OrderId, Party, PersonId};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// An exception that wants something of somebody.
#[derive(Clone, Debug)]
pub struct Exception {
    pub id: Uuid,
    /// Code of the gate.
    pub gate: String,
    pub name: String,
    pub state: String,
    /// The facts are still those it was asked of.
    pub holds: bool,
    /// Who asked has read the answer.
    pub noted: bool,
    pub requested_by: PersonId,
    pub since: DateTime<Utc>,
}

pub(in crate::orders) async fn load(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Vec<Exception>> {
    Ok(sqlx::query!(
        r#"select a.id, a.subject, coalesce(a.summary ->> 'exception', '') as "name!", a.state,
               a.content_hash = exception_hash(a.subject, a.subject_id) as "holds!",
               a.noted_at is not null as "noted!", a.requested_by, coalesce(a.decided_at, a.requested_at) as "since!"
           from approval a
           where a.order_id = $1 and a.subject like 'exception\_%' and a.used_at is null
               and (a.state in ('open', 'approved') or a.state = 'returned' and a.noted_at is null)
               and not exists (select from approval n where n.subject = a.subject and n.subject_id = a.subject_id
                   and n.requested_at > a.requested_at)
           order by a.requested_at, a.id"#,
        order.0,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| Exception {
        id: row.id,
        gate: row.subject,
        name: row.name,
        state: row.state,
        holds: row.holds,
        noted: row.noted,
        requested_by: PersonId(row.requested_by),
        since: row.since,
    })
    .collect())
}

/// The step at whose gate it was asked.
fn step(facts: &Facts, gate: &str) -> Step {
    match gate {
        "exception_production_gate" => Step::ProductionOrder,
        "exception_inspection" => Step::Production,
        "exception_early_gate_in" => Step::Booking,
        "exception_early_release" | "exception_late_presenting" => Step::ShippingDocuments,
        _ => facts.latches.step(),
    }
}

/// Who uses it: the operator, but a salesperson's own paper, and what finance brings to the bank.
fn user(facts: &Facts, one: &Exception) -> PersonId {
    match one.gate.as_str() {
        "exception_stale_paper" | "exception_late_presenting"
            if one.requested_by != facts.order.salesperson
                || one.gate == "exception_stale_paper" =>
        {
            one.requested_by
        }
        _ => facts.order.operator,
    }
}

/// What stands open because of them.
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    for one in &facts.exceptions {
        let told = |kind, waiting, owner, problem| OpenItem {
            subject: one.id.to_string(),
            quoted: format!("{} {}", one.gate, one.name),
            owner,
            problem,
            ..item(
                facts,
                step(facts, &one.gate),
                kind,
                waiting,
                (one.since, calendar.after_hours(one.since, 4)),
            )
        };
        let asker = one.requested_by;
        match one.state.as_str() {
            "returned" => items.push(told(ItemKind::ReadException, Party::Us, asker, true)),
            _ if !one.holds => {
                items.push(told(ItemKind::AskExceptionAgain, Party::Us, asker, true));
            }
            "open" => {
                let operator = facts.order.operator;
                items.push(told(
                    ItemKind::DecideException,
                    Party::Manager,
                    operator,
                    false,
                ));
            }
            _ => {
                let user = user(facts, one);
                items.push(told(ItemKind::UseException, Party::Us, user, false));
                if user != asker && !one.noted {
                    items.push(told(ItemKind::ReadException, Party::Us, asker, false));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(state: &str, gate: &str, holds: bool, noted: bool) -> Vec<(ItemKind, Party, bool)> {
        let person = |seed| PersonId(Uuid::from_u128(seed));
        let mut facts = Facts::default();
        facts.order.operator = person(1);
        facts.order.salesperson = person(2);
        facts.exceptions = vec![Exception {
            id: Uuid::nil(),
            gate: gate.into(),
            name: "S26-0001".into(),
            state: state.into(),
            holds,
            noted,
            requested_by: person(2),
            since: DateTime::UNIX_EPOCH,
        }];
        let mut found = Vec::new();
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, []);
        items(&facts, &calendar, &mut found);
        found
            .iter()
            .map(|item| (item.kind, item.waiting, item.owner == person(2)))
            .collect()
    }

    #[test]
    fn what_was_asked_waits_for_the_manager_and_what_was_granted_for_who_uses_it() {
        let release = "exception_early_release";
        assert_eq!(
            kinds("open", release, true, false),
            [(ItemKind::DecideException, Party::Manager, false)]
        );
        assert_eq!(
            kinds("approved", release, true, false),
            [
                (ItemKind::UseException, Party::Us, false),
                (ItemKind::ReadException, Party::Us, true),
            ]
        );
        assert_eq!(
            kinds("approved", release, true, true),
            [(ItemKind::UseException, Party::Us, false)]
        );
        assert_eq!(
            kinds("returned", release, false, false),
            [(ItemKind::ReadException, Party::Us, true)]
        );
    }

    #[test]
    fn what_the_facts_have_overtaken_is_asked_again_or_left() {
        for state in ["open", "approved"] {
            assert_eq!(
                kinds(state, "exception_inspection", false, false),
                [(ItemKind::AskExceptionAgain, Party::Us, true)]
            );
        }
        assert_eq!(
            kinds("approved", "exception_stale_paper", true, false),
            [(ItemKind::UseException, Party::Us, true)]
        );
    }
}
