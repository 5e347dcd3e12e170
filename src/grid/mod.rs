//! Grid 表格: a workbook, a CSV file or a paste as cells; knows no trade.
//!
//! Read `file` (bytes → `Grid`, or the reason why not), then `sheet`. `number` and `day` read one text as a figure or a
//! day and say when it has two readings; `formula` works out what a program left open. What the columns mean is asked
//! elsewhere.

mod cell;
pub mod day;
pub mod file;
mod formula;
pub mod number;
mod sheet;

pub use cell::{Cell, Formula, Kind, NotAPlace, Place};
pub use sheet::{Grid, Merge, Origin};
