//! Difference 差异: what a round changes against the last signed one, field by field.

use super::content::{Content, field_name, value_word};
use crate::base::T;

/// One row of the difference table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub name: String,
    pub before: String,
    pub after: String,
    pub kind: String,
    pub lead: bool,
    pub figure: bool,
    pub same: bool,
}

/// Rows for what differs; empty when nothing does.
pub(super) fn rows(t: T, before: &Content, after: &Content) -> Vec<Row> {
    let pairs = before.printed().into_iter().zip(after.printed());
    pairs
        .filter(|((_, was), (_, now))| was != now)
        .map(|((field, was), (_, now))| Row {
            kind: match (was.is_empty(), now.is_empty()) {
                (true, _) => t.samples_change_added(),
                (_, true) => t.samples_change_removed(),
                _ => t.samples_change_changed(),
            }
            .to_owned(),
            name: field_name(t, field).to_owned(),
            before: value_word(t, field, &was),
            after: value_word(t, field, &now),
            lead: field == "details",
            figure: field.starts_with("for_") || field == "required_on",
            same: false,
        })
        .collect()
}
