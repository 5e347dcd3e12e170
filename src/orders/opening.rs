//! Opening 开单: an order file begins, typed by hand, as a repeat of an earlier one, or from a customer's sheet.
//!
//! The number is drawn here, from a counter row locked last; a refused form draws nothing.

use super::act::OrderAct;
use super::lines::{self, Line};
use super::order::TradeTerms;
use super::{keepers_sql, opening_sql, search, sql};
use crate::base::{CustomerId, EntityId, OrderId, PersonId, T};
use crate::history::{Act, Event};
use crate::people::relation::{Keepers, Relation};
use crate::people::rights::{self, Verdict};
use crate::people::{Deed, barring};
use crate::web::{Error, Result, Tell};
use chrono::Datelike;

/// What an order file begins with.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Legal entity that trades; its prefix begins the number.
    pub entity: EntityId,
    pub customer: CustomerId,
    pub salesperson: PersonId,
    pub operator: PersonId,
    pub title: String,
    pub customer_reference: String,
    pub terms: TradeTerms,
    pub lines: Vec<Line>,
    /// The order this one repeats 翻单.
    pub repeat_of: Option<OrderId>,
    /// The order whose lines it takes over 拆单.
    pub split_of: Option<OrderId>,
    /// Name of the customer's sheet it was read from.
    pub source: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Visibility hangs on the salesperson's department.
    SalespersonWithoutDepartment,
    NotASalesperson,
    NotAnOperator,
    CustomerArchived,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::SalespersonWithoutDepartment => t.orders_salesperson_without_department().into(),
            Self::NotASalesperson => t.orders_not_a_salesperson().into(),
            Self::NotAnOperator => t.orders_not_an_operator().into(),
            Self::CustomerArchived => t.orders_customer_archived().into(),
        }
    }
}

/// The act: draws the number, writes head, lines and search text, and hands the open act on the new order back.
pub async fn open(mut act: Act, zone: chrono_tz::Tz, opening: &Opening) -> Result<OrderAct> {
    let by = act.by.clone();
    let keepers = keepers(&mut act, opening).await?;
    let relation = Relation {
        known: true,
        ..Relation::to(&by, &keepers)
    };
    let asked = Deed::OpenOrder.into();
    if rights::decide(&by, &asked, &relation) != Verdict::Allow {
        return Err(barring::refused(&by, &asked, &relation, Some(&keepers)));
    }
    let id = OrderId::fresh(by.at);
    let year = by.at.with_timezone(&zone).year();
    let number = opening_sql::draw_number(act.tx(), opening.entity, year).await?;
    opening_sql::insert(act.tx(), id, &number, &keepers, opening, by.at).await?;
    let reach = crate::people::relation::InReach {
        everything: true,
        ..Default::default()
    };
    let order = sql::lock(act.tx(), &by, &reach, &number)
        .await?
        .ok_or(Error::NotFound)?;
    let mut act = OrderAct::over(act, order, zone);
    lines::write(&mut act, &opening.lines).await?;
    search::write(&mut act, &opening.lines).await?;
    let opened = Event::OrderOpened {
        lines: opening.lines.len(),
        source: opening.source.clone(),
    };
    act.happened(&opened).await?;
    Ok(act)
}

async fn keepers(act: &mut Act, opening: &Opening) -> Result<Keepers> {
    let found = keepers_sql::keepers_for(act.tx(), opening).await?;
    if found.customer_archived {
        return Err(Refusal::CustomerArchived.into());
    }
    if !found.sells {
        return Err(Refusal::NotASalesperson.into());
    }
    if !found.operates {
        return Err(Refusal::NotAnOperator.into());
    }
    let department = found
        .department
        .ok_or(Refusal::SalespersonWithoutDepartment)?;
    Ok(Keepers {
        department,
        salesperson: opening.salesperson,
        operator: opening.operator,
    })
}
