//! Revisions: an applied change begins the next revision of each order to a factory that makes one of its lines, with the
//! new quantity, packing and day already in it. It is issued like any other: the customer's next paper comes first where
//! more is made than he has confirmed.

use super::thing::ChangeOrder;
use crate::base::{LineId, typed};
use crate::orders::OrderAct;
use crate::orders::amending::Cell;
use crate::production::order::acts;
use crate::production::order::paper::{Given, ProductionOrder, Wording};
use crate::production::order::{Move, Stage};
use crate::web::Result;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// One draft for each order in force that is given one of the lines; a draft that lies there already is changed.
pub(super) async fn open(act: &mut OrderAct, change: &ChangeOrder) -> Result<()> {
    let papers = acts::papers(act).await?;
    let asked = |given: &Given| {
        change
            .lines
            .iter()
            .any(|line| line.order_line == given.line)
    };
    for paper in papers.iter().filter(|paper| paper.stage.in_force()) {
        if !paper.lines.iter().any(asked) {
            continue;
        }
        let draft = papers
            .iter()
            .find(|other| other.key.number == paper.key.number && other.stage == Stage::Draft);
        let base = draft.unwrap_or(paper);
        let lines: Vec<Given> = base
            .lines
            .iter()
            .map(|given| changed(given, &change.cells, makers(&papers, given.line)))
            .collect();
        let wording = reworded(&base.wording, &change.cells);
        if let Some(draft) = draft {
            acts::write(act, draft, (&wording, &lines)).await?;
        } else if paper.after(Move::OpenNextRevision).is_ok() {
            acts::open_next_with(act, paper, (&wording, &lines)).await?;
        }
    }
    Ok(())
}

/// How many factories make this line now.
fn makers(papers: &[ProductionOrder], line: LineId) -> usize {
    let of_line = |paper: &&ProductionOrder| {
        paper.stage.in_force() && paper.lines.iter().any(|given| given.line == line)
    };
    papers.iter().filter(of_line).count()
}

/// The one factory of a line makes the difference too; who of several makes it, the operator says.
fn changed(given: &Given, cells: &[Cell], makers: usize) -> Given {
    let cell = cells
        .iter()
        .find(|cell| cell.line == Some(given.line) && cell.field == "quantity");
    let figures =
        cell.and_then(|cell| Some((typed::figure(&cell.old)?, typed::figure(&cell.new)?)));
    match figures {
        // A draft that has the new quantity already was written with the change in mind.
        Some((old, new)) if makers == 1 && given.quantity != new => Given {
            quantity: (given.quantity + new - old).max(Decimal::ZERO),
            ..given.clone()
        },
        _ => given.clone(),
    }
}

/// Packing and marks as they are now; the factory's day moves by as many days as the customer's.
fn reworded(wording: &Wording, cells: &[Cell]) -> Wording {
    let of = |field: &str| {
        cells
            .iter()
            .find(|cell| cell.line.is_none() && cell.field == field)
    };
    let mut wording = wording.clone();
    if let Some(cell) = of("packing") {
        wording.packing.clone_from(&cell.new);
    }
    if let Some(cell) = of("marks") {
        wording.marks.clone_from(&cell.new);
    }
    if let Some(cell) = of("delivery_on") {
        wording.delivery_on = day_moved(wording.delivery_on, cell);
    }
    wording
}

fn day_moved(own: Option<NaiveDate>, cell: &Cell) -> Option<NaiveDate> {
    let new = typed::day(&cell.new);
    match (own, typed::day(&cell.old), new) {
        (Some(own), Some(old), Some(new)) => own.checked_add_signed(new - old),
        _ => new.or(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(field: &str, old: &str, new: &str) -> Cell {
        Cell {
            line: None,
            field: field.into(),
            old: old.into(),
            new: new.into(),
        }
    }

    #[test]
    fn a_quantity_moves_once_however_it_came_to_the_draft() {
        let line = LineId(uuid::Uuid::from_u128(1));
        let change = |old: &str, new: &str| {
            [Cell {
                line: Some(line),
                ..cell("quantity", old, new)
            }]
        };
        let given = |quantity: i64| Given {
            line,
            quantity: quantity.into(),
            unit_price: None,
            ready: None,
        };
        let after = |had: i64, old: &str, new: &str, makers| {
            changed(&given(had), &change(old, new), makers).quantity
        };
        assert_eq!(after(500, "500", "600", 1), 600.into());
        assert_eq!(after(600, "500", "600", 1), 600.into(), "typed before");
        assert_eq!(after(600, "600", "700", 1), 700.into(), "the second change");
        assert_eq!(after(510, "500", "450", 1), 460.into(), "some to spare");
        assert_eq!(after(250, "500", "600", 2), 250.into(), "one of two");
    }

    #[test]
    fn the_factorys_day_moves_as_far_as_the_customers() {
        let wording = Wording {
            delivery_on: "2026-12-10".parse().ok(),
            packing: "12 pcs a carton".into(),
            ..Wording::default()
        };
        let cells = [
            cell("delivery_on", "2026-12-20", "2026-12-27"),
            cell("packing", "12 pcs a carton", "20 pcs a carton"),
        ];
        let after = reworded(&wording, &cells);
        assert_eq!(after.delivery_on, "2026-12-17".parse().ok());
        assert_eq!(after.packing, "20 pcs a carton");
        assert_eq!(reworded(&wording, &[]), wording);
    }
}
