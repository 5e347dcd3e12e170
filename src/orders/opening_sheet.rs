//! The form of a new order filled from a customer's sheet: its facts and lines as typed values.

use crate::intake::facts::Found;
use crate::intake::read::{Preview, PreviewLine};
use crate::web::Fields;

/// Lines and facts of a customer's sheet.
pub(super) fn fill(fields: &mut Fields, preview: &Preview) {
    let facts = &preview.facts;
    let text = |fact: &Option<Found<String>>| {
        fact.as_ref()
            .map(|fact| fact.value.clone())
            .unwrap_or_default()
    };
    fields.set("customer_reference", text(&facts.po_number));
    fields.set("packing", text(&facts.packing));
    fields.set("marks", text(&facts.shipping_mark));
    fields.set("currency", preview.currency.clone().unwrap_or_default());
    fields.set(
        "delivery_on",
        facts
            .delivery_day
            .as_ref()
            .map(|fact| fact.value.to_string())
            .unwrap_or_default(),
    );
    if let Some(terms) = &facts.delivery_terms {
        fields.set("incoterm", terms.value.incoterm.clone());
        fields.set("place", terms.value.place.clone().unwrap_or_default());
    }
    if let Some(tolerance) = &facts.tolerance {
        fields.set(
            "tolerance",
            tolerance.value.over.max(tolerance.value.under).to_string(),
        );
    }
    for (row, line) in preview.lines.iter().enumerate() {
        fill_line(fields, row, line);
    }
}

fn fill_line(fields: &mut Fields, row: usize, line: &PreviewLine) {
    let mut put = |column: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.set(&format!("lines[{row}][{column}]"), value);
        }
    };
    let described = [&line.description, &line.specification]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let (english, chinese) = by_language(&described);
    let sizes = line
        .sizes
        .iter()
        .map(|(size, pieces)| format!("{size} {}", pieces.normalize()));
    let sizes = sizes.chain(
        line.size
            .clone()
            .zip(line.quantity)
            .map(|(size, pieces)| format!("{size} {}", pieces.normalize())),
    );
    put("style", line.item.clone());
    put("description", Some(english));
    put("description_zh", Some(chinese));
    put("colour", line.colour.clone());
    put("size", Some(sizes.collect::<Vec<_>>().join(", ")));
    put(
        "quantity",
        line.quantity.map(|figure| figure.normalize().to_string()),
    );
    put("unit", line.unit.clone());
    put("price", line.unit_price.map(|figure| figure.to_string()));
    put("hs_code", line.hs_code.clone());
    put("delivery", line.delivery.map(|day| day.to_string()));
    put("remark", line.remark.clone());
}

/// A bilingual description as its two names: what stands before the first Chinese character, and what begins there.
fn by_language(text: &str) -> (String, String) {
    let chinese = |sign: char| matches!(sign, '\u{3400}'..='\u{9FFF}');
    let cut = text.find(chinese).unwrap_or(text.len());
    let (english, rest) = text.split_at(cut);
    let tidy = |part: &str| {
        part.trim()
            .trim_end_matches([',', '/', '，'])
            .trim()
            .to_owned()
    };
    if english.trim().is_empty() && !rest.is_ascii() {
        return (String::new(), tidy(rest));
    }
    (tidy(english), tidy(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bilingual_description_is_two_names() {
        let pair = |english: &str, chinese: &str| (english.to_owned(), chinese.to_owned());
        assert_eq!(
            by_language("Men’s shirt, 120 g/m² 男式衬衫"),
            pair("Men’s shirt, 120 g/m²", "男式衬衫")
        );
        assert_eq!(by_language("LED 台灯"), pair("LED", "台灯"));
        assert_eq!(by_language("台灯 LED"), pair("", "台灯 LED"));
        assert_eq!(by_language("Lamp"), pair("Lamp", ""));
    }
}
