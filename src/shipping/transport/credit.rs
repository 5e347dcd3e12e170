//! What the letter of credit 信用证 asks of the document, beside our data and the draft. It is read from the credit's own
//! fields; whether the draft complies is judged by the person who checks it.

use super::comparison::Name;
use std::collections::BTreeMap;

/// The newest credit over one of the orders that is neither cancelled nor expired.
pub(super) struct Credit {
    pub number: String,
    /// Fields of MT700 by their tags.
    pub terms: BTreeMap<String, String>,
}

/// Signs of a long field that fit a cell of the table.
const SHOWN: usize = 300;

impl Credit {
    /// What it says of this field; empty where it says nothing.
    pub(super) fn asks(&self, name: Name) -> String {
        let (tag, clause) = match name {
            Name::LoadingPort => ("44E", None),
            Name::DischargePort => ("44F", None),
            Name::PlaceOfDelivery => ("44B", None),
            Name::OnBoard => ("44C", None),
            Name::Description => ("45A", None),
            // One clause of 46A speaks of consignee, notify party, freight and the number of originals.
            Name::Consignee => ("46A", Some(["LADING", "WAYBILL"])),
            // What else every document must show.
            Name::Clauses => ("47A", Some(["LADING", "DOCUMENTS MUST"])),
            Name::Shipper
            | Name::Notify
            | Name::Vessel
            | Name::Marks
            | Name::Containers
            | Name::Cartons
            | Name::GrossKg
            | Name::Cbm
            | Name::Freight
            | Name::IssuePlace
            | Name::Originals => return String::new(),
        };
        let text = self.terms.get(tag).map_or("", String::as_str);
        let text = match clause {
            None => text.to_owned(),
            Some(words) => speaks_of(text, &words),
        };
        format!("{tag} {text}")
            .chars()
            .take(if text.trim().is_empty() { 0 } else { SHOWN })
            .collect()
    }
}

/// The clause of a field that names one of these words: from its own plus sign or number to the next.
fn speaks_of(text: &str, words: &[&str]) -> String {
    let mut clauses: Vec<String> = Vec::new();
    for line in text.lines() {
        let begins = line.trim_start().starts_with(['+', '-'])
            || line
                .trim_start()
                .starts_with(|sign: char| sign.is_ascii_digit());
        match clauses.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => clauses.push(line.trim().to_owned()),
        }
    }
    clauses
        .into_iter()
        .find(|clause| {
            let clause = clause.to_uppercase();
            words.iter().any(|word| clause.contains(word))
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_of_the_bill_of_lading_is_found_whole() {
        let text = "+SIGNED COMMERCIAL INVOICE IN 3 COPIES\n\
            +FULL SET OF CLEAN ON BOARD BILLS OF LADING MADE OUT\n\
            TO ORDER, MARKED FREIGHT COLLECT\n+PACKING LIST";
        assert_eq!(
            speaks_of(text, &["LADING"]),
            "+FULL SET OF CLEAN ON BOARD BILLS OF LADING MADE OUT TO ORDER, MARKED FREIGHT COLLECT"
        );
        assert_eq!(speaks_of("+PACKING LIST", &["LADING"]), "");
    }

    #[test]
    fn a_field_the_credit_leaves_out_asks_nothing() {
        let credit = Credit {
            number: "LC-2026-001".into(),
            terms: [("44E".to_owned(), "XIAMEN, CHINA".to_owned())].into(),
        };
        assert_eq!(credit.asks(Name::LoadingPort), "44E XIAMEN, CHINA");
        assert_eq!(credit.asks(Name::DischargePort), "");
        assert_eq!(credit.asks(Name::Consignee), "");
    }
}
