//! Intake 读单: a customer's order sheet or a factory's packing list, read into lines that a person checks first.
//!
//! The cells come from `grid`. Read `columns` (which column holds what), then `read` (grid → `Preview`). `packing` is the
//! same road for packing lists 装箱单. Nothing here stores anything or knows an order: the caller shows the preview, takes
//! answers and makes the lines only when no remark blocks any more.
//!
//! We chose to say every doubt as a `Remark` with its cell instead of guessing or refusing the whole file. The words of
//! a remark are the caller's, in the reader's language; here it is only data.

use crate::grid::Place;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub mod columns;
pub mod facts;
pub mod field;
pub mod packing;
pub mod read;

use field::Field;

/// What the reader must know of the customer and of the day; everything else is in the file.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Two letters. Decides between day first and month first.
    pub country: Option<String>,
    /// The currency usual with this customer, taken when the file names none.
    pub currency: Option<String>,
    /// For dates without a year.
    pub year: i32,
    /// How the own company may be called; a supplier by another name is asked.
    pub our_names: Vec<String>,
    /// How the chosen customer may be called; another name is asked.
    pub customer_names: Vec<String>,
}

/// How much a remark weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A reading was chosen for a reason that is shown.
    Noted,
    /// A person should look; going on accepts what the preview shows.
    Asked,
    /// Nothing is imported before the cell is corrected or the question answered.
    Blocks,
}

/// Something to say about a cell, or about the whole sheet when it names none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub at: Option<Place>,
    pub severity: Severity,
    pub kind: RemarkKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RemarkKind {
    /// No row looks like a header and no column is mapped by hand.
    NoHeader,
    NoLines,
    /// A column without which no line can be made.
    ColumnMissing {
        field: Field,
    },
    ColumnUnknown {
        header: String,
    },
    /// A second column for a field that has one; it is not read.
    ColumnTwice {
        field: Field,
        header: String,
    },
    OtherSheets {
        names: Vec<String>,
    },
    Unreadable {
        field: Field,
        text: String,
    },
    FormulaUnreadable {
        field: Field,
        formula: String,
    },
    /// `6,40` where nothing proves which it is.
    TwoReadings {
        field: Field,
        text: String,
        decimal: Decimal,
        grouped: Decimal,
    },
    /// Read as 6.40 because 1,100 × 6.40 = 7,040.00.
    ProvenByAmount {
        field: Field,
        text: String,
        read: Decimal,
        quantity: Decimal,
        price: Decimal,
        amount: Decimal,
    },
    /// The quantity has two readings and the sizes add up to one of them.
    ProvenBySizes {
        text: String,
        read: Decimal,
    },
    /// The whole column uses the decimal comma.
    CommaColumn {
        field: Field,
    },
    DayTwoReadings {
        text: String,
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    DayByCountry {
        text: String,
        read: NaiveDate,
        country: String,
    },
    YearAssumed {
        text: String,
        read: NaiveDate,
    },
    /// A line without item and description.
    ItemMissing,
    QuantityMissing,
    PriceMissing,
    /// No line says what is counted.
    UnitMissing,
    SizesDiffer {
        sum: Decimal,
        stated: Decimal,
    },
    AmountDiffers {
        computed: Decimal,
        stated: Decimal,
    },
    TotalDiffers {
        field: Field,
        computed: Decimal,
        stated: Decimal,
    },
    NotPositive {
        field: Field,
        value: Decimal,
    },
    /// Unit prices have four decimals at most.
    TooManyDecimals {
        value: Decimal,
    },
    FractionOfPiece {
        value: Decimal,
    },
    /// The same goods stand in an earlier row as well (counted as in Excel, from 1).
    SameAsRow {
        row: u32,
    },
    CurrencyMissing {
        taken: Option<String>,
    },
    CurrencyOther {
        found: String,
        usual: String,
    },
    CurrencyMixed {
        found: Vec<String>,
    },
    CustomerUnknown {
        name: String,
    },
    SupplierUnknown {
        name: String,
    },
    /// Text between or below the lines that is no line; kept as a note.
    TextRow {
        text: String,
    },
    RepeatedHeader,
    /// Packing list: the carton numbers and the number of cartons do not agree.
    CartonsDiffer {
        by_number: u32,
        stated: Decimal,
    },
    PiecesDiffer {
        computed: Decimal,
        stated: Decimal,
    },
    /// The pieces do not fill all cartons and no remark says so.
    ShortLastAssumed {
        pieces: Decimal,
    },
    /// Excel had made a date of `1-5`.
    NumberWasDate {
        from: u32,
        to: u32,
    },
    CartonsMissing {
        from: u32,
        to: u32,
    },
    CartonsTwice {
        from: u32,
        to: u32,
    },
    /// A weight or size column does not say whether it means one carton; taken as one carton.
    PerCartonAssumed {
        header: String,
    },
    MixedCarton {
        from: u32,
        to: u32,
    },
}

/// Collects remarks while a sheet is read.
#[derive(Default)]
struct Remarks(Vec<Remark>);

impl Remarks {
    fn noted(&mut self, at: impl Into<Option<Place>>, kind: RemarkKind) {
        self.put(Severity::Noted, at.into(), kind);
    }

    fn asked(&mut self, at: impl Into<Option<Place>>, kind: RemarkKind) {
        self.put(Severity::Asked, at.into(), kind);
    }

    fn blocks(&mut self, at: impl Into<Option<Place>>, kind: RemarkKind) {
        self.put(Severity::Blocks, at.into(), kind);
    }

    fn put(&mut self, severity: Severity, at: Option<Place>, kind: RemarkKind) {
        self.0.push(Remark { at, severity, kind });
    }

    fn append(&mut self, mut more: Self) {
        self.0.append(&mut more.0);
    }

    /// What concerns the whole sheet first, then row by row.
    fn sorted(mut self) -> Vec<Remark> {
        self.0
            .sort_by_key(|remark| (remark.at.is_some(), remark.at));
        self.0
    }
}
