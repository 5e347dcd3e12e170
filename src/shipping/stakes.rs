//! What is at stake at the gates of this desk: goods handed to a carrier, or the transport document out of our hands,
//! before the money is in.

use super::money;
use super::shipment::goods_sql;
use super::shipment::reading;
use super::shipment::record::Shipment;
use super::shipment::stage::Move as Shipped;
use super::transport::{self, Document, Move};
use crate::approvals::Refusal;
use crate::approvals::exception::{self, Basis, Beside, Fact, Kind, Say, Stake};
use crate::base::{By, Money, T};
use crate::orders::{JointAct, Order};
use crate::people::rights::Hands;
use crate::proforma::terms::Hold;
use crate::web::{Error, Result};
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// What each order of the shipment still owes before the gate opens; a bank's own collection is no exception's matter.
async fn owed(db: &mut PgConnection, seen: &reading::Seen) -> Result<(Vec<Fact>, Option<Money>)> {
    let (mut facts, mut risk) = (Vec::new(), None::<Money>);
    for order in &seen.orders {
        let standing = goods_sql::standing(db, order, seen.shipment.id).await?;
        if !seen.shipment.mode.holds_goods() && money::through_bank(&standing) {
            continue;
        }
        let Some(hold) = money::hold_at_release(order, &standing) else {
            continue;
        };
        let missing = match hold {
            Hold::DepositNotReceived { missing }
            | Hold::InstalmentBeforeShipmentNotReceived { missing }
            | Hold::BalanceNotReceived { missing } => missing,
            Hold::BankHandlesDocuments => return Err(Refusal::NothingHeld.into()),
        };
        let currency = order.terms.currency;
        let money = |amount: Decimal| Say::Amount(Money::new(currency.round(amount), currency));
        let sum = risk.map_or(Decimal::ZERO, |risk: Money| risk.amount);
        risk = Some(Money::new(currency.round(sum + missing), currency));
        facts.push(Fact {
            what: Say::Told(T::exceptions_fact_balance, order.number.to_string()),
            rule: money(standing.received + missing),
            now: money(standing.received),
            money: true,
        });
    }
    Ok((facts, risk))
}

/// Before the balance: by `kind` the hand-over of the goods, or the release of their document.
#[expect(
    clippy::too_many_lines,
    reason = "two gates of one question, told beside each other"
)]
pub async fn before_payment(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    (kind, number): (Kind, &str),
) -> Result<Stake> {
    let seen = reading::find(db, by, number).await?;
    let of_it = seen.orders.iter().any(|own| own.number == order.number);
    if !(seen.whole && of_it) {
        return Err(Error::NotFound);
    }
    let shipment = &seen.shipment;
    let (url, act_url, hands) = if kind == Kind::EarlyGateIn {
        shipment.after(Shipped::GateInEarly)?;
        if shipment.mode.holds_goods() {
            return Err(Refusal::NothingHeld.into());
        }
        let act = format!("{}/early-gate-in", shipment.url());
        (shipment.url(), act, shipment.hands())
    } else {
        let document = transport::sql::find(db, shipment.id)
            .await?
            .ok_or(transport::Refusal::NoDocument)?;
        document.after(Move::ReleaseEarly)?;
        let url = format!("{}/transport-document", shipment.url());
        (
            url.clone(),
            format!("{url}/early-release"),
            document.hands(),
        )
    };
    let (facts, risk) = owed(db, &seen).await?;
    if facts.is_empty() {
        return Err(Refusal::NothingHeld.into());
    }
    let Hands { mut authors, .. } = hands;
    // Nobody decides about an order she works, whichever of them it is.
    authors.extend(seen.orders.iter().map(Order::operator));
    Ok(Stake {
        kind,
        id: shipment.id,
        thing: shipment.number.clone(),
        name: shipment.number.clone(),
        facts,
        risk,
        due: if kind == Kind::EarlyGateIn {
            shipment.etd
        } else {
            shipment.eta
        },
        authors,
        url,
        act_url,
    })
}

/// In whose name goods are handed over: before the balance by a manager, or on what the manager granted.
pub(super) async fn handing_over(
    db: &mut PgConnection,
    by: &By,
    orders: &[Order],
    (shipment, step): (&Shipment, Shipped),
) -> Result<Basis> {
    if step == Shipped::GateInEarly {
        let asked = (Kind::EarlyGateIn, shipment.id);
        return exception::basis(db, by, orders, asked, shipment.hands()).await;
    }
    for order in orders {
        order.must(by, step.deed().of(shipment.hands()))?;
    }
    Ok(Basis::Own)
}

/// The same of the transport document.
pub(super) async fn releasing(
    db: &mut PgConnection,
    by: &By,
    orders: &[Order],
    (shipment, document, step): (&Shipment, Option<&Document>, Move),
) -> Result<Basis> {
    let hands = document.map(Document::hands).unwrap_or_default();
    if step == Move::ReleaseEarly {
        let asked = (Kind::EarlyRelease, shipment.id);
        return exception::basis(db, by, orders, asked, hands).await;
    }
    for order in orders {
        order.must(by, step.deed().of(hands.clone()))?;
    }
    Ok(Basis::Own)
}

/// The reason of what only a manager does, with the leave it was done on; nothing of any other act.
pub(super) async fn leave(
    act: &mut JointAct,
    basis: &Basis,
    (early, reason): (bool, &str),
) -> Result<String> {
    if !early {
        return Ok(String::new());
    }
    let orders = act.orders.clone();
    exception::spend(act, &orders, basis).await?;
    Ok(basis.reason(T(act.by.lang), reason))
}

/// What stands beside the gate of a carrier whose waybill does not hold the goods, while the money is not in.
pub(super) async fn beside_the_gate(
    db: &mut PgConnection,
    seen: &reading::Seen,
    (by, t): (By, T),
) -> Result<Option<Beside>> {
    let shipment = &seen.shipment;
    let handed = shipment.stage.after(Shipped::GateInEarly).is_none();
    if handed || shipment.mode.holds_goods() || !seen.whole {
        return Ok(None);
    }
    if owed(db, seen).await?.0.is_empty() {
        return Ok(None);
    }
    let asked = (Kind::EarlyGateIn, shipment.id, shipment.number.as_str());
    exception::beside(db, t, &by, &seen.orders, asked).await
}
