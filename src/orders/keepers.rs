//! Keepers 经手人: salesperson, operator and department of an order change here and nowhere else, by the manager.

use super::act::OrderAct;
use super::condition::Move;
use crate::base::{DepartmentId, PersonId, T};
use crate::history::Event;
use crate::history::event::Change;
use crate::history::passing::{Hands, Passed};
use crate::people::Deed;
use crate::people::relation::Keepers;
use crate::web::{Error, Result, Tell};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Salesperson,
    Operator,
    WithoutDepartment,
    /// They keep it already.
    Same,
}

impl Tell for Unfit {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Salesperson => t.orders_not_a_salesperson().into(),
            Self::Operator => t.orders_not_an_operator().into(),
            Self::WithoutDepartment => t.orders_salesperson_without_department().into(),
            Self::Same => t.orders_keepers_same().into(),
        }
    }
}

/// The act: whoever is named takes over. The department is the salesperson's.
pub async fn reassign(
    act: &mut OrderAct,
    salesperson: Option<PersonId>,
    operator: Option<PersonId>,
) -> Result<()> {
    act.must(Deed::ReassignOrder)?;
    act.take(Move::Reassign)?;
    let before = act.order.keepers;
    let mut after = before;
    let mut changes = Vec::new();
    if let Some(id) = salesperson.filter(|id| *id != before.salesperson) {
        let found = find(act, id, "salesperson")
            .await?
            .ok_or(Unfit::Salesperson)?;
        after.department = found.department.ok_or(Unfit::WithoutDepartment)?;
        after.salesperson = id;
        changes.extend(changed(act, "salesperson", before.salesperson, &found.name).await?);
    }
    if let Some(id) = operator.filter(|id| *id != before.operator) {
        let found = find(act, id, "order_operator")
            .await?
            .ok_or(Unfit::Operator)?;
        after.operator = id;
        changes.extend(changed(act, "operator", before.operator, &found.name).await?);
    }
    if changes.is_empty() {
        return Err(Unfit::Same.into());
    }
    save(act, after).await?;
    let passed = Passed {
        order: act.order.number.to_string(),
        from: hands(before),
        to: hands(after),
    };
    act.happened(&Event::OrderReassigned {
        changes,
        passed: Some(passed),
    })
    .await
}

async fn save(act: &mut OrderAct, after: Keepers) -> Result<()> {
    let order = act.order.id();
    sqlx::query!(
        "update export_order set salesperson = $2, operator = $3, department = $4, version = version + 1 where id = $1",
        order.0,
        after.salesperson.0,
        after.operator.0,
        after.department.0,
    )
    .execute(act.tx())
    .await?;
    act.order.keepers = after;
    act.order.version += 1;
    Ok(())
}

const fn hands(keepers: Keepers) -> Hands {
    Hands {
        salesperson: keepers.salesperson,
        operator: keepers.operator,
    }
}

struct Found {
    name: String,
    department: Option<DepartmentId>,
}

/// A colleague who may sign in and holds this role.
async fn find(act: &mut OrderAct, id: PersonId, role: &str) -> Result<Option<Found>> {
    let row = sqlx::query!(
        "select name_zh, department from person where id = $1 and status = 'active' and $2 = any(roles)",
        id.0,
        role,
    )
    .fetch_optional(act.tx())
    .await?;
    Ok(row.map(|row| Found {
        name: row.name_zh,
        department: row.department.map(DepartmentId),
    }))
}

async fn changed(
    act: &mut OrderAct,
    field: &str,
    from: PersonId,
    to: &str,
) -> Result<Option<Change>> {
    let from = sqlx::query_scalar!("select name_zh from person where id = $1", from.0)
        .fetch_optional(act.tx())
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Change::between(field, &from, to))
}
