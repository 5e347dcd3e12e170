//! What each field asks for when it changes after the confirmation: whose yes, whose acknowledgement, which papers.
//!
//! The manager is asked where price, quantity, delivery or the terms of trade move; the customer where price, quantity,
//! specification or delivery toward him change; the factory where it makes or packs something else. What the
//! confirmed paper prints leads to its next revision.

use crate::orders::amending::Cell;

/// Answers that a changed field asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a party")]
pub struct Asks {
    pub manager: bool,
    pub customer: bool,
    pub factory: bool,
    /// The customer confirmed what it was.
    pub proforma: bool,
}

#[expect(
    clippy::fn_params_excessive_bools,
    reason = "one answer for each side that is asked"
)]
const fn asks(manager: bool, customer: bool, factory: bool, proforma: bool) -> Asks {
    Asks {
        manager,
        customer,
        factory,
        proforma,
    }
}

/// Columns of a line that a change order offers, in the order of the page.
pub const COLUMNS: [&str; 8] = [
    "description",
    "description_zh",
    "colour",
    "size",
    "quantity",
    "price",
    "cartons",
    "delivery",
];

impl Asks {
    pub fn of(cell: &Cell) -> Self {
        match (cell.line.is_some(), cell.field.as_str()) {
            (true, "quantity" | "delivery") | (false, "delivery_on") => {
                asks(true, true, true, true)
            }
            (true, "price")
            | (false, "currency" | "incoterm" | "place" | "payment" | "tolerance") => {
                asks(true, true, false, true)
            }
            (true, "description" | "colour" | "size") => asks(false, true, true, true),
            (false, "packing" | "marks") => asks(false, false, true, true),
            // The Chinese name and the number of cartons are the factory's.
            _ => asks(false, false, true, false),
        }
    }

    /// What all of them ask for together.
    pub fn all(cells: &[Cell]) -> Self {
        cells
            .iter()
            .map(Self::of)
            .fold(Self::default(), |all, one| Self {
                manager: all.manager || one.manager,
                customer: all.customer || one.customer,
                factory: all.factory || one.factory,
                proforma: all.proforma || one.proforma,
            })
    }
}

/// Printed paths that say what the cell said, as papers are registered.
pub fn paths(cell: &Cell) -> Vec<String> {
    let Some(line) = cell.line else {
        let mut paths = vec![cell.field.clone()];
        if cell.field == "currency" {
            paths.push("total".to_owned());
        }
        return paths;
    };
    let of_line = |column: &str| format!("lines.{line}.{column}");
    let totals = || ["total".to_owned(), "goods_total".to_owned()];
    match cell.field.as_str() {
        "quantity" | "price" => {
            let own = if cell.field == "price" {
                "unit_price"
            } else {
                "quantity"
            };
            let mut paths = vec![of_line(own), of_line("amount")];
            paths.extend(totals());
            paths
        }
        "description" => vec![of_line("description_en")],
        "size" => vec![of_line("sizes")],
        "delivery" => vec![of_line("delivery_on")],
        other => vec![of_line(other)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::LineId;

    fn cell(line: bool, field: &str) -> Cell {
        Cell {
            line: line.then(|| LineId(uuid::Uuid::nil())),
            field: field.into(),
            old: "1".into(),
            new: "2".into(),
        }
    }

    #[test]
    fn a_price_is_between_us_and_the_customer_only() {
        let asked = Asks::of(&cell(true, "price"));
        assert!(asked.manager && asked.customer && asked.proforma && !asked.factory);
        let paths = paths(&cell(true, "price"));
        assert!(paths.iter().any(|path| path.ends_with(".unit_price")));
        assert!(paths.contains(&"total".to_owned()));
    }

    #[test]
    fn cartons_are_the_factorys_alone() {
        assert_eq!(
            Asks::of(&cell(true, "cartons")),
            asks(false, false, true, false)
        );
    }

    #[test]
    fn together_they_ask_for_everything_one_of_them_asks_for() {
        let both = Asks::all(&[cell(true, "price"), cell(false, "packing")]);
        assert_eq!(both, asks(true, true, true, true));
        assert_eq!(Asks::all(&[]), Asks::default());
    }
}
