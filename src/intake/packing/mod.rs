//! Packing list 装箱单 of a factory: carton runs with their pieces, weights and sizes.
//!
//! A run is a row: cartons `16-26`, 24 pieces each, the last one short (`末箱20件`). Rows with the same carton numbers are
//! one mixed carton packed with several goods and are counted once. Sums are compared, never believed.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::columns::Mapping;
use super::facts::{Collector, Facts};
use super::read::{Sheet, Total};
use super::{Hints, Remark, Remarks, Severity};
use crate::grid::Grid;

mod carton;
mod list;

use list::List;

pub use carton::CartonSize;

/// Cartons packed alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonRun {
    /// As Excel counts, from 1.
    pub row: u32,
    /// `None` when neither the numbers nor the count could be read.
    pub from: Option<u32>,
    pub to: Option<u32>,
    pub item: Option<String>,
    pub description: Option<String>,
    pub colour: Option<String>,
    pub size: Option<String>,
    /// Sizes beside each other: a carton packed with several sizes.
    pub sizes: Vec<(String, Decimal)>,
    pub cartons: u32,
    pub per_carton: Option<Decimal>,
    /// Pieces of the last carton when it holds fewer.
    pub last_carton: Option<Decimal>,
    pub pieces: Option<Decimal>,
    /// Kilograms of one full carton.
    pub gross_weight: Option<Decimal>,
    pub net_weight: Option<Decimal>,
    pub carton_size: Option<CartonSize>,
    /// Shares its carton with the row above; its cartons are counted there.
    pub shares_carton: bool,
    pub remark: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackingPreview {
    pub facts: Facts,
    /// The factory, from the title or a label.
    pub factory: Option<String>,
    pub order_number: Option<String>,
    pub day: Option<NaiveDate>,
    pub runs: Vec<CartonRun>,
    pub cartons: u32,
    pub pieces: Decimal,
    pub totals: Vec<Total>,
    pub remarks: Vec<Remark>,
}

impl PackingPreview {
    pub fn is_importable(&self) -> bool {
        !self.runs.is_empty()
            && self
                .remarks
                .iter()
                .all(|remark| remark.severity != Severity::Blocks)
    }

    pub fn short_last_cartons(&self) -> usize {
        self.runs
            .iter()
            .filter(|run| run.last_carton.is_some())
            .count()
    }
}

/// Reads the whole list. It never fails: what cannot be read is a remark.
pub fn preview(grid: &Grid, mapping: &Mapping, hints: &Hints) -> PackingPreview {
    let mut facts = Collector::new(hints);
    for row in 0..mapping.header.map_or(0, |rows| rows.first) {
        facts.row(grid, row);
    }
    let order_day = facts.facts.order_day.as_ref().map(|found| found.value);
    let sheet = Sheet {
        grid,
        mapping,
        hints,
        order_day,
        decimals: 2,
        marks: HashMap::new(),
    };
    let mut list = List {
        sheet,
        runs: Vec::new(),
        cartons: 0,
        pieces: Some(Decimal::ZERO),
        totals: Vec::new(),
        remarks: Remarks::default(),
    };
    list::columns(mapping, &mut list.remarks);
    for row in mapping.first_line()..grid.height() {
        list.row(row, &mut facts);
    }
    list.check_numbers();
    list.finish(facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::file::paste;
    use crate::grid::{Cell, Origin};
    use crate::intake::RemarkKind;

    fn read(text: &str) -> PackingPreview {
        let grid = paste(text).unwrap();
        preview(
            &grid,
            &Mapping::guess(&grid),
            &Hints {
                year: 2027,
                ..Hints::default()
            },
        )
    }

    fn kinds(list: &PackingPreview) -> Vec<RemarkKind> {
        list.remarks
            .iter()
            .map(|remark| remark.kind.clone())
            .collect()
    }

    #[test]
    fn a_last_carton_nobody_mentions_is_asked_and_wrong_sums_block() {
        let list = read(
            "箱号\t款号\t箱数\t件/箱\t总件数\n1-3\tA\t3\t24\t60\n4-5\tB\t2\t24\t50\n6-8\tC\t2\t24\t72\n合计\t\t8\t\t182\n",
        );
        let kinds = kinds(&list);
        assert!(kinds.contains(&RemarkKind::ShortLastAssumed { pieces: 12.into() }));
        assert!(kinds.contains(&RemarkKind::PiecesDiffer {
            computed: 48.into(),
            stated: 50.into()
        }));
        assert!(kinds.contains(&RemarkKind::CartonsDiffer {
            by_number: 3,
            stated: 2.into()
        }));
        assert_eq!(
            (list.runs[0].last_carton, list.totals[0].agrees),
            (Some(12.into()), Some(true))
        );
        assert!(!list.is_importable());
    }

    #[test]
    fn mixed_cartons_count_once_and_gaps_and_overlaps_are_seen() {
        let list = read(
            "箱号\t款号\t箱数\t件/箱\n1\tA\t1\t10\n1\tB\t1\t14\n2-4\tA\t3\t24\n6-7\tA\t2\t24\n7-8\tB\t2\t24\n",
        );
        assert_eq!((list.cartons, list.pieces), (8, Decimal::from(192)));
        let kinds = kinds(&list);
        assert!(kinds.contains(&RemarkKind::MixedCarton { from: 1, to: 1 }));
        assert!(kinds.contains(&RemarkKind::CartonsMissing { from: 5, to: 5 }));
        assert!(kinds.contains(&RemarkKind::CartonsTwice { from: 7, to: 7 }));
    }

    #[test]
    fn a_carton_number_that_excel_made_a_date_is_taken_back_when_the_count_agrees() {
        let day = |month, day| Cell::day(NaiveDate::from_ymd_opt(2027, month, day).unwrap());
        let head = ["箱号", "款号", "箱数", "件/箱"].map(Cell::text).to_vec();
        let row = |first, cartons: u32| {
            vec![
                first,
                Cell::text("A"),
                Cell::number(cartons.into()),
                Cell::number(24.into()),
            ]
        };
        let grid = Grid::new(
            Origin::Workbook,
            vec![head, row(day(1, 5), 5), row(day(6, 9), 3)],
            Vec::new(),
        );
        let list = preview(&grid, &Mapping::guess(&grid), &Hints::default());
        assert_eq!(
            (list.runs[0].from, list.runs[0].to, list.runs[1].from),
            (Some(1), Some(5), None)
        );
        assert!(kinds(&list).contains(&RemarkKind::NumberWasDate { from: 1, to: 5 }));
        assert!(!list.is_importable());
    }

    #[test]
    fn an_empty_list_blocks() {
        assert_eq!(
            kinds(&read("a\tb\n1\t2\n")),
            [RemarkKind::NoHeader, RemarkKind::NoLines]
        );
    }
}
