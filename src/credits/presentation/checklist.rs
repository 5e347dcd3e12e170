//! Checklist 单据清单: field 46A cut into documents, each with its originals and copies (ISBP 821 A27–A31).

use super::set::{Maker, Paper};

/// The documents a credit asks for, in its order.
pub fn of_credit(text: &str) -> Vec<Paper> {
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        match begins(line) {
            Some(words) => items.push(words.to_owned()),
            None => match items.last_mut() {
                Some(last) => {
                    last.push(' ');
                    last.push_str(line);
                }
                None => items.push(line.to_owned()),
            },
        }
    }
    items
        .iter()
        .filter(|item| !item.trim().is_empty())
        .take(60)
        .map(|item| paper(item))
        .collect()
}

/// What a collection usually takes to the bank.
pub fn of_collection() -> Vec<Paper> {
    [
        "COMMERCIAL INVOICE IN 3 ORIGINALS",
        "PACKING LIST IN 3 ORIGINALS",
        "FULL SET OF 3/3 ORIGINAL TRANSPORT DOCUMENTS",
        "BILL OF EXCHANGE IN 2 ORIGINALS",
    ]
    .map(paper)
    .to_vec()
}

/// A new document: `+ …`, `1. …`, `1) …`.
fn begins(line: &str) -> Option<&str> {
    if let Some(words) = line.strip_prefix('+').or_else(|| line.strip_prefix("- ")) {
        return Some(words.trim());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let marked = rest.strip_prefix('.').or_else(|| rest.strip_prefix(')'))?;
    (1..=2).contains(&digits).then(|| marked.trim())
}

fn paper(text: &str) -> Paper {
    let upper = text.to_uppercase();
    let (originals, copies) = counts(&upper);
    let (name, wording) = split_name(text);
    Paper {
        name,
        wording,
        maker: maker(&upper),
        originals,
        copies,
        originals_present: 0,
        copies_present: 0,
        examined: false,
    }
}

/// Up to the first comma, or where the number of copies begins; the rest is the special wording.
fn split_name(text: &str) -> (String, String) {
    let end = [" IN ", ",", ";", " MADE OUT", " ISSUED"]
        .iter()
        .filter_map(|mark| text.to_uppercase().find(mark))
        .filter(|end| *end > 3 && text.is_char_boundary(*end))
        .min()
        .unwrap_or(text.len());
    let (name, wording) = text.split_at_checked(end).unwrap_or((text, ""));
    let name: String = name.chars().take(140).collect();
    (
        name.trim().to_owned(),
        wording
            .trim_start_matches([',', ';', ' '])
            .chars()
            .take(1_000)
            .collect(),
    )
}

fn maker(upper: &str) -> Maker {
    let has = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    if has(&[
        "BILL OF LADING",
        "BILLS OF LADING",
        "AIR WAYBILL",
        "WAYBILL",
        "FORWARDER",
        "CARRIER",
    ]) {
        Maker::Forwarder
    } else if has(&["CERTIFICATE OF ORIGIN", "INSURANCE", "FORM A", "CHAMBER"]) {
        Maker::Other
    } else if has(&["MANUFACTURER", "TEST REPORT", "INSPECTION"]) {
        Maker::Factory
    } else {
        Maker::Us
    }
}

/// Originals and copies. `IN n COPIES`, `n FOLD` and `DUPLICATE` are one original and the rest of either kind.
fn counts(upper: &str) -> (i32, i32) {
    let words: Vec<&str> = upper
        .split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let before = |wanted: &[&str]| -> Option<i32> {
        let place = words.iter().position(|word| wanted.contains(word))?;
        words
            .get(place.saturating_sub(2)..place)?
            .iter()
            .rev()
            .find_map(|word| number(word))
    };
    if upper.starts_with("COPY OF") || upper.starts_with("ONE COPY OF") {
        return (0, 1);
    }
    if let Some(set) = words.iter().find_map(|word| full_set(word)) {
        return (set, before(&["COPIES", "COPY"]).unwrap_or(0));
    }
    if let Some(originals) = before(&["ORIGINALS", "ORIGINAL"]) {
        return (originals, before(&["COPIES", "COPY"]).unwrap_or(0));
    }
    if upper.contains("FULL SET") {
        return (3, before(&["COPIES", "COPY"]).unwrap_or(0));
    }
    let folds = [
        ("DUPLICATE", 2),
        ("TRIPLICATE", 3),
        ("QUADRUPLICATE", 4),
        ("QUINTUPLICATE", 5),
    ];
    let folded = folds
        .iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, count)| *count);
    match folded.or_else(|| before(&["COPIES", "COPY", "FOLD", "FOLDS"])) {
        Some(count) if count > 1 => (1, count - 1),
        _ => (1, 0),
    }
}

/// `3/3`
fn full_set(word: &str) -> Option<i32> {
    let (first, second) = word.split_once('/')?;
    (first == second).then(|| number(first)).flatten()
}

fn number(word: &str) -> Option<i32> {
    let words = [
        "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE",
    ];
    let spelled = words.iter().position(|own| *own == word);
    let count = match spelled {
        Some(place) => i32::try_from(place + 1).ok(),
        None => word.parse().ok(),
    };
    count.filter(|count| (1..=20).contains(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> (i32, i32) {
        let papers = of_credit(text);
        assert_eq!(papers.len(), 1, "{text}");
        (papers[0].originals, papers[0].copies)
    }

    #[test]
    fn originals_and_copies_are_counted_as_banks_count_them() {
        for (text, counts) in [
            ("+SIGNED COMMERCIAL INVOICE IN 3 COPIES", (1, 2)),
            ("+COMMERCIAL INVOICE IN TRIPLICATE", (1, 2)),
            ("+PACKING LIST IN 3 ORIGINALS AND 2 COPIES", (3, 2)),
            ("+FULL SET OF CLEAN ON BOARD BILLS OF LADING", (3, 0)),
            ("+FULL SET 3/3 OF BILLS OF LADING PLUS 2 COPIES", (3, 2)),
            ("+COPY OF THE SHIPPING ADVICE", (0, 1)),
            ("+BENEFICIARY'S CERTIFICATE", (1, 0)),
            ("+INVOICE IN ONE COPY", (1, 0)),
        ] {
            assert_eq!(asked(text), counts, "{text}");
        }
    }

    #[test]
    fn the_field_is_cut_at_its_items_and_lines_that_go_on_stay_together() {
        let papers = of_credit(
            "+COMMERCIAL INVOICE IN 3 COPIES, SIGNED\nAND DATED\n+PACKING LIST\n1) CERTIFICATE OF ORIGIN",
        );
        let names: Vec<&str> = papers.iter().map(|paper| paper.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "COMMERCIAL INVOICE",
                "PACKING LIST",
                "CERTIFICATE OF ORIGIN"
            ]
        );
        assert!(papers[0].wording.ends_with("SIGNED AND DATED"));
        assert_eq!(papers[2].maker, Maker::Other);
    }
}
