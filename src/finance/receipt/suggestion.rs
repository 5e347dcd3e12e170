//! Suggestion: which order a receipt is probably for, and why we think so.

use super::allocation_sql::Candidate;
use super::record::Receipt;
use crate::base::{Currency, T};
use rust_decimal::Decimal;

/// Why an order is suggested, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The payer's message names the order, and the amount is what is owed.
    NamedAndExact,
    /// The amount is exactly what is owed next.
    Exact,
    /// It is what is owed less what banks may keep.
    LessCharges,
    Named,
    Customer,
}

#[derive(Clone, Debug)]
pub struct Suggestion {
    pub order: String,
    pub customer: String,
    pub title: String,
    /// deposit or balance
    pub part: &'static str,
    /// What is owed next.
    pub due: Decimal,
    /// What of the receipt would go there.
    pub amount: Decimal,
    pub reason: Reason,
}

impl Suggestion {
    /// What would still be missing then.
    pub fn short(&self) -> Decimal {
        self.due - self.amount
    }

    pub fn reason_word(&self, t: T) -> &'static str {
        match self.reason {
            Reason::NamedAndExact => t.receipt_reason_named_exact(),
            Reason::Exact => t.receipt_reason_exact(),
            Reason::LessCharges => t.receipt_reason_less_charges(),
            Reason::Named => t.receipt_reason_named(),
            Reason::Customer => t.receipt_reason_customer(),
        }
    }
}

/// Best first, at most six.
pub(super) fn suggestions(receipt: &Receipt, candidates: Vec<Candidate>) -> Vec<Suggestion> {
    let mut all: Vec<Suggestion> = candidates
        .into_iter()
        .map(|candidate| suggestion(receipt, candidate))
        .collect();
    all.sort_by(|a, b| {
        let gap = |one: &Suggestion| (one.due - receipt.free).abs();
        (a.reason, gap(a), &a.order).cmp(&(b.reason, gap(b), &b.order))
    });
    all.truncate(6);
    all
}

fn suggestion(receipt: &Receipt, candidate: Candidate) -> Suggestion {
    let currency: Currency = receipt.currency;
    let deposit_open = candidate.money_in < candidate.deposit;
    let (part, due) = if deposit_open {
        ("deposit", candidate.deposit - candidate.money_in)
    } else {
        ("balance", candidate.total - candidate.money_in)
    };
    let due = currency.round(due);
    let short = due - receipt.free;
    let exact = short.is_zero();
    let less_charges = short > Decimal::ZERO && short <= candidate.tolerance.max(receipt.charges);
    let reason = match (candidate.named, exact, less_charges) {
        (true, true, _) => Reason::NamedAndExact,
        (_, true, _) => Reason::Exact,
        (_, _, true) => Reason::LessCharges,
        (true, ..) => Reason::Named,
        _ => Reason::Customer,
    };
    Suggestion {
        order: candidate.number,
        customer: candidate.customer,
        title: candidate.title,
        part,
        amount: due.min(receipt.free),
        due,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::Receipt;
    use super::*;
    use chrono::NaiveDate;
    use uuid::Uuid;

    fn receipt(amount: i64, charges: i64) -> Receipt {
        Receipt {
            id: Uuid::nil(),
            number: "R26-0001".into(),
            customer: None,
            customer_code: String::new(),
            customer_name: String::new(),
            received_on: NaiveDate::default(),
            currency: Currency::USD,
            amount: amount.into(),
            charges: charges.into(),
            payer: String::new(),
            account: String::new(),
            bank_reference: String::new(),
            message: String::new(),
            evidence: None,
            recorded_at: None,
            free: amount.into(),
            to_settle: amount.into(),
            version: 1,
        }
    }

    fn candidate(number: &str, total: i64, money_in: i64) -> Candidate {
        Candidate {
            number: number.into(),
            customer: String::new(),
            title: String::new(),
            total: total.into(),
            deposit: (total * 3 / 10).into(),
            money_in: money_in.into(),
            tolerance: 50.into(),
            same_customer: true,
            named: false,
        }
    }

    #[test]
    fn the_amount_that_fits_comes_first_and_the_deposit_before_the_balance() {
        let found = suggestions(
            &receipt(3_000, 0),
            vec![
                candidate("HY26-0001", 20_000, 0),
                candidate("HY26-0002", 10_000, 0),
                candidate("HY26-0003", 4_340, 1_302),
            ],
        );
        let told: Vec<(&str, &str, Reason)> = found
            .iter()
            .map(|one| (one.order.as_str(), one.part, one.reason))
            .collect();
        assert_eq!(
            told,
            [
                ("HY26-0002", "deposit", Reason::Exact),
                ("HY26-0003", "balance", Reason::LessCharges),
                ("HY26-0001", "deposit", Reason::Customer),
            ]
        );
    }

    #[test]
    fn no_more_is_suggested_than_is_there_or_owed() {
        let found = suggestions(
            &receipt(100, 0),
            vec![candidate("A", 50, 15), candidate("B", 10_000, 0)],
        );
        let amounts: Vec<Decimal> = found.iter().map(|one| one.amount).collect();
        assert_eq!(amounts, [Decimal::from(35), Decimal::from(100)]);
    }
}
