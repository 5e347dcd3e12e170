//! Readers: what a test sees on a page, and where it says something itself.

use super::client::Reply;
use scraper::{Html, Selector};
use std::io::Write;

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

    /// Values of one attribute of all elements a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let wanted = Selector::parse(selector).unwrap();
        self.html()
            .select(&wanted)
            .filter_map(|element| element.value().attr(name).map(str::to_owned))
            .collect()
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
