//! Rows 行别: which row is a line, a sum, a repeated header or a note.

use rust_decimal::Decimal;

use crate::grid::number::Sort;
use crate::grid::{Kind, Place};
use crate::intake::facts::Collector;
use crate::intake::field::{Field, bare};
use crate::intake::{RemarkKind, Remarks};

use super::sheet::Sheet;
use super::{Preview, PreviewLine, Total, head, line};

pub(super) struct Rows<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) facts: Collector<'a>,
    pub(super) lines: Vec<PreviewLine>,
    pub(super) totals: Vec<Total>,
    /// Of all lines so far, and of those since the last row of sums.
    pub(super) all: Sums,
    pub(super) part: Sums,
    pub(super) remarks: Remarks,
}

impl Rows<'_> {
    pub(super) fn row(&mut self, row: u32) {
        let grid = self.sheet.grid;
        if grid.filled(row).next().is_none() {
            return;
        }
        if self.repeats_header(row) {
            let kind = RemarkKind::RepeatedHeader;
            self.remarks.noted(Place::new(row, 0), kind);
        } else if self.is_total(row) {
            self.total(row);
        } else if self.is_line(row) {
            let line = line::read(&self.sheet, row, &mut self.remarks);
            self.repeats_line(&line);
            self.all.add(&line);
            self.part.add(&line);
            self.lines.push(line);
        } else {
            self.note(row);
        }
    }

    fn has(&self, row: u32, field: &Field) -> bool {
        self.sheet.mapping.all(field).any(|column| {
            !self
                .sheet
                .grid
                .cell(Place::new(row, column.index))
                .is_empty()
        })
    }

    fn counts(&self, row: u32) -> bool {
        let sizes = self
            .sheet
            .mapping
            .sizes()
            .any(|(index, _)| !self.sheet.grid.cell(Place::new(row, index)).is_empty());
        sizes || self.has(row, &Field::Quantity)
    }

    fn names_goods(&self, row: u32) -> bool {
        [Field::Item, Field::Description]
            .iter()
            .any(|field| self.sheet.text(row, field).is_some())
    }

    fn repeats_header(&self, row: u32) -> bool {
        let known = |column: u32, text: &str| {
            let head = self
                .sheet
                .mapping
                .columns
                .iter()
                .find(|head| head.index == column);
            head.is_some_and(|head| !text.is_empty() && bare(&head.header) == bare(text))
        };
        let cells: Vec<bool> = self
            .sheet
            .grid
            .filled(row)
            .map(|(at, cell)| known(at.column, cell.trimmed()))
            .collect();
        cells.len() >= 2 && cells.iter().all(|same| *same)
    }

    /// A row that says `TOTAL`, or one of numbers only that equal the sums so far.
    fn is_total(&self, row: u32) -> bool {
        let sheet = &self.sheet;
        if sheet.says_total(row) {
            return true;
        }
        let worded = sheet.grid.filled(row).any(|(_, cell)| {
            cell.kind == Kind::Text && !cell.trimmed().starts_with(|c: char| c.is_ascii_digit())
        });
        if worded || self.names_goods(row) || self.lines.is_empty() {
            return false;
        }
        let (quantity, amount) = self.stated(row);
        let Sums { pieces, money } = self.all;
        (quantity.is_some() || amount.is_some())
            && quantity.is_none_or(|stated| Some(stated) == pieces)
            && amount.is_none_or(|stated| Some(stated) == money)
    }

    /// Quantity and amount of a row of sums; where no quantity column is, the sizes together.
    fn stated(&self, row: u32) -> (Option<Decimal>, Option<Decimal>) {
        let number = |field: &Field, sort| {
            self.sheet
                .place(row, field)
                .and_then(|at| self.sheet.number(at, field, sort)?.only())
        };
        let sizes = || {
            let field = Field::Quantity;
            let found: Vec<Decimal> = self
                .sheet
                .mapping
                .sizes()
                .filter_map(|(index, _)| {
                    self.sheet
                        .number(Place::new(row, index), &field, Sort::Quantity)?
                        .only()
                })
                .collect();
            if found.is_empty() {
                None
            } else {
                found
                    .into_iter()
                    .try_fold(Decimal::ZERO, Decimal::checked_add)
            }
        };
        (
            number(&Field::Quantity, Sort::Quantity).or_else(sizes),
            number(&Field::Amount, Sort::Amount),
        )
    }

    fn is_line(&self, row: u32) -> bool {
        let counted = self.counts(row);
        if !self.totals.is_empty() {
            let labelled = self
                .sheet
                .grid
                .filled(row)
                .next()
                .is_some_and(|(_, cell)| cell.trimmed().ends_with([':', '：']));
            return counted && self.names_goods(row) && !labelled;
        }
        let priced = self.has(row, &Field::UnitPrice) || self.has(row, &Field::Amount);
        // An item with anything beside it and no figures is a line whose quantity was forgotten, not a heading.
        let beside = [
            Field::Description,
            Field::Specification,
            Field::Colour,
            Field::Size,
            Field::Unit,
        ];
        let forgotten =
            self.has(row, &Field::Item) && beside.iter().any(|field| self.has(row, field));
        counted || priced || forgotten
    }

    fn total(&mut self, row: u32) {
        let (quantity, amount) = self.stated(row);
        let mut agrees = None;
        for (field, stated, all, part) in [
            (Field::Quantity, quantity, self.all.pieces, self.part.pieces),
            (Field::Amount, amount, self.all.money, self.part.money),
        ] {
            let (Some(stated), Some(computed)) = (stated, all) else {
                continue;
            };
            let fits = stated == computed || Some(stated) == part;
            agrees = Some(agrees.unwrap_or(true) && fits);
            if !fits {
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
        self.part = Sums::default();
        self.totals.push(Total {
            row: row + 1,
            quantity,
            amount,
            agrees,
        });
    }

    /// Below the table text is expected; between the lines, or with a figure among the quantities, it is pointed at.
    fn note(&mut self, row: u32) {
        let counted = self.counts(row);
        if counted || self.totals.is_empty() {
            let cells = || self.sheet.grid.filled(row);
            let text = cells()
                .map(|(_, cell)| cell.trimmed())
                .collect::<Vec<_>>()
                .join(" ");
            let at = cells().next().map(|(at, _)| at);
            let kind = RemarkKind::TextRow { text };
            if counted || self.has(row, &Field::Item) {
                self.remarks.asked(at, kind);
            } else {
                self.remarks.noted(at, kind);
            }
        }
        self.facts.row(self.sheet.grid, row);
    }

    fn repeats_line(&mut self, line: &PreviewLine) {
        let same = self.lines.iter().rev().take(500).find(|known| {
            known.item == line.item
                && known.description == line.description
                && known.specification == line.specification
                && known.colour == line.colour
                && known.size == line.size
                && known.delivery == line.delivery
        });
        if let Some(known) = same {
            let kind = RemarkKind::SameAsRow { row: known.row };
            self.remarks.asked(Place::new(line.row - 1, 0), kind);
        }
    }

    pub(super) fn finish(mut self, mut named: Vec<String>) -> Preview {
        if self.lines.is_empty() {
            self.remarks.blocks(None, RemarkKind::NoLines);
        } else if self.lines.iter().all(|line| line.unit.is_none()) {
            self.remarks.asked(None, RemarkKind::UnitMissing);
        }
        let mut facts = self.facts.facts;
        self.remarks.append(self.facts.remarks);
        facts.delivery_terms = facts
            .delivery_terms
            .or_else(|| head::terms_of_header(self.sheet.mapping));
        head::parties(&facts, self.sheet.hints, &mut self.remarks);
        named.extend(self.lines.iter().filter_map(|line| line.currency.clone()));
        named.sort();
        named.dedup();
        let currency = head::currency(&named, self.sheet.hints, &mut self.remarks);
        let (quantity, amount) = readable_sums(&self.lines);
        Preview {
            facts,
            currency,
            lines: self.lines,
            totals: self.totals,
            quantity,
            amount,
            remarks: self.remarks.sorted(),
        }
    }
}

/// Pieces and money of those lines that have them.
fn readable_sums(lines: &[PreviewLine]) -> (Decimal, Decimal) {
    let add = |of: fn(&PreviewLine) -> Option<Decimal>| {
        lines
            .iter()
            .filter_map(of)
            .try_fold(Decimal::ZERO, Decimal::checked_add)
            .unwrap_or_default()
    };
    (add(|line| line.quantity), add(|line| line.amount))
}

/// Pieces and money of lines, each only while every line has it.
#[derive(Clone, Copy)]
pub(super) struct Sums {
    pieces: Option<Decimal>,
    money: Option<Decimal>,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            pieces: Some(Decimal::ZERO),
            money: Some(Decimal::ZERO),
        }
    }
}

impl Sums {
    fn add(&mut self, line: &PreviewLine) {
        let add = |sum: Option<Decimal>, value: Option<Decimal>| sum?.checked_add(value?);
        self.pieces = add(self.pieces, line.quantity);
        self.money = add(self.money, line.amount);
    }
}
