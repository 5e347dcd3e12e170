//! Credit limit 信用额度: what a customer may owe us on trust, asked when the manager says yes to open account or a
//! collection. Over the limit the yes needs words, which stand in the order's history.

mod sql;

use crate::base::{Currency, Money};
use crate::orders::Order;
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;

pub use sql::read;

/// The customer's limit beside what is open and what this order adds, all in the limit's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// None where no limit is on her card.
    pub limit: Option<Decimal>,
    pub currency: Currency,
    /// On trust in her other orders; none where a rate to count it by is missing.
    pub open: Option<Decimal>,
    pub here: Option<Decimal>,
}

impl Limit {
    pub fn money(&self, amount: Decimal) -> Money {
        Money::new(self.currency.round(amount), self.currency)
    }

    pub fn with_this(&self) -> Option<Decimal> {
        self.open.zip(self.here).map(|(open, here)| open + here)
    }

    /// By how much the limit is passed. What cannot be counted for want of a rate counts as passed.
    pub fn over(&self) -> Option<Over> {
        let limit = self.limit?;
        match self.with_this() {
            Some(all) if all <= limit => None,
            Some(all) => Some(Over::By(all - limit)),
            None => Some(Over::Unknown),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    By(Decimal),
    Unknown,
}

/// What the manager is shown, and whether her yes needs words.
pub async fn needs_words(db: &mut PgConnection, order: &Order) -> Result<bool> {
    Ok(read(db, order).await?.over().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_passed_by_what_is_open_and_what_comes() {
        let limit = |open: Option<i64>, here: i64| Limit {
            limit: Some(Decimal::from(50_000)),
            currency: Currency::USD,
            open: open.map(Decimal::from),
            here: Some(Decimal::from(here)),
        };
        assert_eq!(limit(Some(30_000), 20_000).over(), None);
        let over = Some(Over::By(Decimal::from(1)));
        assert_eq!(limit(Some(30_000), 20_001).over(), over);
        assert_eq!(limit(None, 1).over(), Some(Over::Unknown));
        let none = Limit {
            limit: None,
            ..limit(Some(30_000), 90_000)
        };
        assert_eq!(none.over(), None);
    }
}
