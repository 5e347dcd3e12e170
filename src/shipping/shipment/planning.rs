//! Planning, without HTTP: which goods go together, and none of them beyond what is left of it.

use super::goods_sql;
use super::mode::Mode;
use super::reading::{said, told};
use super::record::Refusal;
use super::sql;
use crate::base::id;
use crate::orders::{JointAct, Order};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::proforma::terms::Terms;
use crate::web::{Error, Result};
use rust_decimal::Decimal;
use uuid::Uuid;

/// What is left to ship of every order held, line by line.
pub async fn rest(act: &mut JointAct) -> Result<Vec<(Uuid, Decimal)>> {
    let mut rest = Vec::new();
    for order in act.orders.clone() {
        for good in goods_sql::shippable(act.tx(), &order, None).await? {
            if !good.offered().is_zero() {
                rest.push((good.line, good.offered()));
            }
        }
    }
    Ok(rest)
}

/// The act: plans a shipment of these lines on the orders held; answers its number.
#[expect(clippy::similar_names, reason = "both are the trade's words")]
pub async fn begin_shipment(
    act: &mut JointAct,
    lines: &[(Uuid, Decimal)],
    mode: Mode,
) -> Result<String> {
    act.must(Deed::PlanShipment)?;
    act.must_move()?;
    together_only(&act.orders)?;
    let year = chrono::Datelike::year(&act.today());
    let number = sql::draw_number(act.tx(), year).await?;
    let shipment = id::fresh(act.by.at);
    sql::insert(act, (shipment, &number), mode).await?;
    let count = write(act, shipment, lines).await?;
    let reach = InReach::of(&act.by);
    let made = sql::find(act.tx(), &reach, &number)
        .await?
        .ok_or(Error::NotFound)?;
    told(act, &made, said!(made, ShipmentPlanned, count)).await?;
    Ok(number)
}

fn through_bank(order: &Order) -> bool {
    Terms::from_code(&order.terms.payment).is_ok_and(|terms| terms.is_through_bank())
}

/// One customer, one department, one currency, one way of paying: one invoice and one set of papers.
fn together_only(all: &[Order]) -> Result<(), Refusal> {
    let Some(first) = all.first() else {
        return Err(Refusal::NothingToShip);
    };
    let odd = all.iter().find(|order| {
        order.customer != first.customer
            || order.keepers.department != first.keepers.department
            || order.terms.currency != first.terms.currency
            // One document cannot go through a bank and to the customer.
            || through_bank(order) != through_bank(first)
    });
    odd.map_or(Ok(()), |order| {
        Err(Refusal::NotTogether {
            order: order.number.to_string(),
        })
    })
}

/// Writes the lines where no one goes over what is left of it; answers how many.
pub(super) async fn write(
    act: &mut JointAct,
    shipment: Uuid,
    lines: &[(Uuid, Decimal)],
) -> Result<usize> {
    if lines.is_empty() {
        return Err(Refusal::NothingToShip.into());
    }
    let mut known = Vec::new();
    for order in act.orders.clone() {
        known.extend(goods_sql::shippable(act.tx(), &order, Some(shipment)).await?);
    }
    let at = act.by.at;
    let mut written = Vec::new();
    for (line, quantity) in lines {
        let good = known
            .iter()
            .find(|good| good.line == *line)
            .ok_or(Error::NotFound)?;
        if *quantity > good.left() {
            return Err(Refusal::TooMuch {
                item: format!("{} {}", good.order_number, good.item_no),
                left: good.left(),
            }
            .into());
        }
        written.push((id::fresh(at), *line, *quantity));
    }
    goods_sql::write_lines(act.tx(), shipment, &written).await?;
    Ok(written.len())
}
