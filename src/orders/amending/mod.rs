//! Amending: after the customer confirmed, goods and terms change only by a change order, cell by cell; each cell still
//! says what the change order says it was, and no line falls below what is shipped or put on a shipment.

use super::act::OrderAct;
use super::lines::{self, Line};
use super::order::{Order, TradeTerms};
use super::{sheet, terms};
use crate::base::{LineId, T};
use crate::web::{Faults, Fields, Result, Tell};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// One cell, old and new, as the sheet and the header print it; without a line it is of the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub line: Option<LineId>,
    pub field: String,
    pub old: String,
    pub new: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The cell is not what it was when the change was raised.
    Moved {
        of_a_line: bool,
        field: String,
    },
    /// Of this line more is shipped, or stands on a shipment.
    BelowShipped {
        line: usize,
        shipped: Decimal,
    },
    Gone,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Moved { of_a_line, field } => t.orders_amend_moved(name_of(t, *of_a_line, field)),
            Self::BelowShipped { line, shipped } => {
                t.orders_amend_below_shipped(line, shipped.normalize())
            }
            Self::Gone => t.orders_amend_gone().to_owned(),
        }
    }
}

/// The name of a cell's field, in the reader's language.
pub fn name_of(t: T, of_a_line: bool, field: &str) -> &'static str {
    if of_a_line {
        return sheet::column_name(t, field);
    }
    match field {
        "currency" => t.orders_field_currency(),
        "incoterm" => t.orders_field_incoterm(),
        "place" => t.orders_field_place(),
        "payment" => t.orders_field_payment(),
        "tolerance" => t.orders_field_tolerance(),
        "delivery_on" => t.orders_field_delivery_on(),
        "packing" => t.orders_field_packing(),
        _ => t.orders_field_marks(),
    }
}

/// Every cell that differs, lines first.
pub fn differences(
    (goods, terms): (&[Line], &TradeTerms),
    (new_goods, new_terms): (&[Line], &TradeTerms),
) -> Vec<Cell> {
    let spelled = |text: String| text.replace(" · ", ", ");
    let mut cells = Vec::new();
    for new in new_goods {
        let Some(old) = goods.iter().find(|old| old.id == new.id) else {
            continue;
        };
        for ((field, old_value), (_, new_value)) in
            lines::printed(old).into_iter().zip(lines::printed(new))
        {
            if old_value != new_value {
                cells.push(Cell {
                    line: Some(new.id),
                    field: field.to_owned(),
                    old: spelled(old_value),
                    new: spelled(new_value),
                });
            }
        }
    }
    for change in terms::differences(terms, new_terms) {
        cells.push(Cell {
            line: None,
            field: change.field,
            old: change.from.unwrap_or_default(),
            new: change.to.unwrap_or_default(),
        });
    }
    cells
}

/// Goods and terms with these cells in them; refused where a cell is not what it was.
fn with_cells(
    order: &Order,
    goods: &[Line],
    cells: &[Cell],
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(Vec<Line>, TradeTerms)> {
    let mut fields = Fields::default();
    sheet::put(&mut fields, goods);
    terms::put(&mut fields, &order.terms);
    for cell in cells {
        let name = match cell.line {
            Some(line) => {
                let row = goods
                    .iter()
                    .position(|held| held.id == line)
                    .ok_or(Refusal::Gone)?;
                format!("lines[{row}][{}]", cell.field)
            }
            None => cell.field.clone(),
        };
        if fields.get(&name) != cell.old.trim() {
            return Err(Refusal::Moved {
                of_a_line: cell.line.is_some(),
                field: cell.field.clone(),
            }
            .into());
        }
        fields.set(&name, cell.new.clone());
    }
    let (changed, mut faults) = sheet::read_sheet(&fields, || LineId::fresh(at));
    let agreed = terms::read(&fields, &mut faults);
    faults.check()?;
    Ok((changed, agreed))
}

/// Whether these cells could be written now: readable, unmoved, not below what is shipped.
pub async fn check(
    db: &mut PgConnection,
    order: &Order,
    cells: &[Cell],
    at: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let goods = lines::lines(db, order).await?;
    let (changed, _) = with_cells(order, &goods, cells, at)?;
    above_what_is_shipped(db, order, &changed).await
}

/// Writes the cells into goods and terms, with the events of both.
pub async fn amend(act: &mut OrderAct, cells: &[Cell]) -> Result<()> {
    let (order, at) = (act.order.clone(), act.by.at);
    let goods = lines::lines(act.tx(), &order).await?;
    let (changed, agreed) = with_cells(&order, &goods, cells, at)?;
    above_what_is_shipped(act.tx(), &order, &changed).await?;
    if cells.iter().any(|cell| cell.line.is_some()) {
        lines::save(act, order.lines_version, &changed).await?;
        act.order.lines_version += 1;
    }
    if cells.iter().any(|cell| cell.line.is_none()) {
        terms::save(act, order.version, &agreed).await?;
    }
    Ok(())
}

async fn above_what_is_shipped(db: &mut PgConnection, order: &Order, goods: &[Line]) -> Result<()> {
    let shipped = sqlx::query!(
        r#"select l.id, sum(x.quantity) as "quantity!" from order_line l join shipment_line x on x.order_line = l.id
           join shipment s on s.id = x.shipment where l.order_id = $1 and s.stage <> 'cancelled' group by l.id"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    for (place, line) in goods.iter().enumerate() {
        let gone = shipped.iter().find(|row| row.id == line.id.0);
        if let Some(row) = gone.filter(|row| row.quantity > line.quantity) {
            return Err(Refusal::BelowShipped {
                line: place + 1,
                shipped: row.quantity,
            }
            .into());
        }
    }
    Ok(())
}

/// The goods of a form that offers only some columns: the stored sheet with the typed cells laid over it.
pub fn over(
    order: &Order,
    goods: &[Line],
    typed: &Fields,
    columns: &[&str],
    at: chrono::DateTime<chrono::Utc>,
) -> (Vec<Line>, TradeTerms, Faults) {
    let mut fields = Fields::default();
    sheet::put(&mut fields, goods);
    for row in 0..typed.rows("lines") {
        let id = typed.cell("lines", row, "id");
        let Some(place) = goods.iter().position(|line| line.id.to_string() == id) else {
            continue;
        };
        for column in columns {
            let name = format!("lines[{row}][{column}]");
            if typed.has(&name) {
                fields.set(&format!("lines[{place}][{column}]"), typed.get(&name));
            }
        }
    }
    terms::put(&mut fields, &order.terms);
    for name in terms::FIELDS {
        if typed.has(name) {
            fields.set(name, typed.get(name));
        }
    }
    let (changed, mut faults) = sheet::read_sheet(&fields, || LineId::fresh(at));
    let agreed = terms::read(&fields, &mut faults);
    (changed, agreed, faults)
}
