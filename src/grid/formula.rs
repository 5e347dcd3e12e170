//! Formulas 公式: sums and products of a sheet whose program stored no results.
//!
//! Customers' systems write sheets with formulas and empty results; Excel fills them in when a person opens the file.
//! Read here: `+ - * /`, brackets, cells, `SUM`, `PRODUCT` and `ROUND` over cells of the same sheet. All else stays
//! a formula and is asked.

use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::HashMap;
use std::str::FromStr;

use super::{Cell, Grid, Kind, Place};

const LONGEST: usize = 2_000;
const DEEPEST: u32 = 100;
/// Cells looked at for one sheet: a sheet of sums over sums stays within a second.
const WORK: u32 = 2_000_000;

/// Gives each formula cell its value where it can be had.
pub(super) fn settle(grid: &mut Grid) {
    let places = grid.formulas();
    let mut results = Vec::with_capacity(places.len());
    let mut sheet = Sheet {
        grid,
        known: HashMap::new(),
        work: WORK,
        depth: 0,
    };
    for place in places {
        let worked = sheet.formula(place).ok();
        results.push((place, worked));
    }
    for (place, worked) in results {
        if let Some(cell) = grid.cell_mut(place) {
            let Some(formula) = cell.formula.take() else {
                continue;
            };
            let settled = match chosen(worked, formula.stored) {
                Kind::Number(value) => Cell::number(value),
                Kind::Day(value) => Cell::day(value),
                _ => Cell::formula(&formula.text, formula.stored),
            };
            *cell = Cell {
                formula: Some(formula),
                ..settled
            };
        }
    }
}

/// What the customer saw goes before what we work out, but some programs store 0 for "not worked out yet" and Excel
/// stores 6751.000000000001 for 6751.
fn chosen(worked: Option<Decimal>, stored: Kind) -> Kind {
    match (worked, stored) {
        (Some(worked), Kind::Number(stored)) => {
            let same = worked
                .checked_sub(stored)
                .is_some_and(|apart| apart.abs() < Decimal::new(5, 3));
            Kind::Number(if same || stored.is_zero() {
                worked
            } else {
                stored
            })
        }
        (Some(worked), Kind::Empty) => Kind::Number(worked),
        (_, stored) => stored,
    }
}

/// Why a formula has no value here; the caller only asks, so one word is enough.
struct Unknown;

struct Sheet<'a> {
    grid: &'a Grid,
    /// `None` while a cell is being worked out: meeting it again is a circle.
    known: HashMap<Place, Option<Decimal>>,
    work: u32,
    depth: u32,
}

impl Sheet<'_> {
    fn formula(&mut self, at: Place) -> Result<Decimal, Unknown> {
        if let Some(known) = self.known.get(&at) {
            return known.ok_or(Unknown);
        }
        let grid = self.grid;
        let formula = grid.cell(at).formula.as_deref().ok_or(Unknown)?;
        if formula.text.len() > LONGEST || self.depth > DEEPEST {
            return Err(Unknown);
        }
        self.known.insert(at, None);
        self.depth += 1;
        let mut reader = Reader {
            rest: formula.text.as_str(),
        };
        let value = reader.sum(self).and_then(|value| {
            if reader.at_end() {
                Ok(value)
            } else {
                Err(Unknown)
            }
        });
        self.depth -= 1;
        self.known.insert(at, value.as_ref().ok().copied());
        value
    }

    /// `None` for an empty cell or a text.
    fn cell(&mut self, at: Place) -> Result<Option<Decimal>, Unknown> {
        self.work = self.work.checked_sub(1).ok_or(Unknown)?;
        let grid = self.grid;
        let cell = grid.cell(at);
        if let Some(formula) = cell.formula.as_deref() {
            let worked = self.formula(at).ok();
            return match chosen(worked, formula.stored) {
                Kind::Number(value) => Ok(Some(value)),
                _ => Err(Unknown),
            };
        }
        match cell.kind {
            Kind::Number(value) => Ok(Some(value)),
            Kind::Empty | Kind::Text => Ok(None),
            Kind::Day(_) | Kind::Formula | Kind::Fault => Err(Unknown),
        }
    }

    /// A cell inside a calculation: empty counts as nought, a text does not count at all.
    fn operand(&mut self, at: Place) -> Result<Decimal, Unknown> {
        match self.cell(at)? {
            Some(value) => Ok(value),
            None if self.grid.cell(at).is_empty() => Ok(Decimal::ZERO),
            None => Err(Unknown),
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn at_end(&mut self) -> bool {
        self.rest.trim().is_empty()
    }

    fn take(&mut self, sign: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn sum(&mut self, sheet: &mut Sheet<'_>) -> Result<Decimal, Unknown> {
        let mut value = self.product(sheet)?;
        loop {
            if self.take('+') {
                value = value.checked_add(self.product(sheet)?).ok_or(Unknown)?;
            } else if self.take('-') {
                value = value.checked_sub(self.product(sheet)?).ok_or(Unknown)?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self, sheet: &mut Sheet<'_>) -> Result<Decimal, Unknown> {
        let mut value = self.factor(sheet)?;
        loop {
            if self.take('*') {
                value = value.checked_mul(self.factor(sheet)?).ok_or(Unknown)?;
            } else if self.take('/') {
                value = value.checked_div(self.factor(sheet)?).ok_or(Unknown)?;
            } else {
                return Ok(value);
            }
        }
    }

    fn factor(&mut self, sheet: &mut Sheet<'_>) -> Result<Decimal, Unknown> {
        // Brackets and references share one count: together they are the depth of the stack.
        sheet.depth += 1;
        let value = if sheet.depth > DEEPEST {
            Err(Unknown)
        } else {
            self.one(sheet)
        };
        sheet.depth -= 1;
        value
    }

    fn one(&mut self, sheet: &mut Sheet<'_>) -> Result<Decimal, Unknown> {
        if self.take('-') {
            return Ok(-self.factor(sheet)?);
        }
        if self.take('+') {
            return self.factor(sheet);
        }
        if self.take('(') {
            let value = self.sum(sheet)?;
            return if self.take(')') {
                Ok(value)
            } else {
                Err(Unknown)
            };
        }
        let word = self.word(|c| c.is_ascii_alphanumeric() || c == '$' || c == '.');
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Decimal::from_str(word).map_err(|_| Unknown);
        }
        if self.take('(') {
            return self.function(word, sheet);
        }
        sheet.operand(place(word)?)
    }

    fn function(&mut self, name: &str, sheet: &mut Sheet<'_>) -> Result<Decimal, Unknown> {
        match name.to_ascii_uppercase().as_str() {
            "SUM" => self
                .arguments(sheet)?
                .into_iter()
                .try_fold(Decimal::ZERO, Decimal::checked_add)
                .ok_or(Unknown),
            "PRODUCT" => self
                .arguments(sheet)?
                .into_iter()
                .try_fold(Decimal::ONE, Decimal::checked_mul)
                .ok_or(Unknown),
            "ROUND" => {
                let value = self.sum(sheet)?;
                let places = if self.take(',') {
                    self.word(|c| c.is_ascii_digit())
                } else {
                    ""
                };
                let places: u32 = places.parse().map_err(|_| Unknown)?;
                if !self.take(')') || places > 10 {
                    return Err(Unknown);
                }
                Ok(value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
            }
            _ => Err(Unknown),
        }
    }

    /// Cells, ranges and calculations between the brackets of `SUM`; texts in a range are passed over, as Excel does.
    fn arguments(&mut self, sheet: &mut Sheet<'_>) -> Result<Vec<Decimal>, Unknown> {
        let mut values = Vec::new();
        loop {
            let start = self.rest;
            let first = self.word(|c| c.is_ascii_alphanumeric() || c == '$');
            if self.take(':') {
                let last = place(self.word(|c| c.is_ascii_alphanumeric() || c == '$'))?;
                range(place(first)?, last, sheet, &mut values)?;
            } else {
                self.rest = start;
                values.push(self.sum(sheet)?);
            }
            if self.take(')') {
                return Ok(values);
            }
            if !self.take(',') && !self.take(';') {
                return Err(Unknown);
            }
        }
    }
}

fn range(
    first: Place,
    last: Place,
    sheet: &mut Sheet<'_>,
    values: &mut Vec<Decimal>,
) -> Result<(), Unknown> {
    let bottom = last.row.min(sheet.grid.height());
    let right = last.column.min(sheet.grid.width());
    for row in first.row..=bottom {
        for column in first.column..=right {
            values.extend(sheet.cell(Place::new(row, column))?);
        }
    }
    Ok(())
}

fn place(word: &str) -> Result<Place, Unknown> {
    word.replace('$', "").parse().map_err(|_| Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Origin;

    fn worked(formula: &str) -> Kind {
        let number = |text: &str| Cell::number(text.parse().unwrap());
        let rows = vec![
            vec![
                number("120"),
                number("7.85"),
                Cell::text("6,40"),
                Cell::formula(formula, Kind::Empty),
            ],
            vec![
                number("240"),
                number("9.125"),
                Cell::default(),
                Cell::formula("A1+A2", Kind::Empty),
            ],
        ];
        Grid::new(Origin::Paste, rows, Vec::new())
            .cell(Place::new(0, 3))
            .kind
    }

    #[test]
    fn sums_and_products_are_worked_out_exactly() {
        for (formula, value) in [
            ("A1*B1", "942"),
            ("SUM(A1:A2)*$B$2", "3285"),
            ("=sum(A1,A2,10)", "370"),
            ("D2*2", "720"),
            ("ROUND(B2,2)", "9.13"),
            ("-(A1 - 20)/4+0.5", "-24.5"),
            ("PRODUCT(A1:B1)", "942"),
            ("SUM(A1:C1)", "127.85"),
            ("A1+C2", "120"),
        ] {
            assert_eq!(
                worked(formula),
                Kind::Number(value.parse().unwrap()),
                "{formula}"
            );
        }
    }

    #[test]
    fn anything_else_stays_a_formula() {
        for formula in [
            "A1*C1",
            "VLOOKUP(A1,B:B,1)",
            "Sheet2!A1",
            "D1",
            "D1+1",
            "A1/0",
            "A1:A2",
            "SUM(A1",
            "A1 B1",
            "IF(A1>1,2,3)",
            "",
            "\"x\"",
            "A1%",
            "9999999999999999*9999999999999999*9999999999999",
        ] {
            assert_eq!(worked(formula), Kind::Formula, "{formula}");
        }
        assert_eq!(worked(&"(".repeat(1_500)), Kind::Formula);
        assert_eq!(worked(&"-".repeat(1_500)), Kind::Formula);
    }

    #[test]
    fn a_stored_result_stands_unless_it_is_nought_or_a_rounding_ghost() {
        let number = |text: &str| Kind::Number(text.parse().unwrap());
        let worked = Some("6751".parse().unwrap());
        assert_eq!(chosen(worked, number("6751.000000001")), number("6751"));
        assert_eq!(chosen(worked, number("0")), number("6751"));
        assert_eq!(chosen(worked, number("7000")), number("7000"));
        assert_eq!(chosen(None, number("7000")), number("7000"));
        assert_eq!(chosen(None, Kind::Empty), Kind::Empty);
    }

    #[test]
    fn a_long_chain_and_many_wide_sums_end_in_time() {
        let chain = (0..3_000)
            .map(|row| vec![Cell::formula(&format!("A{}+1", row + 2), Kind::Empty)])
            .collect();
        let grid = Grid::new(Origin::Paste, chain, Vec::new());
        assert_eq!(grid.height(), 3_000);
        let wide = (0..3_000).map(|_| {
            vec![
                Cell::number(Decimal::ONE),
                Cell::formula("SUM(A1:A3000)", Kind::Empty),
            ]
        });
        let grid = Grid::new(Origin::Paste, wide.collect(), Vec::new());
        assert_eq!(
            grid.cell(Place::new(0, 1)).kind,
            Kind::Number(Decimal::from(3_000))
        );
        assert_eq!(grid.cell(Place::new(2_999, 1)).kind, Kind::Formula);
    }
}
