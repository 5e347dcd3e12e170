//! Kinship 前单: the approved samples that an order repeats: those of the order it was opened from, or split from.

mod sql;

use super::order::Order;
use crate::base::T;
use crate::web::Result;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// A sample the customer approved before, whose note the repeat is made by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Whose note it is.
    pub order: String,
    pub sample: i32,
    pub round: i32,
    pub given_on: NaiveDate,
    pub with_comments: bool,
}

impl Sealed {
    pub fn url(&self) -> String {
        format!(
            "/orders/{}/samples/{}-{}",
            self.order, self.sample, self.round
        )
    }

    /// `HY26-0100 S1 r2`
    pub fn name(&self) -> String {
        format!("{} S{} r{}", self.order, self.sample, self.round)
    }

    pub fn verdict(&self, t: T) -> &'static str {
        if self.with_comments {
            t.orders_sealed_with_comments()
        } else {
            t.orders_sealed_approved()
        }
    }
}

/// Of the nearest order before this one that has any.
pub async fn sealed(db: &mut PgConnection, order: &Order) -> Result<Vec<Sealed>> {
    let all = sql::sealed(db, order).await?;
    let nearest = all.first().map(|one| one.order.clone());
    Ok(all
        .into_iter()
        .filter(|one| Some(&one.order) == nearest.as_ref())
        .collect())
}
