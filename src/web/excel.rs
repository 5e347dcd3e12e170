//! Excel out: what a list shows as a real workbook: numbers are numbers, days are days, codes are text, and no text is
//! ever a formula.

use crate::base::{By, T};
use crate::web::{Error, Page, Result};
use anyhow::anyhow;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// A cell's value.
#[derive(Clone, Debug)]
pub enum Cell {
    Text(String),
    Number(Decimal),
    Day(NaiveDate),
    Empty,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

/// Rows of a long list, of a short one, and of a sheet that is always whole.
pub const MOST: i64 = 20_000;
pub const SHORT: i64 = 5_000;
pub const WHOLE: i64 = i64::MAX;

/// A sheet with its heads and rows.
pub struct Sheet {
    pub name: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// How many of them are written. A list reads one more: then it was cut, and the second sheet says so.
    pub most: i64,
}

impl Sheet {
    fn most(&self) -> usize {
        usize::try_from(self.most).unwrap_or(usize::MAX)
    }
}

/// The second sheet of a list: who took it and when, and the filters that were set.
pub fn taken(by: &By, page: &Page, filters: &[(&str, &str)]) -> Vec<(String, String)> {
    let t = page.t;
    let who = by.staff().map_or("", |staff| staff.name(page.lang));
    let mut about = vec![
        (t.desk_excel_who().to_owned(), who.to_owned()),
        (t.desk_excel_when().to_owned(), page.moment_iso(page.at)),
    ];
    let set = filters.iter().filter(|(_, value)| !value.is_empty());
    about.extend(set.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    about
}

/// The workbook as a download: the list on its first sheet, and on the second what it was filtered by, by whom, when.
pub fn download(file: &str, sheet: &Sheet, about: &[(String, String)], t: T) -> Result<Response> {
    let bytes = bytes(sheet, about, t)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The same as bytes, for an archive.
pub fn bytes(sheet: &Sheet, about: &[(String, String)], t: T) -> Result<Vec<u8>> {
    workbook(sheet, about, t).map_err(|error| Error::Broken(anyhow!("writing a workbook: {error}")))
}

fn workbook(
    sheet: &Sheet,
    about: &[(String, String)],
    t: T,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let page = book.add_worksheet().set_name(leaf(&sheet.name))?;
    for (column, head) in (0_u16..).zip(&sheet.heads) {
        page.write_string_with_format(0, column, head, &bold)?;
    }
    for (row, cells) in (1_u32..).zip(sheet.rows.iter().take(sheet.most())) {
        for (column, cell) in (0_u16..).zip(cells) {
            put(page, row, column, cell)?;
        }
    }
    page.set_freeze_panes(1, 1)?;
    page.autofit();
    let notes = book.add_worksheet().set_name(leaf(t.web_excel_filters()))?;
    let cut = (sheet.rows.len() > sheet.most())
        .then(|| (t.web_excel_cut().to_owned(), t.web_excel_first(sheet.most)));
    for (row, (name, value)) in (0_u32..).zip(about.iter().chain(&cut)) {
        notes.write_string_with_format(row, 0, name, &bold)?;
        notes.write_string(row, 1, value)?;
    }
    notes.autofit();
    book.save_to_buffer()
}

/// A name as the tab of a sheet may carry it: 31 characters, none of those that a formula reads as its own.
fn leaf(name: &str) -> String {
    let plain = |sign: char| if "[]:*?/\\".contains(sign) { '-' } else { sign };
    name.chars().map(plain).take(31).collect()
}

fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
) -> std::result::Result<(), XlsxError> {
    match cell {
        // write_string keeps `=1+1` as the text it is.
        Cell::Text(text) => {
            page.write_string_with_format(row, column, text, &Format::new().set_num_format("@"))?
        }
        Cell::Number(figure) => page.write(row, column, *figure)?,
        Cell::Day(day) => page.write_datetime_with_format(
            row,
            column,
            day,
            &Format::new().set_num_format("yyyy-mm-dd"),
        )?,
        Cell::Empty => page,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    #[test]
    fn a_name_that_no_tab_can_carry_is_made_to_fit() {
        assert_eq!(leaf("L/C"), "L-C");
        assert_eq!(leaf("[a]:b*?\\c"), "-a--b---c");
        assert_eq!(leaf(&"长".repeat(40)).chars().count(), 31);
    }

    #[test]
    fn text_stays_text_and_numbers_stay_numbers() {
        let sheet = Sheet {
            name: "orders".into(),
            heads: vec!["no".into(), "amount".into(), "day".into()],
            most: WHOLE,
            rows: vec![vec![
                Cell::text("=1+1"),
                Cell::Number("38640.05".parse().unwrap()),
                Cell::Day(NaiveDate::from_ymd_opt(2026, 12, 15).unwrap()),
            ]],
        };
        let bytes = workbook(
            &sheet,
            &[("who".into(), "沈小禾".into())],
            T(crate::base::Lang::En),
        )
        .unwrap();
        let mut book: Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("orders").unwrap();
        assert_eq!(range.get_value((1, 0)), Some(&Data::String("=1+1".into())));
        assert_eq!(range.get_value((1, 1)), Some(&Data::Float(38640.05)));
        assert!(book.worksheet_formula("orders").unwrap().is_empty());
    }

    #[test]
    fn a_list_that_was_cut_says_so_and_a_whole_one_does_not() {
        let t = T(crate::base::Lang::En);
        for (most, said) in [(2, true), (3, false)] {
            let sheet = Sheet {
                name: "orders".into(),
                heads: vec!["no".into()],
                rows: ["a", "b", "c"].map(|text| vec![Cell::text(text)]).into(),
                most,
            };
            let bytes = workbook(&sheet, &[], t).unwrap();
            let mut book: Xlsx<_> =
                calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
            let rows = book.worksheet_range("orders").unwrap().height();
            assert_eq!(i64::try_from(rows).unwrap(), most + 1);
            let notes = book.worksheet_range(t.web_excel_filters()).unwrap();
            let told = notes.get_value((0, 1)).map(ToString::to_string);
            assert_eq!(told.is_some_and(|told| told.contains('2')), said);
        }
    }
}
