//! What is at stake at the gates of this desk: issuing before the terms allow it, sending an outdated paper, letting
//! goods go without a passed inspection.

use super::inspection::{Move as Inspected, show as inspections};
use super::order::Move as Made;
use super::order::find;
use super::order::gate::Hold;
use crate::approvals::Refusal;
use crate::approvals::exception::{Fact, Kind, Say, Stake};
use crate::base::{By, Money, T};
use crate::documents::register;
use crate::orders::Order;
use crate::web::{Error, Result};
use sqlx::PgConnection;
use uuid::Uuid;

fn fact(what: fn(T) -> &'static str, rule: Say, now: Say) -> Fact {
    Fact {
        what: Say::Word(what),
        rule,
        now,
        money: false,
    }
}

/// What one hold asks for beside what is there.
fn held_by(hold: &Hold, received: Money) -> Fact {
    match hold {
        Hold::Money { missing, .. } => Fact {
            money: true,
            ..fact(
                T::exceptions_fact_deposit,
                Say::Amount(Money::new(received.amount + missing, received.currency)),
                Say::Amount(received),
            )
        },
        Hold::Credit => fact(
            T::exceptions_fact_credit,
            Say::Word(T::exceptions_workable),
            Say::Word(T::exceptions_not_workable),
        ),
        Hold::Trust => fact(
            T::exceptions_fact_terms,
            Say::Word(T::exceptions_terms_yes),
            Say::Word(T::exceptions_terms_no),
        ),
    }
}

/// The draft that may not be issued yet, or gives out more than is ordered.
pub async fn production_gate(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    paper: &str,
) -> Result<Stake> {
    let found = find::find(db, by, order.number.as_str(), paper).await?;
    let (paper, papers) = (&found.paper, &found.papers);
    paper.after(Made::OverrideGate)?;
    let checked = find::check(db, order, paper, papers).await?;
    let held = checked.held(paper, papers);
    let holds = held.map_or_else(Vec::new, |held| held.0);
    let over = checked.over(paper);
    let shut = !holds.is_empty() || !over.is_empty();
    let Some(in_force) = checked.in_force.as_ref().filter(|_| shut) else {
        return Err(Refusal::NothingHeld.into());
    };
    let money = |sum| Money::new(sum, in_force.ordered.currency);
    let risk = holds.iter().find_map(|hold| match hold {
        Hold::Money { missing, .. } => Some(money(*missing)),
        Hold::Credit | Hold::Trust => None,
    });
    let received = money(checked.received);
    let mut facts: Vec<Fact> = holds.iter().map(|hold| held_by(hold, received)).collect();
    if !over.is_empty() {
        facts.push(fact(
            T::exceptions_fact_quantity,
            Say::Word(T::exceptions_within_ordered),
            Say::Text(over.join(" · ")),
        ));
    }
    let url = format!("{}/production/{}", order.url(), paper.key);
    Ok(Stake {
        kind: Kind::ProductionGate,
        id: paper.id.0,
        thing: paper.key.to_string(),
        name: paper.name(),
        facts,
        risk,
        due: in_force.ordered.delivery_on,
        authors: paper.authors(),
        act_url: format!("{url}/override"),
        url,
    })
}

/// A paper in force that says what is no longer so.
pub async fn stale_paper(db: &mut PgConnection, order: &Order, id: &str) -> Result<Stake> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let paper = register::papers(db, order.id())
        .await?
        .into_iter()
        .find(|paper| paper.id == id)
        .ok_or(Error::NotFound)?;
    if !paper.is_barred() {
        return Err(Refusal::NothingHeld.into());
    }
    let cause = paper.stale_by.replace("change_order:", "#");
    Ok(Stake {
        kind: Kind::StalePaper,
        id,
        thing: id.to_string(),
        name: paper.name(),
        facts: vec![fact(
            T::exceptions_fact_paper,
            Say::Word(T::exceptions_current),
            Say::Told(T::exceptions_made_stale, cause),
        )],
        risk: None,
        due: None,
        authors: paper.issued_by.into_iter().collect(),
        url: format!("{}/papers", order.url()),
        act_url: format!("{}/papers/{id}/override", order.url()),
    })
}

/// An inspection that is not passed.
pub async fn inspection(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    number: &str,
) -> Result<Stake> {
    let number: i32 = number.parse().map_err(|_| Error::NotFound)?;
    let spot = (order.number.to_string(), number);
    let (_, report) = inspections::find(db, by, &spot).await?;
    if report.stage.after(Inspected::Waive).is_none() {
        return Err(Refusal::NothingHeld.into());
    }
    let mut facts = vec![fact(
        T::exceptions_fact_inspection,
        Say::Word(T::exceptions_passed),
        Say::Text(report.stage.label(T(by.lang)).to_owned()),
    )];
    if !report.rejected().is_empty() {
        facts.push(fact(
            T::exceptions_fact_findings,
            Say::Word(T::exceptions_accepts),
            Say::Told(T::exceptions_rejects, report.rejected_text()),
        ));
    }
    let url = inspections::url(order, number);
    Ok(Stake {
        kind: Kind::Inspection,
        id: report.id,
        thing: number.to_string(),
        name: number.to_string(),
        facts,
        risk: None,
        due: order.terms.delivery_on,
        authors: report.hands().authors,
        act_url: format!("{url}/waiver"),
        url,
    })
}
