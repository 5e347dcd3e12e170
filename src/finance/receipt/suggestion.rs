//! Suggestion: which order a receipt is probably for, there which shipment, and why we think so.

use super::allocation_sql::Candidate;
use super::record::Receipt;
use crate::base::T;
use crate::finance::payments::plan::{self, Deposit};
use crate::proforma::terms::Crediting;
use crate::web::Result;
use rust_decimal::Decimal;

/// Why an order is suggested, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
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
pub(super) struct Suggestion {
    pub order: String,
    pub customer: String,
    pub title: String,
    /// The shipment it pays for; empty for the order as a whole.
    pub shipment: String,
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
    pub(super) fn short(&self) -> Decimal {
        self.due - self.amount
    }

    pub(super) fn reason_word(&self, t: T) -> &'static str {
        match self.reason {
            Reason::NamedAndExact => t.receipt_reason_named_exact(),
            Reason::Exact => t.receipt_reason_exact(),
            Reason::LessCharges => t.receipt_reason_less_charges(),
            Reason::Named => t.receipt_reason_named(),
            Reason::Customer => t.receipt_reason_customer(),
        }
    }
}

/// One shipment of a candidate.
#[derive(serde::Deserialize)]
struct Carried {
    number: String,
    value: Decimal,
    /// What came for it by name.
    received: Decimal,
}

/// Best first, at most six.
pub(super) fn suggestions(
    receipt: &Receipt,
    candidates: Vec<Candidate>,
) -> Result<Vec<Suggestion>> {
    let mut all = Vec::new();
    for candidate in candidates {
        let claims = claims(receipt, &candidate)?;
        let told = claims
            .into_iter()
            .map(|claim| suggestion(receipt, &candidate, claim));
        all.extend(told);
    }
    all.sort_by(|a, b| {
        let gap = |one: &Suggestion| (one.due - receipt.free).abs();
        (a.reason, gap(a), &a.order).cmp(&(b.reason, gap(b), &b.order))
    });
    all.truncate(6);
    Ok(all)
}

/// What an order is owed: the shipment (or none), deposit or balance, how much.
type Claim = (String, &'static str, Decimal);

/// The deposit while it is open; then what each shipment lacks, and the whole rest where that is something else.
fn claims(receipt: &Receipt, candidate: &Candidate) -> Result<Vec<Claim>> {
    if candidate.money_in < candidate.deposit {
        let due = candidate.deposit - candidate.money_in;
        return Ok(vec![(String::new(), "deposit", due)]);
    }
    let rest = candidate.total - candidate.money_in;
    let carried: Vec<Carried> = serde_json::from_value(candidate.shipments.clone())?;
    let values: Vec<Decimal> = carried.iter().map(|one| one.value).collect();
    let deposit = Deposit {
        paid: candidate.deposit_in,
        total: candidate.agreed,
        shipped_out: candidate.shipped_out,
        crediting: Crediting::of(candidate.on_last),
    };
    let dues: Vec<(Decimal, Decimal)> = carried
        .iter()
        .zip(deposit.credited(&values, receipt.currency))
        .map(|(one, credited)| ((one.value - credited).max(Decimal::ZERO), one.received))
        .collect();
    let received = plan::spread(&dues, candidate.unnamed);
    let mut claims: Vec<Claim> = carried
        .into_iter()
        .zip(dues.iter().zip(received))
        .map(|(one, ((due, _), received))| (one.number, "balance", (due - received).min(rest)))
        .filter(|(.., due)| *due > Decimal::ZERO)
        .collect();
    if !claims.iter().any(|(.., due)| *due == rest) {
        claims.push((String::new(), "balance", rest));
    }
    Ok(claims)
}

fn suggestion(
    receipt: &Receipt,
    candidate: &Candidate,
    (shipment, part, due): Claim,
) -> Suggestion {
    let due = receipt.currency.round(due);
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
        order: candidate.number.clone(),
        customer: candidate.customer.clone(),
        title: candidate.title.clone(),
        shipment,
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
    use crate::base::Currency;
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
            deposit_in: money_in.into(),
            unnamed: Decimal::ZERO,
            agreed: total.into(),
            shipped_out: false,
            on_last: false,
            shipments: serde_json::json!([]),
            tolerance: 50.into(),
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
        )
        .unwrap();
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
        )
        .unwrap();
        let amounts: Vec<Decimal> = found.iter().map(|one| one.amount).collect();
        assert_eq!(amounts, [Decimal::from(35), Decimal::from(100)]);
    }

    #[test]
    fn each_shipment_asks_for_its_own_and_the_whole_rest_stands_beside_them() {
        let two = Candidate {
            shipments: serde_json::json!([
                {"number": "S26-0001", "value": "6000", "received": "0"},
                {"number": "S26-0002", "value": "4000", "received": "0"}
            ]),
            ..candidate("A", 10_000, 3_000)
        };
        let told = |amount| {
            let found = suggestions(&receipt(amount, 0), vec![two.clone()]);
            let first = found.unwrap().remove(0);
            (first.shipment, first.due.normalize().to_string())
        };
        assert_eq!(told(4_200), ("S26-0001".into(), "4200".into()));
        assert_eq!(told(2_800), ("S26-0002".into(), "2800".into()));
        assert_eq!(told(7_000), (String::new(), "7000".into()));
    }
}
