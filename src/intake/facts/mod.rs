//! Facts 单头: what stands around the table: order number, dates, parties, terms.
//!
//! A fact is a label with its value in the same cell (`订单号: 4500123987`) or in the next filled cell of the row. Text
//! that is neither stays a note; nothing a customer wrote is lost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::{Hints, RemarkKind, Remarks, Severity};
use crate::grid::day::{self, Custom};
use crate::grid::number;
use crate::grid::{Cell, Grid, Kind, Place};

mod label;
mod terms;

use label::{Label, label, without_titles};
use terms::tolerance;

pub(super) use terms::delivery_terms;
pub use terms::{DeliveryTerms, Tolerance};

/// A value and the cell it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    pub value: T,
    pub at: Place,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub customer: Option<Found<String>>,
    pub supplier: Option<Found<String>>,
    pub po_number: Option<Found<String>>,
    pub order_day: Option<Found<NaiveDate>>,
    pub delivery_day: Option<Found<NaiveDate>>,
    pub currency: Option<Found<String>>,
    pub delivery_terms: Option<Found<DeliveryTerms>>,
    pub payment: Option<Found<String>>,
    pub ship_to: Option<Found<String>>,
    pub loading_port: Option<Found<String>>,
    pub tolerance: Option<Found<Tolerance>>,
    pub packing: Option<Found<String>>,
    pub shipping_mark: Option<Found<String>>,
    pub notes: Vec<Found<String>>,
}

/// Reads facts out of rows and remembers what was doubtful about them.
pub(super) struct Collector<'a> {
    hints: &'a Hints,
    pub(super) facts: Facts,
    pub(super) remarks: Remarks,
}

impl<'a> Collector<'a> {
    pub(super) fn new(hints: &'a Hints) -> Self {
        Self {
            hints,
            facts: Facts::default(),
            remarks: Remarks::default(),
        }
    }

    /// Reads one row that is not a line.
    pub(super) fn row(&mut self, grid: &Grid, row: u32) {
        let mut cells = grid.filled(row).peekable();
        while let Some((at, cell)) = cells.next() {
            let text = cell.trimmed();
            let (head, tail) = match text.split_once([':', '：']) {
                Some((head, tail)) => (head, Some(tail.trim())),
                None => (text, None),
            };
            let Some(label) = label(head).filter(|_| cell.kind == Kind::Text) else {
                // An unknown label keeps its value beside it.
                let value = if text.ends_with([':', '：']) {
                    cells.next_if(|(_, next)| !is_label(next))
                } else {
                    None
                };
                let whole = value.map_or_else(
                    || text.to_owned(),
                    |(_, value)| format!("{text} {}", value.trimmed()),
                );
                self.unlabelled(&whole, at);
                continue;
            };
            match tail {
                Some(tail) if !tail.is_empty() => self.fact(label, &Cell::text(tail), at, text),
                _ => match cells.next_if(|(_, next)| !is_label(next)) {
                    Some((beside, value)) => {
                        self.fact(label, value, beside, &format!("{text} {}", value.trimmed()));
                    }
                    None if tail.is_none() => self.unlabelled(text, at),
                    None => {}
                },
            }
        }
    }

    fn unlabelled(&mut self, text: &str, at: Place) {
        let (rest, titled) = without_titles(text);
        if !titled {
            self.facts.notes.push(Found {
                value: text.to_owned(),
                at,
            });
        } else if !rest.is_empty() && self.facts.customer.is_none() {
            self.facts.customer = Some(Found { value: rest, at });
        }
    }

    fn fact(&mut self, label: Label, cell: &Cell, at: Place, whole: &str) {
        let text = cell.trimmed().to_owned();
        let taken = match label {
            Label::OrderDay => self.day(cell, at, true),
            Label::DeliveryDay => self.day(cell, at, false),
            Label::Terms => self.terms(&text, at),
            Label::Tolerance => put(&mut self.facts.tolerance, tolerance(&text), at),
            Label::Currency => {
                let code = number::currency(&text).flatten().map(str::to_owned);
                put(&mut self.facts.currency, code, at)
            }
            _ => put(self.place(label), Some(text), at),
        };
        // A label that comes twice keeps its first value; what is not taken is not lost.
        if !taken {
            self.facts.notes.push(Found {
                value: whole.to_owned(),
                at,
            });
        }
    }

    /// Where a fact that is plain text belongs.
    fn place(&mut self, label: Label) -> &mut Option<Found<String>> {
        let facts = &mut self.facts;
        match label {
            Label::Supplier => &mut facts.supplier,
            Label::PoNumber => &mut facts.po_number,
            Label::Payment => &mut facts.payment,
            Label::ShipTo => &mut facts.ship_to,
            Label::LoadingPort => &mut facts.loading_port,
            Label::Packing => &mut facts.packing,
            Label::ShippingMark => &mut facts.shipping_mark,
            _ => &mut facts.customer,
        }
    }

    fn terms(&mut self, text: &str, at: Place) -> bool {
        match delivery_terms(text) {
            Some(terms) => put(&mut self.facts.delivery_terms, Some(terms), at),
            // `Terms: 30 days net` means payment.
            None => put(&mut self.facts.payment, Some(text.to_owned()), at),
        }
    }

    /// A delivery of `ASAP` holds nothing up: it is asked and kept as a note.
    fn day(&mut self, cell: &Cell, at: Place, of_order: bool) -> bool {
        let order_day = self.facts.order_day.as_ref().map(|found| found.value);
        let (place, after) = if of_order {
            (&mut self.facts.order_day, None)
        } else {
            (&mut self.facts.delivery_day, order_day)
        };
        if place.is_some() {
            return false;
        }
        let cell = DayCell {
            cell,
            at,
            hints: self.hints,
            after,
        };
        put(place, cell.read(Severity::Asked, &mut self.remarks), at)
    }
}

/// Fills a fact that is still empty; `false` when it is not or there is nothing to fill in.
fn put<T>(place: &mut Option<Found<T>>, value: Option<T>, at: Place) -> bool {
    match value {
        Some(value) if place.is_none() => {
            *place = Some(Found { value, at });
            true
        }
        _ => false,
    }
}

fn is_label(cell: &Cell) -> bool {
    let text = cell.trimmed();
    text.ends_with([':', '：'])
        || text
            .split_once([':', '：'])
            .is_some_and(|(head, _)| label(head).is_some())
}

/// A cell that should hold a day.
pub(super) struct DayCell<'a> {
    pub(super) cell: &'a Cell,
    pub(super) at: Place,
    pub(super) hints: &'a Hints,
    /// A day without a year that would lie before this one is taken for the next year.
    pub(super) after: Option<NaiveDate>,
}

impl DayCell<'_> {
    /// Reads the day and says what was doubtful; `unreadable` is how much it weighs when there is none.
    pub(super) fn read(&self, unreadable: Severity, remarks: &mut Remarks) -> Option<NaiveDate> {
        if let Kind::Day(day) = self.cell.kind {
            return Some(day);
        }
        let custom = self.hints.country.as_deref().and_then(Custom::of_country);
        let reading = day::read(self.cell.trimmed(), custom, self.hints.year);
        let (severity, kind) = match reading {
            day::Reading::Read {
                day,
                by_custom,
                year_taken,
            } => {
                return Some(self.taken(day, by_custom, year_taken, remarks));
            }
            day::Reading::Ambiguous {
                day_first,
                month_first,
            } => {
                let text = self.text();
                (
                    Severity::Blocks,
                    RemarkKind::DayTwoReadings {
                        text,
                        day_first,
                        month_first,
                    },
                )
            }
            day::Reading::Unreadable => {
                let (field, text) = (Field::Delivery, self.text());
                (unreadable, RemarkKind::Unreadable { field, text })
            }
        };
        remarks.put(severity, Some(self.at), kind);
        None
    }

    /// A day taken for a reason that has to be shown.
    fn taken(
        &self,
        day: NaiveDate,
        by_custom: bool,
        year_taken: bool,
        remarks: &mut Remarks,
    ) -> NaiveDate {
        let read = if year_taken {
            self.not_before(day)
        } else {
            day
        };
        if by_custom {
            let country = self
                .hints
                .country
                .as_deref()
                .unwrap_or_default()
                .to_ascii_uppercase();
            let text = self.text();
            remarks.noted(
                self.at,
                RemarkKind::DayByCountry {
                    text,
                    read,
                    country,
                },
            );
        }
        if year_taken {
            let text = self.text();
            remarks.asked(self.at, RemarkKind::YearAssumed { text, read });
        }
        read
    }

    fn text(&self) -> String {
        self.cell.trimmed().to_owned()
    }

    fn not_before(&self, day: NaiveDate) -> NaiveDate {
        let late = self.after.filter(|after| day < *after);
        late.and_then(|_| day::next_year(day)).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::file::paste;
    use crate::intake::Remark;

    fn read(text: &str, country: &str) -> (Facts, Vec<Remark>) {
        let hints = Hints {
            country: Some(country.to_owned()),
            year: 2026,
            ..Hints::default()
        };
        let grid = paste(text).unwrap();
        let mut collector = Collector::new(&hints);
        for row in 0..grid.height() {
            collector.row(&grid, row);
        }
        (collector.facts, collector.remarks.sorted())
    }

    #[test]
    fn labels_take_their_value_from_the_same_cell_or_the_next() {
        let (facts, _) = read(
            "Nordhavn AB – Purchase Order\nPO No.\t77-A\tDate:\t2026/3/5\n订单日期：2026.3.6\nCurrency: US$\nVendor:\tHanyu\n",
            "SE",
        );
        let text = |found: &Option<Found<String>>| {
            found
                .as_ref()
                .map(|found| found.value.clone())
                .unwrap_or_default()
        };
        assert_eq!(text(&facts.customer), "Nordhavn AB");
        assert_eq!(text(&facts.po_number), "77-A");
        assert_eq!(text(&facts.currency), "USD");
        assert_eq!(text(&facts.supplier), "Hanyu");
        assert_eq!(facts.po_number.unwrap().at.to_string(), "B2");
        assert_eq!(facts.order_day.unwrap().at.to_string(), "D2");
        assert_eq!(facts.notes[0].value, "订单日期：2026.3.6");
    }

    #[test]
    fn an_empty_label_takes_no_neighbours_label_for_its_value() {
        let (facts, _) = read(
            "Supplier:\tDate:\t2026/3/5\nInspector:\tMr. Li\nMade with care\n",
            "SE",
        );
        assert_eq!(facts.supplier, None);
        assert!(facts.order_day.is_some());
        let notes: Vec<&str> = facts.notes.iter().map(|note| note.value.as_str()).collect();
        assert_eq!(notes, ["Inspector: Mr. Li", "Made with care"]);
    }

    #[test]
    fn a_delivery_without_a_year_lies_after_its_order() {
        let (facts, remarks) = read("Date: 2026-11-23\nETD: 1月20日\n", "CN");
        assert_eq!(facts.delivery_day.unwrap().value.to_string(), "2027-01-20");
        assert!(matches!(remarks[0].kind, RemarkKind::YearAssumed { .. }));
    }
}
