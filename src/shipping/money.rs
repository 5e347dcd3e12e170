//! Money 款项: what the payment terms of an order hold back for one shipment.
//!
//! Instalments before production are of the confirmed total, later ones of each shipment; the deposit is credited pro
//! rata by value (lifecycle 5). So what of the deposit belongs to goods that have not gone is left out first.

use super::shipment::goods_sql::Standing as Row;
use crate::base::{Money, T, format};
use crate::orders::Order;
use crate::proforma::terms::{Hold, Standing, Terms, Trigger};
use rust_decimal::Decimal;

/// The money of one order as this shipment sees it.
fn standing(order: &Order, terms: &Terms, row: &Row) -> Standing {
    let currency = order.terms.currency;
    let gone = row.gone + row.here;
    let ahead: Decimal = terms
        .instalments()
        .iter()
        .filter(|part| part.trigger == Trigger::BeforeProduction)
        .map(|part| part.share)
        .sum();
    // The last shipment takes what is left of the deposit.
    let waiting = if row.last {
        Decimal::ZERO
    } else {
        (row.total - gone).max(Decimal::ZERO) * ahead
    };
    Standing {
        total: currency.round(gone),
        received: (row.received - currency.round(waiting)).max(Decimal::ZERO),
        tolerance: row.tolerance,
        decimals: currency.decimals(),
    }
}

/// Terms of the confirmed revision; what nobody can read holds everything.
fn terms(row: &Row) -> Option<Terms> {
    Terms::from_code(&row.payment).ok()
}

/// Whether the documents of this order go through a bank.
pub(super) fn through_bank(row: &Row) -> bool {
    terms(row).is_some_and(|terms| terms.is_through_bank())
}

/// What holds the goods back at the gate; nothing where they may go.
pub(super) fn hold_at_gate(order: &Order, row: &Row) -> Option<Hold> {
    let terms = terms(row)?;
    terms.may_ship(&standing(order, &terms, row)).err()
}

/// What holds the transport document back; nothing where it may be released to the customer.
pub(super) fn hold_at_release(order: &Order, row: &Row) -> Option<Hold> {
    let Some(terms) = terms(row) else {
        return Some(Hold::BalanceNotReceived { missing: row.here });
    };
    terms
        .may_release_originals(&standing(order, &terms, row))
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
