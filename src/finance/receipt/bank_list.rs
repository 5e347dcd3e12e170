//! A bank's list 银行流水 read into receipts: columns by their heads, each row whole or with its doubts at the cell.
//!
//! Pure: which reference is recorded already the database knows and adds.

use crate::base::{Currency, T};
use crate::grid::number::{self, Mark, Sort};
use crate::grid::{Cell, Grid, Kind, Place, day};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Day,
    Amount,
    Currency,
    Payer,
    Reference,
    Charges,
    Message,
}

/// A figure of this size is another column's number, not money.
const MOST: Decimal = Decimal::from_parts(1_316_134_912, 2_328, 0, false, 0);

/// Words of heads, as Chinese and foreign banks print them; the first column that fits is taken.
const HEADS: [(Column, &[&str]); 7] = [
    (
        Column::Charges,
        &["手续费", "扣费", "费用", "charge", "fee"],
    ),
    (
        Column::Reference,
        &["流水", "参考", "业务编号", "凭证", "reference", "ref"],
    ),
    (
        Column::Payer,
        &[
            "付款人",
            "对方户名",
            "汇款人",
            "对方名称",
            "payer",
            "ordering",
            "remitter",
            "counterparty",
        ],
    ),
    (Column::Currency, &["币种", "currency", "ccy"]),
    (
        Column::Message,
        &[
            "附言",
            "摘要",
            "备注",
            "用途",
            "message",
            "remittance",
            "details",
            "narrative",
        ],
    ),
    (
        Column::Amount,
        &[
            "贷方",
            "收入",
            "入账金额",
            "汇入",
            "credit",
            "金额",
            "amount",
        ],
    ),
    (
        Column::Day,
        &["起息日", "入账", "交易日", "记账日", "日期", "date"],
    ),
];

/// What of a row is not clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// `1,234` may be two figures; or it is none.
    Amount(Vec<Decimal>),
    Day(Vec<NaiveDate>),
    Future,
    NoPayer,
    NoReference,
    OtherCurrency(String),
    /// The same reference stands in an earlier row.
    Twice,
    /// Recorded already under this number.
    Known(String),
}

impl Doubt {
    pub(super) fn tell(&self, t: T) -> String {
        match self {
            Self::Amount(readings) if readings.is_empty() => t.receipt_doubt_amount().to_owned(),
            Self::Amount(_) => t.receipt_doubt_amount_two().to_owned(),
            Self::Day(readings) if readings.is_empty() => t.receipt_doubt_day().to_owned(),
            Self::Day(_) => t.receipt_doubt_day_two().to_owned(),
            Self::Future => t.receipt_doubt_future().to_owned(),
            Self::NoPayer => t.receipt_doubt_payer().to_owned(),
            Self::NoReference => t.receipt_doubt_reference().to_owned(),
            Self::OtherCurrency(word) => t.receipt_doubt_currency(word),
            Self::Twice => t.receipt_doubt_twice().to_owned(),
            Self::Known(receipt) => t.receipt_doubt_known(receipt),
        }
    }

    /// Values one of which may be put into the cell.
    pub(super) fn choices(&self) -> Vec<String> {
        match self {
            Self::Amount(readings) => readings.iter().map(ToString::to_string).collect(),
            Self::Day(readings) => readings.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }
}

/// One credit of the list.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Counted from one, as the sheet shows it.
    pub(super) line: u32,
    pub(super) left_out: bool,
    pub(super) day: Option<NaiveDate>,
    pub(super) amount: Option<Decimal>,
    pub(super) charges: Decimal,
    pub(super) payer: String,
    pub(super) reference: String,
    pub(super) message: String,
    pub(super) doubts: Vec<(Place, Doubt)>,
}

#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) rows: Vec<Row>,
    reference: u32,
}

impl List {
    /// Rows that will become receipts.
    pub(super) fn taken(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.left_out)
    }

    pub(super) fn doubts(&self) -> usize {
        self.taken().map(|row| row.doubts.len()).sum()
    }

    /// The reference of this row is recorded already.
    pub(super) fn know(&mut self, line: u32, receipt: String) {
        let place = Place::new(line.saturating_sub(1), self.reference);
        if let Some(row) = self.rows.iter_mut().find(|row| row.line == line) {
            row.doubts.push((place, Doubt::Known(receipt)));
        }
    }
}

/// Whether a sheet has the heads of a bank's list.
pub(super) fn is_list(grid: &Grid) -> bool {
    heads(grid).is_some()
}

fn heads(grid: &Grid) -> Option<(u32, BTreeMap<Column, u32>)> {
    (0..grid.height().min(30)).find_map(|row| {
        let mut found: BTreeMap<Column, u32> = BTreeMap::new();
        for (place, cell) in grid.filled(row) {
            let text = cell.trimmed().to_lowercase();
            let debit = ["借方", "支出", "debit", "withdraw"]
                .iter()
                .any(|word| text.contains(word));
            let column = HEADS.iter().find(|(column, words)| {
                // The number of an account is no amount.
                let account = ["账号", "帐号", "account"]
                    .iter()
                    .any(|word| text.contains(word));
                let taken = found.contains_key(column) || account && *column == Column::Amount;
                !taken && words.iter().any(|word| text.contains(word))
            });
            if let (Some((column, _)), false) = (column, debit) {
                found.insert(*column, place.column);
            }
        }
        let needed = [Column::Day, Column::Amount, Column::Reference];
        needed
            .iter()
            .all(|column| found.contains_key(column))
            .then_some((row, found))
    })
}

/// Reads the list of an account in this currency; none where no row has the heads of one. Lines are counted from one.
pub(super) fn read(
    grid: &Grid,
    currency: Currency,
    today: NaiveDate,
    left_out: &BTreeSet<u32>,
) -> Option<List> {
    let (head, columns) = heads(grid)?;
    let amounts: Vec<&str> = columns
        .get(&Column::Amount)
        .map(|column| texts(grid, head, *column))
        .unwrap_or_default();
    let reader = Reader {
        grid,
        mark: number::column_mark(amounts.into_iter(), false),
        columns,
        currency,
        today,
    };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut rows = Vec::new();
    for line in head + 1..grid.height() {
        let Some(mut row) = reader.row(line) else {
            continue;
        };
        row.left_out = left_out.contains(&row.line);
        if !row.left_out && !row.reference.is_empty() && !seen.insert(row.reference.clone()) {
            row.doubts
                .push((reader.place(line, Column::Reference), Doubt::Twice));
        }
        rows.push(row);
    }
    let reference = reader.columns.get(&Column::Reference).copied();
    Some(List {
        rows,
        reference: reference.unwrap_or_default(),
    })
}

fn texts(grid: &Grid, head: u32, column: u32) -> Vec<&str> {
    (head + 1..grid.height())
        .map(|row| grid.cell(Place::new(row, column)).trimmed())
        .filter(|text| !text.is_empty())
        .collect()
}

struct Reader<'a> {
    grid: &'a Grid,
    columns: BTreeMap<Column, u32>,
    mark: Option<Mark>,
    currency: Currency,
    today: NaiveDate,
}

impl Reader<'_> {
    fn place(&self, row: u32, column: Column) -> Place {
        Place::new(row, self.columns.get(&column).copied().unwrap_or_default())
    }

    fn cell(&self, row: u32, column: Column) -> Option<&Cell> {
        let at = Place::new(row, *self.columns.get(&column)?);
        Some(self.grid.cell(at)).filter(|cell| !cell.is_empty())
    }

    fn text(&self, row: u32, column: Column, most: usize) -> String {
        self.cell(row, column)
            .map(|cell| cell.trimmed().chars().take(most).collect())
            .unwrap_or_default()
    }

    /// A row with money in; debits, sums and notes under the list have none.
    fn row(&self, at: u32) -> Option<Row> {
        let amount = self.figure(self.cell(at, Column::Amount)?);
        self.cell(at, Column::Day)?;
        if amount.as_ref().is_ok_and(|amount| *amount <= Decimal::ZERO) {
            return None;
        }
        let mut row = Row {
            line: at + 1,
            payer: self.text(at, Column::Payer, 160),
            reference: self.text(at, Column::Reference, 60),
            message: self.text(at, Column::Message, 400),
            ..Row::default()
        };
        match amount {
            Ok(amount) if self.currency.round(amount) == amount && amount < MOST => {
                row.amount = Some(self.currency.round(amount));
            }
            Ok(_) => row
                .doubts
                .push((self.place(at, Column::Amount), Doubt::Amount(Vec::new()))),
            Err(readings) => row
                .doubts
                .push((self.place(at, Column::Amount), Doubt::Amount(readings))),
        }
        self.day(at, &mut row);
        self.others(at, &mut row);
        Some(row)
    }

    fn day(&self, at: u32, row: &mut Row) {
        let Some(cell) = self.cell(at, Column::Day) else {
            return;
        };
        let read = match cell.kind {
            Kind::Day(day) => Ok(day),
            _ => match day::read(cell.trimmed(), None, self.today.year()) {
                day::Reading::Read { day, .. } => Ok(day),
                day::Reading::Ambiguous {
                    day_first,
                    month_first,
                } => Err(vec![day_first, month_first]),
                day::Reading::Unreadable => Err(Vec::new()),
            },
        };
        let place = self.place(at, Column::Day);
        match read {
            Ok(day) if day > self.today => row.doubts.push((place, Doubt::Future)),
            Ok(day) => row.day = Some(day),
            Err(readings) => row.doubts.push((place, Doubt::Day(readings))),
        }
    }

    fn others(&self, at: u32, row: &mut Row) {
        if let Some(cell) = self.cell(at, Column::Charges) {
            match self.figure(cell) {
                Ok(charges) if charges.abs() < MOST => {
                    row.charges = self.currency.round(charges.abs());
                }
                Ok(_) => row
                    .doubts
                    .push((self.place(at, Column::Charges), Doubt::Amount(Vec::new()))),
                Err(readings) => row
                    .doubts
                    .push((self.place(at, Column::Charges), Doubt::Amount(readings))),
            }
        }
        let word = self.text(at, Column::Currency, 20);
        let named = number::currency(&word).flatten();
        let named = named.map_or_else(|| Currency::parse(&word), Currency::parse);
        if !word.is_empty() && named != Some(self.currency) {
            row.doubts
                .push((self.place(at, Column::Currency), Doubt::OtherCurrency(word)));
        }
        if row.payer.is_empty() {
            row.doubts
                .push((self.place(at, Column::Payer), Doubt::NoPayer));
        }
        if row.reference.is_empty() {
            row.doubts
                .push((self.place(at, Column::Reference), Doubt::NoReference));
        }
    }

    /// The figure, or the readings it may have.
    fn figure(&self, cell: &Cell) -> Result<Decimal, Vec<Decimal>> {
        if let Kind::Number(value) = cell.kind {
            return Ok(value);
        }
        match number::read(cell.trimmed(), Sort::Amount, self.mark) {
            number::Reading::Read(figure) => Ok(figure.value),
            number::Reading::Ambiguous { decimal, grouped } => {
                Err(vec![decimal.value, grouped.value])
            }
            number::Reading::Unreadable => Err(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::file;

    fn list(text: &str, left_out: &[u32]) -> Option<List> {
        let grid = file::read("bank.csv", text.as_bytes(), is_list).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let left_out = left_out.iter().copied().collect();
        read(&grid, Currency::USD, today, &left_out)
    }

    const HEAD: &str = "入账日期,币种,借方金额,贷方金额,对方户名,业务流水号,手续费,附言\n";

    #[test]
    fn credits_are_read_and_debits_passed_over() {
        let text = format!(
            "甬屿银行 交易明细,,,,,,,\n{HEAD}2026-11-20,USD,,\"16,423.00\",NORDHAVN LIVING AB,FT001,20.00,HY26-0156\n2026-11-20,USD,300.00,,DHL,FT002,,\n"
        );
        let list = list(&text, &[]).unwrap();
        assert_eq!((list.rows.len(), list.doubts()), (1, 0));
        let row = &list.rows[0];
        assert_eq!(
            (
                row.line,
                row.amount.unwrap().to_string(),
                row.charges.to_string()
            ),
            (3, "16423.00".into(), "20.00".into())
        );
        assert_eq!(
            (row.payer.as_str(), row.reference.as_str()),
            ("NORDHAVN LIVING AB", "FT001")
        );
    }

    #[test]
    fn what_is_not_clear_is_asked_at_its_cell() {
        let text = format!(
            "{HEAD}05/10/2026,EUR,,100.00,,FT1,,\n2026-12-24,USD,,abc,A,FT1,,\n2026-11-20,USD,,5.005,B,,,\n"
        );
        let list = list(&text, &[]).unwrap();
        let told: Vec<(String, &Doubt)> = list
            .rows
            .iter()
            .flat_map(|row| {
                row.doubts
                    .iter()
                    .map(|(place, doubt)| (place.to_string(), doubt))
            })
            .collect();
        let places: Vec<&str> = told.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["A2", "B2", "E2", "D3", "A3", "F3", "D4", "F4"]);
        assert_eq!(told[0].1.choices().len(), 2);
        assert_eq!(told[5].1, &Doubt::Twice);
    }

    #[test]
    fn a_row_left_out_has_no_say_and_a_list_without_heads_is_none() {
        let text = format!("{HEAD}2026-11-20,USD,,1.00,A,FT1,,\n2026-11-20,USD,,2.00,A,FT1,,\n");
        assert_eq!(list(&text, &[]).unwrap().doubts(), 1);
        let without = list(&text, &[3]).unwrap();
        assert_eq!((without.doubts(), without.taken().count()), (0, 1));
        assert!(list("a,b\n1,2\n", &[]).is_none());
    }
}
