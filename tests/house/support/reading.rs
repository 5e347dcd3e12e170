//! Readers: what a test sees on a page, and where it says something itself.

use super::client::Reply;
use calamine::{Reader as _, Xlsx};
use scraper::{Html, Selector};
use std::io::{Cursor, Write};

/// A line for the person who runs the tests.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

impl Reply {
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// Texts of all elements a selector finds, spaces folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let wanted = Selector::parse(selector).unwrap();
        self.html()
            .select(&wanted)
            .map(|element| fold(&element.text().collect::<String>()))
            .collect()
    }

    /// The sheets of a workbook, as rows of texts.
    pub fn sheets(&self) -> Vec<Vec<Vec<String>>> {
        sheets(&self.body)
    }

    /// Values of one attribute of all elements a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let wanted = Selector::parse(selector).unwrap();
        self.html()
            .select(&wanted)
            .filter_map(|element| element.value().attr(name).map(str::to_owned))
            .collect()
    }
}

/// The same of bytes that came another way.
pub fn sheets(bytes: &[u8]) -> Vec<Vec<Vec<String>>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let text = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
    book.worksheets()
        .iter()
        .map(|(_, range)| range.rows().map(text).collect())
        .collect()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
