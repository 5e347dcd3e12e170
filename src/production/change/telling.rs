//! Telling: what each side hears of a change. The factory reads no price, the customer nothing that is the factory's
//! alone; the factory's relay has one line for each line it acknowledges.

use super::fields::Asks;
use super::thing::ChangeOrder;
use crate::base::tongues::both;
use crate::base::{FactoryId, LineId, Party};
use crate::history::event::Change;
use crate::orders::amending::{Cell, name_of};
use crate::orders::lines::Line;
use crate::orders::{OrderAct, Step};
use crate::production::owing::{self, Owed};
use crate::web::Result;

/// A change of goods or terms in the words of the order's history.
pub(super) fn told(goods: &[Line], cell: &Cell) -> Change {
    let place = cell
        .line
        .and_then(|line| goods.iter().position(|held| held.id == line));
    Change {
        field: match place {
            Some(place) => format!("lines.{}.{}", place + 1, cell.field),
            None => cell.field.clone(),
        },
        from: Some(cell.old.clone()).filter(|text| !text.is_empty()),
        to: Some(cell.new.clone()).filter(|text| !text.is_empty()),
    }
}

/// Lines the factory makes or packs otherwise; a change of the terms concerns them all.
pub(super) fn asked_lines(goods: &[Line], cells: &[Cell]) -> Vec<LineId> {
    let factory = |cell: &&Cell| Asks::of(cell).factory;
    let all = cells.iter().filter(factory).any(|cell| cell.line.is_none());
    goods
        .iter()
        .map(|line| line.id)
        .filter(|id| {
            all || cells
                .iter()
                .filter(factory)
                .any(|cell| cell.line == Some(*id))
        })
        .collect()
}

/// What a side is told: only the fields that are its own business. The factory reads no price, the customer nothing that
/// is the factory's alone.
#[expect(
    clippy::too_many_lines,
    reason = "the words of each side in the order they are told"
)]
fn lines_for(change: &ChangeOrder, goods: &[Line], to: Party) -> Vec<String> {
    let t = crate::base::T(if to == Party::Factory {
        crate::base::Lang::Zh
    } else {
        crate::base::Lang::En
    });
    let said = |cell: &Cell| {
        let name = name_of(t, cell.line.is_some(), &cell.field);
        format!("{name}: {} → {}", cell.old, cell.new)
    };
    let own = |cell: &&Cell| {
        let asks = Asks::of(cell);
        if to == Party::Factory {
            asks.factory
        } else {
            asks.customer
        }
    };
    let of_terms: Vec<String> = change
        .cells
        .iter()
        .filter(own)
        .filter(|cell| cell.line.is_none())
        .map(said)
        .collect();
    let of_line = |line: LineId| -> Vec<String> {
        let cells = change.cells.iter().filter(own);
        cells
            .filter(|cell| cell.line == Some(line))
            .map(said)
            .collect()
    };
    if to == Party::Factory {
        // One line of the relay for each line that is acknowledged.
        return change
            .lines
            .iter()
            .map(|asked| {
                let mut parts = of_line(asked.order_line);
                parts.extend(of_terms.clone());
                format!("{} {}", asked.name, parts.join("; "))
            })
            .collect();
    }
    let mut told: Vec<String> = goods
        .iter()
        .filter_map(|line| {
            let parts = of_line(line.id);
            let name = [line.item_no.as_str(), line.colour.as_str()].join(" ");
            (!parts.is_empty()).then(|| format!("{} {}", name.trim(), parts.join("; ")))
        })
        .collect();
    told.extend(of_terms);
    told
}

/// Whose each line of the factory's relay is.
fn makers(change: &ChangeOrder, goods: &[Line], to: Party) -> Vec<Option<FactoryId>> {
    if to != Party::Factory {
        return Vec::new();
    }
    change
        .lines
        .iter()
        .map(|asked| {
            let line = goods.iter().find(|line| line.id == asked.order_line);
            line.and_then(|line| line.factory)
        })
        .collect()
}

pub(super) async fn owe(
    act: &mut OrderAct,
    change: &ChangeOrder,
    goods: &[Line],
    to: Party,
) -> Result<crate::base::RelayId> {
    let lines = lines_for(change, goods, to);
    let (from, lang) = match to {
        Party::Factory => (
            if change.wished_by == "customer" {
                Party::Customer
            } else {
                Party::Us
            },
            "zh-CN",
        ),
        _ => (
            if change.wished_by == "factory" {
                Party::Factory
            } else {
                Party::Us
            },
            "en",
        ),
    };
    let owed = Owed {
        words: lines.join("\n"),
        urgent: false,
        answer_asked: to == Party::Customer,
        step: Step::Production,
        makers: makers(change, goods, to),
        from,
        to: vec![to.into()],
        subject: both(|t| t.changes_title_number(change.number)),
        lang,
        lines,
    };
    Ok(owing::owe(act, owed).await?.0)
}
