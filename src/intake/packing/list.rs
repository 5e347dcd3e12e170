//! The rows of a packing list: each a run of cartons, a sum, or a note.

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::grid::number::Sort;
use crate::grid::{Kind, Place};
use crate::intake::columns::Mapping;
use crate::intake::facts::{Collector, Found};
use crate::intake::field::{Field, Per};
use crate::intake::read::{Sheet, Total};
use crate::intake::{RemarkKind, Remarks};

use super::carton::{CartonSize, carton_range, carton_size, last_carton, whole};
use super::{CartonRun, PackingPreview};

/// What the columns themselves give cause to say.
pub(super) fn columns(mapping: &Mapping, remarks: &mut Remarks) {
    if mapping.columns.iter().all(|column| column.field.is_none()) {
        return remarks.blocks(None, RemarkKind::NoHeader);
    }
    let has = |field: Field| mapping.find(&field).is_some();
    let missing = |field: Field| RemarkKind::ColumnMissing { field };
    if !has(Field::CartonNumber) && !has(Field::Cartons) {
        remarks.blocks(None, missing(Field::Cartons));
    }
    if !has(Field::PerCarton) && !has(Field::Quantity) {
        remarks.blocks(None, missing(Field::Quantity));
    }
    let head = mapping.header.map_or(0, |rows| rows.last);
    for column in &mapping.columns {
        if let Some(Field::GrossWeight(Per::Unsaid) | Field::NetWeight(Per::Unsaid)) = column.field
        {
            let header = column.header.clone();
            remarks.asked(
                Place::new(head, column.index),
                RemarkKind::PerCartonAssumed { header },
            );
        }
    }
}

pub(super) struct List<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) runs: Vec<CartonRun>,
    pub(super) cartons: u32,
    /// `None` once a run could not be read.
    pub(super) pieces: Option<Decimal>,
    pub(super) totals: Vec<Total>,
    pub(super) remarks: Remarks,
}

impl List<'_> {
    pub(super) fn row(&mut self, row: u32, facts: &mut Collector<'_>) {
        let grid = self.sheet.grid;
        if grid.filled(row).next().is_none() {
            return;
        }
        if self.sheet.says_total(row) {
            return self.total(row);
        }
        let counted = [Field::Cartons, Field::PerCarton, Field::Quantity]
            .iter()
            .any(|field| {
                self.sheet
                    .place(row, field)
                    .is_some_and(|at| !grid.cell(at).is_empty())
            });
        if counted && self.totals.is_empty() {
            self.run(row);
        } else {
            facts.row(grid, row);
        }
    }

    /// Reads a number of the row and says so when it cannot be read.
    fn number(&mut self, row: u32, field: &Field, sort: Sort) -> Option<Decimal> {
        let number = self
            .sheet
            .place(row, field)
            .and_then(|at| self.sheet.number(at, field, sort))?;
        number.say(&mut self.remarks);
        number.only()
    }

    /// A weight of one carton. Given for the whole row, it is divided by the cartons.
    fn weight(&mut self, row: u32, cartons: u32, field: fn(Per) -> Field) -> Option<Decimal> {
        for per in [Per::Carton, Per::Unsaid] {
            if let Some(value) = self.number(row, &field(per), Sort::Amount) {
                return Some(value);
            }
        }
        let whole = self.number(row, &field(Per::Row), Sort::Amount)?;
        whole
            .checked_div(Decimal::from(cartons))
            // Exact enough that all cartons together weigh again what the row says.
            .map(|value| value.round_dp(12).normalize())
    }

    fn run(&mut self, row: u32) {
        let (range, cartons) = self.cartons(row);
        let per_carton = self.number(row, &Field::PerCarton, Sort::Quantity);
        let remark = self.sheet.text(row, &Field::Remark);
        let said = remark.as_deref().and_then(last_carton);
        let (pieces, last_carton) = self.pieces(row, cartons, per_carton, said);
        let run = CartonRun {
            row: row + 1,
            from: range.map(|(from, _)| from),
            to: range.map(|(_, to)| to),
            item: self.sheet.text(row, &Field::Item),
            description: self.sheet.text(row, &Field::Description),
            colour: self.sheet.text(row, &Field::Colour),
            size: self.sheet.text(row, &Field::Size),
            sizes: self.sizes(row),
            cartons,
            per_carton,
            last_carton,
            pieces,
            gross_weight: self.weight(row, cartons, Field::GrossWeight),
            net_weight: self.weight(row, cartons, Field::NetWeight),
            carton_size: self.carton_size(row),
            shares_carton: self.shares(row, range),
            remark,
        };
        if !run.shares_carton {
            self.cartons = self.cartons.saturating_add(run.cartons);
        }
        self.pieces = self.pieces.and_then(|sum| sum.checked_add(run.pieces?));
        self.runs.push(run);
    }

    /// The carton numbers of a row and how many cartons it has.
    fn cartons(&mut self, row: u32) -> (Option<(u32, u32)>, u32) {
        let stated = self.number(row, &Field::Cartons, Sort::Quantity);
        let range = self.range(row, stated);
        let by_number = range.map(|(from, to)| to - from + 1);
        if let (Some(by_number), Some(stated)) = (by_number, stated)
            && Decimal::from(by_number) != stated
        {
            let at = self.sheet.place(row, &Field::Cartons);
            self.remarks
                .blocks(at, RemarkKind::CartonsDiffer { by_number, stated });
        }
        let cartons = by_number.or_else(|| whole(stated?)).unwrap_or(0);
        if cartons == 0 {
            let number = self.sheet.place(row, &Field::CartonNumber);
            let at = number.or_else(|| self.sheet.place(row, &Field::Cartons));
            self.remarks.blocks(at, RemarkKind::QuantityMissing);
        }
        (range, cartons)
    }

    fn sizes(&mut self, row: u32) -> Vec<(String, Decimal)> {
        let sizes: Vec<(u32, String)> = self
            .sheet
            .mapping
            .sizes()
            .map(|(index, size)| (index, size.to_owned()))
            .collect();
        let mut filled = Vec::new();
        for (index, size) in sizes {
            let field = Field::SizeQuantity(size.clone());
            let Some(number) = self
                .sheet
                .number(Place::new(row, index), &field, Sort::Quantity)
            else {
                continue;
            };
            number.say(&mut self.remarks);
            filled.extend(
                number
                    .only()
                    .filter(|value| !value.is_zero())
                    .map(|value| (size, value)),
            );
        }
        filled
    }

    /// First and last carton number of a row.
    fn range(&mut self, row: u32, stated: Option<Decimal>) -> Option<(u32, u32)> {
        let at = self
            .sheet
            .grid
            .anchor(self.sheet.place(row, &Field::CartonNumber)?);
        let cell = self.sheet.grid.cell(at);
        let text = cell.trimmed().to_owned();
        let range = match cell.kind {
            Kind::Empty => return None,
            Kind::Number(value) => whole(value).map(|number| (number, number)),
            // Excel makes the fifth of January of `1-5`. The number of cartons tells whether it did.
            Kind::Day(day) => {
                let range = (day.month(), day.day());
                let fits =
                    range.0 <= range.1 && stated == Some(Decimal::from(range.1 - range.0 + 1));
                if fits {
                    let (from, to) = range;
                    self.remarks
                        .noted(at, RemarkKind::NumberWasDate { from, to });
                }
                fits.then_some(range)
            }
            _ => carton_range(&text),
        };
        if range.is_none() {
            self.remarks.blocks(
                at,
                RemarkKind::Unreadable {
                    field: Field::CartonNumber,
                    text,
                },
            );
        }
        range
    }

    /// Whether the row packs more into the cartons of the row above.
    fn shares(&mut self, row: u32, range: Option<(u32, u32)>) -> bool {
        let (Some((from, to)), Some(above)) = (range, self.runs.last()) else {
            return false;
        };
        let shares = above.from == Some(from) && above.to == Some(to);
        if shares {
            let at = self.sheet.place(row, &Field::CartonNumber);
            self.remarks.noted(at, RemarkKind::MixedCarton { from, to });
        }
        shares
    }

    /// The pieces of a run and those of a short last carton, compared with what the row states.
    fn pieces(
        &mut self,
        row: u32,
        cartons: u32,
        per: Option<Decimal>,
        said: Option<Decimal>,
    ) -> (Option<Decimal>, Option<Decimal>) {
        let stated = self.number(row, &Field::Quantity, Sort::Quantity);
        let Some(per) = per.filter(|_| cartons > 0) else {
            return (stated, said);
        };
        let full = Decimal::from(cartons).checked_mul(per);
        let before_last = Decimal::from(cartons - 1).checked_mul(per);
        let last = said.filter(|last| *last != per);
        let computed = match (last, before_last) {
            (Some(last), Some(before)) => before.checked_add(last),
            _ => full,
        };
        let (Some(computed), Some(stated)) = (computed, stated) else {
            return (computed.or(stated), last);
        };
        if computed == stated {
            return (Some(stated), last);
        }
        let at = self.sheet.place(row, &Field::Quantity);
        let rest = before_last
            .and_then(|before| stated.checked_sub(before))
            .filter(|rest| *rest > Decimal::ZERO && *rest < per);
        if let (None, Some(pieces)) = (last, rest) {
            self.remarks
                .asked(at, RemarkKind::ShortLastAssumed { pieces });
            return (Some(stated), Some(pieces));
        }
        self.remarks
            .blocks(at, RemarkKind::PiecesDiffer { computed, stated });
        (Some(stated), last)
    }

    fn carton_size(&mut self, row: u32) -> Option<CartonSize> {
        let column = self.sheet.mapping.find(&Field::CartonSize)?;
        let millimetres = column.header.to_lowercase().contains("mm");
        let at = Place::new(row, column.index);
        let text = self.sheet.text(row, &Field::CartonSize)?;
        let size = carton_size(&text, millimetres);
        if size.is_none() {
            self.remarks.asked(
                at,
                RemarkKind::Unreadable {
                    field: Field::CartonSize,
                    text,
                },
            );
        }
        size
    }

    fn total(&mut self, row: u32) {
        let cartons = self.number(row, &Field::Cartons, Sort::Quantity);
        let quantity = self.number(row, &Field::Quantity, Sort::Quantity);
        let mut agrees = None;
        for (field, stated, computed) in [
            (Field::Cartons, cartons, Some(Decimal::from(self.cartons))),
            (Field::Quantity, quantity, self.pieces),
        ] {
            let (Some(stated), Some(computed)) = (stated, computed) else {
                continue;
            };
            agrees = Some(agrees.unwrap_or(true) && stated == computed);
            if stated != computed {
                let at = self.sheet.place(row, &field);
                self.remarks.asked(
                    at,
                    RemarkKind::TotalDiffers {
                        field,
                        computed,
                        stated,
                    },
                );
            }
        }
        self.totals.push(Total {
            row: row + 1,
            quantity,
            amount: None,
            agrees,
        });
    }

    /// Cartons left out or numbered twice between the rows.
    pub(super) fn check_numbers(&mut self) {
        let mut ranges: Vec<(u32, u32, u32)> = self
            .runs
            .iter()
            .filter(|run| !run.shares_carton)
            .filter_map(|run| Some((run.from?, run.to?, run.row)))
            .collect();
        ranges.sort_unstable();
        // Several factories of one order number on from each other, so a list need not begin with 1.
        let Some(&(_, mut reached, _)) = ranges.first() else {
            return;
        };
        let place = |row: u32| self.sheet.place(row - 1, &Field::CartonNumber);
        let mut remarks = Remarks::default();
        for &(from, to, row) in ranges.get(1..).unwrap_or_default() {
            if from > reached + 1 {
                let (from, to) = (reached + 1, from - 1);
                remarks.asked(place(row), RemarkKind::CartonsMissing { from, to });
            } else if from <= reached {
                let to = to.min(reached);
                remarks.blocks(place(row), RemarkKind::CartonsTwice { from, to });
            }
            reached = reached.max(to);
        }
        self.remarks.append(remarks);
    }

    pub(super) fn finish(mut self, collector: Collector<'_>) -> PackingPreview {
        if self.runs.is_empty() {
            self.remarks.blocks(None, RemarkKind::NoLines);
        }
        self.remarks.append(collector.remarks);
        let facts = collector.facts;
        let text = |found: &Option<Found<String>>| found.as_ref().map(|found| found.value.clone());
        PackingPreview {
            // The title of a packing list names who packed.
            factory: text(&facts.supplier).or_else(|| text(&facts.customer)),
            order_number: text(&facts.po_number),
            day: facts.order_day.as_ref().map(|found| found.value),
            facts,
            runs: self.runs,
            cartons: self.cartons,
            pieces: self.pieces.unwrap_or_default(),
            totals: self.totals,
            remarks: self.remarks.sorted(),
        }
    }
}
