//! What the lists of this desk share: what the address asks for, walking by day and number, the workbook's second sheet.

use crate::base::By;
use crate::web::Page;
use crate::web::routes::percent;
use chrono::NaiveDate;
use serde::Deserialize;

/// Rows of a page.
pub(super) const SIZE: i64 = 50;

/// What the address asks for; what is not understood is not asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Listed {
    pub q: String,
    pub state: String,
    pub after: String,
}

impl Listed {
    /// Trimmed, and with a state that the list has.
    pub(super) fn known(self, states: &[&str]) -> Self {
        Self {
            q: self.q.trim().chars().take(100).collect(),
            state: Some(self.state)
                .filter(|state| states.contains(&state.as_str()))
                .unwrap_or_default(),
            after: self.after,
        }
    }

    /// The same question with one part of it changed, from its first page on.
    pub(super) fn with(&self, place: &str, (name, value): (&str, &str)) -> String {
        let held = [("q", self.q.as_str()), ("state", &self.state)];
        let parts: Vec<String> = held
            .into_iter()
            .map(|(key, held)| (key, if key == name { value } else { held }))
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}={}", percent(value)))
            .collect();
        if parts.is_empty() {
            place.to_owned()
        } else {
            format!("{place}?{}", parts.join("&"))
        }
    }

    /// The next page of the same question.
    pub(super) fn with_key(&self, place: &str, key: &str) -> String {
        let here = self.with(place, ("after", ""));
        let sign = if here.contains('?') { '&' } else { '?' };
        format!("{here}{sign}after={}", percent(key))
    }

    /// Day and number after which the page begins.
    pub(super) fn walked(&self) -> (Option<NaiveDate>, String) {
        let parts = self.after.split_once('~');
        let day = parts.and_then(|(day, _)| day.parse().ok());
        let number = parts.map(|(_, number)| number.to_owned());
        (day, number.unwrap_or_default())
    }
}

pub(super) fn key(day: NaiveDate, number: &str) -> String {
    format!("{day}~{number}")
}

/// The rows of this page, and where the next one begins; empty on the last.
pub(super) fn cut<T>(mut rows: Vec<T>, next: impl Fn(&T) -> String) -> (Vec<T>, String) {
    let size = usize::try_from(SIZE).unwrap_or(50);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(next);
    (rows, next.unwrap_or_default())
}

/// What the workbook was filtered by, who took it and when.
pub(super) fn about(by: &By, page: &Page, asked: &Listed) -> Vec<(String, String)> {
    let t = page.t;
    let who = by.staff().map(|staff| staff.name(page.lang).to_owned());
    vec![
        (t.web_search().to_owned(), asked.q.clone()),
        (t.payment_state().to_owned(), asked.state.clone()),
        (t.records_taken_by().to_owned(), who.unwrap_or_default()),
        (t.records_taken_at().to_owned(), page.moment_iso(page.at)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_kept_while_one_walks_and_begins_anew_when_it_changes() {
        let asked = Listed {
            q: "甲 b".into(),
            state: "odd".into(),
            after: "2026-11-21~R26-0002".into(),
        }
        .known(&["", "done"]);
        assert_eq!(
            asked.with("/receipts", ("state", "done")),
            "/receipts?q=%E7%94%B2%20b&state=done"
        );
        let (day, number) = asked.walked();
        assert_eq!(
            (day.map(|day| day.to_string()).as_deref(), number.as_str()),
            (Some("2026-11-21"), "R26-0002")
        );
        assert_eq!(
            Listed::default().with("/receipts", ("after", "")),
            "/receipts"
        );
    }
}
