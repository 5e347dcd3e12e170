//! Looking 查找: where the rows of a search come from.
//!
//! Search goes two steps: the newest orders are walked with the plain text, which finds every common word within the
//! first page; what is rare there is asked of the pairs of letters. What looks like a container, a transport document
//! or a parcel is rare from the start, and is asked of those papers too.

use super::filter::Filter;
use crate::base::{By, OrderNumber};
use crate::orders::search;
use sqlx::{Postgres, QueryBuilder};

/// How far the first step of a search walks.
const WALK: i64 = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    All,
    /// The newest orders, with the text searched for.
    Newest,
    /// Every order whose pairs of letters hold those of the text.
    Grams,
    /// The same, and what a number of ours names: orders, shipments, credits and receipts are numbered alike.
    Given,
    /// The same, and orders whose goods travel under this number.
    Numbers,
}

impl Source {
    /// A single letter has no pair, and is looked for among the newest only.
    pub(super) fn of(filter: &Filter) -> Self {
        if filter.q.is_empty() {
            Self::All
        } else if OrderNumber::parse(&filter.q).is_some() {
            Self::Given
        } else if number(&filter.q).is_some() {
            Self::Numbers
        } else if pairs(&filter.q).is_empty() {
            Self::Newest
        } else {
            Self::Grams
        }
    }
}

/// A container's, a transport document's or a parcel's number as it may be typed, with its spaces or without: mostly
/// figures, so that no common word is taken for one.
fn number(q: &str) -> Option<String> {
    // The commonest search of all; nothing travels under an order's own number.
    if OrderNumber::parse(q).is_some() {
        return None;
    }
    let number: String = q.split_whitespace().collect::<String>().to_uppercase();
    let plain = number
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '/'));
    let figures = number.chars().filter(char::is_ascii_digit).count();
    (plain && figures >= 4 && number.len() >= 6).then_some(number)
}

/// Pairs of the words that have one; a word of a single letter is asked of the text alone.
fn pairs(q: &str) -> Vec<String> {
    search::grams(q)
        .into_iter()
        .filter(|pair| pair.chars().count() == 2)
        .collect()
}

pub(super) fn from(sql: &mut QueryBuilder<Postgres>, by: &By, filter: &Filter, source: Source) {
    match source {
        Source::All => {
            sql.push("export_order o");
        }
        Source::Newest => {
            sql.push("(select * from export_order o where ");
            super::sql::reach(sql, by);
            sql.push(" order by o.opened_at desc, o.id desc limit ")
                .push_bind(WALK);
            sql.push(") o join order_search f on f.order_id = o.id");
            text(sql, filter);
        }
        Source::Grams => {
            sql.push("export_order o join order_search f on f.order_id = o.id and f.grams @> ");
            sql.push_bind(pairs(&filter.q));
            text(sql, filter);
        }
        Source::Given | Source::Numbers => {
            sql.push("(select f.order_id from order_search f where f.grams @> ");
            sql.push_bind(pairs(&filter.q));
            text(sql, filter);
            if let Some(number) = number(&filter.q) {
                travelling(sql, &like(&number));
            }
            ours(sql, &filter.q.trim().to_uppercase());
            sql.push(") f join export_order o on o.id = f.order_id");
        }
    }
}

fn text(sql: &mut QueryBuilder<Postgres>, filter: &Filter) {
    for word in filter.q.to_lowercase().split_whitespace() {
        sql.push(" and f.text like ").push_bind(like(word));
    }
}

/// Orders by what their goods and papers travel under.
fn travelling(sql: &mut QueryBuilder<Postgres>, pattern: &str) {
    let by_shipment = [
        ("shipment_container k", "k.shipment", "k.number"),
        ("transport_document k", "k.shipment", "k.number"),
        ("shipment k", "k.id", "k.booking_no"),
    ];
    for (table, shipment, number) in by_shipment {
        sql.push(format!(
            " union select l.order_id from {table} join shipment_line s on s.shipment = {shipment}
              join order_line l on l.id = s.order_line where upper(replace({number}, ' ', '')) like "
        ));
        sql.push_bind(pattern.to_owned());
    }
    sql.push(
        " union select k.order_id from parcel k where upper(replace(k.waybill, ' ', '')) like ",
    );
    sql.push_bind(pattern.to_owned());
}

/// Orders by the numbers that the house gave: of a shipment, a credit, a receipt. Whole ones only, as they are printed.
fn ours(sql: &mut QueryBuilder<Postgres>, number: &str) {
    for chain in [
        "shipment k join shipment_line s on s.shipment = k.id join order_line l on l.id = s.order_line",
        "letter_of_credit k join letter_of_credit_order l on l.letter_of_credit = k.id",
        "receipt k join receipt_allocation l on l.receipt = k.id",
    ] {
        sql.push(format!(
            " union select l.order_id from {chain} where k.number = "
        ));
        sql.push_bind(number.to_owned());
    }
}

/// A word anywhere in the text; what stands for “anything” in a pattern stands for itself.
pub(in crate::desk) fn like(word: &str) -> String {
    let mut pattern = String::from("%");
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_mostly_figures_and_may_be_typed_with_spaces() {
        assert_eq!(number("mscu 123456 7").as_deref(), Some("MSCU1234567"));
        assert_eq!(number("cosu6298-44710").as_deref(), Some("COSU6298-44710"));
        for word in [
            "HY26",
            "HY26-0171",
            "亚麻 2026",
            "linen",
            "12345",
            "100%12345",
        ] {
            assert_eq!(number(word), None, "{word}");
        }
    }
}
