//! Cancelling 取消: the manager calls an order off. What was on its way falls, who holds a paper is told, money that came in
//! is given back, moved or kept; the order is *cancelling* until all that is done, then the house makes it *cancelled*.
//!
//! Here stands the order's own part. The desks' papers fall by the desks' own acts, which the page across the desks calls
//! one after the other in the same act.

use super::act::OrderAct;
use super::condition::Move;
use super::facts::Facts;
use super::lifecycle::{Condition, Step};
use super::order::Order;
use super::owing::{self, Owed};
use super::sql;
use crate::base::tongues::both;
use crate::base::{FactoryId, Lang, Money, Party, T};
use crate::history::Event;
use crate::people::Deed;
use crate::relay::{self, Addressee};
use crate::web::{Error, Result, Tell};
use sqlx::PgConnection;

/// The rule that makes the relays of a cancellation.
const KIND: &str = "order_cancelled";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Goods are on board and not sold to somebody else.
    Aboard,
    Over(Condition),
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Aboard => t.orders_cancel_aboard().into(),
            Self::Over(condition) => t.orders_not_moving(condition.label(t)),
        }
    }
}

/// Who holds what of this order, and what money came in.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The sides that hold a paper of ours.
    pub holders: Vec<Party>,
    /// Those of them whom no falling paper tells.
    told: Vec<(Party, Vec<Addressee>)>,
    pub aboard: bool,
    /// Allocated to the order and not undone, in its currency.
    pub money: Money,
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub async fn standing(db: &mut PgConnection, order: &Order) -> Result<Standing> {
    let row = sqlx::query!(
        r#"select
               exists (select from proforma_invoice p where p.order_id = o.id and p.sent_at is not null) as "customer!",
               exists (select from sample_note n where n.order_id = o.id and n.sent_at is not null)
                   as "sample!",
               exists (select from production_order p where p.order_id = o.id
                       and p.stage not in ('draft', 'superseded', 'void')) as "making!",
               array(select f.factory from (
                       select n.factory from sample_note n where n.order_id = o.id and n.sent_at is not null
                       union select p.factory from production_order p where p.order_id = o.id and p.stage = 'closed') f
                   where not exists (select from production_order p where p.order_id = o.id
                       and p.factory is not distinct from f.factory
                       and p.stage not in ('draft', 'superseded', 'void', 'closed'))) as "untold!",
               exists (select from shipment h where h.stage not in ('planned', 'cancelled') and exists (
                   select from shipment_line s join order_line l on l.id = s.order_line
                   where s.shipment = h.id and l.order_id = o.id)) as "forwarder!",
               exists (select from shipment h where h.stage in ('departed', 'arrived')
                   and not exists (select from shipment_resale r where r.shipment = h.id) and exists (
                   select from shipment_line s join order_line l on l.id = s.order_line
                   where s.shipment = h.id and l.order_id = o.id)) as "aboard!",
               order_money_in(o.id) as "money!"
           from export_order o where o.id = $1"#,
        order.id().0,
    )
    .fetch_one(db)
    .await?;
    let sides = [
        (row.customer, Party::Customer),
        (row.sample || row.making, Party::Factory),
        (row.forwarder, Party::Forwarder),
    ];
    let mut told: Vec<(Party, Vec<Addressee>)> = Vec::new();
    if row.customer {
        told.push((Party::Customer, vec![Party::Customer.into()]));
    }
    if !row.untold.is_empty() {
        let factories = row.untold.into_iter().map(|id| FactoryId(id).into());
        told.push((Party::Factory, factories.collect()));
    }
    let held = sides.into_iter().filter(|(holds, _)| *holds);
    Ok(Standing {
        told,
        holders: held.map(|(_, side)| side).collect(),
        aboard: row.aboard,
        money: Money::new(row.money, order.terms.currency),
    })
}

/// The act: the order is called off. Its relays are withdrawn, and who holds a paper is owed the cancellation.
pub async fn cancel(act: &mut OrderAct, reason: &str) -> Result<()> {
    act.must(Deed::CancelOrder)?;
    let order = act.order.clone();
    let after = order.condition.after(Move::Cancel);
    let after = after.ok_or(Refusal::Over(order.condition))?;
    let standing = standing(act.tx(), &order).await?;
    if standing.aboard {
        return Err(Refusal::Aboard.into());
    }
    sql::save_condition(act.tx(), order.id(), after, None, reason).await?;
    act.order.condition = after;
    act.happened(&Event::OrderCancelling {
        reason: reason.to_owned(),
    })
    .await?;
    withdraw_relays(act, reason).await?;
    // A factory is told by its production order, a forwarder by its booking: each paper falls by name.
    for whom in standing.told {
        tell(act, whom, order.step).await?;
    }
    Ok(())
}

/// Nothing of what was under way has to be known by anybody any more.
pub(super) async fn withdraw_relays(act: &mut OrderAct, reason: &str) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    for relay in relay::sql::list_for(act.tx(), order).await? {
        if !relay.is_closed() {
            relay::sql::withdraw(act.tx(), relay.id, reason, at).await?;
            let reason = reason.to_owned();
            act.happened(&Event::RelayWithdrawn { reason }).await?;
        }
    }
    Ok(())
}

/// The cancellation in the words of the side that must know it; it says that it has it. Our reason stays in the house.
async fn tell(act: &mut OrderAct, (side, to): (Party, Vec<Addressee>), step: Step) -> Result<()> {
    let lang = if side == Party::Customer {
        Lang::En
    } else {
        Lang::Zh
    };
    let t = T(lang);
    let owed = Owed {
        kind: KIND,
        key: side.code().to_owned(),
        from: Party::Us,
        to,
        step,
        subject: both(|t| t.orders_cancel_subject(&act.order.number)),
        lines: Vec::new(),
        words: t.orders_cancel_words(named(&act.order)),
        lang,
        channel: String::new(),
    };
    owing::owe(act, owed).await?;
    Ok(())
}

/// Our number, and the customer's own where there is one.
fn named(order: &Order) -> String {
    if order.customer_reference.is_empty() {
        order.number.to_string()
    } else {
        format!("{} ({})", order.number, order.customer_reference)
    }
}

/// Whether everything a cancellation asks for is done: everybody knows, and no money of the customer lies here unspoken for.
pub fn is_done(facts: &Facts) -> bool {
    facts.order.condition == Condition::Cancelling
        && facts.relays.is_empty()
        && !facts.order.money_held
}

/// The end of a cancellation; the house's own act.
pub(super) async fn finish(act: &mut OrderAct) -> Result<(), Error> {
    let order = act.order.id();
    sql::end_cancelling(act.tx(), order).await?;
    act.order.condition = Condition::Cancelled;
    act.happened(&Event::OrderCancelled).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::facts::OwedRelay;

    #[test]
    fn a_cancellation_ends_when_everybody_knows_and_no_money_is_left() {
        let mut facts = Facts::default();
        assert!(!is_done(&facts));
        facts.order.condition = Condition::Cancelling;
        assert!(is_done(&facts));
        facts.order.money_held = true;
        assert!(!is_done(&facts));
        facts.order.money_held = false;
        facts.relays.push(OwedRelay::default());
        assert!(!is_done(&facts));
    }
}
