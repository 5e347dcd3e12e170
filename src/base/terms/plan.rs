//! Plan 收款计划: the instalments of one order with their amounts, and what its shipments call for of each.
//!
//! An instalment before production is of the whole order, later ones of each shipment: of its value comes off what the
//! deposit 定金 has paid of it, and the rest falls on the later instalments as they are to one another. Amounts, not
//! shares, say how they are: after an amendment a paid instalment keeps its amount.

use super::{Hold, Instalment, Planned, Terms, Trigger};
use crate::base::rounding::half_up;
use rust_decimal::Decimal;

/// Which goods the deposit pays for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crediting {
    /// Each shipment its part by value.
    #[default]
    ProRata,
    /// The last ones.
    OnLast,
}

impl Crediting {
    pub fn of(on_last: bool) -> Self {
        if on_last { Self::OnLast } else { Self::ProRata }
    }

    /// What of a deposit is credited to these goods of an order of this total.
    pub fn credited(self, deposit: Decimal, total: Decimal, gone: Gone, decimals: u32) -> Decimal {
        // The last goods take what is left of it.
        if gone.last || gone.value >= total {
            return deposit;
        }
        match self {
            Self::ProRata => half_up(deposit * gone.value / total, decimals).min(deposit),
            Self::OnLast => (deposit - (total - gone.value)).max(Decimal::ZERO),
        }
    }
}

/// Goods that have gone or are about to: their value in all, and that nothing is left to ship after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    pub value: Decimal,
    pub last: bool,
}

/// Money an order has, and how far it may stay behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purse {
    pub received: Decimal,
    pub tolerance: Decimal,
}

impl Purse {
    fn missing_to(self, needed: Decimal) -> Option<Decimal> {
        let missing = needed - self.received;
        (missing > self.tolerance).then_some(missing)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub parts: Vec<Planned>,
    pub total: Decimal,
    pub crediting: Crediting,
    /// Of the currency: 2 for USD, 0 for JPY.
    pub decimals: u32,
}

impl Plan {
    /// What was given up is not asked for: it comes off the last instalment first.
    #[must_use]
    pub fn less(mut self, given_up: Decimal) -> Self {
        let mut left = given_up;
        for part in self.parts.iter_mut().rev() {
            let off = part.amount.min(left).max(Decimal::ZERO);
            part.amount -= off;
            left -= off;
        }
        self.total -= given_up;
        self
    }

    fn sum(&self, of: impl Fn(&Instalment) -> bool) -> Decimal {
        let parts = self.parts.iter().filter(|part| of(&part.instalment));
        parts.map(|part| part.amount).sum()
    }

    /// The instalments that are in, from the first on: money fills them in their order.
    pub fn paid(&self, purse: Purse) -> &[Planned] {
        if purse.received <= Decimal::ZERO {
            return &[];
        }
        let mut due = Decimal::ZERO;
        let count = self.parts.iter().take_while(|part| {
            due += part.amount;
            due <= purse.received + purse.tolerance
        });
        self.parts.get(..count.count()).unwrap_or_default()
    }

    /// The deposit: everything due before production.
    pub fn ahead(&self) -> Decimal {
        self.sum(Instalment::is_ahead)
    }

    pub fn is_through_bank(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| part.instalment.part.is_through_bank())
    }

    /// What of the deposit belongs to these goods.
    pub fn credited(&self, gone: Gone) -> Decimal {
        let (ahead, total) = (self.ahead(), self.total);
        self.crediting.credited(ahead, total, gone, self.decimals)
    }

    /// What of the deposit belongs to goods that are still to come.
    pub fn waiting(&self, gone: Gone) -> Decimal {
        self.ahead() - self.credited(gone)
    }

    /// What these goods call for of the later instalments of a kind.
    pub fn later(&self, gone: Gone, of: impl Fn(&Instalment) -> bool) -> Decimal {
        let all = self.sum(|one| !one.is_ahead());
        if all <= Decimal::ZERO {
            return Decimal::ZERO;
        }
        let rest = (gone.value - self.credited(gone)).max(Decimal::ZERO);
        let asked = self.sum(|one| !one.is_ahead() && of(one));
        half_up(rest * asked / all, self.decimals)
    }

    /// Free when everything due before production is in, or when nothing is.
    pub fn may_release_production(&self, purse: Purse) -> Result<(), Hold> {
        let needed = self.ahead();
        match purse.missing_to(needed) {
            Some(missing) if needed > Decimal::ZERO => Err(Hold::DepositNotReceived { missing }),
            _ => Ok(()),
        }
    }

    /// The goods wait for everything due before they go.
    pub fn may_ship(&self, gone: Gone, purse: Purse) -> Result<(), Hold> {
        let paid = self.credited(gone).min(gone.value);
        let needed = paid + self.later(gone, |one| one.trigger == Trigger::BeforeShipment);
        match purse.missing_to(needed + self.waiting(gone)) {
            Some(missing) if needed > Decimal::ZERO => {
                Err(Hold::InstalmentBeforeShipmentNotReceived { missing })
            }
            _ => Ok(()),
        }
    }

    /// The transport document waits for everything but what falls due after it; a bank keeps it whatever has come.
    pub fn may_release_originals(&self, gone: Gone, purse: Purse) -> Result<(), Hold> {
        if self.is_through_bank() {
            return Err(Hold::BankHandlesDocuments);
        }
        let needed = gone.value - self.later(gone, Instalment::is_on_credit);
        match purse.missing_to(needed + self.waiting(gone)) {
            Some(missing) if needed > Decimal::ZERO => Err(Hold::BalanceNotReceived { missing }),
            _ => Ok(()),
        }
    }
}

impl Terms {
    /// The plan after an amendment: an instalment that is in keeps its amount, as far as the new total reaches; the
    /// difference falls on the others by their shares, and on the last one where all are in.
    #[must_use]
    pub fn amended(&self, paid: &[Planned], total: Decimal, decimals: u32) -> Plan {
        let mut plan = self.plan(total, decimals);
        let alike = |(new, old): &(&Planned, &Planned)| {
            (new.instalment.part, new.instalment.trigger)
                == (old.instalment.part, old.instalment.trigger)
        };
        let kept = plan.parts.iter().zip(paid).take_while(alike).count();
        let kept = kept.min(plan.parts.len().saturating_sub(1));
        let mut left = total;
        for (part, before) in plan.parts.iter_mut().zip(paid).take(kept) {
            part.amount = before.amount.min(left);
            left -= part.amount;
        }
        let open = plan.parts.iter_mut().skip(kept);
        let shares: Decimal = self
            .instalments()
            .iter()
            .skip(kept)
            .map(|one| one.share)
            .sum();
        let (whole, mut last) = (left, None);
        for part in open {
            part.amount = half_up(whole * part.instalment.share / shares, decimals);
            left -= part.amount;
            last = Some(part);
        }
        if let Some(last) = last {
            last.amount += left;
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn amounts(plan: &Plan) -> Vec<String> {
        let parts = plan.parts.iter();
        parts
            .map(|part| part.amount.normalize().to_string())
            .collect()
    }

    fn purse(received: &str) -> Purse {
        Purse {
            received: d(received),
            tolerance: d("50"),
        }
    }

    fn gone(value: &str, last: bool) -> Gone {
        Gone {
            value: d(value),
            last,
        }
    }

    fn after(code: &str, (before, now): (&str, &str), received: &str) -> Vec<String> {
        let terms = Terms::from_code(code).unwrap();
        let before = terms.plan(d(before), 2);
        amounts(&terms.amended(before.paid(purse(received)), d(now), 2))
    }

    #[test]
    fn what_is_paid_stays_as_it_was_and_the_difference_falls_on_the_rest() {
        let thirty = "TT_30_70_COPY";
        assert_eq!(after(thirty, ("10000", "12000"), "3000"), ["3000", "9000"]);
        assert_eq!(after(thirty, ("10000", "8000"), "3000"), ["3000", "5000"]);
        // A bank kept its charges.
        assert_eq!(after(thirty, ("10000", "12000"), "2960"), ["3000", "9000"]);
        // Nothing, or not enough of it, is in.
        assert_eq!(after(thirty, ("10000", "12000"), "0"), ["3600", "8400"]);
        assert_eq!(after(thirty, ("10000", "12000"), "2000"), ["3600", "8400"]);
        // More is in than is owed any more: that is the customer's.
        assert_eq!(after(thirty, ("10000", "2500"), "3000"), ["2500", "0"]);
        // All is in: the difference has no other place than the last.
        assert_eq!(after(thirty, ("10000", "12000"), "10000"), ["3000", "9000"]);
        assert_eq!(after("TT_100_ADV", ("10000", "12000"), "10000"), ["12000"]);
        let three = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|30:BALANCE:BEFORE_SHIPMENT|40:OPEN_ACCOUNT:MATURITY:30:BL_DATE";
        assert_eq!(
            after(three, ("10000", "10700"), "3000"),
            ["3000", "3300", "4400"]
        );
    }

    #[test]
    fn shipments_call_for_the_rest_by_amounts_and_not_by_shares() {
        let terms = Terms::from_code("TT_30_70_COPY").unwrap();
        let plan = terms.amended(terms.plan(d("10000"), 2).paid(purse("3000")), d("12000"), 2);
        assert_eq!(plan.may_release_production(purse("3000")), Ok(()));
        let half = gone("6000", false);
        assert_eq!(plan.credited(half), d("1500"));
        assert_eq!(plan.later(half, |_| true), d("4500"));
        assert_eq!(plan.may_release_originals(half, purse("7500")), Ok(()));
        assert!(plan.may_release_originals(half, purse("7449")).is_err());
    }

    #[test]
    fn the_deposit_is_credited_by_value_or_to_the_last_goods() {
        let plan = |crediting| Plan {
            crediting,
            ..Terms::from_code("TT_30_70_COPY")
                .unwrap()
                .plan(d("10000"), 2)
        };
        let (parts, last) = (plan(Crediting::ProRata), plan(Crediting::OnLast));
        let first = gone("6000", false);
        assert_eq!(
            (parts.credited(first), last.credited(first)),
            (d("1800"), d("0"))
        );
        let more = gone("9000", false);
        assert_eq!(
            (parts.credited(more), last.credited(more)),
            (d("2700"), d("2000"))
        );
        // Short shipped: nothing of it is left waiting.
        let all = gone("9000", true);
        assert_eq!(
            (parts.credited(all), last.credited(all)),
            (d("3000"), d("3000"))
        );
        assert_eq!(parts.may_release_originals(first, purse("7200")), Ok(()));
        assert!(last.may_release_originals(first, purse("7200")).is_err());
        assert_eq!(last.may_release_originals(first, purse("9000")), Ok(()));
    }

    #[test]
    fn what_was_given_up_comes_off_the_last_instalment_first() {
        let plan = Terms::from_code("TT_30_70_COPY")
            .unwrap()
            .plan(d("10000"), 2);
        assert_eq!(amounts(&plan.clone().less(d("1000"))), ["3000", "6000"]);
        assert_eq!(amounts(&plan.less(d("8000"))), ["2000", "0"]);
    }
}
