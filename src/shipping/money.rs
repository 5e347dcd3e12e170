//! Money 款项: what the payment terms of an order hold back for one shipment.
//!
//! Instalments before production are of the confirmed total, later ones of each shipment; the deposit is credited as the
//! company's rule says (lifecycle 5). So what of the deposit belongs to goods that have not gone is asked for first.

use super::shipment::goods_sql::Standing as Row;
use crate::base::{Currency, Money, T, format};
use crate::orders::Order;
use crate::proforma::terms::{Crediting, Gone, Hold, Plan, Purse, Terms};

impl Row {
    /// Instalments of the confirmed revision; what nobody can read holds everything.
    fn plan(&self, currency: Currency) -> Option<Plan> {
        let sums = (self.total + self.given_up, self.given_up);
        let crediting = Crediting::of(self.deposit_on_last);
        let terms = Terms::from_code(&self.payment).ok()?;
        Some(terms.agreed(&self.instalments, sums, currency, crediting))
    }

    /// All goods that will have gone with this shipment.
    fn gone(&self, currency: Currency) -> Gone {
        Gone {
            value: currency.round(self.gone + self.here),
            last: self.last,
        }
    }

    fn purse(&self) -> Purse {
        Purse {
            received: self.received,
            tolerance: self.tolerance,
        }
    }
}

/// Whether the documents of this order go through a bank.
pub(super) fn through_bank(row: &Row) -> bool {
    Terms::from_code(&row.payment).is_ok_and(|terms| terms.is_through_bank())
}

/// What holds the goods back at the gate; nothing where they may go.
pub(super) fn hold_at_gate(order: &Order, row: &Row) -> Option<Hold> {
    let currency = order.terms.currency;
    let plan = row.plan(currency)?;
    plan.may_ship(row.gone(currency), row.purse()).err()
}

/// What holds the transport document back; nothing where it may be released to the customer.
pub(super) fn hold_at_release(order: &Order, row: &Row) -> Option<Hold> {
    let currency = order.terms.currency;
    let Some(plan) = row.plan(currency) else {
        return Some(Hold::BalanceNotReceived { missing: row.here });
    };
    plan.may_release_originals(row.gone(currency), row.purse())
        .err()
}

/// What is missing, as a person reads it.
pub(super) fn missing(t: T, order: &Order, hold: Hold) -> String {
    match hold {
        Hold::DepositNotReceived { missing }
        | Hold::InstalmentBeforeShipmentNotReceived { missing }
        | Hold::BalanceNotReceived { missing } => format::money(
            t.0,
            Money::new(order.terms.currency.round(missing), order.terms.currency),
        ),
        Hold::BankHandlesDocuments => String::new(),
    }
}
